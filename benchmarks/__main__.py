"""Runs every measurement: `python -m benchmarks [--short]`."""

from __future__ import annotations

import argparse
import runpy
import sys
from pathlib import Path

MEASUREMENTS = ("geo", "page")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--short", action="store_true", help="fewer times, and smaller stories")
    given = parser.parse_args()
    for name in MEASUREMENTS:
        if Path(__file__).with_name(f"{name}.py").exists():
            print(f"\n{name}")
            sys.argv = [f"benchmarks.{name}", *(["--short"] if given.short else [])]
            runpy.run_module(f"benchmarks.{name}", run_name="__main__")


if __name__ == "__main__":
    main()
