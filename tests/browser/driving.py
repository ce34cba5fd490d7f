"""Drives the page for the browser tests: the server, what a page asked for, when it is ready."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Frame, FrameLocator, Page

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 60
# The first page of a fresh checkout builds the gazetteer's index.
READY_SECONDS = 90
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")
MARKER = ".leaflet-marker-icon[role=button]"


@dataclass(frozen=True)
class Server:
    """A running page: `url` without a trailing slash, the file that its output goes to, the number of its process."""

    url: str
    log_path: Path
    process_id: int

    @property
    def log(self) -> str:
        return self.log_path.read_text(encoding="utf-8", errors="replace")

    @property
    def reached_outside(self) -> list[str]:
        """Hosts that the server process itself tried to reach."""
        said = "reached outside: "
        return [line.removeprefix(said) for line in self.log.splitlines() if line.startswith(said)]


@dataclass
class Seen:
    """What one page did since it was opened: addresses asked for, errors in its console or thrown by its scripts."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    stop: Callable[[], None] = lambda: None

    @property
    def outside(self) -> list[str]:
        return [url for url in self.requests if is_outside(url)]


@dataclass(frozen=True)
class Violation:
    """One rule of axe that a page breaks; `targets` are CSS selectors, a frame's before the element's in it."""

    id: str
    impact: str
    help: str
    targets: tuple[str, ...]


def is_outside(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname != "127.0.0.1"


@contextlib.contextmanager
def serving(
    log_path: Path,
    *,
    script: Path | None = None,
    story: Path | None = None,
    env: Mapping[str, str] | None = None,
    port: int = 0,
) -> Iterator[Server]:
    """Serves `script` (the page itself by default) on `port`, or a free one, until the block is left."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script or ROOT / "dashboard.py")]
    settings = {"port": port, "address": "127.0.0.1", "headless": "true", "fileWatcherType": "none"}
    options = [word for name, value in settings.items() for word in (f"--server.{name}", str(value))]
    paths = [str(Path(__file__).parent / "closed"), *filter(None, [os.environ.get("PYTHONPATH")])]
    library = f"sqlite:///{log_path.with_suffix('.sqlite')}"
    ours = {"DATELINE_DATABASE_URL": library, "PYTHONPATH": os.pathsep.join(paths), "DATELINE_STORY": str(story or "")}
    with log_path.open("wb") as log:
        process = subprocess.Popen(
            [*command, *options],
            cwd=ROOT,
            env={**os.environ, **ours, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    server = Server(f"http://127.0.0.1:{port}", log_path, process.pid)
    try:
        wait_for_health(server, process)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_health(server: Server, process: subprocess.Popen[bytes]) -> None:
    # A proxy named in the environment must not be asked for this machine's own page.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = monotonic() + START_SECONDS
    while monotonic() < deadline:
        with (
            contextlib.suppress(OSError),
            opener.open(f"{server.url}/_stcore/health", timeout=5),
        ):
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            code = process.wait(timeout=0.05)
            raise RuntimeError(f"the server ended with {code} before it answered:\n{server.log}")
    raise TimeoutError(f"the server did not answer within {START_SECONDS} s:\n{server.log}")


def watch(page: Page) -> Seen:
    """Notes every request and every error of a page, its frames' included, from now on until `stop()`."""
    seen = Seen()
    listeners: list[tuple[Any, Callable[[Any], None]]] = [
        ("request", lambda request: seen.requests.append(request.url)),
        ("websocket", lambda websocket: seen.requests.append(websocket.url)),
        ("pageerror", lambda error: seen.errors.append(f"thrown: {error}")),
        ("console", lambda said: seen.errors.append(f"console: {said.text}") if said.type == "error" else None),
    ]
    for name, listener in listeners:
        page.on(name, listener)

    def stop() -> None:
        for name, listener in listeners:
            page.remove_listener(name, listener)

    seen.stop = stop
    return seen


def wait_until_ready(page: Page, *, markers: bool = True) -> None:
    """Waits until the page's script has run to its end and, with `markers`, the map shows at least one."""
    settled = "[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED]"
    page.locator(settled).wait_for(state="attached", timeout=READY_SECONDS * 1000)
    if markers:
        map_frame(page).locator(MARKER).first.wait_for(state="attached", timeout=READY_SECONDS * 1000)
    # Where there is a map, the page's own script has been handed what it shows: from now on it hears clicks, keys and
    # dropped files.
    heard = "() => !document.querySelector('.st-key-map') || 'datelineLook' in window"
    page.wait_for_function(heard, timeout=READY_SECONDS * 1000)


def map_frame(page: Page) -> FrameLocator:
    """The map's own document, for locators."""
    return page.frame_locator(".st-key-map iframe")


def map_document(page: Page) -> Frame:
    """The map's own document, for evaluating scripts in it."""
    frame = page.locator(".st-key-map iframe").element_handle().content_frame()
    assert frame is not None, "the map's frame has no document yet"
    return frame


def scan(page: Page, *, tags: Sequence[str] = WCAG) -> list[Violation]:
    """Runs axe over the page and its frames; the rules of WCAG 2.1 A and AA unless told otherwise."""
    script = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    for frame in page.frames:
        # axe looks into a frame only where it has been loaded in there too.
        frame.evaluate(script)
    options = {"runOnly": {"type": "tag", "values": list(tags)}, "resultTypes": ["violations"]}
    found: dict[str, Any] = page.evaluate("options => axe.run(document, options)", options)
    return [
        Violation(rule["id"], rule["impact"] or "", rule["help"], tuple(map(target_text, rule["nodes"])))
        for rule in found["violations"]
    ]


def target_text(node: Mapping[str, Any]) -> str:
    return " >> ".join(" ".join(part) if isinstance(part, list) else part for part in node["target"])
