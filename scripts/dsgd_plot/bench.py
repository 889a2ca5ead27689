"""Throughput of the engines, as dsgd bench measured it."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .legend import Layout, add_legend
from .results import Row, count, name_of, number, require
from .style import curve_style, markers, marks_alone, new_figure, scale_positions

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

RATES = ("draws_per_second", "draws_per_second_slowest", "draws_per_second_fastest")
COLUMNS = ("engine", "device", "workers", "iterations", *RATES, "ceiling_fraction", "machine_share")
RUNS = "slowest to fastest run"
BUSY_SHARE = 0.95  # of the processor: below it dsgd bench warns too
NONE: frozenset[int] = frozenset()


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


Curves = dict[tuple[str, str, int], list[Measurement]]  # by engine, device and what else differs


def to_measurement(row: Row) -> Measurement:
    """The measurement of a row, checked."""
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
    """Of all rows, at least one."""
    if not rows:
        raise ValueError("it has no measurement")
    return [to_measurement(row) for row in rows]


@dataclass(frozen=True)
class Panel:
    """One of the figure's axes: a curve for each engine, and for each value of what is not on its axis."""

    field: str  # of a measurement: its position
    label: str
    other: str  # field that tells curves apart
    symbol: str  # of that
    values: frozenset[int]  # of that, which have curves of their own; the others share one

    def key(self, each: Measurement) -> tuple[str, str, int]:
        """The same for all measurements of a curve."""
        value = getattr(each, self.other)
        return each.engine, each.device, value if value in self.values else 0

    def curves(self, measurements: list[Measurement]) -> Curves:
        curves: dict[tuple[str, str, int], list[Measurement]] = {}
        for each in measurements:
            curves.setdefault(self.key(each), []).append(each)
        return {key: sorted(curve, key=self.position) for key, curve in curves.items()}

    def position(self, each: Measurement) -> int:
        return getattr(each, self.field)


def choose_panels(measurements: list[Measurement]) -> list[Panel]:
    """Over workers where these vary, and over iterations where these do at one number of workers.

    Iterations that dsgd bench chose itself differ at every number of workers, and mean nothing."""
    iterations_at, workers_at = defaultdict(set), defaultdict(set)
    for each in measurements:
        iterations_at[each.workers].add(each.iterations)
        workers_at[each.iterations].add(each.workers)
    several = frozenset(m for m, iterations in iterations_at.items() if len(iterations) > 1)
    shared = frozenset(n for n, workers in workers_at.items() if len(workers) > 1)
    panels = []
    if len(iterations_at) > 1 or not several:
        panels.append(Panel("workers", "Number of Workers (m)", "iterations", "n", shared if several else NONE))
    if several:
        panels.append(Panel("iterations", "Iterations of a Run (n)", "workers", "m", several))
    return panels


def draw(measurements: list[Measurement]) -> Figure:
    """Throughput over workers, over iterations, or side by side over both."""
    panels = choose_panels(measurements)
    drawn = []  # of each panel
    for panel in panels:
        curves = panel.curves(measurements)
        if panel.field == "iterations":  # those at other numbers of workers have one position alone
            curves = {key: curve for key, curve in curves.items() if key[2]}
        drawn.append(curves)
    ceilings = list(
        dict.fromkeys(ceiling_of(each.engine) for each in measurements if math.isfinite(each.ceiling))
    )
    fullest = max(([*labels(panel, curves), *ceilings] for panel, curves in zip(panels, drawn)), key=len)
    layout = Layout.of(fullest)
    figure = new_figure(1 + 7 * len(panels), 5 + layout.height)
    for i, (panel, curves) in enumerate(zip(panels, drawn), 1):
        axes = figure.add_subplot(1, len(panels), i)
        draw_panel(axes, panel, curves)
        add_legend(axes, layout, (*ceilings, RUNS))
    title = "Throughput of the Engines"
    sizes = {each.workers for each in measurements}
    if len(sizes) == 1 and panels[0].field == "iterations":
        title += f", m = {max(sizes)}"
    share = min(each.machine_share for each in measurements)
    if share < BUSY_SHARE:
        title += f"\n(the machine was busy: a probe got {100 * share:.0f} % of its processor time)"
    if len(panels) == 1:
        axes.set_title(title)
    else:
        figure.suptitle(title, fontsize="large")
    return figure


def ceiling_of(engine: str) -> str:
    """What the legend calls it."""
    return f"ceiling of {engine}"


def labels(panel: Panel, curves: Curves) -> list[str]:
    """What is told apart: engines on their devices, and what else differs."""
    names_value = len({value for _, _, value in curves}) > 1
    return [
        f"{engine} ({device})" + (f", {panel.symbol} = {value:,}" if names_value and value else "")
        for engine, device, value in curves
    ]


def draw_panel(axes: Axes, panel: Panel, curves: Curves) -> None:
    """Both axes are logarithmic."""
    marker_of = markers(list(dict.fromkeys(engine for engine, _, _ in curves)))
    for i, (text, ((engine, _, _), curve)) in enumerate(zip(labels(panel, curves), curves.items())):
        draw_curve(axes, panel, curve, curve_style(i) | {"marker": marker_of[engine]}, text)
    drawn = [each for curve in curves.values() for each in curve]
    if not scale_positions(axes, [panel.position(each) for each in drawn]):
        axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set(xlabel=panel.label, ylabel="Draws per Second")
    axes.grid(True, alpha=0.5)


def draw_curve(axes: Axes, panel: Panel, curve: list[Measurement], style: dict[str, str], text: str) -> None:
    """Medians with the slowest and fastest run, and the ceiling where it is known."""
    x, rate = [panel.position(each) for each in curve], [each.rate for each in curve]
    axes.plot(x, rate, markersize=5, linewidth=1.2, label=text, **style)
    below, above = [each.rate - each.slowest for each in curve], [each.fastest - each.rate for each in curve]
    axes.errorbar(
        x, rate, [below, above], fmt="none", ecolor="black", elinewidth=0.9, capsize=3.5, label=RUNS
    )
    ceiling = [each.ceiling for each in curve]
    if any(map(math.isfinite, ceiling)):
        label = ceiling_of(curve[0].engine)
        dashes = {"color": style["color"], "linewidth": 1.2} | marks_alone(ceiling)
        axes.plot(x, ceiling, "--", label=label, **dashes)
