"""Recommendations: candidates, the best first."""

from __future__ import annotations

from collections.abc import Sequence

from ...drawing.palette import STRATEGIES
from ...drawing.spec import name_in
from ..data_check import data_checks, texts
from ..ends import at_ends
from ..given import Given, object_of
from ..goals import Goal, interval_of, points_of
from ..pictures import curve_pictures
from ..points import workers_of
from ..quantity import Row, counted, law_text, number_of, plain, rows_of, text_of
from ..section import Check, Column, Section, common_of

SCHEMAS = ("dsgd.recommend/1",)
OVER = {"steps": "over measured steps, resampled", "draws": "over random draws, the same for all candidates"}
TAIL = "by an exponential tail alone"
MARKS = {
    "best": "the first by the goal",
    "tied": "cannot be told apart from the best",
    "near": "within the share that was asked for",
    TAIL: "better than sync only because the tail of the delays is exponential",
}


def section(given: Given, others: Sequence[Given]) -> Section:
    """The decision, the candidates of all laws, and what is uncertain of them."""
    document = given.document
    unit = str(document.get("unit") or "")
    goal = Goal.of(text_of(document, "goal"), unit)
    laws = rows_of(document, "laws")
    cells, points = [], []
    for law in laws:
        name = text_of(law, "law")
        candidates = rows_of(law, "candidates")
        cells += [[law_text(name), *cells_of(row, is_best=place == 0)] for place, row in enumerate(candidates)]
        points += points_of(name, candidates, goal)
    if not cells:
        raise ValueError("it has no candidates")
    table, places = common_of(columns_of(goal.meaning, cells), cells, kept=("strategy",))
    names = [text_of(law, "law") for law in laws]
    decisions = [f"Under {law_text(name)}: {text_of(law, 'decision')}." for name, law in zip(names, laws)] if len(laws) > 1 else []
    data, parts = data_checks(names, [], others, unit)
    communication = object_of(document, "run").get("communication")
    decision = text_of(document, "decision")
    return Section(
        kind="Recommendation",
        answer=[*clauses(decision), *decisions],
        pictures=curve_pictures(points, f"{given.name_id}-", unit, str(communication or ""), [], (goal.subject,)),
        points=table,
        best=0,
        explored={label: places.index(i) for i, label in enumerate(("law", "strategy", "workers")) if i in places},
        parts=parts,
        checks=[each for law in laws for each in checks_of(law, is_only=len(laws) == 1)] + data,
        warnings=texts(document.get("warnings")),
    )


def clauses(decision: str) -> list[str]:
    """The decision's parts as sentences: what to choose, what is as good, what else there is to know."""
    return [f"{each if name_in(each.split(' ')[0].rstrip(',')) in STRATEGIES else each[:1].upper() + each[1:]}." for each in decision.split("; ")]


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
    compared = interval_of(row)
    marks = ["best"] if is_best else [name for name in ("tied", "near") if row.get(name) is True][:1]
    marks += [TAIL] if row.get("exponential_only") is True else []
    return [
        text_of(row, "strategy"),
        str(workers_of(row)),
        plain(number_of(row, "value")),
        plain(number_of(ratio, "value"), 4),
        " to ".join(plain(end, 4) for end in compared) if compared else "" if is_best else "exact",
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
    found = [certainty(law, is_only=is_only), *at_ends(rows, 0, under + best), *cautions(law, under)]
    fresh = number_of(object_of(law, "fresh"), "candidate")
    return found + (at_ends(rows, int(fresh), f"{under}{best} with fresh gradients") if fresh else [])


def cautions(law: Row, under: str) -> list[Check]:
    """What else the program notes; ends of what was tried are told apart from it, with the range."""
    said = [text_of(each, "text") for each in rows_of(law, "cautions") if each.get("about") != "end"] if "cautions" in law else []
    return [Check(line, True) for each in said for line in ([f"{under}{each}."] if under else clauses(each))]


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
