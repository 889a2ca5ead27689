"""What a sweep gives: points, as objects, arrays, data frames, text, HTML and files."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Optional, Union, overload

import numpy as np

from . import _core
from .files import Path, write_whole
from .specs import Law, Strategy
from .tables import html_table, text_table

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

SCHEMA = "dsgd.sweep/"
Named = Union[str, Strategy]  # a strategy


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
    gradients: int  #: mini-batches that enter an update
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
    discarded: Optional[float]  #: share that made gradients which were cancelled; what is left, workers wait
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


class Result:
    """The points of a sweep, in the order law, strategy, workers.

    `result["sync", 20]` is one point, `result["sync"]` the points of a strategy, `result.mean` an array of all means.
    """

    def __init__(self, document: dict[str, Any], notes: Sequence[str] = ()) -> None:
        """:param document: as `dsgd sweep -o FILE.json` writes it
        :param notes: lines that readers should know
        :raises ValueError: for a document that is not the result of a sweep
        """
        points = document.get("points")
        if not str(document.get("schema")).startswith(SCHEMA) or not isinstance(points, list):
            raise ValueError("the document is no result of dsgd sweep (its schema says so): give one that is")
        self.document = document
        self.notes = tuple(notes)
        first = document["schema"] == SCHEMA + "1"
        self.points = tuple(_point(_of_version_1(each) if first else each) for each in points)

    @classmethod
    def from_json(cls, text: str, notes: Sequence[str] = ()) -> Result:
        """Reads a document. :raises ValueError: for text that is no JSON, or no result of a sweep"""
        document = json.loads(text)
        if not isinstance(document, dict):
            raise ValueError("the document is no result of dsgd sweep (it is no JSON object): give one that is")
        result = cls(document, notes)
        result._text = text
        return result

    _text: Optional[str] = None

    @property
    def unit(self) -> str:
        """Unit of the times; empty where the sweep was given none."""
        return str(self.document.get("run", {}).get("unit", ""))

    @property
    def complete(self) -> bool:
        """False where the sweep was stopped before all was done."""
        return bool(self.document["run"]["complete"])

    def __len__(self) -> int:
        return len(self.points)

    def __iter__(self) -> Iterator[Point]:
        return iter(self.points)

    @overload
    def __getitem__(self, key: int) -> Point: ...
    @overload
    def __getitem__(self, key: tuple[Named, int]) -> Point: ...
    @overload
    def __getitem__(self, key: tuple[Union[str, Law], Named, int]) -> Point: ...
    @overload
    def __getitem__(self, key: Union[slice, Named, Law]) -> Result: ...
    def __getitem__(self, key: Any) -> Any:
        """A point by number, by (strategy, workers) or by (law, strategy, workers); else the points of a slice, of a
        strategy or of a law.

        :raises KeyError: where no point is like that, or several are
        """
        if isinstance(key, slice):
            return self._part(self.points[key])
        if isinstance(key, (int, np.integer)):
            return self.points[key]
        parts = key if isinstance(key, tuple) else (key,)
        found = [point for point in self.points if _fits(point, parts)]
        if not found:
            raise KeyError(f"{key!r} names no point (there are {_kinds(self.points)})")
        if not isinstance(key, tuple):
            return self._part(found)
        if len(found) > 1:
            raise KeyError(f"{key!r} names {len(found)} points (they differ in their laws): give (law, strategy, workers)")
        return found[0]

    def _part(self, points: Sequence[Point]) -> Result:
        return Result({**self.document, "points": [point.document for point in points]}, self.notes)

    def __getattr__(self, name: str) -> NDArray[Any]:
        """A column as an array; NaN where a value is absent."""
        if name in COLUMNS:
            return self.columns()[name]
        raise AttributeError(f"a Result has no {name!r}; its columns are {', '.join(COLUMNS)}")

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *COLUMNS]

    def columns(self) -> dict[str, NDArray[Any]]:
        """All columns by name, each an array of one value per point; NaN where a value is absent."""
        return {name: _array([getattr(point, name) for point in self.points]) for name in COLUMNS}

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

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas DataFrame, a row per point. :raises ImportError: without pandas"""
        import pandas

        return pandas.DataFrame(self.columns())

    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object:
        """The points for whatever reads Arrow: polars.DataFrame(result), pyarrow.table(result), DuckDB."""
        return _core.arrow_stream([(name, [getattr(point, name) for point in self.points]) for name in COLUMNS])

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

    def save(self, path: Path) -> None:
        """Writes the JSON document, as `dsgd sweep -o FILE.json` does. An existing file is replaced whole.

        :raises OSError: where it cannot be written
        """
        write_whole(path, self._text or json.dumps(self.document, ensure_ascii=False))

    def __repr__(self) -> str:
        return text_table(self)

    __str__ = __repr__

    def _repr_html_(self) -> str:
        return html_table(self)


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


def _fits(point: Point, parts: tuple[Any, ...]) -> bool:
    """Is the point's law, strategy or number of workers each of these parts?"""
    return all(
        point.workers == part if isinstance(part, (int, np.integer)) else _canonical(part) in (point.law, point.strategy)
        for part in parts
    )


def _canonical(part: object) -> str:
    """The one way to write a law or a strategy; other text as it is."""
    text = str(part)
    try:
        if isinstance(part, Law):
            return _core.canonical_law(text)
        return _core.canonical_strategies(text)[0]
    except ValueError:
        pass
    try:
        return _core.canonical_law(text)
    except (ValueError, OSError):
        return text


def _kinds(points: Sequence[Point]) -> str:
    strategies = list(dict.fromkeys(point.strategy for point in points))
    shown = ", ".join(strategies[:5]) + (", ..." if len(strategies) > 5 else "")
    workers = sorted({point.workers for point in points})
    return f"{shown} with {workers[0]} to {workers[-1]} workers" if points else "none"


def _array(values: list[Any]) -> NDArray[Any]:
    if values and isinstance(values[0], str):
        return np.array(values, dtype=object)
    if values and all(isinstance(value, int) for value in values):
        return np.array(values, dtype=np.int64)
    return np.array([math.nan if value is None else value for value in values], dtype=np.float64)
