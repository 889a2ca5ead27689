"""Races: error of training against time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...drawing.design import Design
from ...drawing.race import AHEAD, draw
from ...drawing.style import INTERVAL
from ..data_check import texts
from ..given import Given, object_of
from ..points import workers_of
from ..quantity import Row, law_text, number_of, plain, rows_of, share, text_of
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
        answer=[f"{each}." for each in texts(document.get("winners"))] or [least_after_updates(rows)],
        pictures=pictures(document, rows, unit, given.name_id),
        points=table,
        parts=[part for part in (targets(document), model(run)) if part],
        checks=[against_exact_values(rows, {**run, "draws": "common"})],  # all times of a strategy are of the same runs
        warnings=texts(document.get("warnings")),
    )


def is_after_updates(row: Row) -> bool:
    """A row has a time, or else the number of updates that was asked for."""
    return number_of(row, "time") is None


def least_after_updates(rows: Sequence[Row]) -> str:
    """Who has the least error after the most updates, where no row has a time at which a race has a winner."""
    errors = [(row, number_of(row, "error") if row.get("expected") is None else number_of(row, "expected")) for row in rows if is_after_updates(row)]
    last = max((number_of(row, "updates") or 0.0 for row, _ in errors), default=0.0)
    at_last = [(row, error) for row, error in errors if error is not None and number_of(row, "updates") == last]
    if not at_last:
        return "No point has a time at which errors can be compared."
    row, error = min(at_last, key=lambda each: each[1])
    who = [text_of(row, "strategy")]
    who += [f"{workers_of(row)} workers"] if len({workers_of(each) for each, _ in at_last}) > 1 else []
    who += [f"learning rate {plain(number_of(row, 'learning_rate'), 3)}"] if len({each.get("learning_rate") for each, _ in at_last}) > 1 else []
    who += [f"under {law_text(text_of(row, 'law'))}"] if len({each.get("law") for each, _ in at_last}) > 1 else []
    return f"After {last:,.0f} updates the least mean error is of {', '.join(who)}: {plain(error)}."


def pictures(document: Row, rows: Sequence[Row], unit: str, name: str) -> list[Picture]:
    """The error over time, of curves where the document has them, and the one after numbers of updates; nothing of what no row
    has."""
    timed = rows_of(document, "curves") if document.get("curves") else [row for row in rows if not is_after_updates(row)]
    after = [row for row in rows if is_after_updates(row)]
    made = []
    for drawn, title, over, prefix in ((timed, "Error over time", "time", "race"), (after, "Error after updates", "updates", "updates")):
        if any(row.get("error") is not None for row in drawn):
            figure = draw(drawn, Design(width=WIDTH, title="", unit=unit))
            caption = f"Mean error over {'time' if over == 'time' else 'numbers of updates'}{scales_of(figure.axes[0], over)}; lower is better.{told_by(figure.axes[0])}"
            made.append(Picture(to_svg(figure, f"{name}-{prefix}-"), title, caption))
    return made


def told_by(axes: Axes) -> str:
    """What else is drawn beside errors."""
    labels = axes.get_legend_handles_labels()[1]
    intervals = f"{'Bars' if axes.containers else 'Bands'} are 95 % intervals" if INTERVAL in labels else ""
    ahead = "the bar below tells who is ahead" if AHEAD in labels else ""
    told = "; ".join(filter(None, (intervals, ahead)))
    return f" {told[:1].upper()}{told[1:]}." if told else ""


def scales_of(axes: Axes, over: str) -> str:
    """Which axes of a figure are logarithmic. @param over  what the horizontal one has"""
    logarithmic = [name for name, scale in ((over, axes.get_xscale()), ("error", axes.get_yscale())) if scale == "log"]
    if len(logarithmic) == 2:
        return ", both on logarithmic axes"
    return f", the {logarithmic[0]} on a logarithmic axis" if logarithmic else ""


COLUMNS = (
    Column("law", "of the delays", numeric=False),
    Column("strategy", "whom the server waits for", numeric=False),
    Column("workers", "how many machines compute gradients"),
    Column("rate", "learning rate"),
    Column("time", "since the start; empty where the number of updates was asked for"),
    Column("error", "mean over all runs"),
    Column("95 %", "confidence interval of the error", numeric=False),
    Column("exact", "the exact error, where it is known"),
    Column("z", "distance of the error from the exact one, in standard errors"),
    Column("updates", "mean number so far, or the number that was asked for"),
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
