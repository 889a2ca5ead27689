"""Are the figures of a sweep right and complete? What the document itself lets one check."""

from __future__ import annotations

import math
from collections.abc import Sequence

from .ends import of_best_points
from .quantity import Row, counted, number_of, share
from .section import Check

FAR = 2.0  # standard errors
BY_CHANCE = math.erfc(FAR / math.sqrt(2))  # share of points that far from their exact values, though all is right
ALARM = 1e-4  # probability below which chance explains no more
BEYOND_CHANCE = 6.0  # standard errors: 2e-9 of points come there by chance


def tail_of_binomial(least: int, count: int, probability: float) -> float:
    """That at least so many of independent events come to pass."""
    logs = math.log(probability), math.log1p(-probability)
    return sum(
        math.exp(math.lgamma(count + 1) - math.lgamma(i + 1) - math.lgamma(count - i + 1) + i * logs[0] + (count - i) * logs[1])
        for i in range(least, count + 1)
    )


def checks(rows: Sequence[Row], run: Row) -> list[Check]:
    """What was looked at, problems among it."""
    found = [against_exact_values(rows, run)]
    unknown = [row for row in rows if number_of(row, "mean") is not None and number_of(row, "expected") is None]
    if unknown and len(unknown) < len(rows):
        names = listed(list(dict.fromkeys(f"{row.get('strategy')}" for row in unknown)))
        found.append(Check(f"Exact values are not known at {len(unknown)} of {counted(len(rows), 'point')}: {names}."))
    missed = [row for row in rows if row.get("precision_met") is False]
    if missed:
        wanted = run.get("relative_error")
        goal = f" of {share(wanted)}" if isinstance(wanted, float) else ""
        found.append(Check(f"{counted(len(missed), 'point')} did not reach the precision{goal} that was asked for: give more iterations.", True))
    elif any(row.get("precision_met") is True for row in rows):
        found.append(Check("All points reached the precision that was asked for."))
    without = [row for row in rows if number_of(row, "mean") is None]
    if without:
        found.append(Check(f"{counted(len(without), 'point')} of {len(rows)} have no mean: their law's tail is too heavy for one.", True))
    return found + of_best_points(rows)


def against_exact_values(rows: Sequence[Row], run: Row) -> Check:
    """Estimates beside exact values."""
    distances = [abs(z) for row in rows if (z := number_of(row, "z")) is not None]
    if not distances:
        return Check("No point has an exact value to compare it with.")
    far, count = sum(z > FAR for z in distances), len(distances)
    text = (
        f"{far} of {counted(count, 'point')} with exact values ({share(far / count)}) differ from them by more than {FAR:g} standard "
        f"errors; {share(BY_CHANCE)} would by chance. The farthest differs by {max(distances):.2g}."
    )
    # Points that share draws go astray together: there, only a single point says something for certain.
    too_many = run.get("draws") != "common" and tail_of_binomial(far, count, BY_CHANCE) < ALARM
    return Check(text, is_problem=too_many or max(distances) > BEYOND_CHANCE)


def listed(names: Sequence[str], most: int = 4) -> str:
    """The first few, and how many more there are."""
    return ", ".join([*names[:most], *([f"{len(names) - most} more"] if len(names) > most else [])])
