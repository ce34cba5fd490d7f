"""The fonts of pictures and print sheets, and how wide a text is in them.

They come as packages, since a server may have none of its own: Source Sans and Source Serif, those of the page. Scripts
that they lack are left to the fonts of the machine.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from PIL import ImageFont

SANS, SERIF = "Source Sans Pro", "Source Serif Pro"
_FILES = {SANS: "font_source_sans_pro", SERIF: "font_source_serif_pro"}


@cache
def font_file(family: str, weight: str = "Regular") -> Path:
    """The file of a font: `weight` as the packages call it, such as Regular, Semibold, It."""
    return Path(str(files(_FILES[family]) / "files" / f"{family.replace(' ', '')}-{weight}.ttf"))


@lru_cache(maxsize=20_000)
def width(text: str, size: float) -> float:
    """Pixels that a text takes in semibold Source Sans of `size` pixels; letters that it lacks count as wide ones."""
    return float(_measure().getlength(text)) * size / 100


@cache
def _measure() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_file(SANS, "Semibold")), 100)
