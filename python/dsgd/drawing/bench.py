"""Throughput of the engines, as dsgd bench measured it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from .design import Design
from .page import Page
from .palette import ENGINES, Look, looks
from .results import Row, count, name_of, number, require
from .style import alone, breaks, broken, interval_bars, scale_positions, scale_values
from .tags import Tag, tagged

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

RATES = ("draws_per_second", "draws_per_second_slowest", "draws_per_second_fastest")
COLUMNS = ("engine", "device", "workers", "iterations", *RATES, "ceiling_fraction", "machine_share")
RUNS = "slowest to fastest run"
BUSY_SHARE = 0.95  # of the processor: below it dsgd bench warns too
HEIGHT = 0.58  # of the panels, figure widths
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
    """The measurements of all rows, at least one."""
    if not rows:
        raise ValueError("it has no measurement")
    return [to_measurement(row) for row in rows]


@dataclass(frozen=True)
class Panel:
    """One of the figure's axes: a curve for each engine, and for each value of what is not on its axis."""

    field: Literal["workers", "iterations"]  # of a measurement: its position
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
        return each.workers if self.field == "workers" else each.iterations


def choose_panels(measurements: list[Measurement]) -> list[Panel]:
    """Over workers where these vary, and over iterations where these do for one engine at one number of workers.

    Iterations that dsgd bench chose itself differ among engines and numbers of workers, and mean nothing."""
    iterations_at, workers_at = defaultdict(set), defaultdict(set)
    for each in measurements:
        iterations_at[each.engine, each.device, each.workers].add(each.iterations)
        workers_at[each.iterations].add(each.workers)
    several = frozenset(m for (*_, m), iterations in iterations_at.items() if len(iterations) > 1)
    shared = frozenset(n for n, workers in workers_at.items() if len(workers) > 1)
    panels = []
    if len({each.workers for each in measurements}) > 1 or not several:
        panels.append(Panel("workers", "Number of Workers (m)", "iterations", "n", shared if several else NONE))
    if several:
        panels.append(Panel("iterations", "Iterations of a Run (n)", "workers", "m", several))
    return panels


def draw(measurements: list[Measurement], design: Design = Design()) -> Figure:
    """Throughput over workers, over iterations, or side by side over both."""
    panels = choose_panels(measurements)
    curves = [panel.curves(measurements) for panel in panels]
    if panels[-1].field == "iterations":  # those at other numbers of workers have one position alone
        curves[-1] = {key: curve for key, curve in curves[-1].items() if key[2]}
    look_of = iter(looks([engine for each in curves for engine, _, _ in each], ENGINES))
    figure = design.new_figure()
    rows, columns = (len(panels), 1) if design.inches < 5 else (1, len(panels))
    tags: list[Tag] = []
    for i, (panel, each) in enumerate(zip(panels, curves), 1):
        axes = figure.add_subplot(rows, columns, i)
        tags += draw_panel(axes, panel, each, [next(look_of) for _ in each], design)
    ceilings = [ceiling_of(each.engine) for each in measurements if math.isfinite(each.ceiling)]
    sizes = {each.workers for each in measurements}
    title = "Throughput of the Engines"
    if len(sizes) == 1 and panels[0].field == "iterations":
        title += f", m = {max(sizes)}"
    share = min(each.machine_share for each in measurements)
    busy = f"The machine was busy: a probe got {100 * share:.0f} % of its processor time."
    page = Page(title, "", (*dict.fromkeys(ceilings), RUNS), [busy] if share < BUSY_SHARE else [], tags)
    page.finish(figure, figure.axes, design, HEIGHT * rows * design.inches)
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


def draw_panel(axes: Axes, panel: Panel, curves: Curves, looks: Sequence[Look], design: Design) -> list[Tag]:
    """Both axes are logarithmic unless the user says otherwise. @return names at the curves' ends"""
    drawn = [each for curve in curves.values() for each in curve]
    logarithmic = scale_positions(axes, [panel.position(each) for each in drawn], design, always=True)
    scale_values(axes, [each.rate for each in drawn], design, True)
    engines = [engine for engine, _, _ in curves]
    own = [f"{panel.symbol} = {value:,}" if value else device for _, device, value in curves]
    ends, names = tagged(engines, labels(panel, curves), own)
    tags = []
    for look, name, end, curve in zip(looks, names, ends, curves.values()):
        draw_curve(axes, panel, curve, look, name, design, logarithmic)
        if end:
            tags.append(Tag(axes, end, panel.position(curve[-1]), curve[-1].rate, look.color))
    axes.set(xlabel=panel.label, ylabel="Draws per Second")
    axes.grid(True, alpha=0.5)
    return tags


def draw_curve(
    axes: Axes,
    panel: Panel,
    curve: list[Measurement],
    look: Look,
    name: str,
    design: Design,
    logarithmic: bool,
) -> None:
    """Medians with the slowest and fastest run, and the ceiling where it is known."""
    x, rate = [panel.position(each) for each in curve], [each.rate for each in curve]
    apart = [each and not design.join for each in breaks(x, logarithmic)]
    style = look.marks(design.mark_size) | {"linestyle": "none" if all(apart) else look.line}
    axes.plot(broken(x, apart), broken(rate, apart), linewidth=design.line_width, label=name, **style)
    below, above = [each.rate - each.slowest for each in curve], [each.fastest - each.rate for each in curve]
    axes.errorbar(x, rate, [below, above], **interval_bars(design), label=RUNS)
    ceiling = broken([each.ceiling for each in curve], apart)
    if any(map(math.isfinite, ceiling)):
        marks: dict[str, Any] = {"marker": "_", "markersize": 2.5 * design.mark_size, "markevery": alone(ceiling)}
        style = {"color": look.color, "linewidth": design.line_width, "linestyle": "none" if all(apart) else "--"}
        axes.plot(broken(x, apart), ceiling, label=ceiling_of(curve[0].engine), **style, **marks)
