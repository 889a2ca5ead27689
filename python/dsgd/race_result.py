"""What dsgd.race says."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Optional

from .files import Path
from .points import Points
from .readable import readable
from .tables import Table, table_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HEADERS = ("law", "strategy", "workers", "rate", "time", "error", "95 % interval", "exact", "z", "updates", "staleness")


@dataclass(frozen=True)
class RacePoint:
    """The mean error of a strategy at a time, or after some updates. Times are in the unit of the law."""

    law: str  #: canonical spec
    strategy: str  #: canonical spec
    workers: int
    learning_rate: float
    time: Optional[float]  #: None where the point is of a number of updates
    replications: int
    error: Optional[float]  #: mean over replications; None where training diverges
    standard_error: Optional[float]  #: None where replications do not differ
    ci95_low: Optional[float]
    ci95_high: Optional[float]
    expected: Optional[float]  #: exact; None where it is not known
    z: Optional[float]  #: (error - expected) / standard_error
    updates: float  #: mean number so far
    staleness: Optional[float]  #: mean updates between a gradient's model and its update; None without updates
    document: dict[str, Any] = field(repr=False)  #: all that the JSON document says of the point


class RaceResult(Points[RacePoint]):
    """Errors of strategies, in the order law, strategy, workers, learning rate, time. `result["sync"]` has those of a strategy,
    `result.error` is a column."""

    COMMAND = "race"
    COLUMNS = tuple(each.name for each in fields(RacePoint) if each.name != "document")

    def _point(self, document: dict[str, Any]) -> RacePoint:
        try:
            return RacePoint(**{name: document[name] for name in self.COLUMNS}, document=document)
        except KeyError as missing:
            raise ValueError(f"a point has no {missing} (the document is damaged): run the command again") from None

    @property
    def winners(self) -> tuple[str, ...]:
        """Who has the least error at each time, a sentence for each law and number of workers."""
        return tuple(self.document.get("winners", ()))

    @property
    def targets(self) -> tuple[dict[str, Any], ...]:
        """When each strategy reaches the target: `mean_error_time` is when the mean error does, `first_time` has mean and
        quantiles of the single runs. Empty where no target was asked for."""
        return tuple(self.document.get("targets", ()))

    def plot(self, title: Optional[str] = None, width: Optional[float] = None) -> Figure:
        """Log error against time, as `dsgd race --plot` draws it. @param width inches

        :raises ImportError: without matplotlib
        :raises ValueError: where no point has a time
        """
        from .plotting import plot_race

        unit = self.document.get("run", {}).get("unit") or ""
        rows = [curve for curve in self.document.get("curves", ()) if self._has(curve)]
        return plot_race(rows or [point.document for point in self], unit, title, width)

    def _has(self, curve: dict[str, Any]) -> bool:
        """Is the curve one of these points?"""
        return any(
            all(curve[name] == getattr(point, name) for name in ("law", "strategy", "workers", "learning_rate")) for point in self
        )

    def _table(self) -> Table:
        return table_of(HEADERS, [_cells(point) for point in self], below=[*self.winners, *self.notes])

    def __repr__(self) -> str:
        return self._table().text()

    __str__ = __repr__

    def _repr_html_(self) -> str:
        return self._table().html()


def load_race(path: Path) -> RaceResult:
    """Reads the JSON that `dsgd race -o FILE.json` or RaceResult.save wrote.

    :raises OSError: where it cannot be read
    :raises ValueError: where it is no race
    """
    with open(path, encoding="utf-8") as file:
        return RaceResult.from_json(file.read())


def _cells(point: RacePoint) -> tuple[str, ...]:
    return (
        point.law,
        point.strategy,
        str(point.workers),
        f"{point.learning_rate:g}",
        "" if point.time is None else f"{point.time:g}",
        readable(point.error) or "diverges",
        "" if point.ci95_low is None else f"{readable(point.ci95_low)} to {readable(point.ci95_high)}",
        readable(point.expected),
        "" if point.z is None else f"{point.z:+.1f}",
        readable(point.updates),
        readable(point.staleness, 3),
    )
