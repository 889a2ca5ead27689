"""Legends below what they explain: as many columns as fit, and never more than a fifth of the figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .naming import plain, printable
from .palette import NOTE_COLOR
from .texts import Ruler

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.legend import Legend

SHARE = 0.19  # of a figure's height, that a legend may take
MARGIN = 0.1  # inches, at either side
HANDLE = 3.5  # font sizes that an entry's handle and gaps take


def entries_of(panels: Sequence[Axes], last: Sequence[str]) -> dict[str, Any]:
    """One entry for each label; those named last stand last, as they belong to all curves."""
    handles: dict[str, list[Any]] = {}
    for axes in panels:
        for handle, label in zip(*axes.get_legend_handles_labels()):
            handles.setdefault(label, []).append(handle)
    after = {label: common(handles.pop(label)) for label in last if label in handles}
    return {**{label: each[0] for label, each in handles.items()}, **after}


def common(handles: Sequence[Any]) -> Any:
    """What stands for all of them: the first, without its colour where theirs differ."""
    from matplotlib.collections import PolyCollection
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    first = handles[0]
    if isinstance(first, PolyCollection) and len({tuple(each.get_facecolor()[0]) for each in handles}) > 1:
        return Patch(color=NOTE_COLOR, alpha=0.4, linewidth=0)
    if isinstance(first, Patch) and len({each.get_facecolor() for each in handles}) > 1:
        return Patch(color=NOTE_COLOR, linewidth=0)
    if isinstance(first, Line2D) and len({each.get_color() for each in handles}) > 1:
        size: dict[str, Any] = {"markersize": first.get_markersize(), "linestyle": first.get_linestyle()}
        return Line2D([], [], color=NOTE_COLOR, marker=first.get_marker(), **size)
    return first


def named(entries: dict[str, Any], most: int, kept: int) -> dict[str, Any]:
    """At most so many entries: of curves that are not named, the number is. @param kept  entries at the end
    that stay"""
    from matplotlib.lines import Line2D

    if len(entries) <= most:
        return entries
    items = list(entries.items())
    curves, after = items[: len(items) - kept], items[len(items) - kept :]
    shown = max(most - kept - 1, 0)
    more = (f"and {len(curves) - shown} more, not named here", Line2D([], [], linestyle="none"))
    return dict([*curves[:shown], more, *after])


class LegendMaker:
    """Makes legends of entries until one fits."""

    def __init__(self, figure: Figure, ruler: Ruler, entries: dict[str, Any], kept: int, size: float) -> None:
        self.figure, self.ruler, self.size, self.kept = figure, ruler, size, kept
        self.width = figure.get_figwidth() - 2 * MARGIN
        room = self.width - HANDLE * size / 72
        entries = {printable(label): handle for label, handle in entries.items()}
        self.entries = {ruler.fit(label, size, room): handle for label, handle in entries.items()}
        if len(self.entries) < len(entries):  # two have become alike
            texts = [f"{i}: {label}" for i, label in enumerate(entries, 1)]
            self.entries = {ruler.fit(text, size, room): each for text, each in zip(texts, entries.values())}

    def make(self, most_height: float) -> tuple[Legend | None, float]:
        """The legend of most entries that is no higher, and its height in inches."""
        if not self.entries:
            return None, 0.0
        most = len(self.entries)
        while True:
            legend, columns = self.widest(named(self.entries, most, self.kept))
            height = self.extent(legend).height / self.figure.dpi
            if height <= most_height or most <= self.kept + 1:
                return legend, height
            rows = -(-most // columns)
            fitting = min(int(rows * most_height / height), rows - 1)
            most = max(fitting * columns, self.kept + 1)
            legend.remove()

    def widest(self, entries: dict[str, Any]) -> tuple[Legend, int]:
        """The legend of as many columns as fit, and how many those are."""
        narrowest = min(self.ruler.width(label, self.size) for label in entries) + HANDLE * self.size / 72
        for columns in range(max(min(len(entries), int(self.width / narrowest)), 1), 0, -1):
            legend = self.figure.legend(
                entries.values(),
                [plain(label) for label in entries],
                loc="lower center",
                ncol=columns,
                fontsize=self.size,
                frameon=False,
                borderaxespad=0,
                columnspacing=1.4,
                handletextpad=0.6,
            )
            if columns == 1 or self.extent(legend).width / self.figure.dpi <= self.width:
                return legend, columns
            legend.remove()
        raise AssertionError("a legend has at least one column")

    def extent(self, legend: Legend) -> Any:
        """The legend's box, in pixels."""
        return legend.get_window_extent(self.ruler.renderer)
