"""Whom the running server answers, while the resolver that it could ask never does."""

from __future__ import annotations

import base64
import http.client
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.driving import ROOT, Server, serving

SILENT = ROOT / "tests" / "browser" / "silent"
HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": base64.b64encode(b"0123456789abcdef").decode(),
}
STREAM = "/_stcore/stream"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    text: str


Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    path = os.pathsep.join(filter(None, [str(SILENT), os.environ.get("PYTHONPATH")]))
    env = {
        "PYTHONPATH": path,
        "DATELINE_HOSTS": "news.example.org, desk.example.org:8443",
        "DATELINE_FRAME_ANCESTORS": "https://paper.example.org",
    }
    with serving(tmp_path_factory.mktemp("server") / "server.log", env=env) as started:
        yield started
        assert started.reached_outside == []


@pytest.fixture
def ask(server: Server) -> Ask:
    """`ask(path, host=, origin=, socket=)`: the answer; `own` in an origin stands for the server's own address."""
    own = urlsplit(server.url).netloc

    def asked(path: str = "/", *, host: str = "", origin: str | None = None, socket: bool = False) -> Answer:
        connection = http.client.HTTPConnection(own, timeout=60)
        headers = {"Host": host or own, **(HANDSHAKE if socket else {})}
        if origin is not None:
            headers["Origin"] = origin.replace("own", own)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        text = "" if answer.status == 101 else answer.read().decode()
        found = Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, text)
        connection.close()
        return found

    return asked


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "https://evil.example:8501",
        "null",
        "http://127.0.0.1:1",
        "http://localhost",
        "file://",
        "",
    ],
)
def test_a_foreign_origin_is_refused_and_nobody_is_asked_about_it(ask: Ask, server: Server, origin: str) -> None:
    refused = ask(STREAM, origin=origin, socket=True)
    assert refused.status == 403
    assert "DATELINE_HOSTS" in refused.text
    assert server.reached_outside == []
    assert ask("/_stcore/health").text == "ok"
    assert ask(STREAM, origin="http://own", socket=True).status == 101


def test_a_foreign_origin_is_refused_without_a_websocket_too(ask: Ask) -> None:
    assert ask("/_stcore/host-config", origin="http://evil.example").status == 403
    assert ask("/_stcore/host-config", origin="http://own").status == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.1.evil.example"]
)
@pytest.mark.parametrize("path", ["/", "/_stcore/host-config", "/dateline/scripts.js"])
def test_a_name_that_was_pointed_at_this_machine_reads_nothing(ask: Ask, host: str, path: str) -> None:
    refused = ask(path, host=host)
    assert refused.status == 421
    assert "DATELINE_HOSTS" in refused.text
    assert host in refused.text


def test_such_a_name_opens_no_websocket_though_its_origin_is_the_same(ask: Ask) -> None:
    assert ask(STREAM, host="evil.example", origin="http://evil.example", socket=True).status == 421
    assert ask(STREAM, host="evil.example", socket=True).status == 421


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8501", "[::1]:8501", "news.example.org", "desk.example.org:8443"]
)
def test_names_of_this_machine_and_those_that_were_set_are_answered(ask: Ask, host: str) -> None:
    assert ask(host=host).status == 200
    assert ask(STREAM, host=host, origin=f"http://{host.lower()}", socket=True).status == 101


def test_a_port_that_was_set_counts(ask: Ask) -> None:
    assert ask(host="desk.example.org:9000").status == 421


def test_a_proxy_may_ask_by_its_own_name_for_this_machine(ask: Ask, server: Server) -> None:
    assert ask(STREAM, origin="https://news.example.org", socket=True).status == 101
    assert server.reached_outside == []


def test_a_monitor_may_ask_by_address(ask: Ask) -> None:
    assert ask("/_stcore/health", host="10.1.2.3:8501").text == "ok"


@pytest.mark.parametrize(
    "path", ["/", "/_stcore/health", "/dateline/scripts.js", "/no-such-thing", "/_stcore/upload_file/x"]
)
def test_every_answer_has_the_security_headers(ask: Ask, path: str) -> None:
    for answer in (ask(path), ask(path, origin="http://evil.example")):
        policy = answer.headers["content-security-policy"]
        assert "frame-ancestors 'self' https://paper.example.org" in policy
        assert "'unsafe-eval'" not in policy
        assert "script-src 'self' 'unsafe-inline'" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"


def test_the_maps_scripts_and_land_are_served_without_a_file_that_could_be_swept(ask: Ask) -> None:
    assert "dateline" in ask("/dateline/scripts.js").text
    assert ask("/dateline/basemap/world.json").text == (ROOT / "data" / "basemap" / "world.json").read_text("utf-8")
    assert (
        ask("/dateline/basemap/../../pyproject.toml").status != 200
        or "[project]" not in ask("/dateline/basemap/../../pyproject.toml").text
    )


@pytest.mark.parametrize(
    "env", [{"DATELINE_HOSTS": "https://news.example.org/"}, {"DATELINE_FRAME_ANCESTORS": "*; script-src *"}]
)
def test_a_setting_that_cannot_be_used_is_said_and_nothing_is_served(env: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=f"{next(iter(env))} holds"), serving(tmp_path / "server.log", env=env):
        pass
