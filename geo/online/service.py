"""Online services, only when asked: any geopy geocoder, rate limited, its answers kept with their day.

Nothing here runs unless someone makes an `Online`. While a service refuses, is slow, over quota or out of reach, its
state says so in words and the gazetteer's answer stands.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

import filelock
from geopy.adapters import AdapterHTTPError
from geopy.exc import (
    ConfigurationError,
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderNotFound,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderTimedOut,
    GeopyError,
)
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import get_geocoder_for_service
from geopy.location import Location

from geo import normalise, weights
from geo.exc import ServiceUnknown
from geo.online.fetching import LimitedAdapter
from geo.place import KINDS, Candidate, Kind, Place, Resolution

State = Literal["found", "nothing", "refused", "slow", "over quota", "unreachable", "garbled"]

USER_AGENT = "dateline/0.1 (news map; asks only when its reader asks it to)"
DELAYS = {"nominatim": 1.0, "photon": 1.0, "geonames": 1.0}
"""Seconds between two requests that a service's public rules ask for; half a second elsewhere."""
TIMEOUT = 8.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service said. `day` is when it said so; `message` says in words what became of the question."""

    state: State
    place: Place | None
    message: str
    day: date
    cached: bool = False


class Online:
    """One service with its settings. `service` and `settings` are geopy's: "nominatim", {"domain": ...}, an api_key.

    Raises ServiceUnknown where geopy has no such service or does not take these settings.
    """

    def __init__(
        self,
        service: str,
        settings: Mapping[str, Any] | None = None,
        *,
        cache: Path | None = None,
        delay: float | None = None,
        timeout: float = TIMEOUT,
        today: Callable[[], date] = lambda: datetime.now(UTC).date(),
    ) -> None:
        options = {"user_agent": USER_AGENT, "timeout": timeout, "adapter_factory": LimitedAdapter, **(settings or {})}
        try:
            geocoder = get_geocoder_for_service(service)(**options)
        except (GeocoderNotFound, ConfigurationError, TypeError) as error:
            raise ServiceUnknown(
                f"cannot ask {service!r} with the settings {sorted(settings or {})}: {error}"
            ) from None
        self.service = service
        self._source = f"{service} {getattr(geocoder, 'domain', '')}".strip()
        self._today = today
        self._cache = cache
        self._lock = threading.Lock()
        self._quiet_until = 0.0
        self._known = _read_cache(cache) if cache else {}
        self._ask = RateLimiter(
            geocoder.geocode,
            min_delay_seconds=DELAYS.get(service, 0.5) if delay is None else delay,
            max_retries=0,
            swallow_exceptions=False,
        )

    def ask(self, toponym: str) -> Answer:
        """One answer, from the cache where it has one. Never raises for what a service does."""
        query = normalise.tidy(toponym[: normalise.LONGEST])
        if not any(c.isalnum() for c in query):
            return Answer("nothing", None, "no letters to look up", self._today())
        held = self._known.get((self._source, normalise.key(query)))
        if held is not None:
            return held
        with self._lock:
            wait = self._quiet_until - time.monotonic()
            if wait > 0:
                return self._answer("over quota", None, f"asked for a pause of {wait:.0f} s")
            answer = self._fresh(query)
        if answer.state in {"found", "nothing"}:
            self._keep(query, answer)
        return answer

    def resolve(self, toponym: str, offline: Resolution) -> Resolution:
        """The service's place with the gazetteer's candidates behind it; the gazetteer's own where there is none."""
        answer = self.ask(toponym)
        if answer.place is None:
            return replace(offline, toponym=toponym, reason=f"{offline.reason}; {answer.message}")
        first = Candidate(answer.place, weights.ONLINE, answer.message)
        return Resolution(toponym, answer.place, (first, *offline.candidates), answer.message)

    def _fresh(self, query: str) -> Answer:
        try:
            location = self._ask(query)
        except GeocoderQuotaExceeded as error:
            wait = min(3600.0, float(getattr(error, "retry_after", None) or 60))
            self._quiet_until = time.monotonic() + wait
            return self._answer("over quota", None, f"asked for a pause of {wait:.0f} s")
        except (GeocoderAuthenticationFailure, GeocoderInsufficientPrivileges, GeocoderQueryError) as error:
            return self._answer("refused", None, f"refused the question ({_brief(error)}): check its settings")
        except GeocoderTimedOut as error:
            if isinstance(error.__cause__, AdapterHTTPError):  # geopy's reading of 503 and its like
                return self._answer("unreachable", None, f"could not be reached ({_brief(error.__cause__)})")
            return self._answer("slow", None, "did not answer in time")
        except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
            return self._answer("garbled", None, f"gave an unreadable answer ({_brief(error)})")
        except GeopyError as error:
            if type(error).__name__ == "GeocoderParseError" or isinstance(error.__cause__, ValueError):
                return self._answer("garbled", None, "gave an unreadable answer")
            return self._answer("unreachable", None, f"could not be reached ({_brief(error)})")
        if not isinstance(location, Location):
            return self._answer("nothing", None, "knows no such place")
        try:
            place = _place(self.service, location)
        except (ValueError, TypeError) as error:
            return self._answer("garbled", None, f"gave an unreadable answer ({_brief(error)})")
        return self._answer("found", place, "found it")

    def _answer(self, state: State, place: Place | None, message: str) -> Answer:
        return Answer(state, place, f"{self.service} {message}", self._today())

    def _keep(self, query: str, answer: Answer) -> None:
        key = (self._source, normalise.key(query))
        self._known[key] = Answer(answer.state, answer.place, f"{answer.message} on {answer.day}", answer.day, True)
        if self._cache is None:
            return
        place = answer.place
        line = {
            "source": key[0],
            "query": key[1],
            "day": answer.day.isoformat(),
            "state": answer.state,
            "place": [place.id, place.name, place.latitude, place.longitude, place.kind, place.country]
            if place
            else None,
        }
        with suppress(OSError), filelock.FileLock(self._cache.with_suffix(".lock")):
            self._cache.parent.mkdir(parents=True, exist_ok=True)
            with self._cache.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _brief(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__


def _place(service: str, location: Location) -> Place:
    """A geopy Location as a Place. Services say little of kinds in common; what they do not say stays a city."""
    latitude, longitude = float(location.latitude), float(location.longitude)
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(f"({latitude}, {longitude}) is not a point")
    raw: dict[str, Any] = location.raw if isinstance(location.raw, dict) else {}
    properties: dict[str, Any] = raw["properties"] if isinstance(raw.get("properties"), dict) else raw
    code = str(properties.get("countrycode") or properties.get("countryCode") or "").upper()
    id_ = str(properties.get("osm_id") or properties.get("geonameId") or properties.get("id") or "")
    said = str(properties.get("addresstype") or properties.get("layer") or properties.get("type") or "")
    name = str(location.address or "").split(",")[0].strip()[:200]
    country = code if len(code) == 2 else ""
    return Place(f"{service}:{id_ or name}", name, latitude, longitude, _kind(said), country, source=service)


def _kind(said: str) -> Kind:
    kinds: dict[str, Kind] = {
        **{kind: kind for kind in KINDS},
        "state": "admin1",
        "region": "admin1",
        "county": "admin2",
        "ocean": "sea",
        "venue": "site",
        "building": "site",
        "aeroway": "site",
        "military": "site",
    }
    return kinds.get(said.lower(), "city")


def _kept(fields: list[Any], service: str) -> Place:
    id_, name, latitude, longitude, kind, country = fields
    return Place(str(id_), str(name), float(latitude), float(longitude), _kind(kind), str(country), source=service)


def _read_cache(path: Path) -> dict[tuple[str, str], Answer]:
    """The kept answers. A line that does not read, as a killed process may leave, is left out."""
    known: dict[tuple[str, str], Answer] = {}
    try:
        lines = path.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return known
    for line in lines:
        with suppress(ValueError, KeyError, TypeError):
            row = json.loads(line)
            day = date.fromisoformat(row["day"])
            service = str(row["source"]).split(" ")[0]
            place = _kept(row["place"], service) if row["place"] else None
            word = "found it" if place else "knows no such place"
            state: State = "found" if place else "nothing"
            known[row["source"], row["query"]] = Answer(state, place, f"{service} {word} on {day}", day, True)
    return known
