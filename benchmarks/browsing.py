"""A browser with a stopwatch in the page: times run from the reader's act to the picture that answers it."""

from __future__ import annotations

import contextlib
import functools
import http.server
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright
from xstatic.pkg import leaflet

from tools import browser as chromium

ARGUMENTS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)
LONGEST_SECONDS = 120.0
FRAME = "iframe[title='streamlit_folium.st_folium']"
MAP = f'document.querySelector("{FRAME}")?.contentDocument'

MARKER = ".leaflet-marker-icon[role=button]"

# Conditions are looked at before each frame is painted, in ours and the peer's alike.
STOPWATCH = """(act) => {
  const map = () => %(map)s;
  const holds = () => %(condition)s;
  let start = null;
  window.took = null;
  const begin = () => { start ??= performance.now(); };
  for (const part of [document, map()]) part?.addEventListener(act, begin, { capture: true, once: true });
  const look = () => {
    if (start !== null && holds()) window.took = performance.now() - start;
    else requestAnimationFrame(look);
  };
  look();
}"""
OPENED = """() => {
  const markers = %(map)s?.querySelectorAll("%(marker)s") ?? [];
  return [...markers].some((marker) => marker.getBoundingClientRect().width > 0) ? performance.now() : null;
}"""


@contextlib.contextmanager
def browsing() -> Iterator[Browser]:
    """A headless Chromium that reaches nothing but this machine."""
    path = chromium.get()  # before Playwright starts: it asks a Playwright of its own
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


def reader(browser: Browser) -> BrowserContext:
    """A browser profile of its own; its cache stays warm from one opening to the next."""
    context = browser.new_context(viewport={"width": 1440, "height": 1120}, locale="en-US", timezone_id="Asia/Tokyo")
    context.set_default_timeout(LONGEST_SECONDS * 1000)
    return context


def time_opening(page: Page, url: str) -> float:
    """Seconds from leaving for `url` to the first marker drawn in the map's frame."""
    page.goto(url, wait_until="commit")
    milliseconds = page.wait_for_function(OPENED % {"map": MAP, "marker": MARKER}, polling="raf").json_value()
    return float(milliseconds) / 1000


def time_act(page: Page, act: Locator, condition: str, *, key: str = "") -> float:
    """Seconds from a click on `act` (or from pressing `key` on it) until the JavaScript `condition` holds.

    In the condition, `map()` is the document of the map's frame.
    """
    page.evaluate(STOPWATCH % {"map": MAP, "condition": condition}, "keydown" if key else "click")
    if key:
        act.press(key)
    else:
        act.click()
    milliseconds = page.wait_for_function("() => window.took", polling="raf").json_value()
    return float(milliseconds) / 1000


def settle(page: Page) -> None:
    """Waits until the page's script has run to its end."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for(state="attached")


class _Files(http.server.SimpleHTTPRequestHandler):
    """Leaflet's own files; any other name is an empty file. All may be kept by the browser, as from a CDN."""

    def do_GET(self) -> None:
        name = urlsplit(self.path).path
        if name.startswith(("/leaflet.js", "/leaflet.css", "/images/")):
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/css" if name.endswith(".css") else "text/javascript")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "public, max-age=31536000, immutable")
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing: the table is what is to be read."""


@contextlib.contextmanager
def cdn() -> Iterator[str]:
    """Serves what folium asks CDNs for from this machine, which favours the peer; gives the address."""
    handler = functools.partial(_Files, directory=leaflet.BASE_DIR)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
