"""Numbers as people read them."""

from __future__ import annotations

import math
from typing import Optional


def readable(value: Optional[float], digits: int = 5) -> str:
    """A number with so many significant digits, zeros at its end included; empty where it is absent."""
    if value is None:
        return ""
    return "infinite" if math.isinf(value) else f"{value:#.{digits}g}".rstrip(".")


def digits_of_mean(mean: Optional[float], standard_error: Optional[float]) -> int:
    """As many digits as the standard error lets a mean have, and one more."""
    if not mean or not standard_error:
        return 5
    return min(12, max(3, 2 + math.ceil(math.log10(abs(mean) / standard_error))))
