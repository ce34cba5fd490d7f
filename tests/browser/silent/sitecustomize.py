"""A resolver that never answers, for a server under test: Python imports this when its folder is on PYTHONPATH.

What is asked of it, and whatever else would leave this machine, is written down first.
"""

import sys
import threading
from typing import Any

LOOPBACK = {None, "", "localhost", "127.0.0.1", "::1", "0.0.0.0", "::", b"localhost", b"127.0.0.1"}


def silence(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0]
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if host not in LOOPBACK:
        print(f"reached outside: {host}", file=sys.stderr, flush=True)
        threading.Event().wait()


sys.addaudithook(silence)
