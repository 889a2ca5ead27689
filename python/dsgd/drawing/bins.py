"""Distributions: counts and exact probabilities of bins."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Callable

from .results import to_number


@dataclass(frozen=True)
class Bin:
    """Runtimes from low to high; one value (an atom) where these are equal."""

    low: float
    high: float
    count: int
    expected: float = math.nan  # exact probability; NaN where it is not known

    @property
    def is_atom(self) -> bool:
        """Is it a single value?"""
        return self.low == self.high


def to_bins(value: Any) -> tuple[Bin, ...]:
    """Bins of a list of [low, high, count, expected], checked; none where the value is null or absent."""
    if value is None or value == "":
        return ()
    if not isinstance(value, list):
        raise ValueError(f"distribution is {value!r:.40}, not a list of bins")
    bins = tuple(map(to_bin, value))
    for before, after in zip(bins, bins[1:]):
        if after.low < before.high:
            raise ValueError(
                f"distribution: the bin at {after.low} begins before {before.high}, the end of another"
            )
    if not any(each.count for each in bins):
        raise ValueError("distribution: all its counts are 0")
    return bins


def to_bin(value: Any) -> Bin:
    """The bin of [low, high, count, expected], checked."""
    if not isinstance(value, list) or len(value) != 4:
        raise ValueError(f"distribution: {value!r:.40} is no bin [low, high, count, expected]")
    low, high, count, expected = (to_number(each, "distribution: an entry") for each in value)
    if not low <= high:
        raise ValueError(f"distribution: a bin from {value[0]!r} to {value[1]!r}")
    if not (count >= 0 and count.is_integer()):
        raise ValueError(f"distribution: the count {value[2]!r}, not a whole number from 0")
    if expected < 0 or expected > 1:
        raise ValueError(f"distribution: the probability {value[3]!r}, not in 0 to 1")
    return Bin(low, high, int(count), expected)


def total(bins: Sequence[Bin]) -> int:
    """All counts together."""
    return sum(each.count for each in bins)


def quantile(bins: tuple[Bin, ...], probability: float) -> float:
    """Upper end of the bin in which it lies."""
    below, all_counts = 0, total(bins)
    for each in bins:
        below += each.count
        if below >= probability * all_counts:
            return each.high
    return bins[-1].high


@dataclass(frozen=True)
class Scale:
    """The scale of an axis: from values to places on it and back."""

    place: Callable[[float], float] = float
    value: Callable[[float], float] = float

    def width(self, each: Bin) -> float:
        """Width of a bin, between places."""
        return self.place(each.high) - self.place(each.low)


def merge(bins: list[Bin], width: float, scale: Scale) -> list[Bin]:
    """Neighbours together until each is at least `width` wide, measured between places; gaps stay, and so do
    wide bins without a count. What remains before one or the end joins the one before it. @pre no atoms"""

    def narrow(each: Bin) -> bool:
        return scale.width(each) < width

    def stays(each: Bin) -> bool:
        return each.count == 0 and not narrow(each)

    merged: list[Bin] = []
    for each in bins:
        touches = merged and merged[-1].high == each.low and not stays(each)
        if touches and narrow(merged[-1]):
            merged[-1] = join(merged[-1], each)
        else:
            merged.append(each)
    whole: list[Bin] = []
    for each in merged:
        if whole and whole[-1].high == each.low and narrow(each) and not stays(whole[-1]):
            whole[-1] = join(whole[-1], each)
        else:
            whole.append(each)
    return whole


def widen(bins: list[Bin], width: float, scale: Scale) -> list[Bin]:
    """Bins narrower than `width` take what they lack from neighbours without a count, half from either side
    where there are two: by its own width the density of a few counts would be a needle. @pre merged bins"""
    result = list(bins)
    for i, each in enumerate(result):
        lacking = width - scale.width(each)
        if each.count == 0 or lacking <= 0:
            continue
        before = i > 0 and gives(result[i - 1], each.low)
        after = i + 1 < len(result) and gives(result[i + 1], each.high)
        if before:
            share = lacking / 2 if after else lacking
            at = scale.value(scale.place(each.low) - min(share, scale.width(result[i - 1]) / 2))
            result[i - 1], taken = split(result[i - 1], at)
            result[i] = each = join(taken, each)
        if after:
            share = width - scale.width(each)
            at = scale.value(scale.place(each.high) + min(share, scale.width(result[i + 1]) / 2))
            taken, result[i + 1] = split(result[i + 1], at)
            result[i] = join(each, taken)
    return result


def gives(empty: Bin, at: float) -> bool:
    """Has a bin nothing to lose, and does it touch the place?"""
    return empty.count == 0 and at in (empty.low, empty.high)


def split(empty: Bin, at: float) -> tuple[Bin, Bin]:
    """Two of one without a count; its exact probability by their widths."""
    below = empty.expected * (at - empty.low) / (empty.high - empty.low)
    return Bin(empty.low, at, 0, below), Bin(at, empty.high, 0, empty.expected - below)


def join(first: Bin, second: Bin) -> Bin:
    """One of two neighbours."""
    return Bin(first.low, second.high, first.count + second.count, first.expected + second.expected)
