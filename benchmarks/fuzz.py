"""Damaged and hostile files, read for a minute: `python -m benchmarks.fuzz [--short]`. Ends with 1 on a failure."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from benchmarks.synthetic import SEED
from tools.fuzz.__main__ import report, run

SECONDS, SHORT = 60.0, 10.0


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("--short", action="store_true", help=f"for {SHORT:.0f} seconds")
    given = parser.parse_args(arguments)
    return report(run(SEED, seconds=SHORT if given.short else SECONDS))


if __name__ == "__main__":
    sys.exit(main())
