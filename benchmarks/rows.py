"""What a measurement prints: one row a piece of work, ours beside the peer's, and whether its budget was held."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass

FASTER = 0.3
"""Below this a ratio reads better as how many times faster ours is."""


@dataclass(frozen=True, slots=True)
class Row:
    """One piece of work: seconds of ours, and of the peer in the same run where there is one.

    `most_seconds` bounds ours; `most_ratio` bounds ours / peer's. None where there is no such budget.
    """

    work: str
    ours: float
    peer: float | None = None
    most_seconds: float | None = None
    most_ratio: float | None = None
    peer_is_least: bool = False
    """The peer was given up at `peer` seconds, so that the ratio is at most the one printed."""

    @property
    def ratio(self) -> float | None:
        return self.ours / self.peer if self.peer else None

    @property
    def held(self) -> bool | None:
        """Whether every budget was held; None where there is none."""
        checks = []
        if self.most_seconds is not None:
            checks.append(self.ours <= self.most_seconds)
        if self.most_ratio is not None:
            checks.append(self.ratio is not None and self.ratio <= self.most_ratio)
        return all(checks) if checks else None

    def __str__(self) -> str:
        peer = "" if self.peer is None else f"{'> ' if self.peer_is_least else ''}{self.peer:.3f} s"
        budgets = []
        if self.most_seconds is not None:
            budgets.append(f"≤ {self.most_seconds:g} s")
        if self.most_ratio is not None:
            least = self.most_ratio <= FASTER
            budgets.append(f"{'≥' if least else '≤'} {ratio_text(self.most_ratio)}")
        held = {True: "held", False: "MISSED", None: ""}[self.held]
        ratio = "" if self.ratio is None else ratio_text(self.ratio)
        return f"{self.work:<64} {self.ours:7.3f} s {peer:>12} {ratio:>14}  {', '.join(budgets):<22} {held}".rstrip()


HEAD = f"{'work':<64} {'ours':>9} {'peer':>12} {'ratio':>14}  {'budget':<22}"


def ratio_text(ratio: float) -> str:
    """How many times the peer's time ours is, or how many times faster where it is much less."""
    return f"{ratio:.2f} ×" if ratio > FASTER else f"{1 / ratio:.1f} × faster"


def print_table(rows: Iterable[Row], notes: str = "") -> None:
    """Prints the table, each row as soon as it is known."""
    if notes:
        print(notes)
    print(HEAD)
    for row in rows:
        print(row, flush=True)


def print_load() -> None:
    """Prints how busy the machine was, which all times depend on; nothing where it does not tell."""
    if hasattr(os, "getloadavg"):
        busy = ", ".join(f"{load:.1f}" for load in os.getloadavg())
        print(f"Load of this machine over the last 1, 5 and 15 minutes: {busy}, with {os.cpu_count()} processors.")
