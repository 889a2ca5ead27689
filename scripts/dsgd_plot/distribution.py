"""Distributions of the runtime: what was observed beside the exact density, a panel for each point."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Callable

from .bins import Bin, merge, quantile, total
from .failure import EXIT_USAGE, Failure
from .points import Point
from .spec import heading, label, shared, wrapped
from .style import COLORS, EXACT, new_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST = 6  # panels of a figure
BARS = 50  # at most, over what is shown
CURVE = 150  # points of the exact density, about
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
    positive = [each.low for each in bins if each.low > 0]
    heavy = bool(positive) and quantile(point.bins, TAIL) > HEAVY * quantile(point.bins, 0.5)
    lowest = positive[0] if heavy else bins[0].low
    end = point.bins[-1].high if heavy else shown_end(point.bins)
    place: Callable[[float], float] = (lambda x: math.log(max(x, lowest))) if heavy else float
    merged = merge(bins, (place(end) - place(lowest)) / BARS, place)
    outline(axes, [(each.low, each.high, each.count / counts / (each.high - each.low)) for each in merged])

    finer = merge(bins, (place(end) - place(lowest)) / CURVE, place)  # measured delays are ragged
    if any(math.isfinite(each.expected) for each in finer):
        x, y = [], []
        for each in finer:
            wide = place(each.high) - place(each.low) > 2 * (place(end) - place(lowest)) / BARS
            centre = math.sqrt(each.low * each.high) if heavy else (each.low + each.high) / 2
            ends = [each.low, each.high] if wide else [centre]
            x += ends
            y += [each.expected / (each.high - each.low)] * len(ends)
        axes.plot(x, y, "--", color="black", linewidth=1.1, label=EXACT)
    if heavy:
        axes.set(xscale="log", yscale="log", xlim=(lowest, end))
        axes.set_ylim(
            bottom=0.5 * min(each.count / counts / (each.high - each.low) for each in merged if each.count)
        )
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


def outline(axes: Axes, bars: list[tuple[float, float, float]]) -> None:
    """Filled steps of (low, high, height), 0 in the gaps."""
    x, y = [bars[0][0]], [0.0]
    for low, high, height in bars:
        if low > x[-1]:
            x += [x[-1], low]
            y += [0.0, 0.0]
        x += [low, high]
        y += [height, height]
    x.append(x[-1])
    y.append(0.0)
    axes.fill_between(x, y, color=COLORS[0], alpha=0.45, linewidth=0, label=OBSERVED)


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
