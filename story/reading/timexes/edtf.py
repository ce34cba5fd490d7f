"""TIMEX3 values of the calendar as EDTF, which the rest of Dateline dates by."""

from __future__ import annotations

import re
from datetime import date, timedelta

_PLAIN = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}", re.ASCII)
_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}:[0-9]{2})(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?", re.ASCII)
_PART_OF_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T[A-ZX]{2}", re.ASCII)
_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})(-WE)?", re.ASCII)
_PART_OF_YEAR = re.compile(r"([0-9]{4})-(SP|SU|FA|WI|Q[1-4]|H[12])", re.ASCII)
# ISO 8601-2 numbers seasons from 21, quarters from 33, halves from 40.
_CODES = {"SP": 21, "SU": 22, "FA": 23, "WI": 24, "Q1": 33, "Q2": 34, "Q3": 35, "Q4": 36, "H1": 40, "H2": 41}


def edtf_of(value: str, mark: str = "") -> str:
    """The EDTF of a TIMEX3 value, with a mark behind it (`~` where the words said "about").

    Blank where it has none: durations, repetitions, years before Christ and whatever is not in a calendar. A week is
    one day among its seven, a part of a day its day.
    """
    if _PLAIN.fullmatch(value):
        return value + mark if value[:4] != "0000" else ""
    if timed := _TIME.fullmatch(value):
        return f"{timed[1]}T{timed[2]}{_zone(timed[3] or '')}{mark}"
    if part := _PART_OF_DAY.fullmatch(value):
        return part[1] + mark
    if part := _PART_OF_YEAR.fullmatch(value):
        return f"{part[1]}-{_CODES[part[2]]}{mark}"
    if week := _WEEK.fullmatch(value):
        return _days_of(int(week[1]), int(week[2]), weekend=bool(week[3]))
    if re.fullmatch(r"FY[0-9]{4}", value, re.ASCII):
        return value[2:] + "~"  # which months it has differs from one to another
    if re.fullmatch(r"[0-9]{2,3}", value, re.ASCII):
        return value.ljust(4, "X")
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-XX", value, re.ASCII):
        return value[:7] + mark
    if re.fullmatch(r"[0-9]{4}-(?:XX(?:-XX)?|WXX)", value, re.ASCII):
        return value[:4] + mark
    return ""


def _zone(written: str) -> str:
    if written in ("", "Z"):
        return written
    digits = written[1:].replace(":", "").ljust(4, "0")
    return f"{written[0]}{digits[:2]}:{digits[2:]}"


def _days_of(year: int, number: int, *, weekend: bool) -> str:
    try:
        monday = date.fromisocalendar(year, number, 1)
        first, last = monday + timedelta(days=5 if weekend else 0), monday + timedelta(days=6)
    except (ValueError, OverflowError):
        return ""
    return f"[{first.isoformat()}..{last.isoformat()}]"
