"""The columns of a table while they are being given to fields: which are free, and which of them fits a field best."""

from __future__ import annotations

from story.tables.columns.evidence import Evidence
from story.tables.columns.matched import Match
from story.tables.columns.vocabulary import WHOLE, fits, plain
from story.tables.table import Table

_LEAST = 0.2
_SHORTEST = 20


class Columns:
    """What is known of each column, and those not yet given away."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.evidence = [Evidence(table, number) for number in range(len(table.headers))]
        self.fits = [fits(header) for header in table.headers]
        self.taken: set[int] = set()
        self.apart: list[int] = []
        """Columns of countries that the places do not lie in."""

    def best(self, field: str, fit: str, *, least: float = _LEAST) -> tuple[int, float] | None:
        """The free column that a field's name and an evidence fit best together, and how well.

        A header that names the field as a whole goes before one that has its name among others.
        """
        best: tuple[bool, float, int] | None = None
        for number, names in enumerate(self.fits):
            if number in self.taken or field not in names:
                continue
            evidence = self.evidence[number]
            share = getattr(evidence, fit) if fit else 1.0
            worth = names[field] * (0.25 + 0.75 * share) * (0.3 + 0.7 * evidence.filled)
            whole = names[field] >= WHOLE and evidence.filled >= 0.1
            if share >= least and evidence.filled and (best is None or (whole, worth) > best[:2]):
                best = whole, worth, number
        return (best[2], best[1]) if best else None

    def take(self, field: str, fit: str = "", *, least: float = _LEAST) -> Match | None:
        """The best column of a field, given away; None where none fits."""
        best = self.best(field, fit, least=least)
        if best is None:
            return None
        self.taken.add(best[0])
        return Match((best[0],), f"named '{self.table.headers[best[0]]}'", round(best[1], 2))

    def by_content(self, fit: str, least: float, why: str) -> Match | None:
        """The first free column whose cells tell what it is."""
        for number, evidence in enumerate(self.evidence):
            if number not in self.taken and getattr(evidence, fit) >= least and evidence.filled > 0.3:
                self.taken.add(number)
                return Match((number,), why, 0.5)
        return None

    def longest(self, field: str, *, least: float) -> Match | None:
        """The free column with the longest texts among those that have a field's name among other words."""
        numbers = [
            number
            for number, names in enumerate(self.fits)
            if number not in self.taken and field in names and self.evidence[number].words >= least
        ]
        number = max(numbers, key=lambda number: self.evidence[number].average, default=None)
        if number is None or self.evidence[number].average < _SHORTEST:
            return None
        self.taken.add(number)
        return Match((number,), f"named '{self.table.headers[number]}'", round(self.fits[number][field], 2))

    def names_whole(self, number: int) -> bool:
        """Whether the header names some field, or a person, as a whole."""
        return self.called(number, "name", "full_name") or any(fit >= WHOLE for fit in self.fits[number].values())

    def called(self, number: int, *names: str) -> bool:
        """Whether the header is one of these names."""
        return plain(self.table.headers[number]) in names

    def free(self, *names: str) -> int | None:
        """The first free column of one of these names that has cells."""
        for number, evidence in enumerate(self.evidence):
            if number not in self.taken and self.called(number, *names) and evidence.filled:
                return number
        return None
