"""What the server does around Streamlit: who may ask, the headers of every answer, the map's files."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from view.draw import assets
from view.serve import headers, hosts, media
from view.serve.feeds.description import description
from view.serve.feeds.files import story_file
from view.serve.feeds.sharing import oembed, story_link
from view.serve.feeds.stories import METHODS, base_path
from view.state import offers


def middleware() -> list[Middleware]:
    """For `st.App`. Ends the program where a setting cannot be used: a page that guessed would be open to strangers."""
    address: str | None = st.get_option("server.address")
    base = base_path()
    try:
        allowed = hosts.allowed_hosts(os.environ.get(hosts.VARIABLE, ""), address)
        ancestors = headers.frame_ancestors(os.environ.get(headers.VARIABLE, ""))
    except ValueError as error:
        raise SystemExit(f"dateline: {error}") from None
    return [
        # The headers come first, so that a refusal has them too.
        Middleware(
            headers.SecurityHeaders,
            ancestors=ancestors,
            frames=f"{base}/component/",
            media=_media(base),
            files=f"{base}/stories/",
        ),
        Middleware(
            hosts.HostGuard,
            hosts=allowed,
            open_paths=(f"{base}/_stcore/health",),
            shared=[f"{base}/{path}" for path in ("stories/", "s/", "oembed", "openapi.json")],
        ),
    ]


def routes() -> list[BaseRoute]:
    """For `st.App`: the map's scripts, from memory, what it plays, its base map, the frame for others' pictures."""
    base = base_path()
    return [
        Route(f"{base}/{assets.ROUTE}/scripts.js", assets.scripts),
        Route(f"{base}/{assets.ROUTE}/play/{{word}}", offers.answer),
        Route(_media(base), media.frame),
        Route(f"{base}/stories/{{file}}", story_file, methods=METHODS),
        Route(f"{base}/s/{{name}}", story_link, methods=METHODS),
        Route(f"{base}/oembed", oembed, methods=METHODS),
        Route(f"{base}/openapi.json", description),
        # A folder that is missing is an answer of 404 and a word on the page, not a server that does not start.
        Mount(f"{base}/{assets.ROUTE}/basemap", StaticFiles(directory=assets.BASEMAP, check_dir=False)),
    ]


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """For `st.App`: a server that is told to stop writes first what readers have not saved. It ends by the signal that
    it got, so that Python's own last errands are not run."""
    yield
    from view.work import autosave_writer

    await run_in_threadpool(autosave_writer.close)


def on_script_error(error: Exception) -> bool:
    """For `st.App`; what draws the page is loaded by the page alone, once there is a server that runs."""
    from view.page import failures

    return failures.in_callback(error)


def _media(base: str) -> str:
    return f"{base}/{assets.ROUTE}/medium"
