"""A row with more cells than the table has columns: where its text was cut in two, or what is left over at its end.

"A talk, at last,Tokyo,2025-10-29" under title, place, when has one comma too many. The other rows tell what a column
holds, so that mostly only one way to put the cells together fits. What no way tells stays blank; nothing is lost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from story.tables.table import Record
from story.text import clean

EXTRA = "extra"
"""The column that keeps what fits nowhere."""
_LOOKED_AT = 500
_MOSTLY = 0.8
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)*")
_WITH_DIGITS = re.compile(r"\d")


class Mended(NamedTuple):
    """The cells of a row, one for each column, what is left over, and what is said of it."""

    cells: list[str]
    extra: str
    message: str


class Columns:
    """What the columns of a table hold, as far as its whole rows tell: digits, numbers, links, words."""

    def __init__(self, records: Sequence[Record], width: int, delimiter: str) -> None:
        whole = [r for r in records if not r.fault and not any(c.strip() for c in r.cells[width:])][:_LOOKED_AT]
        self._width, self._delimiter = width, delimiter or ","
        self._usual = [_usual([_shape(r.cells[n]) for r in whole if n < len(r.cells)]) for n in range(width)]
        spaced = sum(cell[:1] == " " for r in whole for cell in r.cells[1:])
        self._is_tight = 2 * spaced <= sum(len(r.cells) - 1 for r in whole)
        """Whether a blank behind a delimiter says that it belongs to a text."""

    def mend(self, cells: Sequence[str]) -> Mended:
        """A row with more cells than columns, brought to one cell a column."""
        cells = list(cells)
        while len(cells) > self._width + 1 and not cells[-1].strip():
            cells.pop()
        ways = self._ways(cells)
        kept = [same[0] if len(set(same)) == 1 else "" for same in zip(*ways, strict=True)]
        advice = f"Put double quotes around a text that contains '{self._delimiter}'."
        said = f"This row has {len(cells)} cells, the first line only {self._width}."
        if len(ways) > 1:
            whole = self._delimiter.join(cells).strip()
            return Mended(kept, whole, f"{said} Which of them belong together is not clear; see '{EXTRA}'. {advice}")
        joined = [cell for cell in kept if cell not in cells]
        if joined:
            return Mended(kept, "", f"{said} '{clean(joined[0])[:80]}' is read as one. {advice}")
        rest = self._delimiter.join(cells[self._width :]).strip()
        return Mended(kept, rest, f"{said} '{clean(rest)[:80]}' is kept as '{EXTRA}'. {advice}")

    def _ways(self, cells: list[str]) -> list[list[str]]:
        """The ways to make one cell a column of them that fit best: one text cut into several, or a rest at the end."""
        surplus = len(cells) - self._width
        ways = [
            (
                [*cells[:n], self._delimiter.join(cells[n : n + surplus + 1]), *cells[n + surplus + 1 :]],
                self._is_tight and all(cell[:1] == " " for cell in cells[n + 1 : n + surplus + 1]),
            )
            for n in range(self._width)
        ]
        fits = [(self._fit(way), by_blank, way) for way, by_blank in ways]
        fits.append((self._fit(cells[: self._width]), False, cells[: self._width]))
        best = max((fit, by_blank) for fit, by_blank, _ in fits)
        found = [number for number, (fit, by_blank, _) in enumerate(fits) if (fit, by_blank) == best]
        if found == [self._width - 1, self._width]:  # a text at the end, or that and a rest: nothing else is in doubt
            found = found[1:]
        return [fits[number][2] for number in found]

    def _fit(self, cells: Sequence[str]) -> int:
        """How many cells are what their column usually holds, less those that are not."""
        return sum(
            1 if _shape(cell) == usual else -1
            for cell, usual in zip(cells, self._usual, strict=True)
            if usual and (cell.strip() or usual != "words")
        )


def _shape(cell: str) -> str:
    """What a cell holds, in one word: "" for a blank one."""
    cell = cell.strip()
    if not cell:
        return ""
    if _LINK.fullmatch(cell):
        return "link"
    if _NUMBER.fullmatch(cell):
        return "number"
    if not _WITH_DIGITS.search(cell):
        return "words"
    # A day, a time, a code: the same signs in the same places.
    return re.sub(r"\d+", "9", re.sub(r"[^\W\d_]+", "a", cell)) if len(cell) <= 40 else "text"


def _usual(shapes: Sequence[str]) -> str:
    """The shape that most filled cells of a column have; "" where they have many."""
    filled = [shape for shape in shapes if shape]
    shape, times = Counter(filled).most_common(1)[0] if filled else ("", 0)
    return shape if times >= _MOSTLY * len(filled) else ""
