"""Two servers of one library behind a proxy with sticky sessions, as docs/deploy.md sets them up."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.acting import region
from tests.browser.conftest import Opener
from tests.browser.driving import Server, serving
from tests.proxy import COOKIE, Proxy, proxying
from tests.story import postgres

STORY = "japan-visit-2025"
PUBLIC = "news.example.org"


@dataclass(frozen=True)
class Site:
    """Two servers, and the proxy in front of them."""

    servers: tuple[Server, Server]
    proxy: Proxy


@pytest.fixture(
    scope="module",
    params=[
        pytest.param("postgresql", marks=pytest.mark.skipif(postgres.programs() is None, reason=postgres.HOW)),
        pytest.param("sqlite", marks=pytest.mark.skipif(postgres.programs() is not None, reason="PostgreSQL is here")),
    ],
)
def library(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the library that both servers keep their stories in."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('both') / 'library.sqlite'}"
        return
    with postgres.running() as url:
        yield url


@pytest.fixture(scope="module")
def site(library: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("servers")
    env = {"DATELINE_DATABASE_URL": library, "DATELINE_HOSTS": PUBLIC}
    with (
        serving(folder / "one.log", env=env) as one,
        serving(folder / "two.log", env=env) as two,
        proxying([urlsplit(server.url).port or 0 for server in (one, two)]) as proxy,
    ):
        yield Site((one, two), proxy)


def ask(server: Server, path: str, **headers: str) -> tuple[int, Mapping[str, str], bytes]:
    """Asks a server as a proxy would that takes TLS off, for a reader who asked by the public name."""
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=60)
    given = {"Host": PUBLIC, "X-Forwarded-Proto": "https"}
    connection.request("GET", path, headers=given | {name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    connection.close()
    return found


def test_both_give_the_same_feeds_under_the_same_words_and_the_public_name(site: Site) -> None:
    for path in (f"/stories/{STORY}.geojson?status=happened", f"/stories/{STORY}.atom", f"/s/{STORY}"):
        (status, said, raw), (_, other, again) = (ask(server, path) for server in site.servers)
        assert status == 200, path
        assert raw == again
        assert said["etag"] == other["etag"]
        assert [ask(server, path, If_None_Match=said["etag"])[0] for server in site.servers] == [304, 304]
    assert f"https://{PUBLIC}/?story={STORY}".encode() in ask(site.servers[0], f"/s/{STORY}")[2]


def test_both_are_well_and_count_and_answer_to_their_names_alone(site: Site) -> None:
    for server in site.servers:
        assert ask(server, "/_stcore/health", Host="10.0.0.7")[2] == b"ok"
        assert b"# EOF" in ask(server, "/_stcore/metrics")[2]
        assert ask(server, "/", Host="elsewhere.example.org")[0] == 421


def test_a_story_saved_at_one_is_seen_at_the_other_and_a_reader_stays_with_one(site: Site, open_page: Opener) -> None:
    entrance = Server(site.proxy.url, site.servers[0].log_path, site.servers[0].process_id)
    page = open_page(f"story={STORY}", server=entrance)
    (mine,) = [cookie for cookie in page.context.cookies() if cookie.get("name") == COOKIE]
    first = int(str(mine.get("value")))
    before = site.proxy.passed[1 - first]
    region(page, "export").get_by_role("button", name="Edit a copy").click()
    region(page, "edit").get_by_role("button", name="Save").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Title").fill("A visit that two servers know")
    dialog.get_by_label("Your name").fill("Ada Quist")
    dialog.get_by_role("button", name="Save").click()
    expect(region(page, "edit")).to_contain_text("Saved as revision 1")
    page.wait_for_url(re.compile("a-visit-that-two-servers-know"))
    (link,) = parse_qs(urlsplit(page.url).query)["story"]
    # All that it asked for, its WebSocket too, went to the one server.
    assert site.proxy.passed[1 - first] == before

    other = open_page(f"story={link}", server=site.servers[1 - first])
    expect(other.get_by_role("heading", level=1)).to_have_text("A visit that two servers know")
    copy = region(other, "export").get_by_role("button", name="Copy link")
    reading = copy.get_attribute("data-story")
    found = [ask(server, f"/stories/{reading}.csv") for server in site.servers]
    assert [status for status, _, _ in found] == [200, 200]
    assert found[0][1]["etag"] == found[1][1]["etag"]
    assert found[0][2] == found[1][2]
