"""Points of a document: indexed by strategy and workers, as columns, data frames and files. Sweeps and exact values share this."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Optional, Protocol, TypeVar, Union, overload

import numpy as np

from . import _core
from .document import Document
from .specs import Law, Strategy

if TYPE_CHECKING:
    import pandas
    from numpy.typing import NDArray
    from typing_extensions import Self

Named = Union[str, Strategy]  # a strategy


class AnyPoint(Protocol):
    """What all points have."""

    @property
    def law(self) -> str: ...
    @property
    def strategy(self) -> str: ...
    @property
    def workers(self) -> int: ...
    @property
    def document(self) -> dict[str, Any]: ...


P = TypeVar("P", bound=AnyPoint)


class Points(Document, Generic[P]):
    """Points in the order law, strategy, workers: `points["sync", 20]` is one, `points["sync"]` those of a strategy."""

    COLUMNS: ClassVar[tuple[str, ...]]  #: names of a point's values

    def __init__(self, document: dict[str, Any], notes: Sequence[str] = ()) -> None:
        """:param document: as the command writes it with -o FILE.json
        :param notes: lines that readers should know
        :raises ValueError: for a document of another command
        """
        super().__init__(document)
        points = document.get("points")
        if not isinstance(points, list):
            raise ValueError(f"the document has no points (it is damaged): run dsgd {self.COMMAND} again")
        self.notes = tuple(notes)
        self.points: tuple[P, ...] = tuple(self._point(each) for each in points)

    def _point(self, document: dict[str, Any]) -> P:
        raise NotImplementedError

    @classmethod
    def from_json(cls, text: str, notes: Sequence[str] = ()) -> Self:
        """Reads a document. :raises ValueError: for text that is no JSON, or a document of another command"""
        result = cls(cls._read(text), notes)
        result._text = text
        return result

    def __len__(self) -> int:
        return len(self.points)

    def __iter__(self) -> Iterator[P]:
        return iter(self.points)

    @overload
    def __getitem__(self, key: int) -> P: ...
    @overload
    def __getitem__(self, key: tuple[Named, int]) -> P: ...
    @overload
    def __getitem__(self, key: tuple[Union[str, Law], Named, int]) -> P: ...
    @overload
    def __getitem__(self, key: Union[slice, Named, Law]) -> Self: ...
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

    def _part(self, points: Sequence[P]) -> Self:
        return type(self)({**self.document, "points": [point.document for point in points]}, self.notes)

    def __getattr__(self, name: str) -> NDArray[Any]:
        """A column as an array; NaN where a value is absent."""
        if name in self.COLUMNS:
            return self.columns()[name]
        raise AttributeError(f"no {name!r} in these results; their columns are {', '.join(self.COLUMNS)}")

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self.COLUMNS]

    def columns(self) -> dict[str, NDArray[Any]]:
        """All columns by name, each an array of one value per point; NaN where a value is absent."""
        return {name: _array([getattr(point, name) for point in self.points]) for name in self.COLUMNS}

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas DataFrame, a row per point. :raises ImportError: without pandas"""
        import pandas

        return pandas.DataFrame(self.columns())

    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object:
        """The points for whatever reads Arrow: polars.DataFrame(result), pyarrow.table(result), DuckDB."""
        return _core.arrow_stream([(name, [getattr(point, name) for point in self.points]) for name in self.COLUMNS])


def _fits(point: AnyPoint, parts: tuple[Any, ...]) -> bool:
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


def _kinds(points: Sequence[AnyPoint]) -> str:
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
