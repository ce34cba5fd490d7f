"""Closes the way out for a server under test: Python imports this by itself when its folder is on PYTHONPATH.

The page's requests are watched in the browser; this is for what the server process would do on its own, such as asking
for its outside address.
"""

import sys
from typing import Any

LOOPBACK = {None, "", "localhost", "127.0.0.1", "::1", "0.0.0.0", "::", b"localhost", b"127.0.0.1"}


def refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if host not in LOOPBACK:
        print(f"reached outside: {host}", file=sys.stderr, flush=True)
        raise OSError(f"no way out of a test: {host}")


sys.addaudithook(refuse)
