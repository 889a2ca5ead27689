"""Colours and markers. They belong to strategies, engines and laws: each has the same in every figure."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

EXACT_COLOR = "black"
NOTE_COLOR = "#444444"

# The notebook's blue and an orange dark enough for paper lead. Each colour has a contrast of 3 or more against
# white, and under each form of colour blindness any two are at least 14 apart in CIELAB (simulated as in Machado,
# Oliveira, Fernandes, IEEE TVCG 2009). Markers tell strategies apart as well.
STRATEGIES = {
    "sync": ("#1f77b4", "o"),
    "async": ("#d45f00", "s"),
    "fastest": ("#5e2252", "v"),
    "k-sync": ("#09a17a", "^"),
    "backup": ("#7f2e09", "D"),
    "k-batch-sync": ("#c06e9d", "P"),
    "k-async": ("#3e2c7e", "<"),
    "k-batch-async": ("#2f49ab", ">"),
    "local-sgd": ("#7c9557", "X"),
    "gradient-coding": ("#725f52", "p"),
    "deadline": ("#0f4329", "h"),
    "speculate": ("#874d7b", "d"),
    "ssp": ("#b05227", "*"),
}
ENGINES = {
    "reference": ("#725f52", "o"),
    "cpu": ("#1f77b4", "s"),
    "cpu-materialized": ("#d45f00", "^"),
    "cuda": ("#09a17a", "D"),
    "cuda-materialized": ("#5e2252", "v"),
}
# In the figure of a fit, which has other curves beside these laws: the next three, and the first for what a law says.
LAWS = {
    "gamma": ("#7f2e09", ""),
    "lognormal": ("#2f49ab", ""),
    "weibull": ("#c06e9d", ""),
    "log-logistic": ("#7c9557", ""),
    "pareto": ("#725f52", ""),
    "hyperexponential": ("#0f4329", ""),
    "exponential": ("#3e2c7e", ""),
    "shifted-exponential": ("#874d7b", ""),
}
LAW_COLOR = "#1f77b4"
MODELS = (("#d45f00", "--"), ("#09a17a", "-"), ("#5e2252", ":"))  # colours and lines
FILLS = ("full", "none", "left", "bottom", "right", "top")  # of the markers
LINES = ("-", (0, (6, 1.5)), "-.", (0, (3, 1, 1, 1, 1, 1)), ":")  # plain dashes are those of exact values


@dataclass(frozen=True)
class Look:
    """How a curve is drawn. Curves of one strategy differ in how markers are filled and how large they are, as a curve may
    have no line, and in their lines."""

    color: str
    marker: str
    fill: str
    line: Any
    scale: float = 1.0  # of its markers

    def marks(self, size: float) -> dict[str, Any]:
        """Colour and marker, as matplotlib takes them."""
        size *= self.scale
        face = "white" if self.fill == "none" else self.color
        return {
            "color": self.color,
            "marker": self.marker,
            "markersize": size,
            "fillstyle": "full" if self.fill == "none" else self.fill,
            "markerfacecolor": face,
            "markerfacecoloralt": "white",
            "markeredgewidth": 0.2 * size,
        }


def owned(name: str, owners: dict[str, tuple[str, str]]) -> tuple[str, str]:
    """Colour and marker of a name; those of an unknown one depend on it alone."""
    return owners.get(name) or list(owners.values())[zlib.crc32(name.encode()) % len(owners)]


def looks(names: Sequence[str], owners: dict[str, tuple[str, str]]) -> list[Look]:
    """A look for each curve, no two alike. @param names  of the strategy, engine or law that each curve belongs to"""
    seen: dict[tuple[str, str], int] = {}
    result = []
    for name in names:
        own = owned(name, owners)
        variant = seen[own] = seen.get(own, -1) + 1
        lines, fill = divmod(variant, len(FILLS))
        line = LINES[(variant + lines) % len(LINES)]
        result.append(Look(*own, FILLS[fill], line, 1 / (1 + 0.5 * lines)))
    return result
