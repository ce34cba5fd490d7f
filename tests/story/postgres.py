"""A PostgreSQL server of the tests' own, on a socket in a folder of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

HOW = (
    "no PostgreSQL server was found (initdb, pg_ctl): install one (on Debian: apt-get install postgresql) "
    "to run these tests against it too"
)


def programs() -> Path | None:
    """The folder with initdb and pg_ctl; the newest where there are several."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parent.parent.name))
    on_path = shutil.which("initdb")
    if on_path and shutil.which("pg_ctl"):
        found.append(Path(on_path))
    return found[-1].parent if found else None


@contextmanager
def running() -> Iterator[str]:
    """The address of a fresh server, which is stopped at the end. It refuses to run as root, so then it is another."""
    folder = programs()
    assert folder is not None
    # Not pytest's own folder: another user must get in, and a socket's path is short.
    with TemporaryDirectory(prefix="dateline-pg-") as name:
        home = Path(name)
        user = _user() if os.geteuid() == 0 else None
        if user:
            shutil.chown(home, user)

        def run(program: str, *arguments: str) -> None:
            done = subprocess.run(
                [str(folder / program), *arguments], cwd=home, user=user, capture_output=True, text=True, check=False,
                env={**os.environ, "HOME": name, "LC_ALL": "C"}, stdin=subprocess.DEVNULL, timeout=60,
            )  # fmt: skip
            assert done.returncode == 0, f"{program} ended with {done.returncode}: {done.stdout}{done.stderr}"

        data, log = str(home / "data"), str(home / "log")
        run("initdb", "-D", data, "-U", "dateline", "-A", "trust", "-E", "UTF8", "--no-sync")
        run(
            "pg_ctl",
            "-D",
            data,
            "-l",
            log,
            "-w",
            "-o",
            f"-c listen_addresses= -c unix_socket_directories={name}",
            "start",
        )
        try:
            yield f"postgresql://dateline@/postgres?host={name}"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "stop")


def _user() -> str:
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"
