"""What a recommendation is about, and its candidates as pictures take them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ..drawing.curves import RUNTIME
from ..drawing.points import Point
from .given import object_of
from .pictures import THROUGHPUTS, Subject
from .points import workers_of
from .quantity import Row, number_of, text_of, with_unit

ROUNDING = 1e-9  # of exact ratios
COMPARED = "Bars or bands are 95 % intervals of how a candidate compares with the best, which has none."


@dataclass(frozen=True)
class Goal:
    """What candidates are compared by."""

    meaning: str  # of their values, which begins with a small letter
    subject: Subject
    is_rate: bool = False  # is more better?

    @staticmethod
    def of(text: str, unit: str) -> Goal:
        """@param text  such as throughput or error=0.1"""
        kind, _, level = text.partition("=")
        if kind == "throughput":
            return Goal("gradients per time", Subject(THROUGHPUTS.kind, THROUGHPUTS.title, THROUGHPUTS.better, intervals=COMPARED), is_rate=True)
        at = with_unit(level, unit)
        meaning, better, quantity = {
            "cost": ("time of all workers per gradient", "less", unit),
            "noise-scale": (f"time to the same progress at a noise scale of {level}", "shorter", unit),
            "error": (f"time until the mean error is {level}", "shorter", unit),
            "time": (f"mean error at {at}", "less", ""),
        }.get(kind, ("value by the goal", "less", ""))
        title = meaning[:1].upper() + meaning[1:]
        return Goal(meaning, Subject(RUNTIME, title, f"{better} is better", f"{title} ({quantity})" if quantity else title, COMPARED))


def interval_of(row: Row) -> tuple[float, float] | None:
    """The 95 % interval of a candidate's progress as a share of the best one's; None where it is exact, or the best itself."""
    ratio = object_of(row, "ratio")
    low, high = number_of(ratio, "low"), number_of(ratio, "high")
    return (low, high) if low is not None and high is not None and high - low > ROUNDING else None


def points_of(law: str, candidates: Sequence[Row], goal: Goal) -> list[Point]:
    """Means are values by the goal, or runtimes that pictures turn into gradients per time. Intervals are those of the
    progress, the best one's being what it is. @param candidates  of a law, the best first"""
    points = []
    best = number_of(candidates[0], "value") if candidates else None
    for row in candidates:
        value, mean = number_of(row, "value"), number_of(row, "mean" if goal.is_rate else "value")
        gradients = number_of(row, "gradients") or math.nan
        low, high = math.nan, math.nan
        if (compared := interval_of(row)) and best and value and mean:
            # The least progress has the longest time: mean * (progress / end), where progress is that of the value.
            progress = value / best if goal.is_rate else best / value
            low, high = (mean * progress / end if end > 0 else math.nan for end in reversed(compared))
        shown = math.nan if mean is None else mean
        points.append(Point(law, text_of(row, "strategy"), workers_of(row), shown, low, high, math.nan, gradients))
    return points
