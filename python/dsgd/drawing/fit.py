"""Measured times beside the laws that fit them, their workers, and the slowest of a step, as dsgd fit describes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .design import Design
from .naming import plain, shortened
from .page import Page
from .palette import LAW_COLOR, LAWS, looks
from .palette import MODELS as MODEL_LOOKS
from .results import Row, name_of, require, to_number
from .style import is_logarithmic, is_wide

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CURVES = ("shares", "measured", "low", "high", "laws", "workers", "slowest")
MODELS = {"pooled": "workers pooled", "per_worker": "each worker's own times", "law": "all workers by the first law"}
MEASURED, BAND, EQUAL = "measured", "95 % of samples of the law", "as the law says"
MOST_BOXES, MOST_NAMES, LONGEST_NAME = 40, 12, 10
PANEL, ROW = 0.55, 0.36  # heights of a panel alone and of rows of two, figure widths


def numbers(row: Row, column: str) -> list[float]:
    """A list of finite numbers that is not empty."""
    values = row.get(column)
    if not isinstance(values, list) or not values or None in values:
        raise ValueError(f"its {column} are no list of numbers")
    return [to_number(value, column) for value in values]


def rows_of(row: Row, column: str) -> list[Row]:
    """A list of objects."""
    rows = row[column]
    if not isinstance(rows, list) or not all(isinstance(each, dict) for each in rows):
        raise ValueError(f"its {column} are no list of objects")
    return rows


def same_length(row: Row, columns: Sequence[str]) -> dict[str, list[float]]:
    """Lists that belong together."""
    require(row, tuple(columns))
    found = {column: numbers(row, column) for column in columns}
    if len(set(map(len, found.values()))) > 1:
        raise ValueError(f"its {', '.join(columns)} are lists of several lengths")
    return found


def draw(document: Row, design: Design = Design()) -> Figure:
    """@param document  of schema dsgd.fit/1. @throws ValueError for another"""
    curves = document.get("curves")
    if not isinstance(curves, dict):
        raise ValueError("it has no curves")
    require(curves, CURVES)
    data = document.get("data")
    unit = data.get("unit") if isinstance(data, dict) else None
    if not design.unit and isinstance(unit, str):
        design = replace(design, unit=unit)
    values = same_length(curves, CURVES[:4])
    laws = [(name_of(law, "law"), numbers(law, "quantiles")) for law in rows_of(curves, "laws")]
    if not laws or any(len(quantiles) != len(values["shares"]) for _, quantiles in laws):
        raise ValueError("its laws have no quantiles at its shares")
    figure = design.new_figure()
    has_table = isinstance(curves["slowest"], dict)
    rows, columns = (4 if has_table else 2, 1) if design.inches < 5 else (2 if has_table else 1, 2)
    panels = [figure.add_subplot(rows, columns, i) for i in range(1, rows * columns + 1)]
    draw_quantiles(panels[0], values, laws[0], design)
    draw_survival(panels[1], values, laws, design)
    notes = []
    if has_table:
        notes = draw_boxes(panels[2], rows_of(curves, "workers"), design)
        draw_slowest(panels[3], same_length(curves["slowest"], ("times", "measured", *MODELS)), design)
    for axes in panels:
        axes.grid(True, alpha=0.5)
    height = rows * (PANEL if columns == 1 else ROW) * design.inches
    Page("Measured Times and Laws", "", (MEASURED, BAND, EQUAL), notes).finish(figure, panels, design, height)
    return figure


def dots(design: Design) -> dict[str, Any]:
    """How measured values are drawn."""
    return {"color": "black", "marker": "o", "linestyle": "none", "markersize": 0.5 * design.mark_size}


def scale_times(axes: Axes, letter: str, times: Sequence[float], design: Design) -> None:
    """A logarithmic axis where a linear one would press most values together."""
    if is_logarithmic(letter, times, design, is_wide(times)):
        (axes.set_xscale if letter == "x" else axes.set_yscale)("log")


def draw_quantiles(axes: Axes, values: dict[str, list[float]], law: tuple[str, list[float]], design: Design) -> None:
    """Values over those that the first law has at the same shares."""
    name, expected = law
    axes.fill_between(expected, values["low"], values["high"], color=LAW_COLOR, alpha=0.25, linewidth=0, label=BAND)
    axes.plot(expected, expected, color=LAW_COLOR, linewidth=design.line_width, label=EQUAL)
    axes.plot(expected, values["measured"], label=MEASURED, **dots(design))
    scale_times(axes, "x", expected, design)
    scale_times(axes, "y", [*values["measured"], *values["low"]], design)
    axes.set(xlabel=design.with_unit(f"Time by {name}", alone=True), ylabel=design.with_unit("Measured Time", alone=True))


def draw_survival(
    axes: Axes, values: dict[str, list[float]], laws: Sequence[tuple[str, list[float]]], design: Design
) -> None:
    """The share of longer times; a tail is seen on a logarithmic axis."""
    longer = [1 - share for share in values["shares"]]
    each_look = looks([name.partition(" ")[0] for name, _ in laws], LAWS)
    for (name, quantiles), look in zip(laws, each_look):
        axes.plot(quantiles, longer, color=look.color, linestyle=look.line, linewidth=design.line_width, label=name)
    axes.plot(values["measured"], longer, label=MEASURED, **dots(design))
    axes.set_yscale("log")
    scale_times(axes, "x", [*values["measured"], *laws[0][1]], design)
    axes.set(xlabel=design.with_unit("Time", alone=True), ylabel="Share of Longer Times")


def draw_boxes(axes: Axes, workers: Sequence[Row], design: Design) -> list[str]:
    """A box per worker, from its first to its third quartile, with whiskers from 5 to 95 %. @return what is left out"""
    boxes = [(name_of(worker, "worker"), numbers(worker, "quantiles")) for worker in workers]
    if not boxes or any(len(quantiles) != 5 for _, quantiles in boxes):
        raise ValueError("its workers have not five quantiles each")
    shown = sorted(range(len(boxes)), key=lambda i: -boxes[i][1][2])[:MOST_BOXES]
    boxes = [boxes[i] for i in sorted(shown)]
    keys = ("whislo", "q1", "med", "q3", "whishi")
    names = [plain(shortened(name, LONGEST_NAME)) for name, _ in boxes]
    stats = [dict(zip(keys, quantiles), label=name) for name, (_, quantiles) in zip(names, boxes)]
    line = {"linewidth": 0.7 * design.line_width}
    styles: dict[str, Any] = {"boxprops": line, "whiskerprops": line, "capprops": line, "medianprops": {"color": "#d45f00", **line}}
    axes.bxp(stats, showfliers=False, widths=0.6, **styles)
    step = -(-len(names) // MOST_NAMES)
    axes.set_xticks(range(1, len(names) + 1, step), names[::step], rotation=30 if max(map(len, names)) > 3 else 0)
    scale_times(axes, "y", [value for _, quantiles in boxes for value in quantiles], design)
    axes.set(xlabel="Worker", ylabel=design.with_unit("Time", alone=True))
    return [f"Boxes: the {MOST_BOXES} slowest of {len(workers)} workers."] if len(workers) > MOST_BOXES else []


def draw_slowest(axes: Axes, curves: dict[str, list[float]], design: Design) -> None:
    """Distribution of a step's slowest worker: as measured, and under each model."""
    times = curves["times"]
    for (model, name), (color, line) in zip(MODELS.items(), MODEL_LOOKS):
        axes.plot(times, curves[model], color=color, linestyle=line, linewidth=design.line_width, label=name)
    axes.plot(times, curves["measured"], label=MEASURED, **dots(design))
    scale_times(axes, "x", times, design)
    axes.set(xlabel=design.with_unit("Slowest of a Step", alone=True), ylabel="Share of Steps Below", ylim=(0, 1.03))
