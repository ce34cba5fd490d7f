"""A small reverse proxy for the tests of several servers: a cookie keeps a reader with one of them, WebSockets too."""

from __future__ import annotations

import asyncio
import re
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count

COOKIE = "dateline_node"


@dataclass
class Proxy:
    """`url` is where readers come in; `passed` counts the requests that went to each server, by its number."""

    url: str = ""
    passed: Counter[int] = field(default_factory=Counter)


@contextmanager
def proxying(ports: Sequence[int]) -> Iterator[Proxy]:
    """A proxy in front of the servers at these ports; who comes without its cookie goes to the next one."""
    proxy, turns = Proxy(), count()
    loop = asyncio.new_event_loop()

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            known = re.search(rf"(?im)^cookie:.*\b{COOKIE}=(\d+)", head)
            node = int(known[1]) if known else next(turns) % len(ports)
            proxy.passed[node] += 1
            if not re.search(r"(?im)^upgrade: *websocket", head):
                head = re.sub(r"(?im)^connection:.*\r\n", "", head).replace("\r\n", "\r\nConnection: close\r\n", 1)
            there, back = await asyncio.open_connection("127.0.0.1", ports[node])
            back.write(head.encode("latin-1"))
            answer = asyncio.create_task(answered(there, writer, "" if known else f"{COOKIE}={node}; Path=/; HttpOnly"))
            await piped(reader, back)
            await answer
        writer.close()

    async def answered(there: asyncio.StreamReader, writer: asyncio.StreamWriter, cookie: str) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            head = await there.readuntil(b"\r\n\r\n")
            said = f"\r\nSet-Cookie: {cookie}\r\n".encode() if cookie else b"\r\n"
            writer.write(head.replace(b"\r\n", said, 1))
            await piped(there, writer)
            writer.close()

    async def piped(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while some := await source.read(65_536):
                sink.write(some)
                await sink.drain()

    # All in a thread of its own: in this one another loop may run, Playwright's.
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    server = asyncio.run_coroutine_threadsafe(asyncio.start_server(one, "127.0.0.1", 0), loop).result()
    proxy.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield proxy
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.close()
