"""Events as one printable HTML page that needs nothing but itself."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from story.model import Event
from story.wording import say_count, say_day, say_span, say_time

# The page escapes whatever is put into it, and is read and compiled when the first one is written.
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    auto_reload=False,
)
_TEMPLATES.filters |= {"say_count": say_count, "say_day": say_day}


def export_html(events: Iterable[Event], title: str = "Dateline", today_year: int | None = None) -> str:
    """The events in their order, each with day, status, place, who and every report; no script, no outside request."""

    def say_when(event: Event) -> str:
        zone = event.place.timezone if event.place else ""
        return ", ".join(filter(None, (say_span(event.span, today_year), say_time(event.span, zone, ""))))

    page = _TEMPLATES.get_template("printable.html")
    return page.render(events=list(events), title=title, year=today_year, say_when=say_when, say_span=say_span)
