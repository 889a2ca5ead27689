"""Values of a document as texts, whatever is in their place."""

from __future__ import annotations

import math
import re
from typing import Any

from ..readable import percent, readable

Row = dict[str, Any]


def plain(value: float | None, digits: int = 5) -> str:
    """A number with so many significant digits; large ones without an exponent, as far as they are read at a glance."""
    if value is not None and 10**digits <= abs(value) < 1e9:
        return f"{float(f'{value:.{digits}g}'):.0f}"
    return readable(value, digits)


def number_of(row: Row, key: str) -> float | None:
    """A finite number, or None where the document has none. @throws ValueError for anything else"""
    value = row.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise ValueError(f"{key} is {value!r:.40}, not a finite number")
    return float(value)


def text_of(row: Row, key: str) -> str:
    """A text. @throws ValueError for anything else"""
    value = row.get(key)
    if not isinstance(value, str):
        raise ValueError(f"{key} is {value!r:.40}, not a text")
    return value


def rows_of(document: Row, key: str) -> list[Row]:
    """A list of objects. @throws ValueError for anything else"""
    rows = document.get(key)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError(f"its {key} are no list of objects")
    return rows


def law_text(law: str) -> str:
    """A law as people read it: of a file's hash, the first digits."""
    return re.sub(r"(sha256=[0-9a-f]{12})[0-9a-f]+", r"\1", law)


def share(value: float | None) -> str:
    """In per cent."""
    return "" if value is None else percent(value)


def interval(low: float | None, high: float | None, digits: int = 4) -> str:
    """A 95 % interval in brackets, with a blank before them; empty where an end is absent."""
    return "" if low is None or high is None else f" (95 %: {plain(low, digits)} to {plain(high, digits)})"


def counted(count: int, thing: str) -> str:
    """1 worker, 2 workers."""
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def with_unit(value: str, unit: str) -> str:
    """A value with its unit, where it has one."""
    return f"{value} {unit}" if unit else value


def per_unit(unit: str) -> str:
    """How gradients per time are counted."""
    return f"per {unit}" if unit else "per unit of time"
