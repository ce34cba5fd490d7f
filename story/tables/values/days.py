"""Days as spreadsheets and people write them, to EDTF: "9/5/2016", "5 Sep 2016", "Sep 5-7, 2016", "since 2014"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from geo.normalise import fold
from story.exc import DateFault, DateFormatError
from story.model.dates import parse_when
from story.tables.values.day_phrases import read_phrase
from story.tables.values.day_words import full_year, joined, partial
from story.tables.values.months import MONTHS, WEEKDAYS, either_month
from story.text import clean, plain_digits

BLANKS = frozenset(
    "- -- --- — – . ? ?? n/a na n.a. none null nan nil unknown unk unspecified tbd tbc tba undated xx"
    " #n/a #ref! #value! #name? #div/0! #null! #num! not available not known to be announced to be determined".split()
) | {"not available", "not known", "to be announced", "to be determined", "no date", "not dated"}

UNDATED = "XXXX-XX-XX"
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([/.\- ])(\d{1,2})\2(\d{4}|\d{2})(?![\d/.-]|:)", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})\s?[-/. ]\s?(\d{1,2})\s?[-/. ]\s?(\d{1,2})\.?", re.ASCII)
_ASIAN = re.compile(r"(\d{4})\s?[年년]\s*(?:(\d{1,2})\s?[月월]\s*)?(?:(\d{1,2})\s?[日일号號])?", re.ASCII)
_CLOCK = re.compile(
    r"(?<=[\dT])(?:[T,]|\s|,\s| at | um )\s*(\d{1,2})[:.h](\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*([ap]\.?m\.?)?\s*"
    r"(z|utc|gmt|[+-]\d\d(?::?\d\d)?)?$",
    re.IGNORECASE | re.ASCII,
)
_WEEKDAY = re.compile(r"\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s*(?=\S)", re.IGNORECASE)
_ABOUT = re.compile(
    r"^(?:c\.|ca\.?|circa|on or about|on or around|about|around|approx(?:\.|imately)?|early|mid|late|vers le|vers|hacia"
    r"|etwa|ungefähr|um den|circa il|около|verso)[\s-]+",
    re.IGNORECASE,
)
_ABOUT_AFTER = re.compile(
    r"[\s,]*[(\[]?\s*(?:approx(?:\.|imately)?|circa|est(?:\.|imated)?|about)\s*[)\]]?\s*$", re.IGNORECASE
)
_ON = re.compile(r"^(?:on|le|el|am|il|den)\s+(?=\d|[^\W\d_]+\s+\d)", re.IGNORECASE)
_SAID = re.compile(
    r"^(?:(?:reported(?:ly)?|said to be|believed to be|possibly|probably|perhaps|maybe|allegedly)[\s:]+(?:o?i?n\s)?)+",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*(?:\[[^\]]*\]|[(（](?!\d{4}[)）])[^)）]*[)）])\s*$")
_TO = re.compile(
    r"\s+(?:to|until|till|til|through|thru|bis|au|al|hasta|a|à|até|tot|do|по|до)\s+|\s*[–—~→]\s*|\s+-\s+", re.IGNORECASE
)
_AND = re.compile(r"\s*(?:&|\+|\band\b|\bund\b|\bet\b)\s*", re.IGNORECASE)
_OPEN_ENDS = (
    (re.compile(r"(?:since|seit|depuis|desde|dal|sedan) ", re.IGNORECASE), "{}/.."),
    (re.compile(r"(?:until|till|bis|jusqu'au|hasta|fino al) ", re.IGNORECASE), "../{}"),
    (re.compile(r"(?:before|by|vor|avant|antes del?|prima del?) ", re.IGNORECASE), "[..{}]"),
    (re.compile(r"(?:after|nach|après|despu[eé]s del?|dopo) ", re.IGNORECASE), "[{}..]"),
)
_NOW = {"present", "ongoing", "now", "today", "current", "to date", "continuing", "open"}
_EPOCH_SERIALS = {1900: datetime(1899, 12, 30), 1904: datetime(1904, 1, 1)}
_EPOCH_UNIX = datetime(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Order:
    """What a column of numeric days says of its order: cells that can only be day first, month first, or either."""

    day_first: int = 0
    month_first: int = 0
    either: int = 0
    example: str = ""

    @property
    def settled(self) -> bool | None:
        """True for day first, False for month first; None where no cell tells, or cells contradict each other."""
        if bool(self.day_first) == bool(self.month_first):
            return None
        return bool(self.day_first)


def order_of(cells: Iterable[str]) -> Order:
    """Counts what the numeric days of a column can be."""
    day = month = either = 0
    example = ""
    for cell in cells:
        for first, _, second, _ in _NUMERIC.findall(plain_digits(cell)):
            a, b = int(first), int(second)
            if a > 12 >= b:
                day += 1
            elif b > 12 >= a:
                month += 1
            elif a != b and a <= 12:
                either += 1
                example = example or clean(cell)[:40]
    return Order(day, month, either, example)


def is_blank(text: str) -> bool:
    """Whether a cell says nothing: empty, "n/a", "unknown", "#REF!"."""
    return not text or fold(text) in BLANKS


def read_day(text: str, day_first: bool | None = None, *, serials: int = 0) -> str:
    """The EDTF of a cell; "" for a blank one. Raises DateFormatError, which quotes it and says what to do.

    A numeric day that can be read both ways is one of two days where `day_first` is None: `[2016-05-09,2016-09-05]`.
    Two-digit years go as in spreadsheets: 00 to 29 are 2000 to 2029. `serials`, the year from which a workbook
    counts its days, reads 42618 as one of them.
    """
    text = plain_digits(clean(text))
    if is_blank(text):
        return ""
    return _read(text, day_first, serials)


@lru_cache(maxsize=100_000)
def _read(text: str, day_first: bool | None, serials: int) -> str:
    if len(text) > 120:
        raise _refusal(text, "is too long for a date", "too long")
    try:
        if not re.fullmatch(r"\d{5,}", text):
            parse_when(text)
            return text
    except DateFormatError:
        pass
    found = _spoken(text, day_first, serials)
    try:
        parse_when(found)
    except DateFormatError as error:
        if error.code == "ends first":
            raise _refusal(text, "ends before it begins: put the earlier day first", error.code) from None
        raise _refusal(text, "names no day of the calendar", "not in the calendar") from None
    return found


def _refusal(text: str, why: str, code: DateFault = "not a date") -> DateFormatError:
    return DateFormatError(f"'{text[:80]}' {why}. Write it as 2016-09-05, 5 Sep 2016 or 2016-09-05/2016-09-07.", code)


def _spoken(text: str, day_first: bool | None, serials: int) -> str:
    """Everything that is no EDTF: what stands around the days, then a phrase, one day, two."""
    rest, mark = _bare(text)

    def one(some: str) -> str:
        return one_day(some, day_first, serials)

    for found in (read_phrase(rest, one), one(rest), _open_ended(rest, mark, one)):
        if found:
            return found if re.search(r"[]/~?%]$|/", found) else found + mark
    for word in (
        "from ",
        "between ",
        "du ",
        "del ",
        "dal ",
        "vom ",
        "de ",
        "van ",
        "fra ",
        "från ",
        "od ",
        "с ",
        "від ",
    ):
        if rest.lower().startswith(word):
            rest = rest[len(word) :]
    for separator in (_TO, _AND, re.compile("-"), re.compile("/")):
        for split in separator.finditer(rest):
            left, right = rest[: split.start()].strip(" ,"), rest[split.end() :].strip(" ,")
            pair = _two_days(left, right, day_first, serials) if left and right else None
            if pair:
                if separator is _AND and not _follow(*pair):
                    raise _refusal(
                        text, "names several days: give each a row of its own, or write from/to", "several days"
                    )
                return "/".join(end + (mark if end != ".." else "") for end in pair)
    if partial(rest):
        raise _refusal(text, "gives no year", "no year")
    raise _refusal(text, "is not a date that can be read")


def _bare(text: str) -> tuple[str, str]:
    """The words of the days themselves, and EDTF's mark for what stands around them: about, said to be, or both."""
    rest, mark = _ABOUT_AFTER.sub("", text), ""
    if rest != text:
        mark = "~"
    rest = _without_weekday(_ASIDE.sub("", rest))
    rest = _WEEKDAY.sub("", rest).strip(" ,;") if not rest[:1].isdecimal() or "," in rest or " " in rest else rest
    if on := _ON.match(rest):
        rest = rest[on.end() :]
    if said := _SAID.match(rest):
        rest, mark = rest[said.end() :], "?"
    if about := _ABOUT.match(rest):
        rest, mark = rest[about.end() :], "%" if mark == "?" else "~"
    if rest.endswith("?"):
        rest, mark = rest[:-1].strip(), "%" if mark in ("~", "%") else "?"
    return rest, mark


def _without_weekday(text: str) -> str:
    """The text without a day of the week at either end, of up to three words: "Thứ Hai, 5.9.2016"."""
    words = text.split()
    for some in range(min(3, len(words) - 1), 0, -1):
        for name, rest in ((words[:some], words[some:]), (words[-some:], words[:-some])):
            said = fold(" ".join(name)).strip(",.;")
            # One sign alone may be the "day" of "5 日", too.
            if len(said) > 1 and said in WEEKDAYS and (said not in MONTHS or re.search(r"\d[./-]\d", rest[0])):
                return " ".join(rest).strip(" ,;")
    return text


def _open_ended(rest: str, mark: str, one: Callable[[str], str]) -> str:
    """ "since 2014", "by 5 May 2016": one end of a span; "" for anything else."""
    for words, shape in _OPEN_ENDS:
        if (found := words.match(rest)) and (day := one(rest[found.end() :])):
            return day if day.startswith("[") else shape.format(day + mark)
    return ""


def _follow(start: str, stop: str) -> bool:
    """Whether one day comes right after the other."""
    try:
        return date.fromisoformat(stop) - date.fromisoformat(start) == timedelta(1)
    except ValueError:
        return len(start) == len(stop) == 4 and int(stop) - int(start) == 1


def one_day(text: str, day_first: bool | None, serials: int) -> str:
    """The EDTF of a text that is one day, month, year or moment; "" where it is none."""
    text = text.strip(" ,")
    clock = ""
    if (timed := _CLOCK.search(text)) and len(text) > 8:
        clock, text = _clock(*timed.groups()), text[: timed.start()].strip(" ,")
    if day := _whole_day(text, day_first, serials):
        if clock and re.fullmatch(r"\d{4}-\d\d-\d\d", day):
            return f"{day}T{clock}"
        return day
    if ways := either_month(text):
        days = [day for way in ways if (day := one_day(way, day_first, serials))]
        return f"[{','.join(days)}]" if len(days) == len(ways) and "T" not in days[0] else ""
    said = partial(text)
    if said and said[0] and (said[1] or not said[2]):
        day = joined(*said)
        return f"{day}T{clock}" if clock and said[2] else day
    return ""


def _whole_day(text: str, day_first: bool | None, serials: int) -> str:
    if found := _YEAR_FIRST.fullmatch(text):
        return joined(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMERIC.fullmatch(text):
        return _numeric(int(found[1]), int(found[3]), full_year(found[4]), day_first, text)
    if found := _ASIAN.fullmatch(text):
        return joined(int(found[1]), int(found[2] or 0), int(found[3] or 0))
    if found := re.fullmatch(r"(\d{1,2})[/.\-](\d{4})", text, re.ASCII):
        return joined(int(found[2]), int(found[1]), 0)
    if found := re.fullmatch(r"(\d{4})[/.](\d{1,2})", text, re.ASCII):
        return found[1] if found[2] == "0" else joined(int(found[1]), int(found[2]), 0)
    if found := re.fullmatch(r"Q([1-4])[ /-]?(\d{4})|(\d{4})[ /-]?Q([1-4])", text, re.IGNORECASE):
        return f"{found[2] or found[3]}-{32 + int(found[1] or found[4])}"
    if found := re.fullmatch(r"(spring|summer|autumn|fall|winter),? (?:of )?(\d{4})", text, re.IGNORECASE):
        code = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}[found[1].lower()]
        return f"{found[2]}-{code}"
    if found := re.fullmatch(r"(?:the )?(\d{3})0'?s", text):
        return f"{found[1]}X"
    return _digits(text, serials)


def _digits(text: str, serials: int) -> str:
    """Bare numbers: 20160905, a workbook's 42618, seconds or milliseconds since 1970."""
    if serials and re.fullmatch(r"\d{5}(\.\d+)?", text, re.ASCII) and 10_000 <= float(text) <= 80_000:
        # To the minute: a fraction of a day is seldom exact.
        at = _EPOCH_SERIALS[serials] + timedelta(minutes=round(float(text) * 1_440))
        return at.date().isoformat() if at.time() == time() else at.isoformat(timespec="minutes")
    if not re.fullmatch(r"\d{5,13}(\.0)?", text, re.ASCII):
        return ""
    number = int(float(text)) if "." in text else int(text)
    if 17_000_101 <= number <= 21_001_231:
        return joined(number // 10_000, number // 100 % 100, number % 100)
    seconds = {13: number / 1000, 12: number / 1000, 10: number, 9: number}.get(len(str(number)))
    if seconds is None:
        return ""
    at = _EPOCH_UNIX + timedelta(seconds=int(seconds))
    return at.date().isoformat() if at.time() == time() else f"{at:%Y-%m-%dT%H:%M:%S}Z"


def _numeric(first: int, second: int, year: int, day_first: bool | None, text: str) -> str:
    ways = {True: (second, first), False: (first, second)}
    possible = {way: pair for way, pair in ways.items() if pair[0] <= 12 and _exists(year, *pair)}
    if day_first is not None:
        if day_first not in possible:
            said = "day/month/year" if day_first else "month/day/year"
            raise _refusal(text, f"is not a date as {said}, which the rest of its column is")
        return joined(year, *possible[day_first])
    days = sorted({joined(year, *pair) for pair in possible.values()})
    if not days:
        raise _refusal(text, "names no day of the calendar", "not in the calendar")
    return days[0] if len(days) == 1 else f"[{','.join(days)}]"


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _clock(hour: str, minute: str, second: str | None, half: str | None, zone: str | None) -> str:
    """The time of day, "" for midnight, which spreadsheets write where none is meant."""
    number = int(hour)
    if half:
        number = number % 12 + (12 if half[0] in "pP" else 0)
    if number > 23 or int(minute) > 59 or (number, int(minute), int(second or 0)) == (0, 0, 0):
        return ""
    zone = (zone or "").upper()
    return f"{number:02}:{minute}{'Z' if zone in ('Z', 'UTC', 'GMT') else zone}"


def read_clock(text: str, *, serials: int = 0) -> str:
    """A time of day alone: "14:30", "2:30 pm", "1430", in a workbook the fraction of a day too; "" where it is none."""
    text = plain_digits(clean(text))
    if serials and re.fullmatch(r"0?\.\d+", text, re.ASCII):
        hour, minute = divmod(round(float(text) * 1_440), 60)
        return _clock(str(hour), f"{minute:02}", None, None, None)
    found = re.fullmatch(r"(\d{1,2})(?:[:.h]?(\d\d))?(?::(\d\d))?\s*([ap]\.?m\.?)?\s*(?:hrs?|h)?", text, re.I)
    if not found or not (found[2] or found[4]):
        return ""
    return _clock(found[1], found[2] or "00", found[3], found[4], None)


def _two_days(left: str, right: str, day_first: bool | None, serials: int) -> tuple[str, str] | None:
    """Two ends of a span, each completed by what the other says: "5" – "7 September 2016"."""
    if right.lower() in _NOW:
        start = one_day(left, day_first, serials)
        return (start, "..") if start and not start.startswith("[") else None
    start, stop = one_day(left, day_first, serials), one_day(right, day_first, serials)
    if start.startswith("[") or stop.startswith("["):
        days = sorted((start.strip("[]") + "," + stop.strip("[]")).split(","))
        return (f"{days[0]}?", f"{days[-1]}?") if start and stop else None
    if start and stop:
        if re.fullmatch(r"\d{4}", start) and len(right) <= 2:
            return None
        return start, stop
    a, b = partial(left), partial(right)
    if a is None or b is None:
        return None
    year, month, day = b
    if a[0] and not year and not month and day and not a[1] and len(right) == 2:
        return str(a[0]), str(a[0] // 100 * 100 + day)
    start_year, end_year = a[0] or year, year or a[0]
    end_month = month or a[1]
    start_month = a[1] or end_month
    if not start_year or not end_year or not start_month or not end_month or bool(a[2]) != bool(day):
        return None
    if not a[0] and start_month > end_month:
        start_year -= 1
    elif not year and start_month > end_month:
        end_year += 1
    return joined(start_year, start_month, a[2]), joined(end_year, end_month, day)
