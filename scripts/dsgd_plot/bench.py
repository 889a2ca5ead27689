"""Throughput of the engines, as dsgd bench measured it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .results import Row, count, name_of, number, require
from .style import (
    add_legend,
    curve_style,
    is_crowded,
    legend_height,
    markers,
    new_figure,
    scale_positions,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

RATES = ("draws_per_second", "draws_per_second_slowest", "draws_per_second_fastest")
COLUMNS = ("engine", "device", "workers", "iterations", *RATES, "ceiling_fraction", "machine_share")
RUNS = "slowest to fastest run"
BUSY_SHARE = 0.95  # of the processor: below it dsgd bench warns too


@dataclass(frozen=True)
class Measurement:
    """Throughput of an engine, in draws per second."""

    engine: str
    device: str
    workers: int
    iterations: int
    rate: float  # median
    slowest: float
    fastest: float
    ceiling: float  # NaN where none is known
    machine_share: float  # of the processor that a probe between the runs got


def to_measurement(row: Row) -> Measurement:
    require(row, COLUMNS)
    rate, slowest, fastest = (number(row, column) for column in RATES)
    if not 0 < slowest <= rate <= fastest:
        names = ", ".join(RATES)
        raise ValueError(f"{names} are {rate}, {slowest}, {fastest}: no median between its ends, above 0")
    fraction, share = number(row, "ceiling_fraction"), number(row, "machine_share")
    if fraction <= 0:
        raise ValueError(f"ceiling_fraction is {fraction}, not above 0")
    if math.isnan(share):
        raise ValueError("machine_share is absent")
    workers, iterations = count(row, "workers"), count(row, "iterations")
    engine, device = name_of(row, "engine"), name_of(row, "device")
    return Measurement(engine, device, workers, iterations, rate, slowest, fastest, rate / fraction, share)


def to_measurements(rows: list[Row]) -> list[Measurement]:
    if not rows:
        raise ValueError("it has no measurement")
    return [to_measurement(row) for row in rows]


def draw(measurements: list[Measurement]) -> Figure:
    """Over iterations where these vary at one number of workers, else over workers."""
    cells = {(each.engine, each.device, each.workers) for each in measurements}
    over_iterations = len({(*curve_key(each, True), each.iterations) for each in measurements}) > len(cells)
    curves: dict[tuple[str, str, int], list[Measurement]] = {}
    for each in measurements:
        curves.setdefault(curve_key(each, over_iterations), []).append(each)
    sizes = {workers for _, _, workers in curves}

    ceilings = {
        engine
        for (engine, _, _), curve in curves.items()
        if any(math.isfinite(each.ceiling) for each in curve)
    }
    entries = len(curves) + len(ceilings)
    figure = new_figure(8, 5 + legend_height(entries))
    axes = figure.add_subplot()
    marker_of = markers(list(dict.fromkeys(engine for engine, _, _ in curves)))
    for i, ((engine, device, workers), curve) in enumerate(curves.items()):
        text = f"{engine} ({device})" + (f", m = {workers}" if len(sizes) > 1 else "")
        draw_curve(axes, curve, over_iterations, curve_style(i) | {"marker": marker_of[engine]}, text)

    if not scale_positions(axes, [position(each, over_iterations) for each in measurements]):
        axes.set_xscale("log")
    axes.set_yscale("log")
    label_axes(axes, measurements, over_iterations, sizes)
    axes.grid(True, alpha=0.5)
    add_legend(axes, is_crowded(entries), (RUNS,))
    return figure


def curve_key(each: Measurement, over_iterations: bool) -> tuple[str, str, int]:
    return each.engine, each.device, each.workers if over_iterations else 0


def position(each: Measurement, over_iterations: bool) -> int:
    return each.iterations if over_iterations else each.workers


def draw_curve(
    axes: Axes, curve: list[Measurement], over_iterations: bool, style: dict[str, str], text: str
) -> None:
    """Medians with the slowest and fastest run, and the ceiling where it is known."""
    curve = sorted(curve, key=lambda each: position(each, over_iterations))
    x, rate = [position(each, over_iterations) for each in curve], [each.rate for each in curve]
    axes.plot(x, rate, markersize=5, linewidth=1.2, label=text, **style)
    below, above = [each.rate - each.slowest for each in curve], [each.fastest - each.rate for each in curve]
    axes.errorbar(
        x, rate, [below, above], fmt="none", ecolor="black", elinewidth=0.9, capsize=3.5, label=RUNS
    )
    ceiling = [each.ceiling for each in curve]
    if any(map(math.isfinite, ceiling)):
        axes.plot(
            x, ceiling, "--", color=style["color"], linewidth=1.2, label=f"ceiling of {curve[0].engine}"
        )


def label_axes(axes: Axes, measurements: list[Measurement], over_iterations: bool, sizes: set[int]) -> None:
    title = "Throughput of the Engines" + (
        f", m = {max(sizes)}" if over_iterations and len(sizes) == 1 else ""
    )
    share = min(each.machine_share for each in measurements)
    if share < BUSY_SHARE:
        title += f"\n(the machine was busy: a probe got {100 * share:.0f} % of its processor time)"
    axes.set(
        xlabel="Iterations of a Run" if over_iterations else "Number of Workers (m)",
        ylabel="Draws per Second",
        title=title,
    )
