"""Runtime or throughput of a sweep, over workers or over what its strategies vary."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .axis import WORKERS, Axis, Curve, choose_axis, group_curves
from .curve_names import CurveNames
from .design import Design
from .page import Page
from .palette import STRATEGIES, Look, looks
from .points import Point, as_throughput
from .spec import name_in
from .style import (
    EXACT,
    INTERVAL,
    breaks,
    broken,
    exact_style,
    interval_bars,
    is_wide,
    scale_positions,
    scale_values,
)
from .tags import Tag, tagged

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

RUNTIME, THROUGHPUT = "runtime", "throughput"
HEIGHT = 0.58  # of the panel, figure widths
MARKED = 0.977  # of the width: halfway from the last position to the frame, whose margin Matplotlib sets
DENSE = 50  # points of a curve from which bars of intervals would touch


def draw(
    points: list[Point],
    kind: str = RUNTIME,
    x: str = "auto",
    communication: str = "",
    design: Design = Design(),
    notes: Sequence[str] = (),
    value: str = "",
) -> Figure:
    """Estimates with 95 % intervals and exact values. @pre points have means. @param notes  what is left out
    @param value  what means are, where they are no runtimes"""
    figure = design.new_figure()
    axes = figure.add_subplot()
    drawn = draw_on(axes, points, kind, x, design)
    axes.grid(True, alpha=0.5)
    title = label_axes(axes, drawn.axis, kind, drawn.names, design)
    if value:
        axes.set_ylabel(value)
    page = Page(title, drawn.names.common(communication), (INTERVAL, EXACT), list(notes), drawn.tags)
    page.finish(figure, [axes], design, HEIGHT * design.inches)
    return figure


@dataclass(frozen=True)
class Drawn:
    """What was drawn on axes, for what is written around them."""

    axis: Axis
    names: CurveNames
    tags: list[Tag]  # at the ends of curves


def draw_on(axes: Axes, points: list[Point], kind: str, x: str, design: Design, scaled: bool = True) -> Drawn:
    """The curves alone. @pre points have means. @param scaled  are the axes' scales and limits to be chosen?"""
    axis = choose_axis(points, x)
    if kind == THROUGHPUT:
        points = list(map(as_throughput, points))
    curves = group_curves(points, axis)
    names = CurveNames.of(curves)
    families = [name_in(curve.strategy) for curve in curves]
    ends, labels = tagged(families, names.labels, names.own)
    positions = [each for curve in curves if not curve.is_level for each in curve.positions]
    logarithmic = axes.get_xscale() == "log"
    if scaled:
        logarithmic = scale_positions(axes, positions, design)
        means = [point.mean for point in points]
        scale_values(axes, means, design, is_wide(means) or (logarithmic and kind == THROUGHPUT))
    tags = []
    for curve, look, label, end in zip(curves, looks(families, STRATEGIES), labels, ends):
        if curve.is_level:
            draw_level(axes, curve.points[0], look, label, design)
        else:
            draw_curve(axes, curve, look, label, design, logarithmic)
        if end:
            x_end = curve.positions[-1] if not curve.is_level else max(positions)
            tags.append(Tag(axes, end, x_end, curve.points[-1].mean, look.color))
    return Drawn(axis, names, tags)


def draw_curve(
    axes: Axes, curve: Curve, look: Look, label: str, design: Design, logarithmic: bool
) -> None:
    """Means with 95 % intervals, as bars or, where bars would touch, as a band; the exact values over them."""
    x, points = curve.positions, curve.points
    mean, expected = [point.mean for point in points], [point.expected for point in points]
    low, high = [point.low for point in points], [point.high for point in points]
    apart = breaks(x, logarithmic)
    if design.join:
        apart = [False] * len(apart)
    dense = len(points) > DENSE and not any(apart)
    size = design.mark_size * (0.5 if len(points) > DENSE else 1.3 if all(apart) else 1)
    across = broken(x, apart)
    style = look.marks(size) | {"linestyle": "none" if all(apart) else look.line, "linewidth": design.line_width}
    axes.plot(across, broken(mean, apart), label=label, **style)
    if dense:
        axes.fill_between(x, low, high, color=look.color, alpha=0.3, linewidth=0, label=INTERVAL)
    elif any(map(math.isfinite, low)):
        # A narrow interval, written with 12 digits, may end on the wrong side of its mean.
        below = [max(point.mean - point.low, 0.0) for point in points]
        above = [max(point.high - point.mean, 0.0) for point in points]
        axes.errorbar(x, mean, [below, above], **interval_bars(design), label=INTERVAL)
    if any(map(math.isfinite, expected)):
        values = broken(expected, apart)
        axes.plot(across, values, label=EXACT, **exact_style(values, design))


def draw_level(axes: Axes, point: Point, look: Look, label: str, design: Design) -> None:
    """A point without a position holds at all of them. Its marker stands near the right end, clear of the frame."""
    marks = look.marks(design.mark_size) | {"markevery": [1]}
    level = axes.axhline(point.mean, linewidth=design.line_width, linestyle=look.line, label=label, **marks)
    level.set_data([0, MARKED, 1], [point.mean] * 3)
    if math.isfinite(point.low) and math.isfinite(point.high):
        axes.axhspan(point.low, point.high, color=look.color, alpha=0.3, linewidth=0)
    if math.isfinite(point.expected):
        axes.axhline(point.expected, label=EXACT, **exact_style([point.expected] * 2, design))


def label_axes(axes: Axes, axis: Axis, kind: str, names: CurveNames, design: Design) -> str:
    """Writes along both axes: the notebook's words for the notebook's strategies, else also units.
    @return the title"""
    is_notebook = kind == RUNTIME and axis.key == WORKERS and sorted(names.strategies) == ["async", "sync"]
    runtime = design.with_unit("Average Runtime per Iteration", alone=is_notebook)
    throughput = f"Gradients per {design.unit or 'Unit of Time (of the law)'}"
    axes.set(xlabel=design.with_unit(axis.label) if axis.is_time else axis.label, ylabel=runtime if kind == RUNTIME else throughput)
    if is_notebook:
        return "Comparison of Synchronous and Asynchronous SGD"
    if names.strategy:
        return f"{kind.capitalize()} of {names.strategy}"
    return "Comparison of Strategies" if kind == RUNTIME else "Throughput of Strategies"
