"""What breaks readers: values, pieces of text, and ways to damage bytes, each chosen by a `random.Random`."""

from __future__ import annotations

from random import Random

VALUES = [
    "", " ", "0", "-1", "1", "1e400", "-0.0", "NaN", "inf", "2147483648", "4294967296", "18446744073709551616",
    "9" * 400,
    "1.7976931348623157e308", "#REF!", "=1+1", "@SUM(1)", "<img src=x onerror=alert(1)>", "\x00", "\ufeff", "\ud800",
    "\u202eabc", "a\u0301" * 50, "é" * 300, "x" * 5_000, "2016-09-05", "9/5/2016", "99/99/9999", "2016-13-45",
    "-0001-01-01",
    "9999-12-31", "+12345-01-01", "2016-09/2017", "2016-XX~", "../..", "1016", "5.9.16", "Sept 5", "42614",
    "1900-02-29",
    "Paris", "Paris, Texas", "Korea, South", "off the coast of Somalia", "48.85", "48.85, 2.35", "91", "-181",
    "48°51′N",
    "POINT (2 48)", "POINT (nan inf)", "Paris; Rome; Paris", "Paris -> Rome -> " * 40, "A;" * 2_000, "((((((((",
    "\t", "\r",
]  # fmt: skip
REFERENCES = [
    "A1", "a1", "A0", "XFD1048576", "XFD1", "A1048576", "ZZZZ1", "A99999999999", "1A", "A", "$A$1", "A1:XFD1048576",
    "XFD1048576:A1", "A1:A1048576", "B2:A1", ":", "A1:", "B2", "C3", "AA100", "ALL200000", "AMJ1", "A-1", "",
    "A1:B2:C3",
]  # fmt: skip
BYTES = [
    b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"<", b">", b"&", b"'", b'"', b"]]>", b"<!--", b"-->",
    b"<![CDATA[", b"<?xml version='1.0' encoding='utf-16'?>", b"&#0;", b"&#x110000;", b"&a;", b"/>", b"PK\x05\x06",
    b"PK\x01\x02",
    b"PK\x03\x04", b"{", b"}", b"[", b"]", b",", b";", b"\t", b"\r", b"\n", b"\r\n", b"\\u", b"\\ud800", b"''",
    b'"""', b"=",
    b"\xc3", b"\xed\xa0\x80", b"1e999", b"-", b"\x1a",
]  # fmt: skip


def value(chance: Random) -> str:
    """Something to stand in a cell."""
    return chance.choice(VALUES) if chance.random() < 0.8 else chance.choice(VALUES)[:200] + chance.choice(VALUES)[:200]


def damaged(raw: bytes, chance: Random, most: int = 4) -> bytes:
    """The bytes with a few of them changed, left out, said again, cut off, or something put between."""
    given = bytearray(raw)
    for _ in range(chance.randint(1, most)):
        at = chance.randrange(len(given) + 1)
        until = min(len(given), at + chance.choice((1, 1, 2, 8, 64, 512)))
        match chance.randrange(7):
            case 0 if until > at:
                given[at] ^= 1 << chance.randrange(8)
            case 1:
                del given[at:until]
            case 2:
                given[at:at] = chance.choice(BYTES)
            case 3:
                given[at:at] = given[at:until] * chance.choice((1, 2, 30))
            case 4:
                there = chance.randrange(len(given) + 1)
                given[there:there] = given[at:until]
            case 5 if chance.random() < 0.2:
                del given[at:]
            case _:
                given[at:until] = chance.randbytes(until - at)
    return bytes(given)
