"""Text to HTML: every string of a story passes `escape` on its way to the page or the map's frame."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from story.model import Status

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


def escape(text: object) -> str:
    """Makes text inert in HTML: in an element, in a quoted attribute, and between backticks of a script."""
    return html.escape(str(text), quote=True).replace("`", "&#96;").replace("${", "&#36;{")


def glyph(status: Status) -> str:
    """The status as a shape; the word stands beside it, so it is hidden from screen readers."""
    return f'<i class="glyph {status}" aria-hidden="true"></i>'


def link(href: str, inner: str, *, cls: str = "", current: bool = False, label: str = "") -> str:
    """An anchor that the page answers without loading anew; opened elsewhere it is a full address. `inner` is HTML."""
    attributes = [f'href="{escape(href)}"', f'class="{("pick " + cls).strip()}"']
    if current:
        attributes.append('aria-current="true"')
    if label:
        attributes.append(f'aria-label="{escape(label)}"')
    return f"<a {' '.join(attributes)}>{inner}</a>"


def plain_markdown(text: str) -> str:
    """Text for a label that Streamlit reads as Markdown, which leaves it as it is: no link, picture, colour, emoji or
    formula, on one line."""
    return _PUNCTUATION.sub(r"\\\g<0>", _LIVE.sub("\\g<0>\u2060", _SPACES.sub(" ", text)))


def without_folders(text: str) -> str:
    """A message with the files that it names, but not the folders of this machine that they lie in."""
    return _FOLDERS.sub("", text)


def notice(text: object) -> str:
    """A line that the reader should not miss; screen readers say it when it comes."""
    return f'<p class="notice" role="status">{escape(text)}</p>'


def join(parts: Iterable[str], separator: str = "") -> str:
    return separator.join(part for part in parts if part)
