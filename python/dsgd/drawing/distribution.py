"""Distributions of the runtime: what was observed beside the exact density, a panel for each point."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .axis import Curve
from .bins import Bin, total
from .curve_names import CurveNames
from .design import Design
from .failure import EXIT_USAGE, Failure
from .page import Page
from .palette import EXACT_COLOR, STRATEGIES, owned
from .points import Point
from .span import Span, parts_of, span_of
from .spec import name_in
from .style import EXACT, is_logarithmic

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST = 6  # panels of a figure
PANEL, ROW_OF_ONE, ROW_OF_TWO = 0.55, 0.45, 0.34  # heights of a panel alone and of rows, figure widths
ROOM = 1.15  # times the highest bar, that an axis has where a note stands above it
CLEAR = {"facecolor": "white", "alpha": 0.8, "edgecolor": "none", "pad": 1.5}  # below a note, over a line of the mean
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
    span = span_of(point, design)
    bars, singles = parts_of(point, span)
    counts = total(point.bins)
    color, marker = owned(name_in(point.strategy), STRATEGIES)
    axes.grid(True, alpha=0.5)
    panels = [axes]
    if bars:
        draw_density(axes, bars, counts, span, color, design)
        axes.set_ylabel(f"Probability Density (1 / {design.unit or 'unit'})")
    if singles:
        right = axes.twinx() if bars else axes
        panels = [axes, right] if bars else panels
        if not bars and is_logarithmic("x", [each.low for each in singles], design, False):
            axes.set_xscale("log")
        draw_singles(right, singles, counts, color, marker, design)
    if bars:
        axes.set(xscale="log" if span.log_x else "linear", xlim=span.limits)
    if math.isfinite(point.mean):
        axes.axvline(point.mean, color="black", linestyle=":", linewidth=design.line_width, label=MEAN)
    if bars:
        note_beyond(panels, point.bins, span, design)


def draw_density(axes: Axes, bars: list[Bin], counts: int, span: Span, color: str, design: Design) -> None:
    """Observed and exact densities of the same bars, so that they agree where the probabilities do."""
    heights = [each.count / counts / (each.high - each.low) for each in bars]
    axes.fill_between(*steps(bars, heights), color=color, alpha=0.45, linewidth=0, label=OBSERVED)
    axes.plot(*steps(bars, heights), color=color, linewidth=0.7 * design.line_width)
    if any(math.isfinite(each.expected) for each in bars):
        exact = [each.expected / (each.high - each.low) for each in bars]
        axes.plot(*steps(bars, exact), "--", color=EXACT_COLOR, linewidth=0.8 * design.line_width, label=EXACT)
    if span.log_y:
        axes.set_yscale("log")
        axes.set_ylim(bottom=0.5 * min(height for height in heights if height > 0))
    else:
        axes.set_ylim(bottom=0)


def note_beyond(panels: Sequence[Axes], bins: Sequence[Bin], span: Span, design: Design) -> None:
    """Says how much lies beyond the axis, above all that is drawn. @param panels  that share their place"""
    beyond = sum(each.count for each in bins if each.low >= span.end and each.high > span.end)
    if not beyond:
        return
    for axes in panels:
        axes.set_ylim(top=ROOM * axes.get_ylim()[1])
    note = f"{100 * beyond / total(bins):.2g} % beyond, up to {whole_digits(bins[-1].high)}"
    place: dict[str, Any] = {"transform": panels[-1].transAxes, "ha": "right", "va": "top", "fontsize": 0.85 * design.font_size}
    panels[-1].text(0.98, 0.96, note, bbox=CLEAR, **place)


def whole_digits(value: float) -> str:
    """A value with four digits, and with all before its point as far as they are read at a glance."""
    return f"{value:.{len(str(int(value))) if 1e4 <= value < 1e9 else 4}g}"


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


def draw_singles(axes: Axes, singles: list[Bin], counts: int, color: str, marker: str, design: Design) -> None:
    """Single values have a probability, not a density."""
    x = [each.low for each in singles]
    height = [each.count / counts for each in singles]
    axes.vlines(x, 0, height, color=color, linewidth=1.5 * design.line_width)
    axes.plot(x, height, marker, color=color, markersize=design.mark_size, label=ATOM)
    expected = [each.expected for each in singles]
    if any(map(math.isfinite, expected)):
        marks: dict[str, Any] = {"color": EXACT_COLOR, "markersize": 2.5 * design.mark_size, "markeredgewidth": design.line_width}
        axes.plot(x, expected, "_", label=EXACT_ATOM, **marks)
    axes.set(ylabel="Probability", ylim=(0, 1.08 * max(height + [each for each in expected if each > 0])))

