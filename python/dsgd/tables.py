"""A result as a table that people read: as text, and as HTML in a notebook."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Optional

if TYPE_CHECKING:
    from .result import Point, Result

MOST_ROWS = 60  # of which the first and the last half are shown
HEADERS = ("law", "strategy", "workers", "mean", "95 % interval", "exact mean", "z", "gradients per time")


def readable(value: Optional[float], digits: int = 5) -> str:
    """A number with so many significant digits, zeros at its end included; empty where it is absent."""
    return "" if value is None else f"{value:#.{digits}g}".rstrip(".")


def cells(point: Point) -> tuple[str, ...]:
    """A row: the mean has as many digits as its standard error lets it have, and one more."""
    digits = 5
    if point.mean and point.standard_error:
        digits = min(12, max(3, 2 + math.ceil(math.log10(abs(point.mean) / point.standard_error))))
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


def layout(result: Result) -> tuple[list[str], list[str], list[Sequence[str]]]:
    """What all rows share, the headers of what they do not, and the rows; an empty row stands for those left out."""
    rows = [cells(point) for point in result]
    same = [len(rows) > 1 and len({row[i] for row in rows}) == 1 for i in range(len(HEADERS))]
    empty = [all(not row[i] for row in rows) for i in range(len(HEADERS))]
    common = [f"{HEADERS[i]}: {rows[0][i]}" for i in range(len(HEADERS)) if same[i] and not empty[i]]
    iterations = {point.iterations for point in result}
    if iterations:
        low, high = min(iterations), max(iterations)
        common.append(f"iterations: {low}" if low == high else f"iterations: {low} to {high}")
    kept = [i for i in range(len(HEADERS)) if not same[i] and not empty[i]]
    if len(rows) > MOST_ROWS:
        half = MOST_ROWS // 2
        rows = [*rows[:half], ("",) * len(HEADERS), *rows[-half:]]
    return common, [HEADERS[i] for i in kept], [[row[i] for i in kept] for row in rows]


def left_out(result: Result) -> list[str]:
    """Lines below the table."""
    lines = [f"{len(result) - MOST_ROWS} of {len(result)} points are not shown"] if len(result) > MOST_ROWS else []
    if not result.complete:
        lines.append("stopped before all was done")
    return lines + list(result.notes)


def text_table(result: Result) -> str:
    """Columns with two spaces between them; what is the same in all rows stands above."""
    common, headers, rows = layout(result)
    texts = [name in ("law", "strategy") for name in headers]
    widths = [max(map(len, column)) for column in zip(headers, *rows)]

    def line(row: Sequence[str]) -> str:
        padded = (c.ljust(w) if left else c.rjust(w) for c, w, left in zip(row, widths, texts))
        return "  ".join(padded).rstrip() if any(row) else "..."

    return "\n".join([", ".join(common), line(headers), *map(line, rows), *left_out(result)])


def html_table(result: Result) -> str:
    """The same for a notebook."""
    common, headers, rows = layout(result)

    def line(row: Sequence[str], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{html.escape(cell) or ('' if any(row) else '…')}</{tag}>" for cell in row) + "</tr>"

    body = "".join(line(row, "td") for row in rows)
    notes = "".join(f"<div>{html.escape(note)}</div>" for note in left_out(result))
    return (
        f"<div>{html.escape(', '.join(common))}</div>"
        f"<table><thead>{line(headers, 'th')}</thead><tbody>{body}</tbody></table>{notes}"
    )
