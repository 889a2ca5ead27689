"""Results as figures of matplotlib. What draws them also draws those of `dsgd sweep --plot` and `dsgd fit --plot`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

from .drawing.axis import LABELS
from .drawing.curves import RUNTIME, THROUGHPUT, draw_on, label_axes
from .drawing.design import Design
from .drawing.failure import Failure
from .drawing.fit import draw as draw_fit
from .drawing.legend import entries_of
from .drawing.points import to_point, with_mean
from .drawing.race import draw as draw_race
from .drawing.style import EXACT, INTERVAL

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


def plot(document: dict[str, Any], ax: Optional[Axes], kind: str, x: str, unit: str) -> Axes:
    """See Result.plot."""
    if kind not in (RUNTIME, THROUGHPUT):
        raise ValueError(f"kind {kind!r} is unknown: give {RUNTIME} or {THROUGHPUT}")
    if x not in ("auto", *LABELS):
        raise ValueError(f"x {x!r} is unknown: give auto, {', '.join(LABELS)}")
    points = with_mean([to_point(point) for point in document["points"]])
    design = Design(unit=unit)
    own = ax is None
    if ax is None:
        from matplotlib import pyplot

        ax = pyplot.subplots(layout="constrained")[1]
    try:
        drawn = draw_on(ax, points, kind, x, design, scaled=own)
    except Failure as failure:
        raise ValueError(str(failure)) from None
    title = label_axes(ax, drawn.axis, kind, drawn.names, design)
    entries = entries_of([ax], (INTERVAL, EXACT))
    ax.legend(entries.values(), entries.keys())
    if own:
        ax.set_title(title)
        ax.grid(True, alpha=0.5)
    return ax


def plot_fit(document: dict[str, Any], unit: str, title: Optional[str], width: Optional[float]) -> Figure:
    """See FitResult.plot."""
    import matplotlib

    with matplotlib.rc_context():  # the figure has its own settings; those of others stay
        return draw_fit(document, Design(unit=unit, title=title, width=width))


def plot_race(rows: list[dict[str, Any]], unit: str, title: Optional[str], width: Optional[float]) -> Figure:
    """See RaceResult.plot."""
    import matplotlib

    with matplotlib.rc_context():  # the figure has its own settings; those of others stay
        return draw_race(rows, Design(unit=unit, title=title, width=width))
