"""Where the names of places go on a picture: beside their dots, never over each other or over a dot."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Boxes = npt.NDArray[np.float64]
"""Rows of (left, top, right, bottom) in pixels."""
_DIRECTIONS = 16
_RINGS = (12, 24, 42, 66, 96, 132)
_ON_ANOTHER, _OUTSIDE, _CROSSING = 400.0, 200.0, 14.0


@dataclass(frozen=True, slots=True)
class Chip:
    """A name to put somewhere: the pixel (x, y) of its dot, the size of its box, and whether it may be left out."""

    x: float
    y: float
    width: float
    height: float
    optional: bool = False


def lay_out(
    chips: Sequence[Chip], others: Sequence[tuple[float, float]], size: tuple[float, float]
) -> list[tuple[float, float] | None]:
    """The left upper corner of each chip, in order of weight; None where an optional one finds no room.

    `others` are dots and points of lines that are rather left free; `size` is that of the map.
    """
    dots = np.array([(chip.x, chip.y) for chip in chips], dtype=np.float64).reshape(-1, 2)
    avoid = np.array(others, dtype=np.float64).reshape(-1, 2)
    taken: Boxes = np.empty((0, 4))
    leaders = np.empty((0, 4))
    found: list[tuple[float, float] | None] = []
    for at, chip in enumerate(chips):
        boxes, cost = _candidates(chip)
        hits = _touching(boxes, taken, 3) + _touching(boxes, _round(np.delete(dots, at, axis=0), 7), 0)
        outside = (boxes[:, 0] < 4) | (boxes[:, 1] < 4) | (boxes[:, 2] > size[0] - 4) | (boxes[:, 3] > size[1] - 4)
        middles = np.column_stack((boxes[:, 0] + boxes[:, 2], boxes[:, 1] + boxes[:, 3])) / 2
        total = cost + hits * _ON_ANOTHER + outside * _OUTSIDE + _crossings((chip.x, chip.y), middles, leaders)
        total += 0.25 * _CROSSING * np.minimum(8, _touching(boxes, _round(avoid, 4), 0))
        best = int(np.argmin(total))
        if chip.optional and (hits[best] or outside[best]):
            found.append(None)
            continue
        taken = np.vstack((taken, boxes[best]))
        leaders = np.vstack((leaders, (chip.x, chip.y, *middles[best])))
        found.append((float(boxes[best, 0]), float(boxes[best, 1])))
    return found


def _candidates(chip: Chip) -> tuple[Boxes, npt.NDArray[np.float64]]:
    boxes, cost = [], []
    for rank, distance in enumerate(_RINGS):
        for direction in range(_DIRECTIONS):
            angle = direction * 2 * math.pi / _DIRECTIONS
            east, south = math.cos(angle), math.sin(angle)
            x = chip.x + east * distance + (0 if abs(east) < 0.2 else math.copysign(chip.width / 2, east))
            y = chip.y + south * distance + (0 if abs(south) < 0.2 else math.copysign(chip.height / 2, south))
            boxes.append((x - chip.width / 2, y - chip.height / 2, x + chip.width / 2, y + chip.height / 2))
            # East first, then its neighbours: a name reads best to the right of its dot.
            cost.append(rank * 6 + min(direction, _DIRECTIONS - direction) * 0.6)
    return np.array(boxes), np.array(cost)


def _round(points: npt.NDArray[np.float64], by: float) -> Boxes:
    return np.column_stack((points - by, points + by))


def _touching(boxes: Boxes, others: Boxes, room: float) -> npt.NDArray[np.int64]:
    """How many of the others each box lies on, or comes nearer to than `room` pixels."""
    one, other = boxes[:, None, :], others[None, :, :]
    apart = (one[..., 0] - room >= other[..., 2]) | (one[..., 2] + room <= other[..., 0])
    apart |= (one[..., 1] - room >= other[..., 3]) | (one[..., 3] + room <= other[..., 1])
    return np.asarray((~apart).sum(axis=1), dtype=np.int64)


def _crossings(dot: tuple[float, float], ends: Boxes, leaders: Boxes) -> npt.NDArray[np.float64]:
    """What the leaders from a dot to each end cost by crossing those that stand already."""
    if not len(leaders):
        return np.zeros(len(ends))
    p, q = np.array(dot), ends[:, None, :]
    r, s = leaders[None, :, :2], leaders[None, :, 2:]

    def side(a: Boxes, b: Boxes, c: Boxes) -> Boxes:
        return np.asarray(
            (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) - (b[..., 1] - a[..., 1]) * (c[..., 0] - a[..., 0])
        )

    crossing = (side(p, q, r) * side(p, q, s) < 0) & (side(r, s, p) * side(r, s, q) < 0)
    return np.asarray(crossing.sum(axis=1) * _CROSSING, dtype=np.float64)
