"""The lines by which another page shows a story inside itself."""

from __future__ import annotations

from markupsafe import Markup

from view.draw.html import render

WIDTH, HEIGHT = 960, 720
"""In pixels, where nothing else is asked for."""


def frame(src: str, title: str, width: int = WIDTH, height: int = HEIGHT) -> Markup:
    """A frame that shows what is at an address; it is never wider than what it stands in."""
    return Markup(render("frame", src=src, title=title, width=width, height=height).strip())


def opening_tag(src: str, title: str) -> str:
    """The same without its end: Streamlit takes an attribute that holds the end of a frame for an attack."""
    return str(frame(src, title)).removesuffix("</iframe>")
