"""What every figure must keep to, as checks that name what is wrong. An empty list is a good figure."""

from __future__ import annotations

import math
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgb
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from plotting import words  # before dsgd.drawing

SHARE = 0.2  # of a figure, that its title, its legend or a label may take
CONTRAST = 3.0  # of a colour against white, WCAG 2.1, success criterion 1.4.11


def contrast(color: Any) -> float:
    """Contrast of a colour against white, by the definition of WCAG."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color)]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def texts_of(figure: Any, renderer: Any) -> list[tuple[str, Any]]:
    """All texts that are shown and their boxes, legends among them as a whole."""
    found = [(f"text {each.get_text()!r}", each.get_window_extent(renderer)) for each in figure.texts]
    found += [("legend", each.get_window_extent(renderer)) for each in figure.legends]
    for axes in figure.axes:
        ticks = [tick for axis in (axes.xaxis, axes.yaxis) for tick in axis.get_ticklabels() if within(tick, axes)]
        for each in (axes.title, axes.xaxis.label, axes.yaxis.label, *axes.texts, *ticks):
            if each.get_text() and each.get_visible():
                found.append((f"label {each.get_text()!r}", each.get_window_extent(renderer)))
    return found


def within(tick: Any, axes: Any) -> bool:
    """Is a tick's label beside the visible part of its axis? Others are not drawn."""
    x, y = tick.get_position()
    low, high = sorted(axes.get_xlim() if tick in axes.get_xticklabels() else axes.get_ylim())
    place = x if tick in axes.get_xticklabels() else y
    return low <= place <= high


def cut(figure: Any) -> list[str]:
    """Texts that reach beyond the figure."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    figure.draw(renderer)
    page = figure.bbox
    return [
        name
        for name, box in texts_of(figure, renderer)
        if box.x0 < page.x0 or box.x1 > page.x1 or box.y0 < page.y0 or box.y1 > page.y1
    ]


def too_large(figure: Any) -> list[str]:
    """The title, the legend and labels that take more than a fifth of the figure."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    most = SHARE * figure.bbox.width * figure.bbox.height
    large = [name for name, box in texts_of(figure, renderer) if box.width * box.height > most]
    heights = [each.get_window_extent(renderer).height for each in figure.texts if each.get_gid() != "note"]
    if sum(heights) > SHARE * figure.bbox.height:
        large.append("title")
    large += ["legend's height" for each in figure.legends if each.get_window_extent(renderer).height > SHARE * figure.bbox.height]
    return large


def overlapping(figure: Any) -> list[str]:
    """Pairs of the title, the legend, the note and the panels that lie on each other."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    boxes = [(each.get_gid(), each.get_window_extent(renderer)) for each in figure.texts]
    boxes += [("legend", each.get_window_extent(renderer)) for each in figure.legends]
    boxes += [(f"panel {i}", each.get_tightbbox(renderer)) for i, each in enumerate(figure.axes) if not twin(each)]
    return [
        f"{first} on {second}"
        for i, (first, box) in enumerate(boxes)
        for second, other in boxes[:i]
        if box.overlaps(other)
    ]


def twin(axes: Any) -> bool:
    """Is it the second axis of a panel?"""
    return any(axes.bbox.bounds == each.bbox.bounds for each in axes.figure.axes[: axes.figure.axes.index(axes)])


def unnamed(figure: Any, curves: int, others: int) -> int:
    """How many curves the legend neither names nor counts as left out. @param others  entries of all curves"""
    entries = [text.get_text() for legend in figure.legends for text in legend.get_texts()]
    left_out = [int(text.split()[1]) for text in entries if text.startswith("and ") and "more" in text]
    return curves - (len(entries) - others - len(left_out)) - sum(left_out)


def pale(figure: Any) -> list[str]:
    """Colours of lines and texts with too little contrast; the grid is no line of the results."""
    colors = {each.get_color() for axes in figure.axes for each in axes.lines if each.get_color() != "none"}
    colors |= {text.get_color() for axes in figure.axes for text in axes.texts}
    colors |= {text.get_color() for text in figure.texts}
    return [str(color) for color in colors if contrast(color) < CONTRAST]


def leaps(axes: Any) -> list[str]:
    """Straight lines over positions that the results leave out: where more than a fortieth of the axis, and more
    than from one whole number to the next, lies between two points."""
    low, high = axes.get_xlim()
    to_place = math.log if axes.get_xscale() == "log" else float
    most = (to_place(high) - to_place(low)) / 40
    found = []
    for each in axes.lines:
        if each.get_linestyle() in ("None", "none") or each.get_transform() != axes.transData:
            continue
        points = list(zip(each.get_xdata(), each.get_ydata()))
        for (x, y), (next_x, next_y) in zip(points, points[1:]):
            if math.isfinite(x + y + next_x + next_y) and next_x - x > 1 and to_place(next_x) - to_place(x) > most:
                found.append(f"{each.get_label()} from {x:g} to {next_x:g}")
    return found


def note(figure: Any) -> str:
    """What the figure says that it leaves out."""
    return words(figure, "note")


def alike(figure: Any) -> list[str]:
    """Entries of the legend that look like another one."""
    seen: dict[tuple[object, ...], str] = {}
    found = []
    for each in figure.legends:
        for handle, text in zip(handles_of(each), each.get_texts()):
            style = style_of(handle)
            if style in seen and not text.get_text().startswith("and "):
                found.append(f"{text.get_text()} as {seen[style]}")
            seen.setdefault(style, text.get_text())
    return found


def handles_of(legend: Any) -> list[Any]:
    """The handles of its entries; Matplotlib 3.7 has renamed them."""
    return list(legend.legend_handles if hasattr(legend, "legend_handles") else legend.legendHandles)


def style_of(handle: Any) -> tuple[object, ...]:
    """Whatever tells a legend's handle apart."""
    if isinstance(handle, Line2D):
        look = (handle._dash_pattern, handle.get_linestyle(), handle.get_marker(), handle.get_fillstyle())
        marks = handle.get_marker() not in ("", "None", None) and (to_hex(handle.get_markerfacecolor()), handle.get_markersize())
        return "line", to_hex(handle.get_color()), *map(str, look), marks
    if isinstance(handle, Patch):
        return "patch", tuple(handle.get_facecolor())
    return type(handle).__name__, tuple(map(tuple, handle.get_colors() if hasattr(handle, "get_colors") else handle.get_facecolor()))
