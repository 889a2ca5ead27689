"""What is known exactly of points."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields
from typing import Any, Optional

from .files import Path
from .points import Points
from .tables import exact_table


@dataclass(frozen=True)
class ExactPoint:
    """The runtime of an iteration, without draws. Times are in the unit of the law; None is what is not known."""

    law: str  #: canonical spec
    strategy: str  #: canonical spec
    workers: int
    gradients: float  #: mini-batches that enter an update; their mean where that is random
    mean: Optional[float]  #: math.inf where it does not exist
    standard_deviation: Optional[float]  #: of one iteration; math.inf where it does not exist
    throughput: Optional[float]  #: gradients per unit of time: gradients / mean
    document: dict[str, Any] = field(repr=False)  #: all that the JSON document says of the point

    @property
    def quantiles(self) -> dict[float, Optional[float]]:
        """By probability; those that were asked for."""
        given: dict[str, Optional[float]] = self.document.get("quantiles") or {}
        return {float(p): value for p, value in given.items()}


class ExactResult(Points[ExactPoint]):
    """Exact values of points, in the order law, strategy, workers. Indexed like a Result."""

    COMMAND = "exact"
    COLUMNS = tuple(each.name for each in fields(ExactPoint) if each.name != "document")

    def _point(self, document: dict[str, Any]) -> ExactPoint:
        infinite = document.get("infinite", ())
        try:
            values: dict[str, Any] = {name: math.inf if name in infinite else document[name] for name in self.COLUMNS}
        except KeyError as missing:
            raise ValueError(f"a point has no {missing} (the document is damaged): run the command again") from None
        return ExactPoint(**values, document=document)

    def __repr__(self) -> str:
        return exact_table(self).text()

    __str__ = __repr__

    def _repr_html_(self) -> str:
        return exact_table(self).html()


def load_exact(path: Path) -> ExactResult:
    """Reads the JSON that `dsgd exact -o FILE.json` or ExactResult.save wrote.

    :raises OSError: where it cannot be read
    :raises ValueError: where it has no exact values
    """
    with open(path, encoding="utf-8") as file:
        return ExactResult.from_json(file.read())
