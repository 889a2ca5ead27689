"""Runtime or throughput of a sweep, over workers or over what its strategies vary."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from .axis import WORKERS, Axis, Curve, choose_axis, group_curves
from .legend import Layout, add_legend
from .points import Point, as_throughput
from .spec import heading, label, shared
from .style import EXACT, INTERVAL, curve_style, is_wide, markers, marks_alone, new_figure, scale_positions

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

RUNTIME, THROUGHPUT = "runtime", "throughput"
QUANTITIES = {
    RUNTIME: "Average Runtime per Iteration (unit of the law)",
    THROUGHPUT: "Gradients per Unit of Time (of the law)",
}


def unique(values: list) -> list:
    """Without repetitions, in order."""
    return list(dict.fromkeys(values))


def draw(points: list[Point], kind: str = RUNTIME, x: str = "auto", communication: str = "") -> Figure:
    """Estimates with 95 % intervals and exact curves. @pre points have means"""
    axis = choose_axis(points, x)
    if kind == THROUGHPUT:
        points = list(map(as_throughput, points))
    curves = group_curves(points, axis)
    laws, sizes = unique([curve.law for curve in curves]), unique([curve.workers for curve in curves])
    texts = [
        label(curve.strategy, curve.law * (len(laws) > 1), curve.workers * (len(sizes) > 1)) for curve in curves
    ]
    layout = Layout.of(texts)
    figure = new_figure(8, 5 + layout.height)
    axes = figure.add_subplot()

    marker_of = markers(unique([curve.strategy for curve in curves]))
    for i, (curve, text) in enumerate(zip(curves, texts)):
        if curve.is_level:
            draw_level(axes, curve.points[0], curve_style(i), text)
        else:
            draw_curve(axes, curve, curve_style(i), marker_of[curve.strategy], text)

    positions = [position for curve in curves if not curve.is_level for position in curve.positions]
    logarithmic = scale_positions(axes, positions)
    if is_wide([point.mean for point in points]) or (logarithmic and kind == THROUGHPUT):
        axes.set_yscale("log")
    label_axes(
        axes,
        axis,
        kind,
        unique([curve.strategy for curve in curves]),
        shared(laws, [size for size in sizes if size], communication),
    )
    axes.grid(True, alpha=0.5)
    add_legend(axes, layout, (INTERVAL, EXACT))
    return figure


def draw_curve(axes: Axes, curve: Curve, style: dict[str, str], marker: str, text: str) -> None:
    """Means with 95 % intervals, as bars or, where bars would touch, as a band; the exact curve over them."""
    x, points = curve.positions, curve.points
    mean, expected = [point.mean for point in points], [point.expected for point in points]
    low, high = [point.low for point in points], [point.high for point in points]

    dense = len(points) > 50
    axes.plot(x, mean, marker=marker, markersize=2 if dense else 5, linewidth=1.2, label=text, **style)
    if dense:
        axes.fill_between(x, low, high, color=style["color"], alpha=0.3, linewidth=0, label=INTERVAL)
    elif any(map(math.isfinite, low)):
        # A narrow interval, written with 12 digits, may end on the wrong side of its mean.
        below = [max(point.mean - point.low, 0.0) for point in points]
        above = [max(point.high - point.mean, 0.0) for point in points]
        bars = {"fmt": "none", "ecolor": "black", "elinewidth": 0.9, "capsize": 3.5}
        axes.errorbar(x, mean, [below, above], **bars, label=INTERVAL)
    if any(map(math.isfinite, expected)):
        dashes = {"color": "black", "linewidth": 0.8, "zorder": 3} | marks_alone(expected)
        axes.plot(x, expected, "--", label=EXACT, **dashes)


def draw_level(axes: Axes, point: Point, style: dict[str, str], text: str) -> None:
    """A point without a position holds at all of them."""
    axes.axhline(point.mean, linewidth=1.2, label=text, **style)
    if math.isfinite(point.low) and math.isfinite(point.high):
        axes.axhspan(point.low, point.high, color=style["color"], alpha=0.3, linewidth=0)
    if math.isfinite(point.expected):
        axes.axhline(point.expected, linestyle="--", color="black", linewidth=0.8, zorder=3, label=EXACT)


def label_axes(axes: Axes, axis: Axis, kind: str, strategies: list[str], common: str) -> None:
    """The notebook's words for the notebook's strategies; else also units, and what all curves share."""
    if kind == RUNTIME and axis.key == WORKERS and sorted(strategies) == ["async", "sync"]:
        title = "Comparison of Synchronous and Asynchronous SGD"
        axes.set(xlabel=axis.label, ylabel="Average Runtime per Iteration", title=title)
        return
    if len(strategies) == 1:
        title = f"{kind.capitalize()} of {label(strategies[0])}"
    else:
        title = "Comparison of Strategies" if kind == RUNTIME else "Throughput of Strategies"
    axes.set(xlabel=axis.label, ylabel=QUANTITIES[kind], title=heading(title, common))
