"""Legends: within the axes where they are short, else below them, and never taller than what they explain."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WITHIN = 3  # most curves of a legend within the axes
ONE_COLUMN = 8  # most curves of a legend in one column
ROWS = 8  # of a legend in several
CHARACTERS = 100  # that a row has room for, those of handles and gaps included
HANDLE = 8  # characters that an entry's handle and gap take


@dataclass(frozen=True)
class Layout:
    """Of a legend for some curves, after which stand entries that belong to all of them."""

    below: bool  # the axes, which keep their height?
    columns: int
    most: int  # entries in all
    height: float  # inches that a figure needs below its axes

    @staticmethod
    def of(names: Sequence[str], others: int = 2) -> Layout:
        """For curves of these names. @param others  most of the entries that come after them"""
        entries = len(names) + others
        if len(names) <= WITHIN:
            return Layout(False, 1, entries, 0.0)
        if len(names) <= ONE_COLUMN:
            return Layout(True, 1, entries, 0.25 * entries)
        longest = max(map(len, names))
        columns = min(max(CHARACTERS // (longest + HANDLE), 1), 4)
        most = min(entries, columns * max(ROWS, others + 2))
        return Layout(True, columns, most, 0.25 * math.ceil(most / columns))


def add_legend(axes: Axes, layout: Layout, last: Sequence[str]) -> None:
    """One entry for each label; those named last stand last, as they belong to all curves. Of more curves than
    there is room for, the legend says how many."""
    from matplotlib.lines import Line2D

    entries: dict[str, Any] = dict(zip(*reversed(axes.get_legend_handles_labels())))
    after = {label: entries.pop(label) for label in last if label in entries}
    unnamed = len(entries) + len(after) - layout.most
    if unnamed > 0:
        unnamed += 1  # in whose place stands how many there are
        entries = dict(list(entries.items())[:-unnamed])
        entries[f"and {unnamed} more"] = Line2D([], [], linestyle="none")
    entries.update(after)
    place = {"loc": "upper center", "bbox_to_anchor": (0.5, -0.12)} if layout.below else {}
    axes.legend(entries.values(), entries.keys(), ncol=layout.columns, **place)
