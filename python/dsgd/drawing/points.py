"""Points of a sweep."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from .bins import Bin, to_bins
from .results import Row, count, name_of, number, require

COLUMNS = ("law", "strategy", "workers", "mean", "ci95_low", "ci95_high", "expected")


@dataclass(frozen=True)
class Point:
    """One point of a sweep. Times are in the unit of the law; NaN where the sweep has none."""

    law: str
    strategy: str
    workers: int
    mean: float
    low: float  # 95 % interval of the mean
    high: float
    expected: float
    gradients: float = math.nan  # that enter an update
    bins: tuple[Bin, ...] = ()  # of the runtime; empty where the sweep has no distribution


def to_point(row: Row) -> Point:
    """The point of a row, checked."""
    require(row, COLUMNS)
    law, strategy, workers = name_of(row, "law"), name_of(row, "strategy"), count(row, "workers")
    mean, low, high, expected = (number(row, column) for column in COLUMNS[3:])
    if low > high:
        raise ValueError(f"ci95_low {low} is above ci95_high {high}")
    gradients = number(row, "gradients") if "gradients" in row else math.nan
    bins = to_bins(row.get("distribution"))
    return Point(law, strategy, workers, mean, low, high, expected, gradients, bins)


def has_mean(point: Point) -> bool:
    """Under a heavy tail there may be none."""
    return math.isfinite(point.mean)


def with_mean(points: list[Point]) -> list[Point]:
    """Those that have one, at least one."""
    kept = list(filter(has_mean, points))
    if not kept:
        raise ValueError("no point in it has a mean")
    return kept


def as_throughput(point: Point) -> Point:
    """Gradients per unit of time instead of times. Where the interval of the mean reaches down to 0, that of
    the throughput has no upper end, and there is none."""
    if not point.gradients > 0:
        raise ValueError("a point has no gradients, of which the throughput is made")
    if not point.mean > 0:
        raise ValueError("a mean is 0 or less, whose throughput is no number")
    low = point.gradients / point.high if point.low > 0 else math.nan
    high = point.gradients / point.low if point.low > 0 else math.nan
    expected = point.gradients / point.expected if point.expected > 0 else math.nan
    return replace(point, mean=point.gradients / point.mean, low=low, high=high, expected=expected)
