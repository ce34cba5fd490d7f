"""Days that are told in phrases: "between 5 and 9 May", "week of 6 June", "Ende März 2022", and other calendars.

Each rule takes a text and gives EDTF, or None where it is not its business; the first that gives something counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from story.exc import DateFormatError

OneDay = Callable[[str], str]
"""Reads a text as one day, month or year: its EDTF, "" where it is none."""

_AMONG = re.compile(
    r"(?:some\s?time |at some point )?(?:between|entre|zwischen|fra|tra|mellan|między)\s+(?P<first>.+?)\s+"
    r"(?:and|y|et|und|e|og|och|i|a)\s+(?P<last>.+)",
    re.IGNORECASE,
)
_EITHER = re.compile(r"(?P<first>.+?)\s+(?:or|o|ou|oder|eller|lub|или)\s+(?P<last>.+)", re.IGNORECASE)
_END = r"end|late|fin|finales|finais|final|ende|fine|eind|slutet|koniec|konec|конец"
_BEGIN = (
    r"beginning|start|early|début|debut|comienzos|principios|início|inicio|anfang|inizio|begin|början|początek|начало"
)
_MIDDLE = r"middle|mid|mi|mediados|meados|mitte|metà|meta|midden|mitten|połowa|середина"
_PART_OF = re.compile(
    r"(?:at the |in the |the |by the |a |à la |au |às |zu |in )?"
    rf"(?:(?P<end>{_END})|(?P<begin>{_BEGIN})|(?P<middle>{_MIDDLE}))(?![^\W\d_])"
    rf"(?:[\s-]+(?:of the |of |de l'|de |du |do |des |van |av |di |d'))?[\s-]*(?P<rest>\S.*)",
    re.IGNORECASE,
)
_WEEK_OF = re.compile(
    r"(?:the )?(?P<how>week (?:of|beginning|commencing|starting)|w/c|semaine du|semana del?|woche vom|settimana del"
    r"|week ending|w/e)\s+(?P<day>.+)",
    re.IGNORECASE,
)
_ISO_WEEK = re.compile(
    r"(?P<year>\d{4})[\s-]?W(?P<week>\d{1,2})|W(?:eek|K)?\s?(?P<week2>\d{1,2})[\s,/-]+(?P<year2>\d{4})", re.I
)
_NIGHT = re.compile(
    r"(?:the |in the |overnight )?(?:nights? of|overnight|night between|nuit du|noche del|nacht vom|nacht zum)"
    r"\s+(?P<days>.+)",
    re.IGNORECASE,
)
_BEFORE_CHRIST = re.compile(
    r"-\d{1,6}|\d{1,6}\s*(?:b\.?\s?c\.?(?:\s?e\.?)?|v\.?\s?chr\.?|av\.?\s?j\.?-?\s?c\.?|a\.?\s?c\.?|до н\.?\s?э\.?"
    r"|π\.?χ\.?|公元前)"
    r"|(?:公元前|紀元前)\s*\d{1,6}年?",
    re.IGNORECASE,
)
_AFTER_CHRIST = re.compile(
    r"(?:a\.?d\.?|c\.?e\.?|year|anno|n\.?\s?chr\.?)\s*(\d{1,4})|(\d{1,4})\s*(?:a\.?d\.?|c\.?e\.?|n\.?\s?chr\.?)",
    re.IGNORECASE,
)
_ERAS = {
    "令和": 2018,
    "平成": 1988,
    "昭和": 1925,
    "大正": 1911,
    "明治": 1867,
    "reiwa": 2018,
    "heisei": 1988,
    "showa": 1925,
}
_ERA = re.compile(
    rf"({'|'.join(_ERAS)})\s*(\d{{1,2}}|元)\s*年?\s*(?:(\d{{1,2}})\s*月\s*(?:(\d{{1,2}})\s*日?)?)?", re.IGNORECASE
)
_BUDDHIST = re.compile(
    r"(?P<rest>.*?)\s*(?:พ\.?ศ\.?\s*(?P<year>2[45]\d\d)|(?P<year2>2[45]\d\d)\s*(?:b\.?e\.?|พ\.?ศ\.?))", re.IGNORECASE
)
_HIJRI = re.compile(r".*\b1[34]\d\d\s*(?:a\.?h\.?|h|هـ|ه)\.?|(?:a\.?h\.?)\s*1[34]\d\d", re.IGNORECASE)


def read_phrase(text: str, one_day: OneDay) -> str | None:
    """The EDTF of a phrase; None where the text is none. Raises DateFormatError for what no calendar here can show."""
    if _BEFORE_CHRIST.fullmatch(text):
        raise DateFormatError(f"'{text[:80]}' is a year before Christ, which cannot be shown on the timeline.")
    if _HIJRI.fullmatch(text):
        raise DateFormatError(
            f"'{text[:80]}' is a year of the Islamic calendar. Write the date of the common calendar."
        )
    for rule in (_of_an_era, _among, _either, _week, _part_of, _night):
        if found := rule(text, one_day):
            return found
    return None


def _of_an_era(text: str, one_day: OneDay) -> str | None:
    """ "令和4年5月1日" and "พ.ศ. 2565" by the common calendar; "AD 476" with its four digits."""
    if found := _ERA.fullmatch(text):
        year = _ERAS[found[1].lower()] + (1 if found[2] == "元" else int(found[2]))
        return "-".join([f"{year:04}", *(f"{int(part):02}" for part in found.groups()[2:] if part)])
    if found := _BUDDHIST.fullmatch(text):
        year = int(found["year"] or found["year2"]) - 543
        return one_day(f"{found['rest']} {year}".strip()) or None
    if found := _AFTER_CHRIST.fullmatch(text):
        year = int(next(filter(None, found.groups())))
        return f"{year:04}" if year else None
    return None


def _among(text: str, one_day: OneDay) -> str | None:
    """One day among those from the first to the last."""
    found = _AMONG.fullmatch(text)
    return _range(found["first"], found["last"], one_day, "[{}..{}]") if found else None


def _either(text: str, one_day: OneDay) -> str | None:
    """One of two days: two that follow one another, or two apart."""
    found = _EITHER.fullmatch(text)
    if not found:
        return None
    return _range(found["first"], found["last"], one_day, "[{}..{}]" if _are_neighbours(found, one_day) else "[{},{}]")


def _are_neighbours(found: re.Match[str], one_day: OneDay) -> bool:
    last = one_day(found["last"])
    first = one_day(_completed(found["first"], found["last"])) or one_day(found["first"])
    try:
        return date.fromisoformat(last) - date.fromisoformat(first) == timedelta(1)
    except ValueError:
        return False


def _range(first: str, last: str, one_day: OneDay, shape: str) -> str | None:
    stop = one_day(last)
    start = one_day(first) or one_day(_completed(first, last))
    if not start or not stop or start.startswith("[") or stop.startswith("[") or start > stop:
        return None
    return shape.format(start, stop)


def _completed(first: str, last: str) -> str:
    """ "5" with the month and year of "9 May 2022", "5 May" with the year of it."""
    words = last.split()
    number = next((at for at, word in enumerate(words) if re.match(r"\d{1,2}(?!\d)", word)), None)
    if re.fullmatch(r"\d{1,2}(?:st|nd|rd|th|\.)?", first) and number is not None:
        return " ".join([*words[:number], first, *words[number + 1 :]])
    return f"{first} {words[-1]}" if re.fullmatch(r"\d{4}", words[-1]) else first


def _part_of(text: str, one_day: OneDay) -> str | None:
    """ "end of 2021" is about December, "mid-March 2022" about March: no day of it is said."""
    found = _PART_OF.fullmatch(text)
    whole = one_day(found["rest"].strip()) if found else ""
    if not found or not re.fullmatch(r"\d{4}(-\d\d)?", whole):
        return None
    if len(whole) > 4 or found["middle"]:
        return f"{whole}~"
    word = next(filter(None, (found["end"], found["begin"]))).lower()
    # "late 2021" is longer than "end of 2021".
    return f"{whole}~" if word in ("late", "early") else f"{whole}-{'12' if found['end'] else '01'}~"


def _week(text: str, one_day: OneDay) -> str | None:
    """One day of the seven: from Monday on, or those that end or begin with the day that is named."""
    if found := _ISO_WEEK.fullmatch(text):
        year, week = int(found["year"] or found["year2"]), int(found["week"] or found["week2"])
        try:
            return _seven_from(date.fromisocalendar(year, week, 1))
        except ValueError:
            return None
    found = _WEEK_OF.fullmatch(text)
    if not found:
        return None
    try:
        day = date.fromisoformat(one_day(found["day"]))
    except ValueError:
        return None
    how = found["how"].lower()
    if how in ("week ending", "w/e"):
        return _seven_from(day - timedelta(6))
    # "the week of" a Wednesday is the calendar's; a Sunday begins the American one.
    begins = day if day.weekday() == 6 or how not in ("week of",) else day - timedelta(day.weekday())
    return _seven_from(begins)


def _seven_from(first: date) -> str:
    return f"[{first.isoformat()}..{(first + timedelta(6)).isoformat()}]"


def _night(text: str, one_day: OneDay) -> str | None:
    """From one day to the next: "night of 3-4 May 2022", "night of 3 May"."""
    found = _NIGHT.fullmatch(text)
    if not found:
        return None
    ends = re.split(r"\s*(?:-|–|—|/|to|au|auf den|zum|al)\s*", found["days"], maxsplit=1)
    if len(ends) == 2 and (span := _range(ends[0], ends[1], one_day, "{}/{}")):
        return span
    try:
        day = date.fromisoformat(one_day(found["days"]))
    except ValueError:
        return None
    return f"{day.isoformat()}/{(day + timedelta(1)).isoformat()}"
