"""What figures of curves share: which points a line may join, and scales."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .design import Design
from .failure import EXIT_USAGE, Failure
from .palette import EXACT_COLOR

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

INTERVAL, EXACT = "95 % interval", "exact"
WIDE_RANGE = 200  # largest / smallest from which an axis is logarithmic
DENSE = 1 / 40  # of the axis: points so near each other hide nothing between them


def breaks(positions: Sequence[float], logarithmic: bool) -> list[bool]:
    """For each point but the first: must no line lead to it? A line would show values that nobody computed, but
    between neighbours such as 7 and 8 workers there is nothing, and between dense points nothing to see.
    Two or fewer of more points are no line. @param positions  ascending"""
    places = [math.log(each) for each in positions] if logarithmic else list(positions)
    near = DENSE * (places[-1] - places[0])
    apart = []
    for i in range(1, len(places)):
        neighbours = positions[i] - positions[i - 1] == 1 and float(positions[i]).is_integer()
        apart.append(not neighbours and places[i] - places[i - 1] > near)
    ends = [0, *(i for i, each in enumerate(apart, 1) if each), len(places)]
    for start, end in zip(ends, ends[1:]):
        if end - start == 2 < len(places):
            apart[start] = True
    return apart


def broken(values: Sequence[float], apart: Sequence[bool]) -> list[float]:
    """The values with a gap where no line may lead on."""
    result = list(values[:1])
    for value, each in zip(values[1:], apart):
        result += [math.nan, value] if each else [value]
    return result


def alone(values: Sequence[float]) -> list[int]:
    """Places of values without a neighbour, of which a line would draw nothing."""
    there = [False, *map(math.isfinite, values), False]
    return [i for i in range(len(values)) if there[i + 1] and not there[i] and not there[i + 2]]


def exact_style(values: Sequence[float], design: Design) -> dict[str, Any]:
    """How matplotlib draws exact values: as thin dashes, and as crosses where they have no neighbour."""
    lonely = alone(values)
    joined = len(lonely) < sum(map(math.isfinite, values))
    marks = {"marker": "x", "markersize": 0.75 * design.mark_size, "markevery": lonely} if lonely else {}
    style = {"color": EXACT_COLOR, "linestyle": "--" if joined else "none", "zorder": 3}
    return style | marks | {"linewidth": 0.6 * design.line_width, "markeredgewidth": 0.6 * design.line_width}


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


def is_logarithmic(letter: str, values: Sequence[float], design: Design, fitting: bool) -> bool:
    """Is the axis logarithmic? As the user says, or else where it is fitting. @param letter  x or y"""
    if design.log == "auto":
        return fitting
    if letter not in design.log:
        return False
    if min(values) <= 0:
        raise Failure(
            EXIT_USAGE, f"--log {design.log}: a value on the {letter} axis is {min(values):g}, not above 0"
        )
    return True


def scale_positions(axes: Axes, positions: Sequence[float], design: Design, always: bool = False) -> bool:
    """Sets the scale of the horizontal axis: whole numbers, or a logarithm. @return is it a logarithm?
    @param always  is it one whatever the positions, unless the user says otherwise?"""
    ratio = geometric_ratio(positions)
    if not is_logarithmic("x", positions, design, always or ratio > 0 or is_wide(positions)):
        locator: Any = axes.xaxis.get_major_locator()  # one of Matplotlib's MaxNLocator: the axis is linear
        whole = all(float(each).is_integer() for each in positions)
        locator.set_params(integer=True, min_n_ticks=1 if whole else 2)  # else there would be 7.6 workers beside 8
        return False
    power_of_ten = not ratio or (set(str(ratio)[1:]) == {"0"} and str(ratio)[0] == "1")
    axes.set_xscale("log", base=10 if power_of_ten else ratio)  # 10^4 reads better than 100^2
    if ratio and max(positions) <= 4096:  # more would not fit beside each other
        ticks = sorted(set(positions))
        write_out(axes.xaxis, ticks[:: math.ceil(len(ticks) / (1.8 * design.inches))])
    else:
        write_between_powers(axes.xaxis, positions)
    return True


def scale_values(axes: Axes, values: Sequence[float], design: Design, fitting: bool) -> None:
    """Sets the scale of the vertical axis. @param fitting  is it a logarithm where the user names none?"""
    if is_logarithmic("y", values, design, fitting):
        axes.set_yscale("log")
        write_between_powers(axes.yaxis, values)


def write_between_powers(axis: Axis, values: Sequence[float]) -> None:
    """Plain numbers between the powers of ten, where these alone would be too few. Very large and very small
    values keep the powers, which are shorter."""
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

    low, high = min(values), max(values)
    if high > 1000 * low or high > 2000 or low < 0.001:
        return
    axis.set_major_locator(LogLocator(base=10, subs=(1, 2, 5) if high > 10 * low else (1, 2, 3, 4, 6, 8)))
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axis.set_minor_formatter(NullFormatter())


def write_out(axis: Axis, ticks: list[float]) -> None:
    """Ticks with plain numbers, where a logarithmic axis would have powers."""
    from matplotlib.ticker import NullLocator

    axis.set_ticks(ticks, labels=[f"{tick:g}" for tick in ticks])
    axis.set_minor_locator(NullLocator())


def interval_bars(design: Design) -> dict[str, Any]:
    """How matplotlib draws intervals as bars."""
    width = 0.7 * design.line_width
    return {"fmt": "none", "ecolor": "black", "elinewidth": width, "capthick": width, "capsize": 0.3 * design.font_size}
