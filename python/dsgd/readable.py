"""Numbers as people read them."""

from __future__ import annotations

import math
from typing import Optional


def readable(value: Optional[float], digits: int = 5) -> str:
    """A number with so many significant digits, zeros at its end included; empty where it is absent."""
    if value is None:
        return ""
    return "infinite" if math.isinf(value) else f"{value:#.{digits}g}".rstrip(".")


def percent(share: float, digits: int = 3) -> str:
    """A share of a whole in per cent; "< 100 %" where so many digits would be those of the whole."""
    text = f"{100 * share:.{digits}g}"
    return f"{'< 100' if share < 1 and float(text) >= 100 else text} %"


def digits_of_mean(mean: Optional[float], standard_error: Optional[float]) -> int:
    """As many digits as the standard error lets a mean have, and one more."""
    if not mean or not standard_error:
        return 5
    return min(12, max(3, 2 + math.ceil(math.log10(abs(mean) / standard_error))))
