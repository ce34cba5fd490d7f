"""The tests themselves stay on this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_socket import SocketConnectBlockedError

# Reserved for documentation, so nobody is there should the guard fail.
ELSEWHERE = "192.0.2.1"


@pytest.mark.filterwarnings("ignore:A test tried to use")
def test_connecting_elsewhere_is_refused() -> None:
    with socket.socket() as probe, pytest.raises(SocketConnectBlockedError):
        probe.connect((ELSEWHERE, 9))


def test_looking_up_an_outside_name_is_refused() -> None:
    with pytest.raises(socket.gaierror, match=r"example\.invalid"):
        socket.getaddrinfo("example.invalid", 80)


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        socket.create_connection(listening.getsockname()).close()


def test_server_under_test_cannot_reach_outside() -> None:
    closed = Path(__file__).parent / "browser" / "closed"
    probe = f"import socket; socket.socket().connect(({ELSEWHERE!r}, 9))"
    done = subprocess.run(
        [sys.executable, "-c", probe],
        env={**os.environ, "PYTHONPATH": str(closed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert f"reached outside: {ELSEWHERE}" in done.stderr
