"""Makes `.venv` from requirements.lock, once: `python tools/setup.py`, any Python from 3.11 on, standard library only.

The stamp that says "done" is written last and holds the lock file's checksum, so an install that was interrupted is
begun again, and a lock file that was merely touched is not installed again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / ".installed"
LOCK_FILE = ROOT / "requirements.lock"


def main() -> int:
    wanted = hashlib.sha256(LOCK_FILE.read_bytes()).hexdigest()
    with only_one(ROOT / ".cache" / "setup.lock"):
        if STAMP.exists() and STAMP.read_text() == wanted and runs(venv_python()):
            os.utime(STAMP)
            return 0
        return install(wanted)


def install(wanted: str) -> int:
    """Builds the environment anew and leaves the stamp; the exit code of pip, 0 when all is well."""
    print(f"dateline: installing into {VENV.name} (once, about a minute)", flush=True)
    STAMP.unlink(missing_ok=True)
    venv.create(VENV, clear=True, with_pip=True, symlinks=os.name != "nt")
    command = [venv_python(), "-m", "pip", "install", "--require-hashes", "--requirement", LOCK_FILE]
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    code = subprocess.run([*map(str, command), *quiet], check=False).returncode
    if code:
        print("dateline: the install failed, see above; run the same command to try again", file=sys.stderr)
        return code
    # A rename is all or nothing: a stamp never exists half written.
    fresh = STAMP.with_suffix(".tmp")
    fresh.write_text(wanted)
    fresh.replace(STAMP)
    return 0


def venv_python() -> Path:
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def runs(python: Path) -> bool:
    """False where the Python that the environment was made from has gone away since."""
    try:
        return subprocess.run([str(python), "-c", ""], check=False).returncode == 0
    except OSError:
        return False


@contextlib.contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Holds a lock that the system lets go of by itself when its holder dies."""
    path.parent.mkdir(exist_ok=True)
    with path.open("a") as held:
        try:
            import fcntl
        except ModuleNotFoundError:  # Windows
            yield
            return
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("dateline: waiting for another install to finish", flush=True)
            fcntl.flock(held, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    sys.exit(main())
