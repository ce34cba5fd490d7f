"""Stories as files under addresses of their own: what the page shows, for other programs; what is refused, and why."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

import feedparser
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from schemathesis.specs.openapi.checks import positive_data_acceptance

from geo.gazetteer import Gazetteer
from story import cli
from story.draft import edits
from story.export import EXPORTS, MIMES
from story.library.revisions import Library
from story.opening.stories import open_draft
from story.placing import place_with
from tests.browser.driving import ROOT, Server, serving
from view.serve.feeds.stories import kept_at, left_of

STORY = "japan-visit-2025"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    raw: bytes

    @property
    def why(self) -> str:
        return " ".join(json.loads(self.raw)["error"])


Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def links(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str, str]:
    """A library with one story: its address, the reading link and the other one."""
    url = f"sqlite:///{tmp_path_factory.mktemp('library') / 'stories.sqlite'}"
    draft = open_draft(ROOT / "data" / "stories" / STORY, place_with(Gazetteer.open()))
    kept = Library.open(url).create(draft, "Ada Quist")
    return url, kept.reader_id, kept.id


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, links: tuple[str, str, str]) -> Iterator[Server]:
    env = {"DATELINE_DATABASE_URL": links[0]}
    with serving(tmp_path_factory.mktemp("feeds") / "server.log", env=env) as started:
        yield started


@pytest.fixture(scope="module")
def ask(server: Server) -> Ask:
    own = urlsplit(server.url).netloc

    def asked(path: str, *, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection(own, timeout=120)
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        answer = Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        connection.close()
        return answer

    return asked


def test_every_format_is_there_under_its_own_name_and_any_page_may_read_it(ask: Ask) -> None:
    for ending in EXPORTS:
        answer = ask(f"/stories/{STORY}.{ending}")
        assert answer.status == 200, ending
        assert answer.headers["content-type"].split(";")[0] == MIMES[ending]
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.raw


def test_the_pages_of_any_site_may_read_them_and_nothing_else(ask: Ask) -> None:
    elsewhere = "https://desk.example.com"
    for path in (f"/stories/{STORY}.csv", f"/s/{STORY}", "/openapi.json", f"/oembed?url=/s/{STORY}"):
        answer = ask(path, Origin=elsewhere)
        assert (answer.status, answer.headers["access-control-allow-origin"]) == (200, "*"), path
    # A browser asks first, where the page says what it has already.
    asked = {"Access_Control_Request_Method": "GET", "Access_Control_Request_Headers": "if-none-match"}
    first = ask(f"/stories/{STORY}.csv", method="OPTIONS", Origin=elsewhere, **asked)
    assert first.status == 204
    assert "If-None-Match" in first.headers["access-control-allow-headers"]
    for path in ("/", "/stories", "/_stcore/host-config", "/_stcore/upload_file/x"):
        assert ask(path, Origin=elsewhere).status == 403, path


def test_the_pages_own_parameters_are_the_filter(ask: Ask) -> None:
    given = json.loads(
        ask(f"/stories/{STORY}.geojson?who=Pete+Hegseth&dates=2025-10-18..2025-10-31&status=happened").raw
    )
    assert [one["id"] for one in given["features"] if "event" in one["properties"]] == ["hegseth-fallon"]
    earlier = json.loads(ask(f"/stories/{STORY}.geojson?as_of=2025-10-12").raw)["features"]
    assert "defense-ministers" not in {one.get("id") for one in earlier}
    there = json.loads(ask(f"/stories/{STORY}.geojson?place=Yokosuka").raw)["features"]
    assert len({one["id"] for one in there if "event" in one["properties"]}) == 3


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ("", []),
        ("who=Hurricane+Sandy&status=happened", ["--who", "Hurricane Sandy", "--status", "happened"]),
        ("dates=2012-10-25..2012-10-29&q=landfall", ["--dates", "2012-10-25..2012-10-29", "--q", "landfall"]),
        ("as_of=2012-10-26&status=expected&status=happened",
         ["--as-of", "2012-10-26", "--status", "happened", "--status", "expected"]),
        ("sure=corroborated&field=kind:storm", ["--sure", "corroborated", "--field", "kind:storm"]),
        ("field=wind+km/h:100..&field=kind:storm", ["--field", "wind km/h:100..", "--field", "kind:storm"]),
    ],
)  # fmt: skip
def test_page_command_and_feed_give_the_very_same_files(
    ask: Ask, tmp_path: Path, query: str, options: list[str]
) -> None:
    name = "sandy-2012"
    folder = str(ROOT / "data" / "stories" / name)
    assert cli.main(["export", folder, "--format", ",".join(EXPORTS), "--to", str(tmp_path), *options]) == 0
    story, events, asked = left_of(kept_at(name), f"?{query}")
    for ending, write in EXPORTS.items():
        of_command = (tmp_path / f"{name}.{ending}").read_bytes()
        fed = ask(f"/stories/{name}.{ending}?{query}")
        of_page = write(story, events, asked)
        assert (of_page if isinstance(of_page, bytes) else of_page.encode()) == of_command, ending
        if ending == "atom":
            # A feed leads to the server that gives it, which is all it has more.
            assert b"".join(line for line in fed.raw.splitlines(True) if b"<link" not in line) == of_command
        else:
            assert fed.raw == of_command, ending


def test_who_has_it_already_is_told_so(ask: Ask) -> None:
    first = ask(f"/stories/{STORY}.csv")
    same = ask(f"/stories/{STORY}.csv", If_None_Match=first.headers["etag"])
    assert (same.status, same.raw) == (304, b"")
    assert ask(f"/stories/{STORY}.csv", If_Modified_Since=first.headers["last-modified"]).status == 304
    preview = ask(f"/s/{STORY}")
    assert ask(f"/s/{STORY}", If_None_Match=f'W/"x", {preview.headers["etag"]}').status == 304
    later = "Fri, 31 Dec 2999 23:59:59 GMT"
    assert ask(f"/stories/{STORY}.csv", If_Modified_Since=later).status == 304, "not changed since then either"
    for earlier in ("Thu, 01 Jan 1970 00:00:00 GMT", "yesterday"):
        assert ask(f"/stories/{STORY}.csv", If_Modified_Since=earlier).status == 200
    other = ask(f"/stories/{STORY}.csv?q=carrier", If_None_Match=first.headers["etag"])
    assert other.status == 200
    head = ask(f"/stories/{STORY}.csv", method="HEAD")
    assert head.headers["etag"] == first.headers["etag"]
    assert (int(head.headers["content-length"]), head.raw) == (len(first.raw), b"")


@pytest.mark.parametrize(
    ("path", "status", "why"),
    [
        ("/stories/no-such-story.csv", 404, "no story of this name"),
        (f"/stories/{STORY}.docx", 404, "Use one of csv"),
        (f"/stories/{STORY}.csv?dates=tomorrow", 400, "write a range as 2025-10-18..2025-10-24"),
        (f"/stories/{STORY}.csv?status=perhaps", 400, "“status=perhaps”"),
        (f"/stories/{STORY}.csv?who=Nobody", 400, "“Nobody” is nobody in this story"),
        (f"/stories/{STORY}.csv?event=none", 404, "no event “none”"),
        (f"/stories/{STORY}.csv?colur=x", 400, "unknown part “colur”"),
        ("/oembed?url=https://example.org", 404, "no address of a story"),
        (f"/oembed?url=/s/{STORY}&maxwidth=wide", 400, "“maxwidth=wide”"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_its_reason(ask: Ask, path: str, status: int, why: str) -> None:
    answer = ask(path)
    assert answer.status == status
    assert why in answer.why


def test_a_saved_story_is_there_by_its_reading_link_only(ask: Ask, links: tuple[str, str, str]) -> None:
    _, reading, changing = links
    assert ask(f"/stories/{reading}.csv").status == 200
    refused = ask(f"/stories/{changing}.csv")
    assert refused.status == 404
    assert "reading link" in refused.why


def test_the_feed_tells_what_changed_and_links_to_the_events(ask: Ask, server: Server) -> None:
    feed = feedparser.parse(ask(f"/stories/{STORY}.atom").raw)
    assert not feed.bozo
    assert feed.feed.title == "Hegseth may return to Tokyo as Trump tours Asia"
    assert [entry.updated for entry in feed.entries] == sorted((e.updated for e in feed.entries), reverse=True)
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    (certain,) = [e for e in feed.entries if "Defense ministers" in e.title and "certain" in e.title]
    assert certain.link == f"{server.url.rstrip('/')}/?story={STORY}&event=defense-ministers"


def test_the_feed_of_a_saved_story_tells_what_its_revisions_edited(ask: Ask, links: tuple[str, str, str]) -> None:
    url, _, _ = links
    library = Library.open(url)
    draft = open_draft(ROOT / "data" / "stories" / STORY, place_with(Gazetteer.open()))
    kept = library.create(draft, "Ada Quist", "first saved")
    row = next(row for row in draft.rows if row.cells.get("event") == "defense-ministers")
    moved = edits.change(draft, row.key, {"when": "2025-11-03"})
    library.save(kept.id, 1, moved, "Ada Quist", "1 row changed (when)")
    first = ask(f"/stories/{kept.reader_id}.atom")
    feed = feedparser.parse(first.raw)
    assert [entry.title for entry in feed.entries[:2]] == [
        "Revision 2: 1 row changed (when)",
        "Revision 1: first saved",
    ]
    assert "Defense ministers" in feed.entries[0].summary
    assert "Nov 3" in feed.entries[0].summary
    assert feed.feed.updated == feed.entries[0].updated
    assert "Ada" not in first.raw.decode()
    others = feedparser.parse(ask(f"/stories/{kept.reader_id}.atom?event=hegseth-fallon").raw)
    assert not [entry for entry in others.entries if entry.title.startswith("Revision")]
    past = feedparser.parse(ask(f"/stories/{kept.reader_id}.atom?as_of=2025-10-23").raw)
    assert not [entry for entry in past.entries if entry.title.startswith("Revision")]
    # What is saved next is another answer, at once.
    library.save(kept.id, 2, draft, "Ada Quist", "restored revision 1")
    again = ask(f"/stories/{kept.reader_id}.atom", If_None_Match=first.headers["etag"])
    assert again.status == 200
    assert feedparser.parse(again.raw).entries[0].title == "Revision 3: restored revision 1"


def test_a_link_has_a_title_a_description_and_a_picture_and_leads_to_the_page(ask: Ask) -> None:
    page = html.fromstring(ask(f"/s/{STORY}?who=Pete+Hegseth").raw)
    said = {one.get("property") or one.get("name"): one.get("content") for one in page.iter("meta")}
    assert said["og:title"] == "Hegseth may return to Tokyo as Trump tours Asia"
    assert said["og:description"].startswith("3 events on a map")
    assert said["og:url"].endswith(f"/?story={STORY}&who=Pete+Hegseth")
    picture = ask(urlsplit(said["og:image"])._replace(scheme="", netloc="").geturl())
    assert picture.raw.startswith(b"\x89PNG")
    assert not list(page.iter("script"))


def test_a_story_can_be_put_into_another_page(ask: Ask, server: Server) -> None:
    address = quote(f"{server.url.rstrip('/')}/s/{STORY}", safe="")
    given = json.loads(ask(f"/oembed?url={address}&maxwidth=400").raw)
    (frame,) = html.fragments_fromstring(given["html"])
    assert frame.get("src").endswith(f"/?story={STORY}&embed=true")
    assert (frame.get("width"), given["type"]) == ("400", "rich")
    address = quote(f"{server.url.rstrip('/')}/s/{STORY}?who=Pete+Hegseth", safe="")
    some = json.loads(ask(f"/oembed?url={address}").raw)
    (frame,) = html.fragments_fromstring(some["html"])
    assert frame.get("src").endswith(f"/?story={STORY}&who=Pete+Hegseth&embed=true")
    assert some["thumbnail_url"].endswith(".png?who=Pete+Hegseth")


def test_the_feeds_are_as_they_are_described(ask: Ask, server: Server) -> None:
    schema = schemathesis.openapi.from_dict(json.loads(ask("/openapi.json").raw))
    assert set(schema) == {f"/stories/{{name}}.{ending}" for ending in EXPORTS} | {"/s/{name}", "/oembed"}
    strategies = [schema[path]["GET"].as_strategy() for path in ("/stories/{name}.csv", "/s/{name}", "/oembed")]

    @given(case=st.one_of(strategies))
    @settings(max_examples=60, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def as_described(case: schemathesis.Case) -> None:
        # Who and what there is depends on the story, and so whether a name is accepted.
        if "name" in case.path_parameters:
            case.path_parameters["name"] = STORY
        case.call_and_validate(base_url=server.url.rstrip("/"), excluded_checks=[positive_data_acceptance])

    as_described()


def test_an_html_file_is_served_with_the_policy_that_lets_its_own_script_run(ask: Ask) -> None:
    answer = ask(f"/stories/{STORY}.html")
    served = answer.headers["content-security-policy"]
    (inside,) = html.document_fromstring(answer.raw).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert served == f"{inside}; frame-ancestors 'self'"
    assert "sha256-" in served
