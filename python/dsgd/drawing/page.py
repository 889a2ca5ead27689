"""A figure's page: the title above its panels, the legend and what is left out below them, nothing cut."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .design import Design
from .legend import MARGIN, SHARE, LegendMaker, entries_of
from .palette import NOTE_COLOR
from .tags import Tag, add_tags
from .texts import Ruler, height

Rectangle = tuple[float, float, float, float]  # left, bottom, right, top, in parts of a figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TITLE, COMMON, NOTE = "title", "common", "note"  # ids of the texts
TITLE_LINES, COMMON_LINES, NOTE_LINES = 2, 2, 3
TITLE_SIZE, SMALL = 1.15, 0.85  # font sizes
TALLER = 1.8  # times the height that its panels want, that a figure may have for its legend
LAYOUTS = 6  # most; they settle sooner
BETWEEN = 0.7  # font sizes, at least, between labels of ticks
GAP = 0.06  # inches between the parts


@dataclass
class Page:
    """What stands around the panels."""

    title: str
    common: str = ""  # what all curves share
    last: tuple[str, ...] = ()  # entries of the legend that belong to all curves
    notes: list[str] = field(default_factory=list)  # what is left out
    tags: list[Tag] = field(default_factory=list)

    def finish(self, figure: Figure, panels: Sequence[Axes], design: Design, panels_height: float) -> None:
        """Sets the figure's height and puts everything in its place. @param panels_height  inches"""
        ruler, size = Ruler(figure), design.font_size
        room = design.inches - 2 * MARGIN
        if design.title is not None:
            self.title = design.title
        texts = {
            TITLE: (ruler.wrap(self.title, TITLE_SIZE * size, room, TITLE_LINES), TITLE_SIZE * size),
            COMMON: (ruler.wrap(self.common, SMALL * size, room, COMMON_LINES), SMALL * size),
            NOTE: (ruler.wrap(" ".join(self.notes), SMALL * size, room, NOTE_LINES), SMALL * size),
        }
        heights = {key: height(*text) for key, text in texts.items()}
        around = sum(heights.values()) + 3 * GAP
        entries = entries_of(figure.axes, self.last)
        kept = sum(label in entries for label in self.last)
        maker = LegendMaker(figure, ruler, entries, kept, SMALL * size)
        legend, legend_height = maker.make(SHARE * TALLER * (panels_height + around))
        full = max(panels_height + around + legend_height, legend_height / SHARE)
        figure.set_size_inches(design.inches, full)

        above = heights[TITLE] + heights[COMMON] + GAP
        below = heights[NOTE] + GAP
        center: dict[str, Any] = {"ha": "center", "va": "top", "linespacing": 1.15}
        for key, top in ((TITLE, full - GAP / 2), (COMMON, full - GAP / 2 - heights[TITLE]), (NOTE, heights[NOTE])):
            text, points = texts[key]
            if text:
                color = NOTE_COLOR if key == NOTE else "black"
                figure.text(0.5, top / full, text, size=points, color=color, gid=key, **center)
        if legend is not None:
            legend.set_bbox_to_anchor((0.5, below / full))
            below += legend_height + GAP
        part = (0, below / full, 1, 1 - above / full)
        layout = Layout(figure, panels, ruler, size, part)
        layout.settle()
        if self.tags:
            add_tags(self.tags, SMALL * size)
            layout.settle()


class Layout:
    """Places of panels in a part of a figure. Labels and titles longer than their axis go on lines that are not."""

    def __init__(
        self, figure: Figure, panels: Sequence[Axes], ruler: Ruler, size: float, part: Rectangle
    ) -> None:
        self.figure, self.panels, self.ruler, self.size, self.part = figure, panels, ruler, size, part
        self.labels = [each for axes in panels for each in (axes.title, axes.xaxis.label, axes.yaxis.label)]
        self.texts = [label.get_text() for label in self.labels]
        self.lengths = [math.inf] * len(self.labels)

    def settle(self) -> None:
        """Lays the panels out until they stay: lines of labels and other ticks make axes smaller again."""
        before = None
        for _ in range(LAYOUTS):
            self.figure.tight_layout(pad=0.5, rect=self.part)
            now = [round(edge, 3) for axes in self.panels for edge in axes.get_position().bounds]
            did_fit = self.wrap_labels()
            if self.space_ticks() and did_fit and now == before:
                return
            before = now

    def space_ticks(self) -> bool:
        """Fewer ticks where their labels nearly touch: Matplotlib counts on short ones. @return were all apart?"""
        from matplotlib.ticker import MaxNLocator

        were_apart = True
        for axes in self.panels:
            locator = axes.xaxis.get_major_locator()
            if not isinstance(locator, MaxNLocator):
                continue
            low, high = sorted(axes.get_xlim())
            shown = [text for text in axes.get_xticklabels() if low <= text.get_position()[0] <= high and text.get_text()]
            boxes = sorted((text.get_window_extent(self.ruler.renderer) for text in shown), key=lambda box: box.x0)
            least = BETWEEN * self.size / 72 * self.ruler.dpi
            if any(after.x0 - before.x1 < least for before, after in zip(boxes, boxes[1:])):
                locator.set_params(nbins=max(len(boxes) - 2, 1))
                were_apart = False
        return were_apart

    def wrap_labels(self) -> bool:
        """@return did all labels fit?"""
        did_fit = True
        for i, (label, text) in enumerate(zip(self.labels, self.texts)):
            axes = self.panels[i // 3]
            box = axes.get_window_extent(self.ruler.renderer)
            length = (box.height if label is axes.yaxis.label else box.width) / self.ruler.dpi
            self.lengths[i] = min(self.lengths[i], length)  # else two layouts may follow each other for ever
            wrapped = self.ruler.wrap(text, self.size, self.lengths[i], 3)
            did_fit = did_fit and wrapped == label.get_text()
            label.set_text(wrapped)
        return did_fit
