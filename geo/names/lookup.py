"""Names asked of a gazetteer in batches, each once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from geo.place import Resolution

Ask = Callable[[Sequence[str], str], Sequence[Resolution]]
"""Takes toponyms and the text that they stand in ("" for none), and gives one resolution for each, in order."""

Progress = Callable[[float, str], None]
"""Is told how much of the work is done, from 0 to 1, and a word on it."""

BEGUN = 0.05
"""The share of the work that is done when a table is read and no name looked up yet."""
_CHUNK = 400


class Lookup:
    """Asks for names in batches, each name once, telling how far it is.

    `known` are names that were asked before. `check` is called between batches and may raise to call the work off.
    """

    def __init__(
        self,
        ask: Ask,
        *,
        text: str = "",
        known: Mapping[str, Resolution] | None = None,
        progress: Progress | None = None,
        check: Callable[[], None] | None = None,
    ) -> None:
        self._ask, self._text, self._progress, self._check = ask, text, progress, check
        self._known = dict(known or {})
        self._share = BEGUN

    def ask(self, names: Iterable[str], share: float, *, alone: bool = False) -> None:
        """Makes sure that these names are known; `share` of all the work is done then.

        The names of a table or text lend one another weight. Other forms of them, asked `alone`, must not: "Kyiv
        Oblast" would speak for Kyiv being the oblast.
        """
        begun, self._share = self._share, share
        new = [name for name in dict.fromkeys(names) if name and name not in self._known]
        size = max(1, len(new)) if self._text and not alone else _CHUNK
        for start in range(0, len(new), size):
            if self._check:
                self._check()
            chunk = new[start : start + size]
            if alone:
                self._known.update((name, self._alone(name)) for name in chunk)
            else:
                self._known.update(zip(chunk, self._ask(chunk, self._text), strict=True))
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
            self._known[name] = self._alone(name)
        return self._known[name]

    def _alone(self, name: str) -> Resolution:
        return self._ask([name], "")[0]
