"""What docs/deploy.md sets up is there: commands, options, ports, addresses and files agree, with the code too.

That it runs, with two servers, is for tests/browser/test_two_servers.py.
"""

from __future__ import annotations

import configparser
import re
import shlex
import tomllib
from pathlib import Path

import pytest
import uvicorn.config
import yaml
from starlette.routing import Route
from streamlit import config as streamlit_config

from story.library import database
from view.serve import app, hosts

RUN = "-m streamlit run dashboard.py"
STREAMLIT_ITSELF = ("/_stcore/health", "/_stcore/stream", "/_stcore/metrics")


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs" / "deploy.md").read_text(encoding="utf-8")


def block(page: str, language: str, holding: str = "") -> str:
    """The one block of a language that holds some text."""
    (found,) = [some for some in re.findall(rf"(?ms)^```{language}\n(.*?)^```", page) if holding in some]
    return str(found)


def unit_of(page: str) -> configparser.ConfigParser:
    unit = configparser.ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read_string(block(page, "ini", "[Service]"))
    return unit


def commands(page: str) -> list[list[str]]:
    """How the page starts a process: by systemd, and in a container."""
    in_container = re.search(r"(?m)^CMD (\[.*\])$", block(page, "dockerfile"))
    assert in_container is not None
    return [shlex.split(unit_of(page)["Service"]["ExecStart"]), list(yaml.safe_load(in_container[1]))]


def test_both_start_the_page_with_options_that_streamlit_has(page: str) -> None:
    for command in commands(page):
        assert RUN in " ".join(command)
        options = [word.removeprefix("--") for word in command if word.startswith("--")]
        assert {"server.address", "server.port", "server.headless"} == set(options)
        for option in options:
            streamlit_config.get_option(option)


def test_the_settings_are_taken(page: str) -> None:
    settings = dict(line.split("=", 1) for line in block(page, "ini", "DATELINE_HOSTS").split())
    assert database.address(settings["DATELINE_DATABASE_URL"]).get_backend_name() == "postgresql"
    allowed = hosts.allowed_hosts(settings["DATELINE_HOSTS"], "127.0.0.1")
    assert [host.name for host in allowed.named] == ["news.example.org"]
    # This one is for the server beneath Streamlit.
    assert f'"{settings.popitem()[0]}"' in Path(uvicorn.config.__file__).read_text(encoding="utf-8")


def test_units_proxies_and_checks_speak_of_the_same_ports_names_and_cookie(page: str) -> None:
    nginx, traefik = block(page, "nginx"), yaml.safe_load(block(page, "yaml"))
    balancer = traefik["http"]["services"]["dateline"]["loadBalancer"]
    ports = sorted(set(re.findall(r"dateline@(\d+)", page)))
    for upstream in re.findall(r"upstream \w+ \{([^}]*)\}", nginx):
        assert sorted(re.findall(r"server 127\.0\.0\.1:(\d+);", upstream)) == ports
    assert [one["url"] for one in balancer["servers"]] == [f"http://127.0.0.1:{port}" for port in ports]
    assert f"cookie_{balancer['sticky']['cookie']['name']}" in nginx
    assert balancer["healthCheck"]["path"] == "/_stcore/health"
    routers = traefik["http"]["routers"].values()
    assert {re.findall(r"Host\(`([^`]+)`\)", router["rule"])[0] for router in routers} == {"news.example.org"}
    assert {name for router in routers for name in router.get("middlewares", [])} == set(traefik["http"]["middlewares"])
    assert nginx.count("{") == nginx.count("}")
    said = [line.strip() for line in nginx.splitlines() if line.strip() and not line.strip().startswith("#")]
    assert [line for line in said if not line.endswith((";", "{", "}"))] == []


def test_what_the_proxy_caches_and_hides_is_what_the_server_has(page: str) -> None:
    nginx = block(page, "nginx")
    (cached,) = re.findall(r"location ~ (\S+) \{", nginx)
    own = [route.path for route in app.routes() if isinstance(route, Route)]
    feeds = ["/stories/{file}", "/s/{name}", "/oembed", "/openapi.json"]
    assert [path for path in own if re.match(cached, path)] == feeds
    for path in set(re.findall(r"/_stcore/\w+", page)):
        assert path in STREAMLIT_ITSELF


def test_the_proxy_lets_through_what_the_page_takes(root: Path, page: str) -> None:
    settings = tomllib.loads((root / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    (most,) = re.findall(r"client_max_body_size (\d+)m;", block(page, "nginx"))
    assert settings["server"]["maxUploadSize"] < int(most) < 2 * settings["server"]["maxUploadSize"]
    for name in ("Host $host", "X-Forwarded-Proto $scheme", "Upgrade $http_upgrade", "Connection $connection_upgrade"):
        assert f"proxy_set_header {name};" in block(page, "nginx")


def test_the_container_runs_in_the_folder_that_it_is_set_up_in(page: str) -> None:
    lines = block(page, "dockerfile").splitlines()
    kinds = [line.split()[0] for line in lines]
    assert kinds[0] == "FROM"
    order = [kinds.index("WORKDIR"), kinds.index("COPY"), lines.index("RUN make setup"), kinds.index("USER")]
    assert sorted(order) == order
    assert {"HEALTHCHECK", "CMD"} <= set(kinds)
