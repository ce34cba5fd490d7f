"""The page in a real Chromium: `server`, `serve`, `open_page` and `axe` are what the tests ask for."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Generator, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from tests.browser import driving
from tests.browser.driving import ROOT, Seen, Server, Violation
from tools.browser import BrowserNotFoundError, find

RESULTS = ROOT / "test-results"
FAILED = pytest.StashKey[bool]()
# A page grows by some 50 MB with each test.
MOST_LENT = 10
# Chromium's own errands are switched off, and a name outside resolves to nothing: what a page asks for elsewhere is
# noted and fails, it does not leave.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-gpu",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests of this folder and puts them last, so that the quick ones speak first."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")
    items.sort(key=lambda item: here in item.path.parents)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the session; missing is a failure, never a skip."""
    try:
        path = find()
    except BrowserNotFoundError as error:
        pytest.fail(str(error))
    if path is None:
        pytest.fail("no Chromium found: `make test` installs one, or name one in DATELINE_BROWSER")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """`serve(story_path=None, env=None, script=None)`: a running server, started once for the same arguments."""
    folder = tmp_path_factory.mktemp("servers")
    running: dict[object, Server] = {}
    with contextlib.ExitStack() as stack:

        def start(
            story_path: Path | None = None, env: Mapping[str, str] | None = None, script: Path | None = None
        ) -> Server:
            key = (story_path, tuple(sorted((env or {}).items())), script)
            if key not in running:
                log = folder / f"server-{len(running)}.log"
                running[key] = stack.enter_context(driving.serving(log, script=script, story=story_path, env=env))
            return running[key]

        yield start


@pytest.fixture(scope="session")
def server(serve: Callable[..., Server]) -> Server:
    """The page with the stories that are shipped."""
    return serve()


class Profiles:
    """Pages that stand ready to be used: one that is used again draws in half the time, for its scripts are compiled.

    What a page may remember of the one before (cookies, storage, its listeners) is gone when it is lent again.
    """

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.free: dict[str, list[Page]] = {}
        self.options: dict[Page, str] = {}
        self.lent: dict[Page, int] = {}

    def lend(self, viewport: ViewportSize, media: Mapping[str, Any], options: Mapping[str, Any]) -> Page:
        key = repr(sorted(options.items()))
        if self.free.get(key):
            page = self.free[key].pop()
        else:
            page = self.browser.new_context(**options).new_page()
            self.options[page] = key
        self.lent[page] = self.lent.get(page, 0) + 1
        page.set_viewport_size(viewport)
        page.emulate_media(**media)
        return page

    def take_back(self, page: Page) -> None:
        alone = not page.is_closed() and page.context.pages == [page]
        if alone and self.lent[page] < MOST_LENT and emptied(page):
            self.free.setdefault(self.options[page], []).append(page)
        else:
            self.discard(page)

    def discard(self, page: Page) -> None:
        del self.options[page], self.lent[page]
        page.context.close()


def emptied(page: Page) -> bool:
    """Whether all that a page remembers could be taken from it."""
    try:
        page.unroute_all()
        origin = page.evaluate("() => { sessionStorage.clear(); return location.origin; }")
        page.goto("about:blank", timeout=5_000)
        session = page.context.new_cdp_session(page)
        session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        session.detach()
        page.context.clear_cookies()
    except PlaywrightError:
        return False
    return True


@pytest.fixture(scope="session")
def profiles(browser: Browser) -> Profiles:
    return Profiles(browser)


class Opener:
    """`open_page(query, width=, height=, scheme=, ...)`: a ready page in a browser profile of its own.

    `seen[page]` tells what a page asked for and what went wrong in it. When the test ends, a request to elsewhere or an
    error fails it, unless it opened the page with `outside_allowed` or `errors_allowed`.
    """

    def __init__(self, profiles: Profiles, server: Callable[[], Server]) -> None:
        self.profiles = profiles
        self.server = server
        self.seen: dict[Page, Seen] = {}
        self.servers: list[Server] = []
        self.complaints: list[Callable[[], str]] = []

    def __call__(
        self,
        url_query: str = "",
        *,
        width: int = 1440,
        height: int = 1120,
        scheme: str = "light",
        reduced_motion: str = "reduce",
        server: Server | None = None,
        markers: bool = True,
        outside_allowed: bool = False,
        errors_allowed: bool = False,
        **context_options: Any,
    ) -> Page:
        served = server or self.server()
        self.servers.append(served)
        options = {"locale": "en-US", "timezone_id": "America/New_York", **context_options}
        media = {"color_scheme": scheme, "reduced_motion": reduced_motion}
        page = self.profiles.lend({"width": width, "height": height}, media, options)
        seen = self.seen[page] = driving.watch(page)
        if not outside_allowed:
            self.complaints.append(lambda: "".join(f"\nasked for {url}" for url in seen.outside))
        if not errors_allowed:
            self.complaints.append(lambda: "".join(f"\n{error}" for error in seen.errors))
        page.goto(f"{served.url}/?{url_query.removeprefix('?')}", wait_until="domcontentloaded")
        driving.wait_until_ready(page, markers=markers)
        return page


@pytest.fixture
def open_page(request: pytest.FixtureRequest, profiles: Profiles, serve: Callable[..., Server]) -> Iterator[Opener]:
    opener = Opener(profiles, serve)
    yield opener
    complaint = "".join(complain() for complain in opener.complaints)
    for page, seen in opener.seen.items():
        seen.stop()
        if complaint or request.node.stash.get(FAILED, False):
            profiles.discard(page)
        else:
            profiles.take_back(page)
    if complaint:
        pytest.fail(f"the page did what it must not:{complaint}", pytrace=False)


@pytest.fixture
def axe() -> Callable[[Page], list[Violation]]:
    """`axe(page)`: the rules of WCAG 2.1 A and AA that the page breaks, its frames included."""
    return driving.scan


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failed test leaves a picture of its pages and the end of the server's log."""
    report = yield
    opener = getattr(item, "funcargs", {}).get("open_page")
    if report.when == "call" and report.failed and isinstance(opener, Opener):
        item.stash[FAILED] = True
        RESULTS.mkdir(exist_ok=True)
        name = re.sub(r"[^\w.-]+", "-", item.nodeid.removeprefix("tests/browser/"))[:120]
        for number, page in enumerate(opener.seen, 1):
            path = RESULTS / f"{name}-{number}.png"
            with contextlib.suppress(Exception):
                page.screenshot(path=path, full_page=True, timeout=10_000)
                report.sections.append(("page", f"{page.url}\n{os.path.relpath(path)}"))
        for server in dict.fromkeys(opener.servers):
            report.sections.append(("server log", server.log[-4000:]))
    return report
