"""What the cells of a workbook show of their days: the year from which they count, and formats that leave a part out.

calamine gives a date whatever its format shows of it; "Mar-20" may stand for all of March 2020 or for the 20th.
"""

from __future__ import annotations

import html
import re
import zipfile
from typing import Literal, NamedTuple

Shown = Literal["month", "day"]
"""A month and its year without a day, or a day and its month without a year."""

_MOST = 4_000_000
_CHUNK = 1 << 20
_BUILT_IN = {17: "mmm-yy", 16: "d-mmm"}
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CELL = re.compile(rb"<(?:\w{1,20}:)?c\s([^<>]{1,300})>")
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_STYLE = re.compile(rb'\bs="([0-9]{1,6})"')
_1904 = re.compile(r'<(?:\w+:)?workbookPr\s[^<>]*\bdate1904\s*=\s*["\'](?:1|true)["\']', re.IGNORECASE)
_ASIDE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')


class Days(NamedTuple):
    """The year from which serial numbers count, 1900 or 1904, and what cells show only, by row and column from 0."""

    since: int
    shown: dict[tuple[int, int], Shown]


def days_of(archive: zipfile.ZipFile, sheet: str) -> Days:
    """How a sheet of a workbook shows its days. Parts that are missing or broken say nothing."""
    book = _text(archive, "xl/workbook.xml")
    since = 1904 if _1904.search(book) else 1900
    styles = _styles(_text(archive, "xl/styles.xml"))
    part = _part_of(archive, book, sheet)
    return Days(since, _cells(archive, part, styles) if styles and part in archive.namelist() else {})


def left_out(code: str) -> Shown | None:
    """What a format shows where it leaves out a part of a day; None where it shows all of it, or no day."""
    letters = _ASIDE.sub("", code.split(";")[0]).lower()
    if "h" in letters or "s" in letters or not re.search("mmm", letters):
        return None
    year, day = "y" in letters or "e" in letters, "d" in letters
    if year and not day:
        return "month"
    return "day" if day and not year else None


def _text(archive: zipfile.ZipFile, part: str) -> str:
    try:
        with archive.open(part) as stream:
            return stream.read(_MOST).decode("utf-8", "replace")
    except KeyError:
        return ""


def _tags(text: str, name: str) -> list[dict[str, str]]:
    """The attributes of every element of that name."""
    found = re.findall(rf"<(?:\w+:)?{name}\s([^<>]*)>", text)
    return [{key: html.unescape(a or b) for key, a, b in _ATTRIBUTE.findall(one)} for one in found]


def _styles(text: str) -> dict[int, Shown]:
    """The number of each style whose format leaves out a part of a day."""
    codes = dict(_BUILT_IN)
    for tag in _tags(text, "numFmt"):
        if tag.get("numFmtId", "").isdecimal():
            codes[int(tag["numFmtId"])] = tag.get("formatCode", "")
    cells = re.search(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", text, re.DOTALL)
    found: dict[int, Shown] = {}
    for number, tag in enumerate(_tags(cells[0], "xf") if cells else ()):
        code = codes.get(int(tag["numFmtId"])) if tag.get("numFmtId", "").isdecimal() else None
        if code and (shown := left_out(code)):
            found[number] = shown
    return found


def _part_of(archive: zipfile.ZipFile, book: str, sheet: str) -> str:
    ids = [tag.get("r:id", "") for tag in _tags(book, "sheet") if tag.get("name") == sheet]
    relations = _tags(_text(archive, "xl/_rels/workbook.xml.rels"), "Relationship")
    target = next((tag.get("Target", "") for tag in relations if ids and tag.get("Id") == ids[0]), "")
    return target.lstrip("/") if target.startswith("/xl/") else f"xl/{target}"


def _cells(archive: zipfile.ZipFile, part: str, styles: dict[int, Shown]) -> dict[tuple[int, int], Shown]:
    found: dict[tuple[int, int], Shown] = {}
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            rest += chunk
            for attributes in _CELL.findall(rest):
                style, at = _STYLE.search(attributes), _REFERENCE.search(attributes)
                if style and at and (shown := styles.get(int(style[1]))):
                    found[int(at[2]) - 1, column_number(at[1]) - 1] = shown
            rest = rest[-400:]
    return found


def column_number(letters: bytes) -> int:
    """A column by its letters: A is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
