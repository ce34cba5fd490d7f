"""The fonts of pictures and print sheets, and how wide a text is in them.

They come as packages, since a server may have none of its own: Source Sans and Source Serif, those of the page. Scripts
that they lack are left to the fonts of the machine.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from PIL import ImageFont

_LETTERS = (*range(0x20, 0x7F), *range(0xA0, 0x180), *map(ord, "–—‘’“”„…•−→↓′″"))
SANS, SERIF = "Source Sans Pro", "Source Serif Pro"
_FILES = {SANS: "font_source_sans_pro", SERIF: "font_source_serif_pro"}


@cache
def font_file(family: str, weight: str = "Regular") -> Path:
    """The file of a font: `weight` as the packages call it, such as Regular, Semibold, It."""
    return Path(str(files(_FILES[family]) / "files" / f"{family.replace(' ', '')}-{weight}.ttf"))


@cache
def web_font(family: str, weight: str = "Regular") -> bytes:
    """A font for the web (WOFF) with the letters of Latin scripts, and the signs that a page has: some 20 kB. What else
    a text has is left to the fonts of the reader's machine."""
    # Half a second, which only a file for the web is to wait for.
    from fontTools import subset

    options = subset.Options(flavor="woff", layout_features=["kern", "liga", "tnum"], hinting=False)
    font = subset.load_font(str(font_file(family, weight)), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=_LETTERS)
    subsetter.subset(font)
    out = BytesIO()
    subset.save_font(font, out, options)
    return out.getvalue()


@lru_cache(maxsize=20_000)
def width(text: str, size: float) -> float:
    """Pixels that a text takes in semibold Source Sans of `size` pixels; letters that it lacks count as wide ones."""
    return float(_measure().getlength(text)) * size / 100


@cache
def _measure() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font_file(SANS, "Semibold")), 100)
