"""What a figure does not show of what was asked for, in its own words."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from .naming import law_name
from .points import Point, has_mean
from .results import EXACT, Results
from .spec import name_in

Predicate = Callable[[Point], bool]

MOST = 4  # strategies that are named one by one


def notes_of_means(results: Results, points: Sequence[Point]) -> list[str]:
    """What a figure of means leaves out."""
    if results.schema == EXACT:
        return ["All values are exact.", *notes(results, points, "finite mean", has_mean, {})]
    parts = {
        "exact value": lambda point: math.isfinite(point.expected),
        "95 % interval": lambda point: math.isfinite(point.low),
    }
    return notes(results, points, "mean", has_mean, parts)


def notes_of_distributions(results: Results, points: Sequence[Point]) -> list[str]:
    """What a figure of distributions leaves out."""

    def is_known(point: Point) -> bool:
        return any(math.isfinite(each.expected) for each in point.bins)

    return notes(results, points, "distribution", lambda point: bool(point.bins), {"exact distribution": is_known})


def notes(
    results: Results, points: Sequence[Point], what: str, has_value: Predicate, parts: dict[str, Predicate]
) -> list[str]:
    """Sentences about what is left out. @param what  that points without a value lack. @param parts  of a value,
    which may be absent, too"""
    sentences = []
    absent = [f"{spec} (no point of it)" for spec in absent_strategies(results.requested, points)]
    without = lacking(points, has_value)
    if absent or without:
        sentences.append("Left out: " + listed([*absent, *(f"{each} (no {what})" for each in without)]) + ".")
    shown = [point for point in points if has_value(point)]
    for name, is_there in parts.items():
        if some := lacking(shown, is_there):
            sentences.append(f"No {name}: {listed(some)}.")
    if not results.complete:
        sentences.append("The sweep was stopped early.")
    return sentences


def listed(texts: Sequence[str]) -> str:
    """The first few, and how many more there are."""
    more = [f"{len(texts) - MOST} more"] if len(texts) > MOST else []
    return "; ".join([*texts[:MOST], *more])


def absent_strategies(requested: Sequence[str], points: Sequence[Point]) -> list[str]:
    """What was asked for and has no point, as where it waits for more workers than there are: a strategy, or
    one of its specs whose value is a plain number and can be compared."""
    specs = {point.strategy for point in points}
    names = {name_in(spec) for spec in specs}
    absent = []
    for spec in requested:
        name, _, parameters = spec.partition(":")
        value = parameters.partition("=")[2]
        if name not in names or (value.isdecimal() and spec not in specs):
            absent.append(spec)
    return list(dict.fromkeys(absent))


def lacking(points: Sequence[Point], has_value: Predicate) -> list[str]:
    """Which points have no value: by strategies, with their number unless it is all of them."""
    texts = []
    for family in dict.fromkeys(name_in(point.strategy) for point in points):
        own = [point for point in points if name_in(point.strategy) == family]
        without = [point for point in own if not has_value(point)]
        if not without:
            continue
        specs, laws = {point.strategy for point in without}, {point.law for point in without}
        text = specs.pop() if len(specs) == 1 else family
        if len(laws) == 1 and len({point.law for point in points}) > 1:
            text += f" under {law_name(laws.pop())}"
        texts.append(text if len(without) == len(own) else f"{text} at {len(without)} of {len(own)} points")
    return texts
