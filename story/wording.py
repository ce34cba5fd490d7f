"""Dates, times, distances and counts as a newspaper would write them; never raw EDTF, always with the unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from story.model import DateSpan, Status
from story.model.dates import parse_when
from story.model.fields import Number

# Written out here because strftime follows the machine's language.
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SEASONS = ("spring", "summer", "autumn", "winter")
_KM_PER_MILE = 1.609344


def say_day(day: date, today_year: int | None = None) -> str:
    """ "Tue, Oct 28", with the year unless it is `today_year`: "Tue, Oct 28, 2025"."""
    return f"{_WEEKDAYS[day.weekday()]}, {_short(day)}{_year(day, today_year)}"


def say_source(source: str, reported: date | None, year: int | None = None) -> str:
    """ "Kyodo, Thu, Oct 23": by whose word something is, and on which day that was told."""
    day = f", {say_day(reported, year)}" if reported else ""
    return f"{source or 'no source given'}{day}"


def say_range(first: date, last: date, today_year: int | None = None) -> str:
    """From one day to another: "Sep 5 – Nov 11, 2016", without the year where it is `today_year`."""
    if first == last:
        return f"{_short(first)}{_year(first, today_year)}"
    if first.year != last.year:
        return f"{_short(first)}, {first.year} – {_short(last)}, {last.year}"
    return f"{_short(first)} – {last.day if first.month == last.month else _short(last)}{_year(last, today_year)}"


def say_month(day: date) -> str:
    """The month of a day: "October 2025"."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def say_span(span: DateSpan, today_year: int | None = None) -> str:
    """A span in words, for a story of `today_year` (whose days then go without their year).

    "Tue, Oct 28" · "March 2025" · "by Oct 28" · "on or after Oct 11" · "from Oct 28 on" · "Oct 27 – 31" · "one day in
    the week of Oct 27" · "one day, Oct 24 – 28" · "about October 2025" · "Wed, Oct 29 (unconfirmed)" · "not dated".
    """
    words = _bare(span, today_year)
    if span.approximate:
        words = f"about {words}"
    return f"{words} (unconfirmed)" if span.uncertain else words


def say_timing(span: DateSpan, today_year: int | None = None) -> str:
    """A span as a sentence goes on with it: "on Tue, Oct 28" · "in March 2025" · "by Oct 28" · "from Oct 28 on" ·
    "in the week of Oct 27" · "between Oct 24 and 28" · "on Oct 27 – 31" · "on a day not given"."""
    words = say_span(span, today_year)
    if span.earliest is None and span.latest is None:
        return "on a day not given"
    if span.earliest is None or span.latest is None:
        return words
    if "one day in the week" in words:
        return words.replace("one day in the week", "in the week")
    if words.startswith("one day, "):
        return f"between {words.removeprefix('one day, ').replace(' – ', ' and ')}"
    return f"in {words}" if span.precision in ("month", "season", "year") else f"on {words}"


def _bare(span: DateSpan, today_year: int | None) -> str:
    first, last = span.earliest, span.latest
    if first is None and last is None:
        return "not dated"
    if first is None or last is None:
        return _open(span, today_year)
    if first == last:
        return say_day(first, today_year)
    if not span.lasts and "," in span.edtf:
        return _either(span, today_year)
    if named := _named(span, first, last):
        return named
    reach = _from_to(span, first, last, today_year)
    if span.lasts:
        return reach
    if first.weekday() == 0 and (last - first).days in (4, 6) and span.precision == "day":
        return f"one day in the week of {_short(first)}{_year(first, today_year)}"
    return f"one day, {reach}"


def _open(span: DateSpan, today_year: int | None) -> str:
    if span.earliest:
        known = _start(span, span.earliest) or _short(span.earliest) + _year(span.earliest, today_year)
        return f"from {known} on" if span.lasts else f"on or after {known}"
    assert span.latest is not None
    known = _stop(span, span.latest) or _short(span.latest) + _year(span.latest, today_year)
    return f"until {known}" if span.lasts else f"by {known}"


def _either(span: DateSpan, today_year: int | None) -> str:
    parts = [parse_when(part if ".." not in part else f"[{part}]") for part in span.edtf.strip("[]").split(",")]
    return " or ".join(_bare(part, today_year) for part in parts)


def _named(span: DateSpan, first: date, last: date) -> str:
    """The span as one month, season or year; "" where it is none."""
    if span.precision == "year" and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year} – {last.year}"
    if span.precision == "month" and (first.year, first.month) == (last.year, last.month) and _whole(first, last):
        return say_month(first)
    season = span.edtf.strip("?~%")[5:7]
    if span.precision == "season" and len(span.edtf.strip("?~%")) == 7 and season <= "32":
        year = str(first.year) if first.year == last.year else f"{first.year}–{last.year % 100:02}"
        return f"{_SEASONS[(int(season) - 21) % 4]} {year}"
    return ""


def _from_to(span: DateSpan, first: date, last: date, today_year: int | None) -> str:
    return _reach(_start(span, first), _stop(span, last), first, last, today_year)


def _reach(begins: str, ends: str, first: date, last: date, today_year: int | None = None) -> str:
    """`begins` and `ends` are the months or years to say in the place of days, "" for the days themselves."""
    if begins and ends:
        return f"{begins.removesuffix(f' {last.year}')} – {ends}"
    if begins or ends:
        return f"{begins or f'{_short(first)}, {first.year}'} – {ends or f'{_short(last)}, {last.year}'}"
    return say_range(first, last, today_year)


def say_stretch(spans: Iterable[DateSpan]) -> str:
    """From the first day of some spans to the last one, each as closely as it is known: "March 2025 – Oct 31, 2025" ·
    "Sep 5 – Nov 11, 2016"; "" where none is dated."""
    dated = list(spans)
    known = [day for span in dated for day in (span.earliest, span.latest) if day]
    if not known:
        return ""
    first, last = min(known), max(known)
    begins = _coarsest([_start(span, first) for span in dated if first in (span.earliest, span.latest)])
    ends = _coarsest([_stop(span, last) for span in dated if last in (span.earliest, span.latest)])
    if begins and begins == ends:
        return begins
    return _reach(begins, ends, first, last)


def _coarsest(said: list[str]) -> str:
    """What all say of an end of a stretch; "" where one of them knows its day, or two say otherwise."""
    return said[0] if len(set(said)) == 1 else ""


def _start(span: DateSpan, day: date) -> str:
    """The first month or year of a span that is known no closer; "" where its day is known."""
    if span.precision == "year" and (day.month, day.day) == (1, 1):
        return str(day.year)
    return say_month(day) if span.precision in ("month", "season") and day.day == 1 else ""


def _stop(span: DateSpan, day: date) -> str:
    if span.precision == "year" and (day.month, day.day) == (12, 31):
        return str(day.year)
    return say_month(day) if span.precision in ("month", "season") and _is_month_end(day) else ""


def _whole(first: date, last: date) -> bool:
    return first.day == 1 and _is_month_end(last)


def _is_month_end(day: date) -> bool:
    return day == date.max or date.fromordinal(day.toordinal() + 1).day == 1


def _short(day: date) -> str:
    return f"{_MONTHS[day.month - 1][:3]} {day.day}"


def _year(day: date, today_year: int | None) -> str:
    return "" if day.year == today_year else f", {day.year}"


def say_time(span: DateSpan, zone: str, reader_zone: str) -> str:
    """The time of day in the place's zone, the reader's beside it where it differs; "" where no time is given.

    "10:00 am Tokyo time, 9:00 pm (Oct 28) your time". `zone` and `reader_zone` are IANA names, "" where unknown. The
    zone is named by its city, which need not be the event's: Nevada keeps Los Angeles time.
    """
    if span.at is None:
        return ""
    own = zone_of(zone)
    at, until = _seen_from(span.at, own), _seen_from(span.until, own)
    assert at is not None
    place = _zone_words(zone) if own else _offset_words(at)
    words = f"{_times(at, until, at.date())} {place}"
    reader = zone_of(reader_zone)
    if reader is None or at.tzinfo is None:
        return words
    theirs = _seen_from(at, reader)
    if theirs is None or theirs.utcoffset() == at.utcoffset():
        return words
    return f"{words}, {_times(theirs, _seen_from(until, reader), at.date())} your time"


def _times(at: datetime, until: datetime | None, day: date) -> str:
    words = _clock(at, day)
    if until is None:
        return words
    end = _clock(until, at.date())
    if at.date() == day and words[-3:] == end[-3:] and words[-1] == "m":
        words = words[:-3]
    return f"{words} – {end}"


def _clock(at: datetime, day: date) -> str:
    hour = (at.hour + 11) % 12 + 1
    words = f"{hour}:{at.minute:02} {'am' if at.hour < 12 else 'pm'}"
    if at.minute == 0 and at.hour % 12 == 0:
        words = "noon" if at.hour else "midnight"
    return words if at.date() == day else f"{words} ({_short(at.date())})"


def zone_of(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None


def _zone_words(zone: str) -> str:
    city = zone.rpartition("/")[2].replace("_", " ")
    return city if city in ("UTC", "GMT") else f"{city} time"


def _offset_words(at: datetime) -> str:
    if at.tzinfo is None:
        return "local time"
    sign, hours, minutes = f"{at:%z}"[0], int(f"{at:%z}"[1:3]), f"{at:%z}"[3:5]
    if not hours and minutes == "00":
        return "UTC"
    return f"UTC{sign}{hours}{'' if minutes == '00' else f':{minutes}'}"


def _seen_from(at: datetime | None, zone: ZoneInfo | None) -> datetime | None:
    if at is None or zone is None:
        return at
    try:
        return at.replace(tzinfo=zone) if at.tzinfo is None else at.astimezone(zone)
    except OverflowError:
        return at


def say_distance(km: float) -> str:
    """ "8,190 km (5,090 mi)": whole below 1,000, to the nearest ten from there, one decimal below ten."""
    return f"{_figure(km)} km ({_figure(km / _KM_PER_MILE)} mi)"


def _figure(amount: float) -> str:
    if amount >= 999.5:
        return f"{round(amount / 10) * 10:,}"
    return f"{amount:.0f}" if amount >= 9.95 else f"{amount:.1f}".removesuffix(".0")


def say_count(n: int, noun: str) -> str:
    """ "1 event", "9 events", "10,000 places"."""
    if n == 1:
        return f"1 {noun}"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{n:,} {noun[:-1]}ies"
    return f"{n:,} {noun}{'es' if noun.endswith(('s', 'x', 'ch', 'sh')) else 's'}"


def say_status(status: Status) -> str:
    """The status as a word beside its glyph."""
    return status


def say_number(number: Number) -> str:
    """ "12 500", "7%", "$1200.50": thin spaces between thousands, from five digits on; what stands around it stays."""
    text = f"{abs(number.value):,.{number.decimals}f}"
    whole, point, rest = text.partition(".")
    whole = whole.replace(",", "\u202f" if len(whole) > len("9,999") else "")
    after = number.after if number.after in ("", "%", "‰", "°") else f"\u00a0{number.after}"
    return f"{'−' if number.value < 0 else ''}{number.before}{whole}{point}{rest}{after}"


def say_air(hours: float) -> str:
    """ "about 13 h by air"."""
    return f"about {_hours(hours)} h by air"


def say_sea(hours: float) -> str:
    """ "about 20 h at 15 knots", in days from two of them on: "about 9 days at 15 knots"."""
    return f"about {say_count(round(hours / 24), 'day') if hours >= 48 else f'{_hours(hours)} h'} at 15 knots"


def say_clock(hours: float) -> str:
    """ "clocks 16 h ahead", "clocks 5.5 h back", "clocks 1 h 36 min back" as before there were zones; "" where they are
    the same."""
    minutes = round(abs(hours) * 60)
    if not minutes:
        return ""
    whole, rest = divmod(minutes, 60)
    said = f"{minutes / 60:g} h" if rest % 15 == 0 else f"{f'{whole} h ' if whole else ''}{rest} min"
    return f"clocks {said} {'ahead' if hours > 0 else 'back'}"


def _hours(hours: float) -> str:
    return f"{max(1, round(hours))}"


def say_names(names: Sequence[str], most: int = 4) -> str:
    """ "Ann", "Ann and Ben", "Ann, Ben and 7 more"."""
    shown = list(names) if len(names) <= most else [*names[: most - 1], f"{len(names) - most + 1:,} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
