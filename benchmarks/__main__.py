"""Runs every measurement, each in a process of its own: `python -m benchmarks [--short]`."""

from __future__ import annotations

import argparse
import subprocess
import sys

MEASUREMENTS = ("geo", "story", "page")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--short", action="store_true", help="fewer times, and smaller stories")
    short = ["--short"] if parser.parse_args().short else []
    code = 0
    for name in MEASUREMENTS:
        print(f"\n{name}", flush=True)
        done = subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *short], check=False)
        code = code or done.returncode
    return code


if __name__ == "__main__":
    sys.exit(main())
