"""Latitude and longitude as tables write them: degrees with letters or minutes, both in one cell, WKT, JSON."""

from __future__ import annotations

import re

from story.text import clean, plain_digits

_LONGEST = 200
_NUMBER = r"[-+−]?\d{1,3}(?:[.,]\d+)?"
_WKT = re.compile(r"(?:SRID=\d+;)?\s*(?:MULTI)?POINT\s*(?:ZM?|M)?\s*\(+\s*(\S+)\s+(\S+?)[\s)]", re.IGNORECASE)
_GEOJSON = re.compile(r'"coordinates"\s*:\s*\[\s*([-\d.eE]+)\s*,\s*([-\d.eE]+)')
_PAIR = re.compile(rf"[(\[]?\s*({_NUMBER})\s*[,;/\s]+({_NUMBER})\s*[)\]]?")
_DEGREES = re.compile(
    r"([-+−]?\d{1,3}(?:[.,]\d+)?)\s*[°ºd:]?\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*['′’m:]\s*)?"
    r"(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:\"|″|”|''|s)?\s*)?([NSEWO])?",
    re.IGNORECASE,
)
_HALVES = re.compile(r"(.+?[NS])[,;\s]*(.+?[EWO])\s*$", re.IGNORECASE)


def one_axis(text: str) -> str:
    """A latitude or longitude as plain degrees: "35°41'N" gives "35.683333"; anything else as it is."""
    text = plain_digits(clean(text[:_LONGEST]))
    if re.fullmatch(r"[-+]?\d+(\.\d+)?", text):
        return text
    found = _DEGREES.fullmatch(text)
    if not found or not any(found.groups()[1:]):
        return text.replace("−", "-").replace("°", "").strip()
    degrees, minutes, seconds = (
        float((part or "0").replace(",", ".").replace("−", "-")) for part in found.groups()[:3]
    )
    value = abs(degrees) + minutes / 60 + seconds / 3600
    south = text[:1] in "-−" or (found[4] or "").upper() in ("S", "W")
    return f"{-value if south else value:.8g}"


def both_axes(text: str) -> tuple[str, str] | None:
    """Latitude and longitude of a cell that holds both; None where it holds no point. WKT and GeoJSON are x first."""
    if len(text) > _LONGEST:
        return None
    text = plain_digits(clean(text))
    if (found := _WKT.match(text + " ")) or (found := _GEOJSON.search(text)):
        return found[2], found[1]
    if found := _HALVES.fullmatch(text):
        latitude, longitude = one_axis(found[1].strip(" ,;")), one_axis(found[2].strip(" ,;"))
    elif found := _PAIR.fullmatch(text):
        latitude, longitude = one_axis(found[1]), one_axis(found[2])
    else:
        return None
    try:
        return (latitude, longitude) if abs(float(latitude.replace(",", "."))) <= 90 else (longitude, latitude)
    except ValueError:
        return None


def in_range(text: str, most: float) -> bool:
    """Whether a cell is a number of degrees of at most `most`."""
    try:
        return abs(float(one_axis(text).replace(",", "."))) <= most
    except ValueError:
        return False
