"""Names at the right ends of curves, where too many share a strategy and its colour to be told apart by a legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FEW = 3  # curves of one strategy that need no names
SHORT = 10  # characters that fit beside the axes


@dataclass(frozen=True)
class Tag:
    """A name at the end of a curve."""

    axes: Axes
    text: str
    x: float  # where the curve ends
    y: float
    color: str


def tagged(families: Sequence[str], labels: Sequence[str], own: Sequence[str]) -> tuple[list[str], list[str]]:
    """Names at the ends of curves, empty where there is none, and labels for the legend: where such names would be
    long, both are numbered. @param families  strategies of the curves. @param own  what tells those of one apart"""
    many = [list(families).count(family) > FEW for family in families]
    if all(len(text) <= SHORT for text, each in zip(own, many) if each):
        return [text if each else "" for text, each in zip(own, many)], list(labels)
    ends: list[str] = []
    numbered: list[str] = []
    for label, each in zip(labels, many):
        number = str(sum(map(bool, ends)) + 1) if each else ""
        ends.append(number)
        numbered.append(f"{number}: {label}" if each else label)
    return ends, numbered


def add_tags(tags: Sequence[Tag], size: float) -> None:
    """Writes names beside their axes. @pre axes have their final height. @param size  of the font, points"""
    for axes in dict.fromkeys(tag.axes for tag in tags):
        add_tags_beside(axes, [tag for tag in tags if tag.axes is axes], size)


def add_tags_beside(axes: Axes, tags: Sequence[Tag], size: float) -> None:
    """The one above the other, a thin line to each curve. What finds no room is left to the legend."""
    from matplotlib.lines import Line2D

    points = axes.get_window_extent().height / axes.figure.dpi * 72
    step = 1.15 * size / points  # of the axes' height
    places = axes.transAxes.inverted().transform(axes.transData.transform([(tag.x, tag.y) for tag in tags]))
    order = sorted(range(len(tags)), key=lambda i: places[i][1])
    every = -(-len(order) // max(int(1 / step), 1))
    order = order[:: every or 1]
    for i, y in zip(order, spread([places[i][1] for i in order], step)):
        text: dict[str, Any] = {"size": size, "color": tags[i].color, "va": "center", "transform": axes.transAxes}
        axes.text(1.02, y, tags[i].text, **text)
        leader = Line2D([places[i][0], 1.015], [places[i][1], y], color=tags[i].color, linewidth=0.4)
        leader.set(transform=axes.transAxes, clip_on=False, in_layout=False)
        axes.add_line(leader)


def spread(wanted: Sequence[float], step: float) -> list[float]:
    """Ascending places within 0 to 1, each a step above the last. Those that would be nearer to each other stand
    around the middle of what they want. @pre there is room for all"""
    groups: list[list[float]] = []  # of each: the lowest place, how many stand there
    for place in wanted:
        groups.append([place, 1])
        while len(groups) > 1 and groups[-2][0] + groups[-2][1] * step > groups[-1][0]:
            (low, count), (above, more) = groups[-2:]
            lowest = (low * count + (above - count * step) * more) / (count + more)
            groups[-2:] = [[lowest, count + more]]
    places = [low + i * step for low, count in groups for i in range(int(count))]
    bottom = step / 2
    for i, place in enumerate(places):
        places[i] = bottom = max(place, bottom)
        bottom += step
    top = 1 - step / 2
    for i in range(len(places) - 1, -1, -1):
        places[i] = top = min(places[i], top)
        top -= step
    return places
