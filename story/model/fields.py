"""A story's own fields: what types there are, and what a cell of each type says.

Days are read by the project's own reader of dates, which lies above this: see story.draft.fields.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args
from urllib.parse import urlsplit

from geo.normalise import fold
from story.text import plain_digits

FieldType = Literal["category", "number", "yes/no", "date", "link", "text", "picture"]
FIELD_TYPES: tuple[FieldType, ...] = get_args(FieldType)
Decimal = Literal[".", ","]

YES = frozenset(
    "yes y true ja j oui o vrai si s sim verdadero verdadeiro vero wahr tak t prawda da da. evet kylla joo igen ano ναι"
    " да д правда так נעם כן نعم بله हाँ हां はい 是 有 예 네 x ✓ ✔ ☑ 1".split()
)
NO = frozenset(
    "no n false nein non faux nao falso falsch nie falsz nej nei nee ne hayir hayır ei nem οχι нет н ложь ні לא لا خیر"
    " नहीं いいえ 否 無 无 아니요 아니오 ✗ ✘ ☐ 0".split()
)
_MARKS = frozenset("1 0".split())
_MULTIPLIERS = {
    "k": 1e3, "thousand": 1e3, "tsd": 1e3, "mille": 1e3, "mil": 1e3, "tis": 1e3, "тыс": 1e3,
    "mn": 1e6, "mio": 1e6, "million": 1e6, "millions": 1e6, "millionen": 1e6, "millones": 1e6, "milioni": 1e6,
    "млн": 1e6,
    "bn": 1e9, "billion": 1e9, "billions": 1e9, "mrd": 1e9, "milliard": 1e9, "milliards": 1e9, "млрд": 1e9,
}  # fmt: skip
_SIGNS = "+-−–"
# A number with a unit before or behind it: "$1,200", "7 %", "12.5 km". Other letters before it make it a name: "CV 63".
_NUMBER = re.compile(
    r"(?P<before>[^\w\s.,+−–-]{0,3}|[A-Z]{1,2}\$|USD|EUR|GBP|JPY|CNY|INR|RUB|UAH|CHF|CAD|AUD|BRL|KRW|TRY|MXN|ZAR|SEK|NOK|DKK|PLN)\s?"
    rf"(?P<sign>[{re.escape(_SIGNS)}]?)\s?(?P<digits>[.,]?\d(?:[\d.,'’٬٫\s]{{0,30}}\d)?)"
    r"\s?(?P<after>[^\W\d_]{0,12}\.?|[%‰°]|[^\W\d_]{1,6}[/²³][^\W\d_]{0,6}|[€£¥$])",
)
_GROUPED = re.compile(r"\d{1,3}(?:(?P<mark>[.,' ])\d{3})(?:(?P=mark)\d{3})*|\d{1,2}(?:,\d\d)+,\d{3}")
_PICTURES = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|bmp|svg)\Z", re.IGNORECASE)
_LINK = re.compile(r"[^\s<>\"'`\\^{}|\x00-\x20]+")
_LONGEST_LINK = 4_000
_LONGEST_NUMBER = 60
_LONGEST_ANSWER = 20
UPLOADED = "media/"
"""What the value of a picture begins with that is kept with the story."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the story's own. `given` says that a person set the type; otherwise it was guessed from the values.

    `decimal` is the mark that its numbers have before the decimals where "1.234" alone would not tell, `day_first`
    which way round its numeric days are written, None where no value tells.
    """

    name: str
    type: FieldType
    given: bool = False
    decimal: Decimal = "."
    day_first: bool | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A number as a cell writes it: its value, how many decimals it has, and what stands before and behind it."""

    value: float
    decimals: int = 0
    before: str = ""
    after: str = ""


def read_type(word: str) -> FieldType | None:
    """The type that a word means, as in story.toml; None where it means none."""
    plain = re.sub(r"[\s_/-]+", "", word.strip().casefold())
    return next((name for name in FIELD_TYPES if name.replace("/", "") == plain), None)


@lru_cache(maxsize=100_000)
def read_number(text: str, decimal: Decimal = ".") -> Number | None:
    """The number in a cell: "1,234", "12.5", "1 234", "1.234,5", "7%", "$1,200", "1.2 million"; None for anything else.

    `decimal` decides where a mark could be either, as in "1.234": three digits behind a single mark.
    """
    if len(text) > _LONGEST_NUMBER:
        return None
    found = _NUMBER.fullmatch(plain_digits(text).strip())
    if found is None:
        return None
    digits = re.sub(r"\s", " ", found["digits"]).replace("’", "'").replace("٬", "'").replace("٫", ".")
    plain = _plain(digits, decimal)
    if plain is None:
        return None
    after, times = found["after"], 1.0
    if many := _MULTIPLIERS.get(after.casefold().rstrip(".")):
        after, times = "", many
    # A minus sign of typesetters is one; a plus says nothing.
    value = float(plain) * times * (-1 if found["sign"] in ("-", "−", "–") else 1)
    if not math.isfinite(value):
        return None
    decimals = len(plain.partition(".")[2]) if times == 1 else 0
    return Number(value, decimals, found["before"], after)


def _plain(digits: str, decimal: Decimal) -> str | None:
    """The digits with a point before the decimals and nothing between thousands; None where the marks are of none."""
    marks = [char for char in digits if not char.isdigit()]
    if not marks:
        return digits
    last = marks[-1]
    whole, _, rest = digits.rpartition(last)
    if len(set(marks)) == 1:
        grouped = _GROUPED.fullmatch(digits)
        if last in "' ":
            return re.sub(r"\D", "", digits) if grouped else None
        either = len(marks) == 1 and len(rest) == 3 and grouped and not digits.startswith("0")
        if grouped and not digits.startswith("0") and not (either and last == decimal):
            return re.sub(r"\D", "", digits)
        return f"{whole}.{rest}" if len(marks) == 1 else None
    if last not in ".," or last in whole or not _GROUPED.fullmatch(whole):
        return None
    return re.sub(r"\D", "", whole) + f".{rest}"


def decimal_of(texts: Iterable[str]) -> Decimal:
    """The mark before the decimals in a column: a comma only where some value cannot mean anything else, and none a
    point."""
    commas = points = 0
    for text in texts:
        as_point, as_comma = read_number(text, "."), read_number(text, ",")
        if as_point and as_point == as_comma and as_point.decimals:
            commas += text.rfind(",") > text.rfind(".")
            points += text.rfind(".") > text.rfind(",")
    return "," if commas and not points else "."


def read_yes_no(text: str) -> bool | None:
    """Whether a cell says yes or no, in one of many languages; None where it says neither."""
    plain = text.strip()
    if len(plain) > _LONGEST_ANSWER:
        return None
    words = {plain, fold(plain)}
    return True if words & YES else False if words & NO else None


def is_bare_digit(text: str) -> bool:
    """Whether a yes or no is written as 1 or 0, which counts something as often."""
    return text.strip() in _MARKS


def read_link(text: str) -> str:
    """The web address that a cell is; "" for anything else, such as javascript: or an address that names a user."""
    text = text.strip()
    if len(text) > _LONGEST_LINK or not _LINK.fullmatch(text):
        return ""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return ""
    whole = parts.scheme in ("http", "https") and "." in host and "@" not in parts.netloc
    return text if whole else ""


def is_picture(text: str) -> bool:
    """Whether a cell is the address of a picture, or a picture that is kept with the story."""
    text = text.strip()
    if text.startswith(UPLOADED):
        return bool(re.fullmatch(r"media/[0-9a-f]{64}\.webp", text))
    link = read_link(text)
    return bool(link) and bool(_PICTURES.search(urlsplit(link).path))


def host_of(link: str) -> str:
    """The server that a link leads to, as a reader knows it: without "www."."""
    return (urlsplit(link).hostname or "").removeprefix("www.")
