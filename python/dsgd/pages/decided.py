"""Where a page has a recommendation, its sentence is the answer: what a sweep or exact values of the same law say beside it."""

from __future__ import annotations

from collections.abc import Sequence

from .given import Given, object_of
from .points import answer, answers, best_row, workers_of
from .quantity import Row, rows_of, text_of

RECOMMEND = "dsgd.recommend/1"
SETTING = ("communication", "server", "stragglers")  # keys of a run that make its updates other ones


def recommendations_of(law: str, run: Row, others: Sequence[Given]) -> list[Given]:
    """Recommendations under a law, with the same communication, server and stragglers. @param run  of what is asked about"""
    found = [each for each in others if each.schema == RECOMMEND and candidates_of(law, each)]
    return [each for each in found if all((object_of(each.document, "run").get(key) or None) == (run.get(key) or None) for key in SETTING)]


def candidates_of(law: str, given: Given) -> set[tuple[str, int]]:
    """Strategies and workers that a recommendation compares under a law; none where it has another law."""
    found = [each for each in rows_of(given.document, "laws") if each.get("law") == law]
    return {(text_of(row, "strategy"), workers_of(row)) for each in found for row in rows_of(each, "candidates")}


def answers_beside(rows: Sequence[Row], unit: str, run: Row, others: Sequence[Given]) -> list[str]:
    """The best point of each law, or who decides: two figures for one question, whose intervals are over other things,
    would leave open which one to believe."""
    instead = {}
    for law in dict.fromkeys(text_of(row, "law") for row in rows):
        if deciding := recommendations_of(law, run, others):
            instead[law] = decided_by(deciding[0], law, [row for row in rows if row["law"] == law], unit)
    return answers(rows, unit, instead)


def decided_by(given: Given, law: str, rows: Sequence[Row], unit: str) -> str:
    """A sentence that begins with a small letter. The best point is named where the recommendation does not know it."""
    sentence = f"the recommendation in {given.name}, on this page, says which to choose"
    best = best_row(rows)
    if best is None or (text_of(rows[best], "strategy"), workers_of(rows[best])) in candidates_of(law, given):
        return f"{sentence}."
    return f"{sentence}; it does not know the best point here: {answer(rows, unit)}"
