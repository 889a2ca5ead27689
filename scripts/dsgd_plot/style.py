"""What all figures share: colours, scales, and equal bytes for equal results."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

# The notebook's two, and others that stay apart under each form of colour blindness: by at least 22 in CIELAB
# (simulated as in Machado, Oliveira, Fernandes, IEEE TVCG 2009). Markers tell curves apart as well.
COLORS = ("#1f77b4", "#ff7f0e", "#332288", "#8c564b", "#56b4e9", "#999999", "#7f0000")
LINES = ("-", "-.", ":")  # for each further round of colours
MARKERS = {"sync": "o", "async": "s"}
OTHER_MARKERS = "^DvPX*<>"
INTERVAL, EXACT = "95 % interval", "exact"
WIDE_RANGE = 200  # largest / smallest from which an axis is logarithmic


def new_figure(width: float, height: float) -> Figure:
    """An empty figure, in inches, whatever the user's own settings."""
    import matplotlib
    from matplotlib.figure import Figure

    matplotlib.rcdefaults()
    matplotlib.rcParams["svg.hashsalt"] = "dsgd"
    return Figure(figsize=(width, height), dpi=160, layout="constrained")


def curve_style(index: int) -> dict[str, str]:
    """Colour and line of a curve by its number from 0: 21 differ."""
    rounds, color = divmod(index, len(COLORS))
    return {"color": COLORS[color], "linestyle": LINES[rounds % len(LINES)]}


def markers(names: Sequence[str]) -> dict[str, str]:
    """The notebook's markers, and one more for each further name."""
    others = [name for name in names if name not in MARKERS]
    return MARKERS | {name: OTHER_MARKERS[i % len(OTHER_MARKERS)] for i, name in enumerate(others)}


def marks_alone(values: Sequence[float]) -> dict[str, Any]:
    """Marks of a line for values without a neighbour, of which it would draw nothing; none where none is."""
    there = [False, *map(math.isfinite, values), False]
    alone = [i for i in range(len(values)) if there[i + 1] and not there[i] and not there[i + 2]]
    return {"marker": "_", "markersize": 14, "markevery": alone} if alone else {}


def is_wide(values: Sequence[float]) -> bool:
    """Would a linear axis press most of them together?"""
    return min(values) > 0 and max(values) / min(values) > WIDE_RANGE


def geometric_ratio(values: Sequence[float]) -> int:
    """The ratio of positive values such as 1, 2, 4, 8; else 0."""
    steps = sorted(set(values))
    if len(steps) < 3 or steps[0] <= 0 or steps[-1] < 8 * steps[0]:
        return 0
    ratio = steps[1] / steps[0]
    even = all(after == ratio * before for before, after in zip(steps, steps[1:]))
    return int(ratio) if even and ratio.is_integer() else 0


def scale_positions(axes: Axes, positions: Sequence[float]) -> bool:
    """Sets the scale of the horizontal axis: whole numbers, or a logarithm. @return is it a logarithm?"""
    ratio = geometric_ratio(positions)
    if ratio:
        power_of_ten = set(str(ratio)[1:]) == {"0"} and str(ratio)[0] == "1"
        axes.set_xscale("log", base=10 if power_of_ten else ratio)  # 10^4 reads better than 100^2
        if max(positions) <= 4096:  # more would not fit beside each other
            write_out(axes.xaxis, sorted(set(positions)))
    elif is_wide(positions):
        axes.set_xscale("log")
    else:
        axes.xaxis.get_major_locator().set_params(integer=True)
        return False
    return True


def write_out(axis: Axis, ticks: list[float]) -> None:
    """Ticks with plain numbers, where a logarithmic axis would have powers."""
    from matplotlib.ticker import NullLocator

    axis.set_ticks(ticks, labels=[f"{tick:g}" for tick in ticks])
    axis.set_minor_locator(NullLocator())
