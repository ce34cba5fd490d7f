"""Long values in portions: whatever works on one does so between the turns of other threads, which need not wait.

The interpreter takes no other thread's turn in the middle of one call, and encoding 100,000 rows is one call.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeVar

_Value = TypeVar("_Value")

LENGTH = 2_000
BETWEEN_ITEMS = re.compile(r"(?<=[\]}]),(?=[\[{])")
"""Where an array of arrays or objects may be cut."""
_CHARACTERS = 200_000
_SPACE = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()


def portions(values: Iterable[_Value]) -> Iterator[list[_Value]]:
    """The values by LENGTH; a single empty portion where there are none."""
    left = iter(values)
    portion = list(islice(left, LENGTH))
    yield portion
    while portion := list(islice(left, LENGTH)):
        yield portion


def encoded(text: str) -> bytes:
    """The text as UTF-8."""
    pieces = range(0, len(text), _CHARACTERS)
    return b"".join(text[at : at + _CHARACTERS].encode("utf-8") for at in pieces)


def write_object(members: Mapping[str, Any], encoder: json.JSONEncoder) -> Iterator[str]:
    """The JSON text of an object, in pieces; a member that is an iterator gives one array or object in portions."""
    opening = "{"
    for name, value in members.items():
        yield f"{opening}{encoder.encode(name)}{encoder.key_separator}"
        opening = encoder.item_separator
        yield from _write_portions(value, encoder) if isinstance(value, Iterator) else (encoder.encode(value),)
    yield "}"


def _write_portions(value: Iterator[Any], encoder: json.JSONEncoder) -> Iterator[str]:
    text = encoder.encode(next(value))
    yield text[:-1]
    for portion in value:
        yield encoder.item_separator + encoder.encode(portion)[1:-1]
    yield text[-1]


def read_object(text: str, long: Mapping[str, re.Pattern[str]]) -> dict[str, Any]:
    """The object in a JSON text; `long` members are arrays or objects, with where their items may be apart.

    Raises json.JSONDecodeError.
    """
    found: dict[str, Any] = {}
    at = _past(text, 0, "{")
    while True:
        name, at = _DECODER.raw_decode(text, _SPACE.match(text, at).end())  # type: ignore[union-attr]
        at = _past(text, at, ":")
        at = _SPACE.match(text, at).end()  # type: ignore[union-attr]
        found[name], at = _read_long(text, at, long[name]) if name in long else _DECODER.raw_decode(text, at)
        if not text.startswith(",", at):
            break
        at += 1
    at = _past(text, at, "}")
    if text[at:].strip():
        raise json.JSONDecodeError("Extra data", text, at)
    return found


def _past(text: str, at: int, sign: str) -> int:
    """Behind a sign that has to come next."""
    at = _SPACE.match(text, at).end()  # type: ignore[union-attr]
    if not text.startswith(sign, at):
        raise json.JSONDecodeError(f"Expecting '{sign}'", text, at)
    return at + 1


def _read_long(text: str, at: int, apart: re.Pattern[str]) -> tuple[Any, int]:
    """The array or object that begins here, and where it ends.

    Where its items are apart is a guess, for a text inside them may look the same. But what is before such a place is
    whole only if the guess is right: else a string or a bracket is left open, and more is taken.
    """
    opening = text[at : at + 1]
    if opening not in ("[", "{"):
        return _DECODER.raw_decode(text, at)
    closing, value = ("]", []) if opening == "[" else ("}", {})  # type: tuple[str, Any]
    add = value.extend if opening == "[" else value.update
    at += 1
    size = _CHARACTERS
    while True:
        cut = apart.search(text, at + size)
        piece = opening + text[at : cut.start() if cut else len(text)] + closing
        try:
            portion, end = _DECODER.raw_decode(piece)
        except json.JSONDecodeError:
            if cut is None:
                raise
            size *= 2
            continue
        add(portion)
        if end < len(piece):
            return value, at + end - 1
        if cut is None:
            raise json.JSONDecodeError(f"Expecting '{closing}'", text, len(text))
        at, size = cut.end(), _CHARACTERS
