"""Runs measurements, each in a process of its own: `python -m benchmarks [NAME...] [--short]`."""

from __future__ import annotations

import argparse
import subprocess
import sys

MEASUREMENTS = ("geo", "story", "exports", "reading", "page", "file", "load", "feeds", "fuzz")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--short", action="store_true", help="fewer times, and smaller stories")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which of {', '.join(MEASUREMENTS)}; all by default")
    given = parser.parse_args()
    if unknown := [name for name in given.names if name not in MEASUREMENTS]:
        parser.error(f"there is no measurement '{unknown[0]}': name some of {', '.join(MEASUREMENTS)}")
    short = ["--short"] if given.short else []
    code = 0
    for name in given.names or MEASUREMENTS:
        print(f"\n{name}", flush=True)
        done = subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *short], check=False)
        code = code or done.returncode
    return code


if __name__ == "__main__":
    sys.exit(main())
