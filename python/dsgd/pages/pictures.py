"""Pictures of points, by the drawing code that `dsgd sweep --plot` uses."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..drawing import curves, distribution
from ..drawing.axis import Axis, choose_axis, curve_key
from ..drawing.design import Design
from ..drawing.points import Point, has_mean
from ..drawing.style import is_wide
from .quantity import law_text
from .section import Picture
from .svg import WIDTH, to_svg

if TYPE_CHECKING:
    from matplotlib.figure import Figure

@dataclass(frozen=True)
class Subject:
    """What a picture shows of points."""

    kind: str  # of drawing.curves
    title: str
    better: str  # shorter or more
    value: str = ""  # what stands along the axis, where means are no runtimes
    intervals: str = "Bars or bands are 95 % intervals."


RUNTIMES = Subject(curves.RUNTIME, "Time of an update", "shorter is better")
THROUGHPUTS = Subject(curves.THROUGHPUT, "Gradients per time", "more is better")

MOST_POINTS, MOST_CURVES = 500, 24  # of a picture; more would hide each other, and make a page slow
MOST_DISTRIBUTIONS = 12
MOST_LAWS = 4  # that have pictures of their own


def design(unit: str) -> Design:
    """Pictures have no title of their own: the page has it."""
    return Design(width=WIDTH, title="", unit=unit)


def curve_pictures(
    points: Sequence[Point], prefix: str, unit: str, communication: str, notes: Sequence[str], subjects: Sequence[Subject]
) -> list[Picture]:
    """Subjects over what the points vary, of each of few laws by itself."""
    laws = list(dict.fromkeys(point.law for point in points))
    if not 1 < len(laws) <= MOST_LAWS:
        return pictures_of(points, prefix, unit, communication, notes, subjects)
    pictures = []
    for place, law in enumerate(laws, 1):
        own = [point for point in points if point.law == law]
        under = f", {law_text(law)}"
        pictures += [replace(each, title=each.title + under) for each in pictures_of(own, f"{prefix}{place}-", unit, communication, notes, subjects)]
    return pictures


def pictures_of(
    points: Sequence[Point], prefix: str, unit: str, communication: str, notes: Sequence[str], subjects: Sequence[Subject]
) -> list[Picture]:
    """A picture of all points for each subject; nothing of a single point, or where none has a mean."""
    drawn = [point for point in points if has_mean(point) and point.mean > 0]
    if len(drawn) < 2:
        return []
    axis = choose_axis(drawn)
    drawn, omitted = thinned(drawn, axis)
    pictures = []
    for subject in subjects:
        if subject.kind == curves.THROUGHPUT and not all(point.gradients > 0 for point in drawn):
            continue
        # What lies between the points that are shown was computed, too.
        own = replace(design(unit), join=bool(omitted))
        figure = curves.draw(drawn, subject.kind, axis.key, communication, own, notes, subject.value)
        over = axis.label.lower() if axis.key != "steps" else "local steps between meetings"
        intervals = subject.intervals if any(math.isfinite(point.low) for point in drawn) else ""
        sentences = (f"{subject.title} over the {over}; {subject.better}.", intervals, omitted)
        caption = " ".join(each for each in sentences if each)
        pictures.append(Picture(to_svg(figure, f"{prefix}{subject.kind}-"), subject.title, caption))
    return pictures


def thinned(points: list[Point], axis: Axis) -> tuple[list[Point], str]:
    """As many points as a picture shows: the curves with the highest throughput, sync's among them, at evenly spread
    positions. @return them, and what is left out"""
    keys = list(dict.fromkeys(curve_key(point, axis) for point in points))
    said = []
    if len(keys) > MOST_CURVES:
        highest = dict.fromkeys(keys, 0.0)
        for point in points:
            key = curve_key(point, axis)
            rate = float("inf") if point.strategy == "sync" else point.gradients / point.mean
            highest[key] = max(highest[key], rate)
        kept = set(sorted(keys, key=lambda key: -highest[key])[:MOST_CURVES])
        said.append(f"The picture has the {MOST_CURVES} best of {len(keys)} curves.")
        points = [point for point in points if curve_key(point, axis) in kept]
    if len(points) > MOST_POINTS:
        positions = sorted({axis.position(point) or 0 for point in points})
        shown = spread(positions, MOST_POINTS * len(positions) // len(points))
        said.append(f"It has {len(shown):,} of {len(positions):,} positions.")
        points = [point for point in points if (axis.position(point) or 0) in shown]
    return points, " ".join([*said, "The table has all points."] if said else said)


def spread(positions: Sequence[float], most: int) -> set[float]:
    """So many positions at most, evenly spread on the axis that the picture will have, both ends among them.
    @param positions  ascending, at least two"""
    places = list(map(math.log, positions)) if is_wide(positions) else list(positions)
    step = (places[-1] - places[0]) / max(most - 1, 1)
    kept, following = {positions[-1]}, places[0]
    for position, place in zip(positions, places):
        if place >= following:
            kept.add(position)
            following = max(following + step, place)
    return kept


def distribution_pictures(
    points: Sequence[Point], best: int | None, prefix: str, unit: str, communication: str
) -> list[Picture]:
    """The distribution of the best point's runtime, and of all others where they are few."""
    there = [row for row, point in enumerate(points) if point.bins]
    if len(there) > MOST_DISTRIBUTIONS:
        there = [row for row in there if row == best] or there[:1]
    return [distribution_picture(points[row], row, prefix, unit, communication) for row in there]


def distribution_picture(point: Point, row: int, prefix: str, unit: str, communication: str) -> Picture:
    """How often an update takes how long."""
    figure: Figure = distribution.draw([point], communication, design(unit))
    whose = f"{point.strategy}, {point.workers} workers"
    caption = f"How long single updates take under {whose}: the more often, the higher. The dotted line is the mean."
    return Picture(to_svg(figure, f"{prefix}distribution-{row}-"), f"Distribution: {whose}", caption, row)
