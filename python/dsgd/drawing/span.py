"""What part of a distribution an axis shows, and what is drawn there: bars of a density, or single values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .bins import Bin, Scale, merge, quantile, total, widen
from .design import Design
from .points import Point
from .style import is_logarithmic

BARS = 50  # at most, over what is shown
TAIL = 0.999  # quantile at which a linear axis may end
HEAVY = 50  # times the median: where the tail's quantile is larger, both axes are logarithmic
MARGIN = 0.03  # of a linear axis, at either side


@dataclass(frozen=True)
class Span:
    """From the least runtime to the end of what is shown, on axes that may be logarithmic."""

    lowest: float
    end: float
    log_x: bool
    log_y: bool

    @property
    def scale(self) -> Scale:
        """The scale of the horizontal axis."""
        return Scale(lambda x: math.log(max(x, self.lowest)), math.exp) if self.log_x else Scale()

    @property
    def bar(self) -> float:
        """The least width of a bar, between places."""
        return (self.scale.place(self.end) - self.scale.place(self.lowest)) / BARS

    @property
    def limits(self) -> tuple[float, float]:
        """Ends of the horizontal axis."""
        if self.log_x:
            return self.lowest, self.end
        margin = MARGIN * (self.end - self.lowest)
        return (0 if 0 <= self.lowest < 0.1 * self.end else self.lowest - margin), self.end + margin


def span_of(point: Point, design: Design) -> Span:
    """All runtimes, single values among them; of a thin tail, that is far from all others, the end is left out."""
    bins = point.bins
    positive = [each.low for each in bins if each.low > 0]
    nothing_at_zero = not any(each.is_atom and each.low <= 0 for each in bins)
    end = shown_end(bins)
    far = quantile(bins, TAIL) > HEAVY * quantile(bins, 0.5) or point.mean > end
    heavy = bool(positive) and nothing_at_zero and far
    least = [max(positive, default=0), *(each.low for each in bins if each.is_atom)]
    log_x, log_y = is_logarithmic("x", least, design, heavy), is_logarithmic("y", [1], design, heavy)
    return Span(positive[0] if log_x else bins[0].low, bins[-1].high if log_x else end, log_x, log_y)


def shown_end(bins: tuple[Bin, ...]) -> float:
    """Where a linear axis ends: at the end of the bins, unless a thin tail would take a fifth of it."""
    end = quantile(bins, TAIL)
    return end if bins[-1].high > 1.25 * end else bins[-1].high


def parts_of(point: Point, span: Span) -> tuple[list[Bin], list[Bin]]:
    """Bars of a density, and single values. Among single values, as measured times have them, a bin narrower than a bar
    and apart from all others is one, too, at its middle: its density would be a needle that tells nothing. The same
    holds where most of all runtimes are in such bins. @return bars, none of which has a count where there are none"""
    singles = [each for each in point.bins if each.is_atom]
    bars = merge([each for each in point.bins if not each.is_atom], span.bar, span.scale)
    bars = widen(bars, span.bar, span.scale)
    needles = [each for i, each in enumerate(bars) if is_needle(bars, i, span)]
    if singles or 2 * total(needles) > total(point.bins):
        bars = [each for each in bars if each not in needles]
        middles = [0.5 * (each.low + each.high) for each in needles]
        singles = sorted([*singles, *(replace(each, low=at, high=at) for each, at in zip(needles, middles))], key=lambda each: each.low)
    return (bars if total(bars) else []), singles


def is_needle(bars: Sequence[Bin], place: int, span: Span) -> bool:
    """Is a bar too narrow to be seen as one, with nothing beside it?"""
    each = bars[place]
    touches = (place > 0 and bars[place - 1].high == each.low) or (place + 1 < len(bars) and bars[place + 1].low == each.high)
    return not touches and span.scale.width(each) < span.bar
