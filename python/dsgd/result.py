"""What a sweep gives: points, as objects, arrays, data frames, text, HTML and files."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Optional

from .files import Path
from .points import Points
from .tables import sweep_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

VERSION_1 = "dsgd.sweep/1"


@dataclass(frozen=True)
class Quantile:
    """A quantile of the runtime with its 95 % interval, whose ends are None where iterations are not independent."""

    value: float
    low: Optional[float]
    high: Optional[float]


@dataclass(frozen=True)
class Point:
    """The runtime of an iteration for one law, strategy and number of workers. Times are in the unit of the law."""

    law: str  #: canonical spec
    strategy: str  #: canonical spec
    workers: int
    iterations: int  #: that were done
    gradients: float  #: mini-batches that enter an update; their mean where that is random
    mean: Optional[float]  #: None where it is infinite
    standard_error: Optional[float]
    ci95_low: Optional[float]  #: ends of the mean's 95 % interval
    ci95_high: Optional[float]
    standard_deviation: Optional[float]  #: of one iteration
    minimum: Optional[float]
    maximum: Optional[float]
    expected: Optional[float]  #: the exact mean, where it is known
    z: Optional[float]  #: (mean - expected) / standard_error
    throughput: Optional[float]  #: gradients per unit of time: gradients / mean
    throughput_low: Optional[float]  #: gradients / ci95_high
    throughput_high: Optional[float]  #: gradients / ci95_low; None where that may be 0
    busy: Optional[float]  #: share of the workers' time that made gradients which entered, where it is known
    discarded: Optional[float]  #: share that made gradients which were cancelled, copies included; what is left, workers wait
    cost: Optional[float]  #: time of all workers per gradient: workers mean / gradients
    document: dict[str, Any] = field(repr=False)  #: all that the JSON document says of the point

    @property
    def quantiles(self) -> dict[float, Quantile]:
        """By probability; those that were asked for."""
        given: dict[str, dict[str, Any]] = self.document.get("quantiles") or {}
        return {float(p): Quantile(each["value"], each["low"], each["high"]) for p, each in given.items()}

    @property
    def parameters(self) -> dict[str, Any]:
        """Parameters of "law" and "strategy" by key, as numbers; of a fleet "law" is a list."""
        return dict(self.document.get("parameters") or {"law": {}, "strategy": {}})


COLUMNS = tuple(each.name for each in fields(Point) if each.name != "document")
SECOND = ("throughput", "throughput_low", "throughput_high", "busy", "discarded", "cost")  # not in version 1


class Result(Points[Point]):
    """The points of a sweep, in the order law, strategy, workers.

    `result["sync", 20]` is one point, `result["sync"]` the points of a strategy, `result.mean` an array of all means.
    """

    COMMAND = "sweep"
    COLUMNS = COLUMNS

    def _point(self, document: dict[str, Any]) -> Point:
        return _point(_of_version_1(document) if self.document["schema"] == VERSION_1 else document)

    @property
    def unit(self) -> str:
        """Unit of the times; empty where the sweep was given none."""
        return str(self.document.get("run", {}).get("unit", ""))

    @property
    def complete(self) -> bool:
        """False where the sweep was stopped before all was done."""
        return bool(self.document["run"]["complete"])

    def best(self, goal: str = "throughput") -> Point:
        """The point with the most gradients per time ("throughput") or with the shortest mean ("runtime").

        :raises ValueError: for another goal, and where no point has a mean
        """
        if goal not in ("throughput", "runtime"):
            raise ValueError(f"goal {goal!r} is unknown: give throughput or runtime")
        known = [point for point in self.points if point.mean]
        if not known:
            raise ValueError("no point has a finite mean (nothing can be compared): choose other laws or strategies")
        if goal == "runtime":
            return min(known, key=lambda point: point.mean or math.inf)
        return max(known, key=lambda point: point.throughput or 0.0)

    def plot(self, ax: Optional[Axes] = None, *, kind: str = "runtime", x: str = "auto", unit: str = "") -> Axes:
        """Draws means with their 95 % intervals, and exact values, over what the sweep varies.

        :param ax: axes to draw on, whose title, limits and scales stay as they are; a new figure if not given
        :param kind: "runtime", or "throughput": gradients per time
        :param x: "workers", or a parameter of the strategies, such as "k"; "auto" chooses
        :param unit: of times, for the labels; that of the sweep if not given
        :raises ImportError: without matplotlib
        :raises ValueError: where there is nothing to draw
        """
        from .plotting import plot

        return plot(self.document, ax, kind, x, unit or self.unit)

    def __repr__(self) -> str:
        return sweep_table(self).text()

    __str__ = __repr__

    def _repr_html_(self) -> str:
        return sweep_table(self).html()


def load(path: Path) -> Result:
    """Reads the JSON that `dsgd sweep -o FILE.json` or Result.save wrote.

    :raises OSError: where it cannot be read
    :raises ValueError: where it is no result of a sweep; load_fit reads those of fits
    """
    with open(path, encoding="utf-8") as file:
        return Result.from_json(file.read())


def _of_version_1(document: dict[str, Any]) -> dict[str, Any]:
    """The point of a document of version 1, with what follows for the columns that it has not; None for shares."""
    gradients, mean, workers = (document.get(key) for key in ("gradients", "mean", "workers"))
    more: dict[str, Any] = dict.fromkeys(SECOND)
    if mean and gradients and workers:
        more["throughput"], more["cost"] = gradients / mean, workers * mean / gradients
        low, high = document.get("ci95_low"), document.get("ci95_high")
        more["throughput_low"] = gradients / high if high else None
        more["throughput_high"] = gradients / low if low and low > 0 else None
    return {**document, **more}


def _point(document: dict[str, Any]) -> Point:
    try:
        values = {name: document[name] for name in COLUMNS}
    except KeyError as missing:
        raise ValueError(f"a point has no {missing} (the document is damaged): run the sweep again") from None
    point = object.__new__(Point)  # the __init__ of a frozen class takes as long as reading the document does
    vars(point).update(values, document=document)
    return point
