"""Distributions of the runtime: what was observed beside the exact density, a panel for each point."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from .bins import Bin, Scale, merge, quantile, total, widen
from .failure import EXIT_USAGE, Failure
from .points import Point
from .spec import heading, label, shared, wrapped
from .style import COLORS, EXACT, new_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST = 6  # panels of a figure
BARS = 50  # at most, over what is shown
TAIL = 0.999  # quantile at which a linear axis may end
HEAVY = 50  # times the median: where the tail's quantile is larger, both axes are logarithmic
OBSERVED, ATOM, EXACT_ATOM, MEAN = "observed", "observed single value", "exact single value", "mean"


def draw(points: list[Point], communication: str = "") -> Figure:
    """@pre points are at least one, and have distributions"""
    if len(points) > MOST:
        raise Failure(
            EXIT_USAGE,
            f"--kind distribution: {len(points)} points have one (a figure holds {MOST}): choose some with "
            "plot.py --points 1,2, or sweep fewer",
        )
    laws = list(dict.fromkeys(point.law for point in points))
    sizes = list(dict.fromkeys(point.workers for point in points))
    columns = min(len(points), 2)
    rows = math.ceil(len(points) / columns)
    figure = new_figure(8 if columns == 1 else 11, 1.2 + (3.8 if rows == 1 else 3.3 * rows))
    grid = figure.add_gridspec(rows + 1, columns, height_ratios=[1.0] * rows + [0.01])
    panels = [figure.add_subplot(grid[i // columns, i % columns]) for i in range(len(points))]
    for axes, point in zip(panels, points):
        text = label(point.strategy, point.law * (len(laws) > 1), point.workers * (len(sizes) > 1))
        axes.set_title(wrapped(text, 60), fontsize=11)
        draw_panel(axes, point)
    figure.suptitle(heading("Distribution of the Runtime", shared(laws, sizes, communication)))

    entries = {
        text: handle for axes in figure.axes for handle, text in zip(*axes.get_legend_handles_labels())
    }
    ordered = [text for text in (OBSERVED, EXACT, ATOM, EXACT_ATOM, MEAN) if text in entries]
    below = figure.add_subplot(grid[rows, :])
    below.axis("off")
    below.legend([entries[text] for text in ordered], ordered, loc="upper center", ncol=len(ordered))
    return figure


def draw_panel(axes: Axes, point: Point) -> None:
    """One point: a density of what lies in bins, probabilities of single values, the mean."""
    bins = [each for each in point.bins if not each.is_atom]
    atoms = [each for each in point.bins if each.is_atom]
    counts = total(point.bins)
    axes.set_xlabel("Runtime of an Iteration (unit of the law)")
    axes.grid(True, alpha=0.5)
    if any(each.count for each in bins):
        draw_density(axes, point, bins, counts)
        axes.set_ylabel("Probability Density (1 / unit)")
    if atoms:
        right = axes.twinx() if axes.get_ylabel() else axes
        draw_atoms(right, atoms, counts)
    if math.isfinite(point.mean):
        axes.axvline(point.mean, color="black", linestyle=":", linewidth=1.2, label=MEAN)


def draw_density(axes: Axes, point: Point, bins: list[Bin], counts: int) -> None:
    """Observed and exact densities of the same bars, so that they agree where the probabilities do."""
    positive = [each.low for each in bins if each.low > 0]
    heavy = bool(positive) and quantile(point.bins, TAIL) > HEAVY * quantile(point.bins, 0.5)
    lowest = positive[0] if heavy else bins[0].low
    end = point.bins[-1].high if heavy else shown_end(point.bins)
    scale = Scale(lambda x: math.log(max(x, lowest)), math.exp) if heavy else Scale()
    width = (scale.place(end) - scale.place(lowest)) / BARS
    bars = widen(merge(bins, width, scale), width, scale)

    heights = [each.count / counts / (each.high - each.low) for each in bars]
    axes.fill_between(*steps(bars, heights), color=COLORS[0], alpha=0.45, linewidth=0, label=OBSERVED)
    if any(math.isfinite(each.expected) for each in bars):
        exact = [each.expected / (each.high - each.low) for each in bars]
        axes.plot(*steps(bars, exact), "--", color="black", linewidth=1.1, label=EXACT)
    if heavy:
        axes.set(xscale="log", yscale="log", xlim=(lowest, end))
        axes.set_ylim(bottom=0.5 * min(height for height in heights if height > 0))
        return
    axes.set_ylim(bottom=0)
    margin = 0.03 * (end - lowest)
    axes.set_xlim(0 if 0 <= lowest < 0.1 * end else lowest - margin, end + margin)
    beyond = sum(each.count for each in point.bins if each.low >= end)
    if beyond:
        note = f"{100 * beyond / counts:.2g} % beyond, up to {point.bins[-1].high:.3g}"
        clear = {"facecolor": "white", "alpha": 0.8, "edgecolor": "none", "pad": 1.5}
        axes.text(0.98, 0.12, note, transform=axes.transAxes, ha="right", fontsize=9, bbox=clear)


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


def draw_atoms(axes: Axes, atoms: list[Bin], counts: int) -> None:
    """Single values have a probability, not a density."""
    x = [each.low for each in atoms]
    height = [each.count / counts for each in atoms]
    axes.vlines(x, 0, height, color=COLORS[1], linewidth=2)
    axes.plot(x, height, "o", color=COLORS[1], label=ATOM)
    expected = [each.expected for each in atoms]
    if any(map(math.isfinite, expected)):
        axes.plot(x, expected, "_", color="black", markersize=14, markeredgewidth=1.2, label=EXACT_ATOM)
    axes.set(ylabel="Probability", ylim=(0, 1.08 * max(height + [each for each in expected if each > 0])))
