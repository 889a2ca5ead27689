"""What a sweep is drawn over, and which of its points make a curve."""

from __future__ import annotations

from dataclasses import dataclass, field

from .failure import EXIT_USAGE, Failure
from .points import Point
from .spec import micropercent, parameter, without, workers_of

WORKERS = "workers"
LABELS = {
    WORKERS: "Number of Workers (m)",
    "k": "Arrivals Waited For (k)",
    "spare": "Workers Not Waited For (spare)",
    "stragglers": "Stragglers Tolerated (s)",
    "steps": "Local Steps between Meetings (τ)",
    "staleness": "Jobs Ahead of the Slowest (s)",
    "time": "Deadline",
    "after": "Time When Copies Begin",
}
TIMES = ("time", "after")  # keys whose values are no numbers of workers
# By its definition a strategy that does without some workers waits for the others.
DOES_WITHOUT = ("spare", "stragglers")


@dataclass(frozen=True)
class Axis:
    """What positions are: numbers of workers, or a parameter of the strategies."""

    key: str  # of LABELS
    percent: bool = False  # positions are percentages of the workers

    @property
    def label(self) -> str:
        """What stands along the axis."""
        return LABELS[self.key] + (", in % of the Workers" if self.percent else "")

    @property
    def is_time(self) -> bool:
        """Are positions in the unit of the law?"""
        return self.key in TIMES

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of strategies that give a position."""
        return ("k", *DOES_WITHOUT) if self.key == "k" else (self.key,)

    def position(self, point: Point) -> float | None:
        """Where a point stands; None where its strategy has no place on this axis."""
        if self.key == WORKERS:
            return point.workers
        for key in self.keys:
            text = parameter(point.strategy, key)
            if text is None:
                continue
            if key in TIMES:
                return float(text)
            if self.percent:
                return micropercent(text) / 10**6
            value = workers_of(text, point.workers)
            return value if key == self.key else point.workers - value
        return None


@dataclass
class Curve:
    """Points that differ in their positions alone. A level is one point whose strategy has no position."""

    strategy: str  # without the axis' keys
    law: str
    workers: int  # 0 where the axis is the number of workers
    is_level: bool = False
    positions: list[float] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)


def group_curves(points: list[Point], axis: Axis) -> list[Curve]:
    """Curves in the order of the file, each by ascending positions."""
    curves: dict[tuple[str, str, int, bool], Curve] = {}
    placed = [(axis.position(point), point) for point in points]
    for position, point in sorted(placed, key=lambda each: each[0] or 0):
        curve = curves.setdefault(curve_key(point, axis), Curve(*curve_key(point, axis)))
        curve.positions.append(0 if position is None else position)
        curve.points.append(point)
    return [curves[key] for key in dict.fromkeys(curve_key(point, axis) for point in points)]


def curve_key(point: Point, axis: Axis) -> tuple[str, str, int, bool]:
    """The fields of a Curve by which its points agree: strategy, law, workers, is_level."""
    is_level = axis.position(point) is None
    workers = 0 if axis.key == WORKERS else point.workers
    return without(point.strategy, axis.keys), point.law, workers, is_level


def choose_axis(points: list[Point], wanted: str = "auto") -> Axis:
    """The axis that is wanted, or the one on which the points make the fewest curves."""
    keys = [key for key in LABELS if key == WORKERS or any(parameter(each.strategy, key) for each in points)]
    if wanted != "auto":
        if all(Axis(wanted).position(point) is None for point in points):
            raise Failure(
                EXIT_USAGE, f"--x {wanted} is nothing that these strategies have: use --x {' or '.join(keys)}"
            )
        keys = [wanted]
    axes = [Axis(key, is_in_percent(points, key)) for key in keys]
    return min(axes, key=lambda axis: len({curve_key(point, axis) for point in points}))


def is_in_percent(points: list[Point], key: str) -> bool:
    """Are all positions on the axis percentages? Those of other keys and plain numbers need the workers."""
    texts = [parameter(point.strategy, other) for point in points for other in Axis(key).keys if other != key]
    own = [text for point in points if (text := parameter(point.strategy, key)) is not None]
    return bool(own) and all(text.endswith("%") for text in own) and not any(texts)
