"""Error of training against time, or after updates, per strategy, as dsgd race tells it, with the one that is ahead at each
place."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .design import Design
from .naming import law_name, plain
from .page import Page
from .palette import STRATEGIES, Look, looks
from .results import Row, count, name_of, number, require, to_number
from .spec import name_in
from .style import EXACT, INTERVAL, broken, exact_style, interval_bars, scale_positions, scale_values

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

AHEAD = "bar below: who is ahead"
HEIGHT, BAR = 0.58, 0.025  # of the panel, figure widths; of the bar, of the panel
WIDE = 10  # last time / first from which the axis is logarithmic, as the times of curves then are
OWN = ("law", "strategy", "workers", "learning_rate")
TIME, UPDATES = "time", "updates"
VALUES = ("error", "ci95_low", "ci95_high", "expected")


@dataclass(frozen=True)
class Curve:
    """The errors of one strategy at ascending times, or after ascending numbers of updates; NaN where they are not known."""

    law: str
    strategy: str
    workers: int
    rate: float
    places: list[float]  # times or numbers of updates
    values: dict[str, list[float]]  # of VALUES
    is_dense: bool  # may a line join them?


def to_curve(own: Row, rows: Sequence[Row], over: str) -> Curve:
    """@param own  has what all rows share. @param rows  with a place each"""
    require(own, OWN)
    ordered = sorted(rows, key=lambda row: number(row, over))
    places = [number(row, over) for row in ordered]
    values = {name: [number(row, name) for row in ordered] for name in VALUES}
    rate = number(own, "learning_rate")
    return Curve(name_of(own, "law"), name_of(own, "strategy"), count(own, "workers"), rate, places, values, isinstance(own["time"], list))


def to_curves(rows: Sequence[Row], over: str) -> list[Curve]:
    """Curves of a document's dense curves, or else of its points at times, or of those after updates.
    @throws ValueError where there is no such point"""
    groups: dict[tuple[object, ...], list[Row]] = {}
    dense: dict[tuple[object, ...], Row] = {}
    for row in rows:
        require(row, (*OWN, "time", *VALUES))
        key = tuple(str(row[name]) for name in OWN)
        if isinstance(row["time"], list):
            groups[key], dense[key] = [dict(row) | single for single in singles(row)], row
        elif (row["time"] is None) == (over == UPDATES):
            require(row, (over,))
            groups.setdefault(key, []).append(row)
    curves = [to_curve(dense.get(key, group[0]), group, over) for key, group in groups.items()]
    if not any(math.isfinite(error) for curve in curves for error in curve.values["error"]):
        raise ValueError("no point in it has an error at a time, or after updates")
    return curves


def singles(row: Row) -> list[Row]:
    """The values of a row of lists, one time after the other."""
    lists = [row[name] for name in ("time", *VALUES)]
    if not all(isinstance(each, list) and len(each) == len(lists[0]) for each in lists):
        raise ValueError("a curve in it has lists of several lengths")
    return [dict(zip(("time", *VALUES), each)) for each in zip(*lists)]


def draw(rows: Sequence[Row], design: Design = Design()) -> Figure:
    """Over times where rows have any, else over updates. @param rows  the curves, or the points, of a document of schema
    dsgd.race/1. @throws ValueError for others"""
    over = TIME if any(row.get("time") is not None for row in rows) else UPDATES
    is_left_out = over == TIME and any("time" in row and row["time"] is None for row in rows)
    curves = to_curves(rows, over)
    figure = design.new_figure()
    axes = figure.add_subplot()
    places = sorted({place for curve in curves for place in curve.places})
    errors = [error for curve in curves for error in curve.values["error"] if error > 0]
    logarithmic = False
    if places[0] > 0:
        logarithmic = scale_positions(axes, places, design, always=places[-1] >= WIDE * places[0])
    scale_values(axes, errors or [1.0], design, bool(errors))
    each_look = looks([name_in(curve.strategy) for curve in curves], STRATEGIES)
    for curve, look, label in zip(curves, each_look, labels(curves)):
        draw_curve(axes, curve, look, label, design)
    draw_leader(axes, curves, each_look, logarithmic)
    axes.grid(True, alpha=0.5)
    axes.set(xlabel=design.with_unit("Time") if over == TIME else "Updates", ylabel="Mean Error")
    title = "Error Against Time" if over == TIME else "Error After Updates"
    notes = ["Left out: errors after numbers of updates."] if is_left_out else []
    Page(title, common(curves), (INTERVAL, EXACT, AHEAD), notes).finish(figure, [axes], design, HEIGHT * design.inches)
    return figure


def differing(curves: Sequence[Curve]) -> list[str]:
    """What curves differ in besides their strategy."""
    return [name for name in ("law", "workers", "rate") if len({getattr(curve, name) for curve in curves}) > 1]


def told(curve: Curve, name: str) -> str:
    """One of a curve's own facts."""
    texts = {"law": law_name(curve.law), "workers": f"{curve.workers} workers", "rate": f"learning rate {curve.rate:g}"}
    return texts[name]


def labels(curves: Sequence[Curve]) -> list[str]:
    """Names of the curves: their strategies, and what else they differ in."""
    varied = differing(curves)
    return [plain(", ".join([curve.strategy, *(told(curve, name) for name in varied)])) for curve in curves]


def common(curves: Sequence[Curve]) -> str:
    """What all curves share."""
    varied = differing(curves)
    return plain(", ".join(told(curves[0], name) for name in ("law", "workers", "rate") if name not in varied))


def draw_curve(axes: Axes, curve: Curve, look: Look, label: str, design: Design) -> None:
    """The errors with their 95 % intervals, and the exact ones over them: lines of dense curves, marks of single points."""
    values, places = curve.values, curve.places
    error, low, high, exact = (values[name] for name in VALUES)
    marks: dict[str, Any] = look.marks(design.mark_size)
    if curve.is_dense:
        marks |= {"markevery": max(1, len(places) // 8), "linestyle": look.line, "linewidth": design.line_width}
        axes.plot(places, error, label=label, **marks)
        axes.fill_between(places, low, high, color=look.color, alpha=0.3, linewidth=0, label=INTERVAL)
    else:
        axes.plot(places, error, label=label, linestyle="none", **marks)
        if any(map(math.isfinite, low)):
            below, above = ([abs(value - end) for value, end in zip(error, ends)] for ends in (low, high))
            axes.errorbar(places, error, [below, above], **interval_bars(design), label=INTERVAL)
        places, exact = apart(places), apart(exact)
    if any(map(math.isfinite, exact)):
        axes.plot(places, exact, label=EXACT, **exact_style(exact, design))


def apart(values: Sequence[float]) -> list[float]:
    """With gaps between, so that nothing joins them."""
    return broken(values, [True] * (len(values) - 1))


def draw_leader(axes: Axes, curves: Sequence[Curve], each_look: Sequence[Look], logarithmic: bool) -> None:
    """A bar along the axis, in the colour of who has the least error at the nearest place, the exact one where it is known;
    empty where all have diverged."""
    places = sorted(set.intersection(*(set(curve.places) for curve in curves)))
    if len(curves) < 2 or len(places) < 2:
        return
    at = [dict(zip(curve.places, zip(curve.values["expected"], curve.values["error"]))) for curve in curves]

    def error(which: int, place: float) -> float:
        known = [value for value in at[which][place] if math.isfinite(value)]
        return to_number(known[0], "error") if known else math.inf

    middles = [math.sqrt(a * b) if logarithmic else (a + b) / 2 for a, b in zip(places, places[1:])]
    for place, begin, end in zip(places, [places[0], *middles], [*middles, places[-1]]):
        first = min(range(len(curves)), key=lambda which: error(which, place))
        if math.isinf(error(first, place)):
            continue
        axes.axvspan(begin, end, ymax=BAR, color=each_look[first].color, linewidth=0, label=AHEAD)
