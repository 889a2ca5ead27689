"""Distributions of the runtime: what was observed beside the exact density, a panel for each point."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .axis import Curve
from .bins import Bin, Scale, merge, quantile, total, widen
from .curve_names import CurveNames
from .design import Design
from .failure import EXIT_USAGE, Failure
from .page import Page
from .palette import EXACT_COLOR, STRATEGIES, owned
from .points import Point
from .spec import name_in
from .style import EXACT, is_logarithmic

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST = 6  # panels of a figure
PANEL, ROW_OF_ONE, ROW_OF_TWO = 0.55, 0.45, 0.34  # heights of a panel alone and of rows, figure widths
BARS = 50  # at most, over what is shown
TAIL = 0.999  # quantile at which a linear axis may end
HEAVY = 50  # times the median: where the tail's quantile is larger, both axes are logarithmic
OBSERVED, ATOM, EXACT_ATOM, MEAN = "observed", "observed single value", "exact single value", "mean"


def draw(
    points: list[Point],
    communication: str = "",
    design: Design = Design(),
    notes: Sequence[str] = (),
) -> Figure:
    """@pre points are at least one, and have distributions. @param notes  what is left out"""
    if len(points) > MOST:
        raise Failure(
            EXIT_USAGE,
            f"--kind distribution: {len(points)} points have one (a figure holds {MOST}): choose some with "
            "plot.py --points 1,2, or sweep fewer",
        )
    names = CurveNames.of([Curve(point.strategy, point.law, point.workers) for point in points])
    columns = 1 if len(points) == 1 or design.inches < 5 else 2
    rows = math.ceil(len(points) / columns)
    figure = design.new_figure()
    panels = [figure.add_subplot(rows, columns, i) for i in range(1, len(points) + 1)]
    for axes, point, label in zip(panels, points, names.labels):
        if len(points) > 1:
            axes.set_title(label)
        draw_panel(axes, point, design)
    for axes in panels[-columns:]:  # the lowest of each column
        axes.set_xlabel(design.with_unit("Runtime of an Iteration"))
    title = "Distribution of the Runtime" + (f" of {names.strategy}" if names.strategy else "")
    height = (PANEL if rows == columns == 1 else rows * (ROW_OF_ONE if columns == 1 else ROW_OF_TWO)) * design.inches
    page = Page(title, names.common(communication), (OBSERVED, EXACT, ATOM, EXACT_ATOM, MEAN), list(notes))
    page.finish(figure, panels, design, height)
    return figure


def draw_panel(axes: Axes, point: Point, design: Design) -> None:
    """One point: a density of what lies in bins, probabilities of single values, the mean."""
    bins = [each for each in point.bins if not each.is_atom]
    atoms = [each for each in point.bins if each.is_atom]
    counts = total(point.bins)
    color, marker = owned(name_in(point.strategy), STRATEGIES)
    axes.grid(True, alpha=0.5)
    if any(each.count for each in bins):
        draw_density(axes, point, bins, color, design)
        axes.set_ylabel(f"Probability Density (1 / {design.unit or 'unit'})")
    if atoms:
        right = axes.twinx() if axes.get_ylabel() else axes
        if right is axes and is_logarithmic("x", [each.low for each in atoms], design, False):
            axes.set_xscale("log")
        draw_atoms(right, atoms, counts, color, marker, design)
    if math.isfinite(point.mean):
        axes.axvline(point.mean, color="black", linestyle=":", linewidth=design.line_width, label=MEAN)


def draw_density(axes: Axes, point: Point, bins: list[Bin], color: str, design: Design) -> None:
    """Observed and exact densities of the same bars, so that they agree where the probabilities do."""
    positive = [each.low for each in bins if each.low > 0]
    heavy = bool(positive) and quantile(point.bins, TAIL) > HEAVY * quantile(point.bins, 0.5)
    log_x = is_logarithmic("x", [max(positive, default=0)], design, heavy)
    log_y = is_logarithmic("y", [1], design, heavy)
    lowest = positive[0] if log_x else bins[0].low
    end = point.bins[-1].high if log_x else shown_end(point.bins)
    scale = Scale(lambda x: math.log(max(x, lowest)), math.exp) if log_x else Scale()
    width = (scale.place(end) - scale.place(lowest)) / BARS
    bars = widen(merge(bins, width, scale), width, scale)

    counts = total(point.bins)
    heights = [each.count / counts / (each.high - each.low) for each in bars]
    axes.fill_between(*steps(bars, heights), color=color, alpha=0.45, linewidth=0, label=OBSERVED)
    axes.plot(*steps(bars, heights), color=color, linewidth=0.7 * design.line_width)
    if any(math.isfinite(each.expected) for each in bars):
        exact = [each.expected / (each.high - each.low) for each in bars]
        axes.plot(*steps(bars, exact), "--", color=EXACT_COLOR, linewidth=0.8 * design.line_width, label=EXACT)
    if log_y:
        axes.set_yscale("log")
        axes.set_ylim(bottom=0.5 * min(height for height in heights if height > 0))
    else:
        axes.set_ylim(bottom=0)
    if log_x:
        axes.set(xscale="log", xlim=(lowest, end))
        return
    margin = 0.03 * (end - lowest)
    axes.set_xlim(0 if 0 <= lowest < 0.1 * end else lowest - margin, end + margin)
    beyond = sum(each.count for each in point.bins if each.low >= end)
    if beyond:
        note = f"{100 * beyond / counts:.2g} % beyond, up to {point.bins[-1].high:.3g}"
        clear = {"facecolor": "white", "alpha": 0.8, "edgecolor": "none", "pad": 1.5}
        place: dict[str, Any] = {"transform": axes.transAxes, "ha": "right", "va": "top", "fontsize": 0.85 * design.font_size}
        axes.text(0.98, 0.95, note, bbox=clear, **place)


def shown_end(bins: tuple[Bin, ...]) -> float:
    """Where a linear axis ends: at the end of the bins, unless a thin tail would take a fifth of it."""
    end = quantile(bins, TAIL)
    return end if bins[-1].high > 1.25 * end else bins[-1].high


def steps(bars: list[Bin], heights: list[float]) -> tuple[list[float], list[float]]:
    """Corners of a line along the bars' tops, at 0 in the gaps and at both ends."""
    x, y = [bars[0].low], [0.0]
    for each, height in zip(bars, heights):
        if each.low > x[-1]:
            x += [x[-1], each.low]
            y += [0.0, 0.0]
        x += [each.low, each.high]
        y += [height, height]
    return [*x, x[-1]], [*y, 0.0]


def draw_atoms(axes: Axes, atoms: list[Bin], counts: int, color: str, marker: str, design: Design) -> None:
    """Single values have a probability, not a density."""
    x = [each.low for each in atoms]
    height = [each.count / counts for each in atoms]
    axes.vlines(x, 0, height, color=color, linewidth=1.5 * design.line_width)
    axes.plot(x, height, marker, color=color, markersize=design.mark_size, label=ATOM)
    expected = [each.expected for each in atoms]
    if any(map(math.isfinite, expected)):
        marks: dict[str, Any] = {"color": EXACT_COLOR, "markersize": 2.5 * design.mark_size, "markeredgewidth": design.line_width}
        axes.plot(x, expected, "_", label=EXACT_ATOM, **marks)
    axes.set(ylabel="Probability", ylim=(0, 1.08 * max(height + [each for each in expected if each > 0])))

