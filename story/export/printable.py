"""Events as one printable HTML page that needs nothing but itself."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from story.model import Event, Report
from story.wording import say_count, say_day, say_span, say_time

_STYLE = (
    "body{font:16px/1.45 system-ui,sans-serif;color:#16212b;background:#fff;max-width:50rem;margin:2rem auto;"
    "padding:0 1rem}h1{font-family:Georgia,serif;line-height:1.2}li{margin:0 0 1.1rem}ol{padding-left:1.5rem}"
    "h2{font-size:1.05rem;margin:0}p{margin:.15rem 0}.muted{color:#5b6873}bdi{unicode-bidi:isolate}"
)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def export_html(events: Iterable[Event], title: str = "Dateline", today_year: int | None = None) -> str:
    """The events in their order, each with day, status, place, who and every report; no script, no outside request."""
    items = [_item(event, today_year) for event in events]
    return "\n".join(
        (
            "<!doctype html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>",
            f"<style>{_STYLE}</style>",
            "</head>",
            "<body>",
            "<main>",
            f"<h1>{_text(title)}</h1>",
            f'<p class="muted">{say_count(len(items), "event")}</p>',
            "<ol>",
            *items,
            "</ol>",
            "</main>",
            "</body>",
            "</html>",
            "",
        )
    )


def _item(event: Event, today_year: int | None) -> str:
    zone = event.place.timezone if event.place else ""
    when = ", ".join(filter(None, (say_span(event.span, today_year), say_time(event.span, zone, ""))))
    place = event.toponym if event.place else f"{event.toponym} (not on the map)"
    lines = [
        f"<h2>{_text(event.title)}</h2>",
        f"<p>{_text(when)} · <strong>{escape(event.status)}</strong> · {_text(place)}</p>",
        f"<p>{_text(event.summary)}</p>" if event.summary else "",
        f"<p>{' · '.join(map(_text, event.who))}</p>" if event.who else "",
        *(_report(report, today_year) for report in reversed(event.reports)),
    ]
    return f"<li>{''.join(lines)}</li>"


def _report(report: Report, today_year: int | None) -> str:
    source = _text(report.source or "no source given")
    if report.url:
        source = f'<a href="{escape(report.url)}" rel="noopener noreferrer">{source}</a>'
    day = f", {say_day(report.reported, today_year)}" if report.reported else ""
    said = f": {escape(report.status)}, {_text(say_span(report.span, today_year))}"
    note = f" {_text(report.note)}" if report.note else ""
    return f'<p class="muted">{source}{day}{said}.{note}</p>'


def _text(text: str) -> str:
    """Text that stays text, and whose direction of writing leaves its neighbours alone."""
    return f"<bdi>{escape(text)}</bdi>"
