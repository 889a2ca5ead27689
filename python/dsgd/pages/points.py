"""The points of a sweep or of exact values: their table, and what is best among them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from ..readable import digits_of_mean
from .given import object_of
from .quantity import Row, counted, interval, law_text, number_of, per_unit, plain, share, text_of, with_unit
from .section import Column, Table, common_of

MOST_LAWS = 3  # whose best points are spoken of
CHOSEN_BY = ("law", "strategy", "workers")
COLUMNS = (
    Column("law", "of the delays", numeric=False),
    Column("strategy", "whom the server waits for", numeric=False),
    Column("workers", "how many machines compute gradients"),
    Column("iterations", "that were averaged"),
    Column("mean", "time of an update"),
    Column("± 95 %", "half the width of the mean's confidence interval"),
    Column("exact", "the exact mean, where it is known"),
    Column("z", "distance of the mean from the exact one, in standard errors"),
    Column("throughput", "gradients per time"),
    Column("busy", "share of the workers' time that made gradients which entered"),
    Column("discarded", "share of the workers' time that was thrown away"),
    Column("cost", "time of all workers per gradient"),
    Column("sd", "standard deviation of single updates"),
    Column("stale", "how many updates old gradients are, on average"),
    Column("difference", "of the mean to that of the baseline"),
)


def cells_of(row: Row) -> list[str]:
    """In the order of COLUMNS."""
    mean, error = number_of(row, "mean"), number_of(row, "standard_error")
    low, high = number_of(row, "ci95_low"), number_of(row, "ci95_high")
    digits = digits_of_mean(mean, error)
    half = "" if low is None or high is None else plain((high - low) / 2, 2)
    z = number_of(row, "z")
    return [
        law_text(text_of(row, "law")),
        text_of(row, "strategy"),
        str(workers_of(row)),
        "" if "iterations" not in row else readable_count(row, "iterations"),
        plain(mean, digits) or "infinite",
        half,
        plain(number_of(row, "expected"), max(5, digits)),
        "" if z is None else f"{z:+.2f}",
        plain(number_of(row, "throughput"), digits),
        share(number_of(row, "busy")),
        share(number_of(row, "discarded")),
        plain(number_of(row, "cost"), digits),
        plain(number_of(row, "standard_deviation"), 3),
        plain(staleness_of(row), 3),
        difference_of(row),
    ]


def workers_of(row: Row) -> int:
    """@throws ValueError for what is no number of workers"""
    value = number_of(row, "workers")
    if value is None or value < 1 or not value.is_integer():
        raise ValueError(f"workers is {row.get('workers')!r:.40}, not a whole number from 1")
    return int(value)


def readable_count(row: Row, key: str) -> str:
    """A whole number, all of it."""
    value = number_of(row, key)
    return "" if value is None else f"{value:.0f}"


def staleness_of(row: Row) -> float | None:
    """Measured, or else exact; None where the point has none."""
    staleness = row.get("staleness")
    if not isinstance(staleness, dict):
        return None
    measured = number_of(staleness, "mean")
    return number_of(staleness, "expected") if measured is None else measured


def difference_of(row: Row) -> str:
    """The difference of the mean to that of the baseline, with its interval."""
    low, high = number_of(row, "difference_low"), number_of(row, "difference_high")
    return plain(number_of(row, "difference"), 4) + interval(low, high, 3)


def quantiles_of(rows: Sequence[Row]) -> tuple[list[Column], list[list[str]]]:
    """Columns of the quantiles that were asked for, and what each row has there."""
    given = [object_of(row, "quantiles") for row in rows]
    names = list(dict.fromkeys(name for each in given for name in each))
    columns = [Column(f"q{name}", f"the time that {100 * probability_of(name):.12g} % of updates do not exceed") for name in names]
    cells = []
    for each in given:
        values = [each.get(name) for name in names]
        values = [value.get("value") if isinstance(value, dict) else value for value in values]
        cells.append([plain(number_of({"quantile": value}, "quantile")) for value in values])
    return columns, cells


def probability_of(name: str) -> float:
    """The probability that a quantile's name says. @throws ValueError for another name"""
    try:
        return float(name)
    except ValueError:
        raise ValueError(f"a quantile is called {name!r:.40}, not a probability") from None


def points_table(rows: Sequence[Row]) -> tuple[Table, dict[str, int]]:
    """A row per point. @return the table, and which of its columns choose a point"""
    columns, cells = quantiles_of(rows)
    all_cells = [[*cells_of(row), *more] for row, more in zip(rows, cells)]
    table, places = common_of([*COLUMNS, *columns], all_cells, kept=("strategy", "mean"))
    chosen = {name: places.index(place) for place, name in enumerate(CHOSEN_BY) if place in places}
    return table, chosen


def best_row(rows: Sequence[Row]) -> int | None:
    """The row with the most gradients per time; None where no row has any."""
    rates = [number_of(row, "throughput") or 0.0 for row in rows]
    best = max(range(len(rates)), key=rates.__getitem__, default=None)
    return best if best is not None and rates[best] > 0 else None


def answers(rows: Sequence[Row], unit: str, instead: Mapping[str, str]) -> list[str]:
    """For each of few laws: who makes the most gradients, and how that compares with sync. @param instead  sentences of laws
    that something else answers, which begin with a small letter"""
    laws = list(dict.fromkeys(text_of(row, "law") for row in rows))
    said = []
    for law in laws[:MOST_LAWS]:
        under = f"Under {law_text(law)}, " if len(laws) > 1 else ""
        sentence = instead.get(law) or answer([row for row in rows if row["law"] == law], unit)
        said.append(under + sentence if under else sentence[:1].upper() + sentence[1:])
    if len(laws) > MOST_LAWS:
        said.append(f"{len(laws) - MOST_LAWS} more laws are in the table.")
    return said


def answer(rows: Sequence[Row], unit: str) -> str:
    """One sentence about points of one law, which begins with a small letter."""
    place = best_row(rows)
    if place is None:
        return "no point has a mean that can be compared."
    best = rows[place]
    sizes = {workers_of(row) for row in rows}
    strategy = text_of(best, "strategy")
    who = strategy + (f" with {counted(workers_of(best), 'worker')}" if len(sizes) > 1 or len(rows) == 1 else "")
    low, high = number_of(best, "throughput_low"), number_of(best, "throughput_high")
    digits = min(5, digits_of_mean(number_of(best, "mean"), number_of(best, "standard_error")))
    rate = f"{plain(number_of(best, 'throughput'), digits)} {per_unit(unit)}{interval(low, high, digits)}"
    if len(rows) == 1:
        time = plain(number_of(best, "mean"), digits)
        return f"an update of {who} takes {with_unit(time, unit)} on average, which makes {rate}."
    sentence = f"the most gradients per time come from {who}: {rate}"
    sync = [row for row in rows if row["strategy"] == "sync" and workers_of(row) == workers_of(best)]
    if sync and sync[0] is not best and number_of(sync[0], "throughput"):
        ratio = (number_of(best, "throughput") or 0.0) / (number_of(sync[0], "throughput") or 1.0)
        sentence += f", {plain(ratio, 3)} times sync's"
    stale = staleness_of(best)
    if stale:
        sentence += f"; these gradients are {plain(stale, 3)} updates old on average"
    return sentence + others_as_good(best, rows) + "."


def throughput_interval(row: Row) -> tuple[float, float] | None:
    """The 95 % interval of the gradients per time; the value alone where updates do not vary, and None where there is none."""
    value, low, high = (number_of(row, f"throughput{end}") for end in ("", "_low", "_high"))
    if value is not None and number_of(row, "standard_deviation") == 0:
        return value, value
    return None if low is None else (low, math.inf if high is None else high)


def others_as_good(best: Row, rows: Sequence[Row]) -> str:
    """How many other rows cannot be told apart from the best: their interval reaches up to its."""
    own = throughput_interval(best)
    if own is None:
        return ""
    intervals = [throughput_interval(row) for row in rows if row is not best]
    others = sum(each is not None and each[1] >= own[0] for each in intervals)
    return f" (within 95 % intervals {others} {'other is' if others == 1 else 'others are'} as good)" if others else ""
