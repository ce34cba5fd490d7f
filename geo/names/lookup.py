"""Names asked of a gazetteer in batches, each once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from geo.place import Resolution
from story.exc import OpeningCancelledError
from story.placing import PlaceNames

Progress = Callable[[float, str], None]

BEGUN = 0.05
"""The share of the work that is done when a table is read and no name looked up yet."""
_CHUNK = 400


class Lookup:
    """Asks for names in batches, each name once, telling how far it is."""

    def __init__(self, place: PlaceNames, progress: Progress | None, cancelled: Callable[[], bool] | None) -> None:
        self._place, self._progress, self._cancelled = place, progress, cancelled
        self._known: dict[str, Resolution] = {}
        self._share = BEGUN

    def ask(self, names: Iterable[str], share: float, *, alone: bool = False) -> None:
        """Makes sure that these names are known; `share` of all the work is done then.

        The names of a table lend one another weight. Other forms of them, asked `alone`, must not: "Kyiv Oblast" would
        speak for Kyiv being the oblast.
        """
        begun, self._share = self._share, share
        new = [name for name in dict.fromkeys(names) if name and name not in self._known]
        for start in range(0, len(new), _CHUNK):
            if self._cancelled and self._cancelled():
                raise OpeningCancelledError("Opening was called off before all its places were found. Open it again.")
            chunk = new[start : start + _CHUNK]
            if alone:
                self._known.update((name, self._place([name], "")[0]) for name in chunk)
            else:
                self._known.update(zip(chunk, self._place(chunk, ""), strict=True))
            if self._progress:
                done = (start + len(chunk)) / len(new)
                self._progress(begun + done * (share - begun), f"{len(self._known):,} names looked up")

    def __call__(self, name: str) -> Resolution | None:
        """The resolution of a name, None where it has no place. A name that no batch asked for is asked alone."""
        found = self.answer(name)
        return found if found.place else None

    def answer(self, name: str) -> Resolution:
        """What became of a name, its candidates where it has no place."""
        if not name:
            return Resolution(name, None, (), "there is no name")
        if name not in self._known:
            self._known[name] = self._place([name], "")[0]
        return self._known[name]
