"""Does the best point stand at an end of what was tried? What lies beyond that end may then be better still."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ..drawing.spec import name_in, parameter, without
from ..drawing.spec import workers_of as count_of
from .points import MOST_LAWS, best_row, workers_of
from .quantity import Row, law_text, text_of
from .section import Check

GIVEN = ("communication",)  # keys whose value is given, and which nobody chooses
OF_WORKERS = ("k", "spare", "stragglers")  # keys whose value may be a share of the workers
# The least and the greatest values that the program takes; a key without any is not bound.
LEAST = {"k": 1, "spare": 0, "stragglers": 0, "staleness": 0, "steps": 1, "time": 0, "after": 0, "share": 0, "factor": 0}
GREATEST = {"staleness": 10**6, "steps": 1024, "share": 1}
# Strategies that do the same as another one with a value of a key, of m workers.
EQUAL: Mapping[tuple[str, str], Mapping[str, Callable[[int], int]]] = {
    ("backup", "spare"): {"sync": lambda m: 0, "fastest": lambda m: m - 1},
    ("k-sync", "k"): {"sync": lambda m: m, "fastest": lambda m: 1},
    ("gradient-coding", "stragglers"): {"sync": lambda m: 0},
    ("k-async", "k"): {"async": lambda m: 1, "sync": lambda m: m},
    ("k-batch-async", "k"): {"async": lambda m: 1},
    ("ssp", "staleness"): {"sync": lambda m: 0},
    ("local-sgd", "steps"): {"sync": lambda m: 1},
}


def of_best_points(rows: Sequence[Row]) -> list[Check]:
    """Checks of the point with the most gradients per time, for each of few laws."""
    laws = list(dict.fromkeys(text_of(row, "law") for row in rows))
    found = []
    for law in laws[:MOST_LAWS]:
        own = [row for row in rows if row["law"] == law]
        best = best_row(own)
        if best is not None:
            found += at_ends(own, best, f"Under {law_text(law)} the best point" if len(laws) > 1 else "The best point")
    return found


def at_ends(rows: Sequence[Row], best: int, who: str = "The best point") -> list[Check]:
    """Checks of the workers and of each key of the best point's strategy: has it the least or the greatest value of those that
    were tried with all else alike, though there are more? @param rows  points of one law. @param who  the best one is called"""
    row = rows[best]
    sizes = sorted({workers_of(each) for each in rows})
    found = []
    if len(sizes) > 1 and workers_of(row) == sizes[-1]:
        found.append(Check(f"{who} has the most workers that were tried ({sizes[-1]}): more may be better still."))
    if len(sizes) > 1 and workers_of(row) == sizes[0] > 1:
        found.append(Check(f"{who} has the fewest workers that were tried ({sizes[0]}): fewer may be better still."))
    own = [text_of(each, "strategy") for each in rows if workers_of(each) == workers_of(row)]
    for key in keys_of(text_of(row, "strategy")):
        found += at_end(own, text_of(row, "strategy"), key, workers_of(row), who)
    return found


def keys_of(strategy: str) -> list[str]:
    """Keys of a strategy that one chooses."""
    keys = [part.partition("=")[0] for part in strategy.split(":")[1:] if "=" in part]
    return [key for key in keys if key not in GIVEN]


def at_end(strategies: Sequence[str], best: str, key: str, workers: int, who: str) -> list[Check]:
    """Checks of one key. @param strategies  that were tried with as many workers"""
    tried = {}
    for each in strategies:
        value = value_of(each, key, workers) if without(each, (key,)) == without(best, (key,)) else None
        if value is not None:
            tried[value] = parameter(each, key)
    own = value_of(best, key, workers)
    if own is None or len(tried) < 2:
        return []
    equal = EQUAL.get((name_in(best), key), {})
    values = sorted({*tried, *(to_value(workers) for name, to_value in equal.items() if name in strategies)})
    least, greatest = limits(name_in(best), key, workers)
    ends = f"{tried[min(tried)]} to {tried[max(tried)]}"
    if own == values[0] and own > least:
        return [Check(f"{who}, {best}, has the least value of {key} that was tried ({ends}): a smaller one may be better still.", True)]
    if own == values[-1] and own < greatest:
        return [Check(f"{who}, {best}, has the greatest value of {key} that was tried ({ends}): a greater one may be better still.", True)]
    return []


def value_of(strategy: str, key: str, workers: int) -> float | None:
    """The number behind a key's text; None where there is none."""
    text = parameter(strategy, key)
    try:
        if text is None:
            return None
        if key in OF_WORKERS:
            return count_of(text, workers)
        return float(text[:-1]) / 100 if text.endswith("%") else float(text)
    except ValueError:
        return None


def limits(name: str, key: str, workers: int) -> tuple[float, float]:
    """The least and the greatest value that a key of a strategy can have."""
    greatest: float = GREATEST.get(key, float("inf"))
    if key in ("spare", "stragglers"):
        greatest = workers - 1
    if key == "k" and not name.startswith("k-batch"):
        greatest = workers
    return LEAST.get(key, float("-inf")), greatest
