"""Descriptions of measured times: the check of the data behind a law."""

from __future__ import annotations

from collections.abc import Sequence

from ...drawing.design import Design
from ...drawing.fit import draw
from ...drawing.spec import name_in, parameter
from ..given import Given, object_of
from ..data_check import texts
from ..quantity import Row, counted, number_of, plain, rows_of, share, text_of, with_unit
from ..section import Check, Column, Part, Picture, Section, Share, Table
from ..svg import WIDTH, to_svg

SCHEMAS = ("dsgd.fit/1",)
PARTS = {"worker": "between workers", "step": "between steps", "rest": "neither explains"}
MODELS = {"measured": "as measured", "pooled": "if all times are pooled", "per_worker": "if each worker draws from its own times"}
POOR = 0.01  # of a p-value
DEPENDENT = 0.2  # correlation with the step before, from which times are no longer by themselves


def section(given: Given, others: Sequence[Given]) -> Section:
    """Which law to use, the laws that fit, where the variance is, workers, and the slowest as measured and as modelled."""
    document = given.document
    data, unit = object_of(document, "data"), str(object_of(document, "data").get("unit") or "")
    laws, use = rows_of(document, "laws"), texts(document.get("use"))
    figure = draw(document, Design(width=WIDTH, title="", unit=unit))
    caption = "Measured times beside the laws that fit best: values over those that the first law has, the share of longer times"
    if isinstance(document.get("slowest"), dict):
        caption += ", a box per worker, and the slowest of a step as measured and under each model"
    rows = [law_cells(row) for row in laws]
    note = document.get("use_note")
    return Section(
        kind="Measured times",
        answer=answers(data, laws, use, document, unit),
        pictures=[Picture(to_svg(figure, f"{given.name_id}-fit-"), "Measured times and laws", f"{caption}.")],
        points=Table(LAW_COLUMNS, rows),
        points_title="Laws that fit",
        parts=[
            Part("Laws to use", lines=[f"Simpler laws are left out: {note}."] if isinstance(note, str) else [], commands=[f"dsgd sweep --law {law}" for law in use]),
            *(part for part in (variance(document), slowest(document, unit), workers(document, unit), means(document, unit)) if part),
        ],
        checks=checks(data, laws, object_of(document, "slowest")),
    )  # fmt: skip


def answers(data: Row, laws: Sequence[Row], use: Sequence[str], document: Row, unit: str) -> list[str]:
    """What the times are like, which law stands for them, and what replacing a worker saves."""
    count, mean = number_of(data, "count"), number_of(data, "mean")
    if not laws or not use or count is None:
        raise ValueError("it has no laws")
    said = [f"{counted(int(count), 'time')} with a mean of {with_unit(plain(mean, 4), unit)}: draw {drawn_by(use[0])}."]
    replacing = object_of(document, "replacing")
    saved = object_of(replacing, "saved")
    value = number_of(saved, "mean")
    if value is not None:
        low, high = (number_of(saved, key) for key in ("low", "high"))
        ends = "" if low is None or high is None else f" (95 %: {share(low)} to {share(high)})"
        said.append(f"An average worker in place of worker {replacing.get('worker')} would save {share(value)} of a step{ends}.")
    return said


def drawn_by(law: str) -> str:
    """What a law draws, in words: a spec is long, and stands among the commands."""
    name = name_in(law)
    if name == "replay":
        return "whole steps as they were measured"
    if name == "empirical":
        is_by_worker = parameter(law, "worker") is not None or parameter(law, "columns") is not None
        return "from each worker's own times" if is_by_worker else "from all times together"
    return f"from the {name} law below"


LAW_COLUMNS = (
    Column("law", "with its parameters, as --law takes it", numeric=False),
    Column("weight", "how much of the evidence is for it"),
    Column("dAIC", "distance to the best law in Akaike's criterion"),
    Column("KS p", "share of samples of the law that are as far from it, by Kolmogorov and Smirnov"),
    Column("AD p", "the same by Anderson and Darling, who look more at the tails"),
)


def law_cells(row: Row) -> list[str]:
    """In the order of LAW_COLUMNS."""
    weight = number_of(row, "weight")
    values = [plain(number_of(row, key), 3) for key in ("aic_difference", "ks_p", "ad_p")]
    return [text_of(row, "law"), "<1e-6" if weight is not None and weight < 1e-6 else plain(weight, 3), *values]


def variance(document: Row) -> Part | None:
    """How much of the variance is between workers and between steps."""
    split = document.get("variance")
    if not isinstance(split, dict):
        return None
    shares = [Share(name, number_of(split, key) or 0.0) for key, name in PARTS.items()]
    return Part("Where the variance is", shares=[Share(f"{share(each.value)} {each.label}", each.value) for each in shares])


def slowest(document: Row, unit: str) -> Part | None:
    """The mean of a step's slowest worker, as measured and as modelled."""
    found = document.get("slowest")
    if not isinstance(found, dict):
        return None
    rows = []
    for key, name in MODELS.items():
        mean, low, high = (number_of(object_of(found, key), part) for part in ("mean", "low", "high"))
        rows.append([name, plain(mean), f"{plain(low)} to {plain(high)}" if low is not None else ""])
    often = object_of(found, "most_often")
    value = number_of(often, "share")
    lines = [f"Worker {often.get('worker')} is the slowest in {share(value)} of the steps."] if value is not None else []
    in_unit = f", in {unit}" if unit else ""
    columns = (Column("mean of the slowest", numeric=False), Column(f"mean{in_unit}"), Column("95 % over steps", numeric=False))
    return Part("Measured against modelled", lines, table=Table(columns, rows))


def workers(document: Row, unit: str) -> Part | None:
    """Quantiles of each worker's times, the slowest first."""
    found = object_of(document, "curves").get("workers")
    if not isinstance(found, list) or not found:
        return None
    rows = [(text_of(row, "worker"), [plain(number_of({"q": q}, "q")) for q in row["quantiles"]], row["quantiles"]) for row in found]
    rows.sort(key=lambda row: -row[2][2])
    columns = [Column("worker", numeric=False), *(Column(f"{p} %") for p in (5, 25, 50, 75, 95))]
    in_unit = f", in {unit}" if unit else ""
    return Part("Each worker", [f"Times that 5 to 95 % of a worker's times do not exceed{in_unit}; the slowest first."],
                table=Table(columns, [[name, *cells] for name, cells, _ in rows]))  # fmt: skip


def means(document: Row, unit: str) -> Part | None:
    """Means at other numbers of workers, as a range over the laws that are plausible."""
    found = rows_of(document, "means")
    if not found:
        return None
    rows = [
        [text_of(row, "strategy"), str(int(number_of(row, "workers") or 0)), plain(number_of(row, "low")), plain(number_of(row, "high"))]
        for row in found
    ]
    columns = (Column("strategy", numeric=False), Column("workers"), Column("from"), Column("to"))
    in_unit = f", in {unit}" if unit else ""
    return Part("Means under plausible laws", [f"As if workers were alike{in_unit}."], table=Table(columns, rows))


def checks(data: Row, laws: Sequence[Row], found: Row) -> list[Check]:
    """What speaks against the laws and the steps."""
    said = []
    missing, count = number_of(data, "missing"), number_of(data, "count")
    if missing:
        said.append(Check(f"{counted(int(missing), 'time')} are missing beside {int(count or 0):,}."))
    values = [p for p in (number_of(laws[0], "ks_p"), number_of(laws[0], "ad_p")) if p is not None]
    if values:
        is_poor = min(values) < POOR
        verdict = "even the best law does not hold: take the measured times themselves" if is_poor else "nothing speaks against the best law"
        said.append(Check(f"The smaller p-value of the best law is {plain(min(values), 2)}: {verdict}.", is_poor))
    lag = number_of(found, "lag_1")
    if lag is not None:
        is_far = abs(lag) > DEPENDENT
        verdict = "times depend on those before: p-values are too small" if is_far else "times hardly depend on those before"
        said.append(Check(f"What neither workers nor steps explain has a correlation of {plain(lag, 2)} with the step before: {verdict}.", is_far))
    incomplete = number_of(data, "incomplete_steps")
    if incomplete:
        said.append(Check(f"{counted(int(incomplete), 'step')} do not have all workers."))
    return said
