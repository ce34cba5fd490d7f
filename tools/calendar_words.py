"""Writes the names of months and weekdays in the languages that tables are kept in, by Unicode's tables (CLDR).

Run it after an update of Babel, which has those tables: `python -m tools.calendar_words`. They are written into a
module of their own, since reading forty languages from Babel takes longer than opening a table.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import babel

from geo.normalise import fold

TARGET = Path(__file__).resolve().parent.parent / "story" / "tables" / "values" / "calendar_words.py"
LANGUAGES = (
    "en zh es ar ar_SY ar_DZ ar_TN ar_MA pt id fr ja ru de de_AT tr fa it pl nl vi ko th uk cs sv ro hu el he da nb fi"
    " hi bg sr sr_Latn hr sk ms fil sw ca lt lv et sl bn ur".split()
)
_HEAD = '''"""The names of months and weekdays in some forty languages, without case and accents.

Written by `python -m tools.calendar_words` from the Common Locale Data Repository (CLDR) of Unicode, through Babel
{version}; see data/SOURCES.md. Not to be edited by hand.
"""

from __future__ import annotations

'''


def forms(name: str, language: str) -> Iterator[str]:
    """A name as it may be written: with "i" for the dotless one of capitals, with the Hebrew "in" before it."""
    plain = fold(name).strip(".׳ ")
    yield plain
    yield plain.replace("ı", "i")
    if language == "he":
        yield f"ב{plain}"


def named(language: str, what: str) -> Iterator[tuple[str, int]]:
    """Each form of each name with its number."""
    kinds = getattr(babel.Locale.parse(language), what)
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in kinds[context][width].items():
                for form in forms(name, language):
                    # "Month 5" and "5 month" are read as numbers.
                    if not re.search(r"^\d|^de |^d’", form):
                        yield form, number


def write(target: Path = TARGET) -> None:
    """Writes the module."""
    months: defaultdict[str, dict[str, int]] = defaultdict(dict)
    weekdays: set[str] = set()
    for language in LANGUAGES:
        for name, number in named(language, "months"):
            months[name][language.partition("_")[0]] = number
        weekdays.update(name for name, _ in named(language, "days"))
    clashes = {name: numbers for name, numbers in months.items() if len(set(numbers.values())) > 1}
    unsure = sorted({language for numbers in clashes.values() for language in numbers})
    parts = [_HEAD.format(version=babel.__version__)]
    parts.append("MONTHS: dict[str, int] = {\n")
    for month in range(1, 13):
        names = sorted(name for name, numbers in months.items() if name not in clashes and month in numbers.values())
        parts += [f"    {name!r}: {month},\n" for name in names]
    parts.append("}\n\nCLASHES: dict[str, dict[str, int]] = {\n")
    parts += [f"    {name!r}: {numbers!r},\n" for name, numbers in sorted(clashes.items())]
    parts.append('}\n"""Names that are one month in one language and another in another."""\n\n')
    parts.append("OF_LANGUAGE: dict[str, frozenset[str]] = {\n")
    for language in unsure:
        own = sorted(name for name, numbers in months.items() if language in numbers and name not in clashes)
        parts.append(f"    {language!r}: frozenset({own!r}),\n")
    parts.append('}\n"""The other names of the languages that clash."""\n\n')
    parts.append(f"WEEKDAYS: frozenset[str] = frozenset({sorted(weekdays)!r})\n")
    target.write_text("".join(parts), encoding="utf-8")


if __name__ == "__main__":
    write()
