"""Finds a Chromium for the browser tests, or gets one: `python -m tools.browser` prints the path of its executable.

Tried in this order: the one that DATELINE_BROWSER or CHROMIUM names, an installed Chromium or Chrome, Playwright's own
from an earlier run, then (installing) Debian's package when root, and Playwright's download.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_APPS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
HELP = """dateline: no browser for the tests, and none could be installed. One of these helps:
  install Chromium or Google Chrome with your system's packages, then run this again
  make test CHROMIUM=/path/to/chromium
  .venv/bin/python -m playwright install --with-deps chromium"""


class BrowserNotFoundError(LookupError):
    """No Chromium that starts."""


def find() -> str | None:
    """Path of a Chromium that is there and starts, None where there is none; a wrong DATELINE_BROWSER is an error."""
    named = os.environ.get("DATELINE_BROWSER") or os.environ.get("CHROMIUM")
    if named:
        path = shutil.which(named)
        if path and starts(path):
            return path
        raise BrowserNotFoundError(f"{named!r} does not start as a browser: correct CHROMIUM, or leave it out")
    installed = [shutil.which(name) for name in NAMES]
    for path in [*installed, *MAC_APPS, playwright_own()]:
        if path and starts(path):
            return path
    return None


def get() -> str:
    """Path of a Chromium, installing one where none is found."""
    path = find()
    for install in (install_debian, install_playwright):
        if path is None and install():
            path = find()
    if path is None:
        raise BrowserNotFoundError(HELP)
    return path


def starts(path: str) -> bool:
    """Some systems ship a `chromium-browser` that only says where to get one, so being there is not enough."""
    try:
        done = subprocess.run(
            [path, "--version"], capture_output=True, check=False, timeout=60, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and b"chrom" in done.stdout.lower()


def playwright_own() -> str | None:
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install_debian() -> bool:
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    packages = ["chromium", "fonts-liberation"]
    return all(
        run(["apt-get", *arguments], quiet)
        for arguments in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", *packages])
    )


def install_playwright() -> bool:
    return run([sys.executable, "-m", "playwright", "install", "chromium"], dict(os.environ))


def run(command: list[str], environment: dict[str, str]) -> bool:
    print("dateline:", *command, file=sys.stderr, flush=True)
    # Its output goes to stderr: stdout carries the path alone.
    done = subprocess.run(command, env=environment, stdout=sys.stderr, stdin=subprocess.DEVNULL, check=False)
    return done.returncode == 0


def main() -> int:
    try:
        print(get())
    except BrowserNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
