"""Recommendations: candidates, the best first."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ...drawing.curves import THROUGHPUT
from ...drawing.points import Point
from ..data_check import data_checks, texts
from ..ends import at_ends
from ..given import Given, object_of
from ..pictures import curve_pictures
from ..points import workers_of
from ..quantity import Row, counted, law_text, number_of, plain, rows_of, text_of, with_unit
from ..section import Check, Column, Section, common_of

SCHEMAS = ("dsgd.recommend/1",)
GOALS = {
    "throughput": "gradients per time",
    "cost": "time of all workers per gradient",
    "noise-scale": "time of the progress of {goal}",
    "error": "time until the mean error is {level}",
    "time": "mean error at {level}",
}
OVER = {"steps": "over measured steps, resampled", "draws": "over random draws, the same for all candidates"}
TAIL = "by an exponential tail alone"
MARKS = {
    "best": "the first by the goal",
    "tied": "cannot be told apart from the best",
    "near": "within the share that was asked for",
    TAIL: "better than sync only because the tail of the delays is exponential",
}
ROUNDING = 1e-9  # of exact ratios


def section(given: Given, others: Sequence[Given]) -> Section:
    """The decision, the candidates of all laws, and what is uncertain of them."""
    document = given.document
    goal, unit = text_of(document, "goal"), str(document.get("unit") or "")
    laws = rows_of(document, "laws")
    cells, points = [], []
    for law in laws:
        name = text_of(law, "law")
        for place, row in enumerate(rows_of(law, "candidates")):
            cells.append([law_text(name), *cells_of(row, is_best=place == 0)])
            points.append(point_of(name, row))
    if not cells:
        raise ValueError("it has no candidates")
    kind, _, level = goal.partition("=")
    columns = columns_of(GOALS.get(kind, "by the goal").format(goal=goal, level=with_unit(level, unit if kind == "time" else "")), cells)
    table, places = common_of(columns, cells, kept=("strategy",))
    names = [text_of(law, "law") for law in laws]
    decisions = [f"Under {law_text(name)}: {text_of(law, 'decision')}." for name, law in zip(names, laws)] if len(laws) > 1 else []
    data, parts = data_checks(names, [], others, unit)
    communication = object_of(document, "run").get("communication")
    decision = text_of(document, "decision")
    return Section(
        kind="Recommendation",
        answer=[*clauses(decision), *decisions],
        pictures=curve_pictures(points, f"{given.name_id}-", unit, str(communication or ""), [], (THROUGHPUT,)),
        points=table,
        best=0,
        explored={label: places.index(i) for i, label in enumerate(("law", "strategy", "workers")) if i in places},
        parts=parts,
        checks=[each for law in laws for each in checks_of(law, is_only=len(laws) == 1)] + data,
        warnings=texts(document.get("warnings")),
    )


def clauses(decision: str) -> list[str]:
    """The decision's parts as sentences: what to choose, what is as good, what else there is to know."""
    first, *more = decision.split("; ")
    return [f"{first[:1].upper()}{first[1:]}.", *(f"{each}." if each[:1] != "w" else f"W{each[1:]}." for each in more)]


def columns_of(goal: str, cells: Sequence[Sequence[str]]) -> list[Column]:
    """What they mean, of the marks that are there. @param goal  what the values are"""
    columns = len(cells[0])
    stale, marks = [row[columns - 2] for row in cells], [row[columns - 1] for row in cells]
    is_fresh = "; fresh ones are of the model before the update" if "fresh" in stale else ""
    explained = [f"{mark}: {meaning}" for mark, meaning in MARKS.items() if any(mark in each.split(", ") for each in marks)]
    return [
        Column("law", "of the delays", numeric=False),
        Column("strategy", "whom the server waits for", numeric=False),
        Column("workers", "how many machines compute gradients"),
        Column("value", goal),
        Column("of best", "its progress as a share of the best one's"),
        Column("of best, 95 %", "that share's confidence interval", numeric=False),
        Column("mean", "time of an update"),
        Column("rate", "the candidate's own best learning rate"),
        Column("stale", f"how many updates old gradients are, on average{is_fresh}"),
        Column("mark", "; ".join(explained), numeric=False),
    ]


def cells_of(row: Row, *, is_best: bool) -> list[str]:
    """In the order of the columns, without the law."""
    ratio = object_of(row, "ratio")
    low, high = number_of(ratio, "low"), number_of(ratio, "high")
    wide = low is not None and high is not None and high - low > ROUNDING
    marks = ["best"] if is_best else [name for name in ("tied", "near") if row.get(name) is True][:1]
    marks += [TAIL] if row.get("exponential_only") is True else []
    return [
        text_of(row, "strategy"),
        str(workers_of(row)),
        plain(number_of(row, "value")),
        plain(number_of(ratio, "value"), 4),
        f"{plain(low, 4)} to {plain(high, 4)}" if wide else "" if is_best else "exact",
        plain(number_of(row, "mean")),
        plain(number_of(row, "learning_rate")),
        "fresh" if row.get("fresh") is True else plain(number_of(row, "staleness"), 3) or "not known",
        ", ".join(marks),
    ]


def checks_of(law: Row, *, is_only: bool) -> list[Check]:
    """How sure the decision is, and whether what was not tried may be better: of the best candidate, and of the best that
    uses fresh gradients where that is another one."""
    rows = rows_of(law, "candidates")
    under = "" if is_only else f"Under {law_text(text_of(law, 'law'))} "
    best = f"{'T' if is_only else 't'}he best candidate"
    found = [certainty(law, is_only=is_only), *at_ends(rows, 0, under + best)]
    fresh = number_of(object_of(law, "fresh"), "candidate")
    return found + (at_ends(rows, int(fresh), f"{under}{best} with fresh gradients") if fresh else [])


def certainty(law: Row, *, is_only: bool) -> Check:
    """What the intervals are over, and who is tied."""
    intervals, best = object_of(law, "intervals"), object_of(law, "best")
    over, count = str(intervals.get("over")), number_of(intervals, "rows")
    if over == "exact":
        text = "All values are exact, so that they have no intervals."
    else:
        text = f"Intervals are {OVER.get(over, over)}" + (f" ({counted(int(count), 'row')})" if count else "") + "."
    tied = best.get("tied")
    count_tied = len(tied) if isinstance(tied, list) else 0
    said = f"{counted(count_tied, 'candidate')} cannot be told apart from the best." if count_tied else "The best stands apart from all others that were tried."
    return Check(f"{text} {said}" if is_only else f"{law_text(text_of(law, 'law'))}: {text} {said}")


def point_of(law: str, row: Row) -> Point:
    """As the drawing code takes it: a mean without an interval."""
    nan = math.nan
    mean, gradients = number_of(row, "mean"), number_of(row, "gradients")
    return Point(law, text_of(row, "strategy"), workers_of(row), nan if mean is None else mean, nan, nan, nan, gradients or nan)
