"""Races: error of training against time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...drawing.design import Design
from ...drawing.race import draw
from ..data_check import texts
from ..given import Given, object_of
from ..points import workers_of
from ..quantity import Row, number_of, plain, rows_of, share, text_of
from ..section import Column, Part, Picture, Section, Table, common_of
from ..svg import WIDTH, to_svg
from ..validity import against_exact_values

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SCHEMAS = ("dsgd.race/1",)


def section(given: Given, others: Sequence[Given]) -> Section:
    """Who is ahead when, the figure, and when a target is reached."""
    document = given.document
    rows, run = rows_of(document, "points"), object_of(document, "run")
    if not rows:
        raise ValueError("it has no points")
    unit = str(run.get("unit") or "")
    table, _ = common_of(COLUMNS, [cells_of(row) for row in rows], kept=("strategy", "time"))
    return Section(
        kind="Error against time",
        answer=[f"{each}." for each in texts(document.get("winners"))] or ["No point has a time at which errors can be compared."],
        pictures=pictures(document, rows, unit, given.name_id),
        points=table,
        parts=[part for part in (targets(document), model(run)) if part],
        checks=[against_exact_values(rows, run)],
        warnings=texts(document.get("warnings")),
    )


def pictures(document: Row, rows: Sequence[Row], unit: str, name: str) -> list[Picture]:
    """The error over time, of curves where the document has them; nothing where no row has a time."""
    curves = rows_of(document, "curves") if document.get("curves") else [row for row in rows if number_of(row, "time") is not None]
    if not curves:
        return []
    figure = draw(curves, Design(width=WIDTH, title="", unit=unit))
    caption = f"Mean error over time{scales_of(figure.axes[0])}; lower is better. Bands are 95 % intervals; the bar names who is ahead."
    return [Picture(to_svg(figure, f"{name}-race-"), "Error over time", caption)]


def scales_of(axes: Axes) -> str:
    """Which axes of a figure are logarithmic."""
    logarithmic = [name for name, scale in (("time", axes.get_xscale()), ("error", axes.get_yscale())) if scale == "log"]
    if len(logarithmic) == 2:
        return ", both on logarithmic axes"
    return f", the {logarithmic[0]} on a logarithmic axis" if logarithmic else ""


COLUMNS = (
    Column("law", "of the delays", numeric=False),
    Column("strategy", "whom the server waits for", numeric=False),
    Column("workers", "how many machines compute gradients"),
    Column("rate", "learning rate"),
    Column("time", "since the start"),
    Column("error", "mean over all runs"),
    Column("95 %", "confidence interval of the error", numeric=False),
    Column("exact", "the exact error, where it is known"),
    Column("z", "distance of the error from the exact one, in standard errors"),
    Column("updates", "mean number so far"),
    Column("stale", "mean updates between a gradient's model and its update"),
)


def cells_of(row: Row) -> list[str]:
    """In the order of COLUMNS."""
    low, high = number_of(row, "ci95_low"), number_of(row, "ci95_high")
    return [
        text_of(row, "law"),
        text_of(row, "strategy"),
        str(workers_of(row)),
        plain(number_of(row, "learning_rate"), 3),
        plain(number_of(row, "time")),
        plain(number_of(row, "error")) or "diverges",
        "" if low is None or high is None else f"{plain(low)} to {plain(high)}",
        plain(number_of(row, "expected")),
        plain(number_of(row, "z"), 3),
        plain(number_of(row, "updates")),
        plain(number_of(row, "staleness"), 3),
    ]


def targets(document: Row) -> Part | None:
    """When each strategy reaches the target: its mean error, and single runs."""
    found = rows_of(document, "targets") if document.get("targets") else []
    if not found:
        return None
    columns = (
        Column("strategy", "whom the server waits for", numeric=False),
        Column("workers", "how many machines compute gradients"),
        Column("mean error", "time at which the mean error is there"),
        Column("exact", "the exact time, where it is known"),
        Column("reached", "share of runs that ever were there"),
        Column("single runs", "mean time at which a run first was there"),
        Column("median run", "time by which half of the runs were there"),
    )
    rows = []
    for row in found:
        first = object_of(row, "first_time")
        times = [plain(number_of(row, key)) for key in ("mean_error_time", "expected_time")]
        runs = [share(number_of(row, "reached")), plain(number_of(first, "mean")), plain(number_of(first, "q0.5"))]
        rows.append([text_of(row, "strategy"), str(workers_of(row)), *times, *runs])
    target = number_of(object_of(document, "run"), "target") or 0.0
    return Part(f"Time to an error of {target:g}", table=Table(columns, rows))


def model(run: Row) -> Part | None:
    """What was trained."""
    text = run.get("model")
    if not isinstance(text, str):
        return None
    return Part("What was trained", lines=[f"A model whose every moment is known: {text}. A network may rank strategies otherwise."])
