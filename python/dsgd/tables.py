"""Results as tables that people read: as text, and as HTML in a notebook."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .readable import digits_of_mean, readable

if TYPE_CHECKING:
    from .exact_result import ExactResult
    from .result import Point, Result

MOST_ROWS = 60  # of which the first and the last half are shown
HEADERS = ("law", "strategy", "workers", "mean", "95 % interval", "exact mean", "z", "gradients per time")
EXACT_HEADERS = ("law", "strategy", "workers", "mean", "sd", "gradients per time")
WORDS = ("law", "strategy")  # columns of text


@dataclass(frozen=True)
class Table:
    """What all rows share, the headers of what they do not, the rows, and lines below; an empty row stands for those left out."""

    above: list[str]
    headers: list[str]
    rows: list[Sequence[str]]
    below: list[str]

    def text(self) -> str:
        """Columns with two spaces between them; what is the same in all rows stands above."""
        widths = [max(map(len, column)) for column in zip(self.headers, *self.rows)]

        def line(row: Sequence[str]) -> str:
            padded = (c.ljust(w) if name in WORDS else c.rjust(w) for c, w, name in zip(row, widths, self.headers))
            return "  ".join(padded).rstrip() if any(row) else "..."

        return "\n".join([", ".join(self.above), line(self.headers), *map(line, self.rows), *self.below])

    def html(self) -> str:
        """The same for a notebook."""

        def line(row: Sequence[str], tag: str) -> str:
            return "<tr>" + "".join(f"<{tag}>{html.escape(cell) or ('' if any(row) else '…')}</{tag}>" for cell in row) + "</tr>"

        body = "".join(line(row, "td") for row in self.rows)
        notes = "".join(f"<div>{html.escape(note)}</div>" for note in self.below)
        return (
            f"<div>{html.escape(', '.join(self.above))}</div>"
            f"<table><thead>{line(self.headers, 'th')}</thead><tbody>{body}</tbody></table>{notes}"
        )


def table_of(headers: Sequence[str], rows: list[tuple[str, ...]], above: Sequence[str] = (), below: Sequence[str] = ()) -> Table:
    """Takes out what is the same in all rows, or absent from all, and rows in the middle of many."""
    same = [len(rows) > 1 and len({row[i] for row in rows}) == 1 for i in range(len(headers))]
    empty = [all(not row[i] for row in rows) for i in range(len(headers))]
    common = [f"{headers[i]}: {rows[0][i]}" for i in range(len(headers)) if same[i] and not empty[i]]
    kept = [i for i in range(len(headers)) if not same[i] and not empty[i]]
    hidden = [f"{len(rows) - MOST_ROWS} of {len(rows)} points are not shown"] if len(rows) > MOST_ROWS else []
    if hidden:
        half = MOST_ROWS // 2
        rows = [*rows[:half], ("",) * len(headers), *rows[-half:]]
    return Table([*common, *above], [headers[i] for i in kept], [[row[i] for i in kept] for row in rows], [*hidden, *below])


def sweep_table(result: Result) -> Table:
    """The points of a sweep."""
    iterations = sorted({point.iterations for point in result})
    above = [f"iterations: {iterations[0]}" + (f" to {iterations[-1]}" if len(iterations) > 1 else "")] if iterations else []
    stopped = [] if result.complete else ["stopped before all was done"]
    return table_of(HEADERS, [cells(point) for point in result], above, [*stopped, *result.notes])


def cells(point: Point) -> tuple[str, ...]:
    """A row: the mean has as many digits as its standard error lets it have, and one more."""
    digits = digits_of_mean(point.mean, point.standard_error)
    interval = f"{readable(point.ci95_low, digits)} to {readable(point.ci95_high, digits)}" if point.ci95_low is not None else ""
    return (
        point.law,
        point.strategy,
        str(point.workers),
        readable(point.mean, digits) or "infinite",
        interval,
        readable(point.expected, max(5, digits)),
        "" if point.z is None else f"{point.z:+.1f}",
        readable(point.throughput, digits),
    )


def exact_table(result: ExactResult) -> Table:
    """Exact values of points."""
    probabilities = list(dict.fromkeys(p for point in result for p in point.quantiles))
    rows = [
        (
            point.law,
            point.strategy,
            str(point.workers),
            readable(point.mean, 8),
            readable(point.standard_deviation, 8),
            readable(point.throughput, 8),
            *(readable(point.quantiles[p], 8) for p in probabilities),
        )
        for point in result
    ]
    return table_of([*EXACT_HEADERS, *(f"q{p:g}" for p in probabilities)], rows, below=result.notes)
