"""Values to HTML by the templates beside this module, which escape whatever is put into them; text for Streamlit's
Markdown.

Nothing of a story is put into a script as text: the map gets it as JSON (see view/draw/map.py).
"""

from __future__ import annotations

import re
from pathlib import Path

from markupsafe import Markup

from story.model.fields import host_of
from story.query.sure import SAID_SURE, sure_of
from story.templates import environment
from story.wording import say_count, say_day, say_distance, say_range, say_span

_FOLDERS = re.compile(
    # In quotes a folder's name may have spaces in it; elsewhere it ends with one.
    r"""(?<=['"“])(?:\w+:/{2,3})?(?:/|[A-Za-z]:[\\/]|\\\\)[^'"”\n]*[/\\](?=[^'"”\n]*['"”])"""
    r"""|(?<![\w/\\:.])(?:sqlite:/{2,3})?(?:/|[A-Za-z]:[\\/]|\\\\)(?=[\w.~-])(?:[^\s'"“”/\\]+[/\\]+)*"""
)
"""A path from the root of a disk, up to its last part."""
_SPACES = re.compile(r"\s+")
# What becomes a link, an emoji, an icon or an arrow whatever is escaped, unless something stands in it, unseen.
_LIVE = re.compile(r"/(?=/)|ww(?=w)|@|:(?=[\w+-])|<(?=-)|-(?=[->])|[<>~](?==)", re.IGNORECASE)
# "&" too: a character reference stands for what it names, and what it names would be read as if it were written.
_PUNCTUATION = re.compile(r"[!-+\-./:-@\[-`{-~]")

_TEMPLATES = environment(Path(__file__).parent / "templates")
_TEMPLATES.filters |= {
    "host_of": host_of,
    "say_count": say_count,
    "say_day": say_day,
    "say_distance": say_distance,
    "say_number": "{:,}".format,
    "say_short_day": lambda day, year: say_range(day, day, year),
    "say_percent": "{:.2f}%".format,
    "say_span": say_span,
    "say_sure": lambda event: SAID_SURE[sure_of(event)],
}


def render(template: str, **values: object) -> Markup:
    """The HTML of a template of view/draw/templates, by its name without the ending. A value that is Markup stays as
    it is, every other one is escaped.

    Raises jinja2.UndefinedError for a value that the template needs and is not given.
    """
    return Markup(_TEMPLATES.get_template(f"{template}.html").render(values))


def paragraph(text: object, cls: str = "", *, role: str = "") -> Markup:
    """A paragraph of one of the page's styles; with a `role` screen readers say it when it comes."""
    return render("paragraph", text=text, cls=cls, role=role)


def notice(text: object) -> Markup:
    """A line that the reader should not miss; screen readers say it when it comes."""
    return paragraph(text, "notice", role="status")


def plain_markdown(text: str) -> str:
    """Text for a label that Streamlit reads as Markdown, which leaves it as it is: no link, picture, colour, emoji or
    formula, on one line."""
    return _PUNCTUATION.sub(r"\\\g<0>", _LIVE.sub("\\g<0>\u2060", _SPACES.sub(" ", text)))


def without_folders(text: str) -> str:
    """A message with the files that it names, but not the folders of this machine that they lie in."""
    return _FOLDERS.sub("", text)
