"""Asking an online service: its answers, its faults, its cache; the gazetteer stands behind it."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from geo.exc import GeoError, ServiceUnknown
from geo.online.service import USER_AGENT, Online
from geo.place import Place, Resolution
from tests.geo import services
from tests.geo.services import Service

DAY = date(2025, 10, 24)
OFFLINE = Resolution("Tokyo", Place("x:1", "Tokyo", 35.7, 139.7, "city", "JP"), (), "the only place so named")


@pytest.fixture
def service() -> Iterator[Service]:
    with services.serving() as running:
        yield running


def online(service: Service, name: str = "nominatim", **more: Any) -> Online:
    settings = {"domain": service.domain, "scheme": "http", **more.pop("settings", {})}
    return Online(name, settings, delay=0.0, today=lambda: DAY, **more)


@pytest.mark.parametrize(
    ("name", "answer", "settings"),
    [
        ("nominatim", services.NOMINATIM, {}),
        ("photon", services.PHOTON, {}),
        ("pelias", services.PELIAS, {"api_key": "secret"}),
        ("opencage", services.OPENCAGE, {"api_key": "secret"}),
    ],
)
def test_each_service_answers_in_its_own_format(
    service: Service, name: str, answer: object, settings: dict[str, str]
) -> None:
    service.says(answer)
    found = online(service, name, settings=settings).ask("Tokyo")
    assert found.state == "found", found
    assert found.place is not None
    assert found.place.name == "Tokyo"
    assert found.place.latitude == pytest.approx(35.68, abs=0.02)
    assert found.place.source == name
    assert found.day == DAY


def test_geonames_answers_too(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    service.says(services.GEONAMES)
    asked = Online("geonames", {"username": "someone", "scheme": "http"}, delay=0.0)
    geocoder = asked._ask.func.__self__  # geopy fixes the domain of this one service
    monkeypatch.setattr(geocoder, "api", f"http://{service.domain}/searchJSON")
    found = asked.ask("Tokyo")
    assert found.place is not None
    assert (found.place.country, found.place.id) == ("JP", "geonames:1850147")


def test_it_says_who_asks(service: Service) -> None:
    online(service).ask("Tokyo")
    assert service.agents == [USER_AGENT]


def test_unknown_name_is_nothing_and_the_gazetteer_stands(service: Service) -> None:
    service.says([])
    asked = online(service)
    assert asked.ask("Nowhere").state == "nothing"
    resolution = asked.resolve("Tokyo", OFFLINE)
    assert resolution.place == OFFLINE.place
    assert "nominatim knows no such place" in resolution.reason


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (400, "refused"),
        (401, "refused"),
        (403, "refused"),
        (429, "over quota"),
        (500, "unreachable"),
        (503, "unreachable"),
    ],
)
def test_a_fault_has_a_state_in_words(service: Service, status: int, state: str) -> None:
    service.says({"error": "no"}, status)
    answer = online(service).ask("Tokyo")
    assert (answer.state, answer.place) == (state, None)
    assert answer.message.startswith("nominatim ")


def test_over_quota_is_not_asked_again_before_its_time(service: Service) -> None:
    service.says({}, 429, Retry_After="120")
    asked = online(service)
    assert "120 s" in asked.ask("Tokyo").message
    service.says(services.NOMINATIM)
    assert asked.ask("Kyoto").state == "over quota"
    assert service.asked == ["Tokyo"]


def test_a_slow_service_is_given_up(service: Service) -> None:
    service.hang = True
    assert online(service, timeout=0.2).ask("Tokyo").state == "slow"


def test_a_service_out_of_reach_is_unreachable() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    asked = Online("nominatim", {"domain": f"127.0.0.1:{port}", "scheme": "http"}, delay=0.0)
    assert asked.ask("Tokyo").state == "unreachable"


@pytest.mark.parametrize(
    "body",
    [b"{", b"\xff\xfe\x00", b'[{"lat": "x"}]', b'[{"lat": "99.0", "lon": "500", "display_name": "Off"}]', b'"text"',
     b"[" + b" " * 3_000_000 + b"]"],
    ids=["broken", "not text", "no point", "off the earth", "not a list", "huge"],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore:Latitude normalization:UserWarning")
def test_an_answer_that_does_not_read_is_garbled(service: Service, body: bytes) -> None:
    service.says(body)
    assert online(service).ask("Tokyo").state == "garbled"


def test_a_redirect_to_another_host_is_not_followed(service: Service) -> None:
    service.says(b"", 302, Location="http://localhost:9/search?q=Tokyo")
    answer = online(service).ask("Tokyo")
    assert answer.state == "unreachable"
    assert "another host" in answer.message


def test_a_redirect_in_a_circle_ends(service: Service) -> None:
    service.says(b"", 302, Location="/search?q=Tokyo")
    assert online(service).ask("Tokyo").state == "unreachable"
    assert len(service.asked) < 10


def test_answers_are_kept_with_their_day(service: Service, tmp_path: Path) -> None:
    cache = tmp_path / "kept" / "answers.jsonl"
    service.says(services.NOMINATIM)
    online(service, cache=cache).ask("Tokyo")
    service.says({}, 500)
    again = online(service, cache=cache).ask("TOKYO")
    assert (again.state, again.cached, again.day) == ("found", True, DAY)
    assert "2025-10-24" in again.message
    assert service.asked == ["Tokyo"]


def test_a_fault_is_not_kept(service: Service, tmp_path: Path) -> None:
    service.says({}, 500)
    asked = online(service, cache=tmp_path / "answers.jsonl")
    asked.ask("Tokyo")
    service.says(services.NOMINATIM)
    assert asked.ask("Tokyo").state == "found"


def test_a_torn_cache_line_is_left_out(service: Service, tmp_path: Path) -> None:
    cache = tmp_path / "answers.jsonl"
    service.says(services.NOMINATIM)
    online(service, cache=cache).ask("Tokyo")
    with cache.open("a", encoding="utf-8") as file:
        file.write('{"source": "nominatim')
    assert online(service, cache=cache).ask("Tokyo").cached


def test_no_key_is_written_to_the_cache(service: Service, tmp_path: Path) -> None:
    cache = tmp_path / "answers.jsonl"
    service.says(services.OPENCAGE)
    online(service, "opencage", settings={"api_key": "secret"}, cache=cache).ask("Tokyo")
    assert json.loads(cache.read_text("utf-8"))["query"] == "tokyo"
    assert "secret" not in cache.read_text("utf-8")


def test_nothing_to_look_up_is_not_sent(service: Service) -> None:
    assert online(service).ask("!?\x00").state == "nothing"
    assert service.asked == []


@pytest.mark.parametrize(("name", "settings"), [("nosuch", {}), ("nominatim", {"colour": "red"}), ("opencage", {})])
def test_an_unknown_service_or_setting_says_so(name: str, settings: dict[str, str]) -> None:
    with pytest.raises(ServiceUnknown, match=name) as raised:
        Online(name, settings)
    assert isinstance(raised.value, (GeoError, ValueError))
