"""Error of training against time, per strategy, as dsgd race tells it, with the one that is ahead at each time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .design import Design
from .naming import law_name, plain
from .page import Page
from .palette import STRATEGIES, Look, looks
from .results import Row, count, name_of, number, require, to_number
from .spec import name_in
from .style import EXACT, INTERVAL, exact_style, scale_positions, scale_values

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

AHEAD = "bar below: who is ahead"
HEIGHT, BAR = 0.58, 0.025  # of the panel, figure widths; of the bar, of the panel
WIDE = 10  # last time / first from which the axis is logarithmic, as the times of curves then are
OWN = ("law", "strategy", "workers", "learning_rate")
VALUES = ("error", "ci95_low", "ci95_high", "expected")


@dataclass(frozen=True)
class Curve:
    """The errors of one strategy at ascending times; NaN where they are not known."""

    law: str
    strategy: str
    workers: int
    rate: float
    times: list[float]
    values: dict[str, list[float]]  # of VALUES


def to_curve(own: Row, rows: Sequence[Row]) -> Curve:
    """@param own  has what all rows share. @param rows  with a time each"""
    require(own, OWN)
    ordered = sorted(rows, key=lambda row: number(row, "time"))
    times = [number(row, "time") for row in ordered]
    values = {name: [number(row, name) for row in ordered] for name in VALUES}
    return Curve(name_of(own, "law"), name_of(own, "strategy"), count(own, "workers"), number(own, "learning_rate"), times, values)


def to_curves(rows: Sequence[Row]) -> list[Curve]:
    """Curves of a document's dense curves, or else of its points. @throws ValueError where there is no time"""
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        require(row, (*OWN, "time", *VALUES))
        key = tuple(str(row[name]) for name in OWN)
        if isinstance(row["time"], list):
            groups[key] = [dict(row) | single for single in singles(row)]
        elif row["time"] is not None:
            groups.setdefault(key, []).append(row)
    curves = [to_curve(group[0], group) for group in groups.values()]
    if not any(math.isfinite(error) for curve in curves for error in curve.values["error"]):
        raise ValueError("no point in it has an error at a time")
    return curves


def singles(row: Row) -> list[Row]:
    """The values of a row of lists, one time after the other."""
    lists = [row[name] for name in ("time", *VALUES)]
    if not all(isinstance(each, list) and len(each) == len(lists[0]) for each in lists):
        raise ValueError("a curve in it has lists of several lengths")
    return [dict(zip(("time", *VALUES), each)) for each in zip(*lists)]


def draw(rows: Sequence[Row], design: Design = Design()) -> Figure:
    """@param rows  the curves, or the points, of a document of schema dsgd.race/1. @throws ValueError for others"""
    curves = to_curves(rows)
    figure = design.new_figure()
    axes = figure.add_subplot()
    times = sorted({time for curve in curves for time in curve.times})
    errors = [error for curve in curves for error in curve.values["error"] if error > 0]
    if len(times) > 1 and times[0] > 0:
        scale_positions(axes, times, design, always=times[-1] >= WIDE * times[0])
    scale_values(axes, errors or [1.0], design, bool(errors))
    each_look = looks([name_in(curve.strategy) for curve in curves], STRATEGIES)
    for curve, look, label in zip(curves, each_look, labels(curves)):
        draw_curve(axes, curve, look, label, design)
    draw_leader(axes, curves, each_look)
    axes.grid(True, alpha=0.5)
    axes.set(xlabel=design.with_unit("Time"), ylabel="Mean Error")
    Page("Error Against Time", common(curves), (INTERVAL, EXACT, AHEAD)).finish(figure, [axes], design, HEIGHT * design.inches)
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
    """The errors with their 95 % band, and the exact ones over them."""
    values, times = curve.values, curve.times
    marks = look.marks(design.mark_size) | {"markevery": max(1, len(times) // 8)}
    axes.plot(times, values["error"], label=label, linestyle=look.line, linewidth=design.line_width, **marks)
    axes.fill_between(times, values["ci95_low"], values["ci95_high"], color=look.color, alpha=0.3, linewidth=0, label=INTERVAL)
    if any(map(math.isfinite, values["expected"])):
        axes.plot(times, values["expected"], label=EXACT, **exact_style(values["expected"], design))


def draw_leader(axes: Axes, curves: Sequence[Curve], each_look: Sequence[Look]) -> None:
    """A bar along the axis of times, in the colour of who has the least error, the exact one where it is known;
    empty where all have diverged."""
    times = sorted(set.intersection(*(set(curve.times) for curve in curves)))
    if len(curves) < 2 or len(times) < 2:
        return
    at = [dict(zip(curve.times, zip(curve.values["expected"], curve.values["error"]))) for curve in curves]

    def error(place: int, time: float) -> float:
        known = [value for value in at[place][time] if math.isfinite(value)]
        return to_number(known[0], "error") if known else math.inf

    for begin, end in zip(times, times[1:]):
        first = min(range(len(curves)), key=lambda place: error(place, end))
        if math.isinf(error(first, end)):
            continue
        axes.axvspan(begin, end, ymax=BAR, color=each_look[first].color, linewidth=0, label=AHEAD)
