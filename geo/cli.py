"""The command line of the geocoding layer."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from typing import Any, TextIO

from geo.context.home import Document, resolve_documents
from geo.context.resolve import resolve_together
from geo.exc import GeoError, ServiceUnknown
from geo.gazetteer import Gazetteer
from geo.index import cache, tables
from geo.online.service import Online
from geo.place import Candidate, Place, Resolution


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0, 1 where a name is unknown, 2 where something could not be read."""
    for stream in (sys.stdout, sys.stdin):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace" if stream is sys.stdin else "backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        gazetteer = Gazetteer.open(progress=_show_progress if sys.stderr.isatty() else None)
        if options.command == "index":
            return 0
        return _geocode(gazetteer, options) if options.command == "geocode" else _resolve(gazetteer)
    except GeoError as error:
        print(f"geo: {error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m geo", description="Places for names, offline, with reasons.")
    commands = parser.add_subparsers(dest="command", required=True)
    geocode = commands.add_parser("geocode", help="places for names; exit 1 if any is unknown")
    geocode.add_argument("names", nargs="+", metavar="NAME")
    geocode.add_argument(
        "--in", dest="country", metavar="COUNTRY", help="only in this country: its name or two-letter code"
    )
    geocode.add_argument("--near", metavar="NAME", help="prefer places near this one")
    geocode.add_argument("--all", action="store_true", help="every candidate with its penalty and reason")
    geocode.add_argument("--explain", action="store_true", help="every reading tried, every penalty and what it is for")
    geocode.add_argument("--json", action="store_true", help="one JSON object a line")
    geocode.add_argument(
        "--online", metavar="SERVICE", help="ask this geopy service too: nominatim, photon, pelias ..."
    )
    geocode.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="a setting of the service: domain, api_key ..."
    )
    commands.add_parser("resolve", help="JSON lines of texts with their mentions in, resolutions out")
    commands.add_parser("index", help="only build the index of the gazetteer, if it is not there yet")
    return parser


def _show_progress(share: float, word: str) -> None:
    print(f"\r{share:4.0%} {word:<40}", end="\n" if share >= 1 else "", file=sys.stderr, flush=True)


def _geocode(gazetteer: Gazetteer, options: argparse.Namespace) -> int:
    country, near = None, None
    if options.country:
        place = _country(gazetteer, options.country)
        if place is None:
            print(f"geo: no country is named {options.country!r}: give its name or two-letter code", file=sys.stderr)
            return 2
        country = place.country
    if options.near:
        near = gazetteer.resolve(options.near).place
        if near is None:
            print(f"geo: --near {options.near!r}: {gazetteer.resolve(options.near).reason}", file=sys.stderr)
            return 2
    online = _online(options.online, options.set) if options.online else None
    unknown = False
    for name in options.names:
        with _traced(sys.stderr if options.json else sys.stdout) if options.explain else nullcontext():
            found = gazetteer.resolve(name, country=country, near=near)
        if online is not None:
            found = online.resolve(name, found)
        unknown |= found.place is None
        if options.json:
            print(json.dumps(as_json(found), ensure_ascii=False))
        else:
            _show(gazetteer, found, every=options.all)
    return 1 if unknown else 0


@contextmanager
def _traced(stream: TextIO) -> Iterator[None]:
    """Shows what the geocoding layer otherwise tells its log (the logger "geo") at the level DEBUG."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("  | %(message)s"))
    logger = logging.getLogger("geo")
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)


def _online(service: str, settings: Sequence[str]) -> Online:
    """The service that the reader asks for by name, its answers kept beside the index."""
    bare = [setting for setting in settings if "=" not in setting]
    if bare:
        raise ServiceUnknown(f"--set {bare[0]!r} has no value: write --set NAME=VALUE")
    kept = cache.cache_folder(tables.folder()) / "online.jsonl"
    return Online(service, dict(setting.split("=", 1) for setting in settings), cache=kept)


def _country(gazetteer: Gazetteer, name: str) -> Place | None:
    if len(name) == 2 and gazetteer.country_name(name) != name:
        return gazetteer.resolve(gazetteer.country_name(name)).place
    found = gazetteer.resolve(name)
    return next((c.place for c in found.candidates if found.place and c.place.kind == "country"), None)


def _show(gazetteer: Gazetteer, found: Resolution, *, every: bool) -> None:
    if found.place is None:
        print(f"{found.toponym}: unknown: {found.reason}")
    else:
        print(f"{found.toponym}: {_line(gazetteer, found.place)}")
        print(f"    {found.reason}")
    if every:
        for candidate in found.candidates:
            print(f"    {candidate.penalty:6.3f}  {_line(gazetteer, candidate.place)}: {candidate.reason}")


def _line(gazetteer: Gazetteer, place: Place) -> str:
    country = gazetteer.country_name(place.country) if place.country else ""
    return f"{place.in_words(country)} ({place.kind}) {place.latitude:.4f}, {place.longitude:.4f} [{place.source}]"


def as_json(found: Resolution) -> dict[str, Any]:
    """A resolution in the form of `geocode --json`; latitude and all else of a place null where it is unknown."""
    place = found.place
    shown = asdict(place) if place else {}
    fields = ("latitude", "longitude", "name", "kind", "country", "admin1", "timezone", "source")
    return {
        "query": found.toponym,
        **{field: shown.get(field) for field in fields},
        "reason": found.reason,
        **_doubts(found),
        "candidates": [_candidate(c) for c in found.candidates],
    }


def _doubts(found: Resolution) -> dict[str, Any]:
    """What of a name did not count for where it is, only where that is so."""
    doubts = {"approximate": found.approximate, "unknown": found.unknown, "overruled": found.overruled}
    return {name: value for name, value in doubts.items() if value}


def _candidate(candidate: Candidate) -> dict[str, Any]:
    place = candidate.place
    return {
        "name": place.name,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "kind": place.kind,
        "country": place.country,
        "admin1": place.admin1,
        "penalty": candidate.penalty,
        "reason": candidate.reason,
    }


def _resolve(gazetteer: Gazetteer) -> int:
    """Each line answered as it comes, in order; from the first with a source on at the end, when its home is learnt."""
    code = 0
    later: list[tuple[Any, Document]] = []
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        try:
            document = json.loads(line)
            toponyms = tuple(str(m["text"]) for m in document["mentions"])
            text, id_, source = str(document.get("text") or ""), document["id"], str(document.get("source") or "")
        except (ValueError, KeyError, TypeError) as error:
            print(f"geo: line {number} is not a text with mentions ({error!r}): see docs/geocoding.md", file=sys.stderr)
            code = 2
            continue
        if source or later:
            later.append((id_, Document(text, toponyms, source)))
        else:
            _print_resolved(id_, resolve_together(gazetteer, toponyms, text))
    for (id_, _), found in zip(later, resolve_documents(gazetteer, [one for _, one in later]), strict=True):
        _print_resolved(id_, found)
    return code


def _print_resolved(id_: Any, found: Sequence[Resolution]) -> None:
    print(json.dumps({"id": id_, "resolutions": [_brief(r) for r in found]}, ensure_ascii=False))


def _brief(found: Resolution) -> dict[str, Any] | None:
    place = found.place
    if place is None:
        return None
    return {
        "latitude": place.latitude,
        "longitude": place.longitude,
        "name": place.name,
        "kind": place.kind,
        "country": place.country,
        "reason": found.reason,
        **_doubts(found),
    }
