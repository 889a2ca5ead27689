"""Exact values: what is known without drawing."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ...drawing.points import Point
from ..data_check import caveat, data_checks
from ..decided import answers_beside
from ..ends import of_best_points
from ..given import Given, object_of
from ..pictures import RUNTIMES, THROUGHPUTS, curve_pictures
from ..points import best_row, points_table, workers_of
from ..quantity import Row, number_of, rows_of, text_of
from ..section import Check, Section

SCHEMAS = ("dsgd.exact/1",)


def section(given: Given, others: Sequence[Given]) -> Section:
    """Throughput and runtime, and the table."""
    rows, run = rows_of(given.document, "points"), object_of(given.document, "run")
    if not rows:
        raise ValueError("it has no points")
    unit, communication = (str(run.get(key) or "") for key in ("unit", "communication"))
    table, explored = points_table(rows)
    laws = list(dict.fromkeys(text_of(row, "law") for row in rows))
    data, parts = data_checks(laws, rows, others, unit, run)
    unknown = sum(number_of(row, "mean") is None for row in rows)
    exact = "All values are exact: nothing was drawn, so that they have no intervals."
    return Section(
        kind="Exact values",
        answer=[*answers_beside(rows, unit, run, others), *caveat(rows, run, others, "These values take")],
        pictures=curve_pictures(list(map(point_of, rows)), f"{given.name_id}-", unit, communication, [], (THROUGHPUTS, RUNTIMES)),
        points=table,
        best=best_row(rows),
        explored=explored,
        parts=parts,
        checks=[Check(exact), *([Check(f"{unknown} of {len(rows)} points have no finite mean.")] if unknown else []), *of_best_points(rows), *data],
    )


def point_of(row: Row) -> Point:
    """As the drawing code takes it: a mean without an interval."""
    mean, gradients = number_of(row, "mean"), number_of(row, "gradients")
    nan = math.nan
    return Point(text_of(row, "law"), text_of(row, "strategy"), workers_of(row), nan if mean is None else mean, nan, nan, nan, gradients or nan)
