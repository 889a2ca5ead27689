"""Sweeps: estimates with intervals."""

from __future__ import annotations

from collections.abc import Sequence

from ...drawing.notes import notes_of_means
from ...drawing.points import to_point
from ...drawing.results import from_document
from ..data_check import caveat, data_checks
from ..decided import answers_beside
from ..given import Given, object_of
from ..pictures import RUNTIMES, THROUGHPUTS, curve_pictures, distribution_pictures
from ..points import best_row, points_table
from ..quantity import rows_of
from ..section import Section
from ..validity import checks

SCHEMAS = ("dsgd.sweep/2", "dsgd.sweep/1")
STOPPED = "The sweep was stopped before all was done: its points have fewer iterations than were asked for."


def section(given: Given, others: Sequence[Given]) -> Section:
    """Throughput and runtime, the distribution of a point, the table, and how far all of it can be trusted."""
    results = from_document(given.name, given.document)
    rows = [with_throughput(row) for row in rows_of(given.document, "points")]
    if not rows:
        raise ValueError("it has no points")
    points, run = list(map(to_point, rows)), object_of(given.document, "run")
    table, explored = points_table(rows)
    best = best_row(rows)
    prefix, notes = f"{given.name_id}-", notes_of_means(results, points)
    pictures = curve_pictures(points, prefix, results.unit, results.communication, notes, (THROUGHPUTS, RUNTIMES))
    laws = list(dict.fromkeys(point.law for point in points))
    data, parts = data_checks(laws, rows, others, results.unit, run)
    return Section(
        kind="Sweep",
        answer=[*answers_beside(rows, results.unit, run, others), *caveat(rows, run, others)],
        pictures=pictures,
        of_points=distribution_pictures(points, best, prefix, results.unit, results.communication),
        points=table,
        best=best,
        explored=explored,
        parts=parts,
        checks=[*checks(rows, run), *data],
        warnings=[*([] if results.complete else [STOPPED]), *(each for each in notes if each.startswith("Left out"))],
    )


def with_throughput(row: dict[str, object]) -> dict[str, object]:
    """Version 1 of the schema had no throughput: it is gradients / mean."""
    gradients, mean = row.get("gradients"), row.get("mean")
    if "throughput" in row or not isinstance(gradients, (int, float)) or not isinstance(mean, (int, float)) or mean <= 0:
        return row
    return {**row, "throughput": gradients / mean}
