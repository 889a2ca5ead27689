"""Measured times behind a law: is there a description of them beside, and does the law agree with what was measured?"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence

from .given import Given, object_of
from .points import workers_of
from .quantity import Row, interval, number_of, plain, with_unit
from .section import Check, Part

FIT = "dsgd.fit/1"
TABLE_KEYS = ("column", "worker", "step", "columns", "where", "skip", "missing", "separator", "decimal")


def file_of(law: str) -> str:
    """The file of measured times that a law names; empty where it names none."""
    found = re.search(r"(?:^|[*:+])(?:empirical|replay):(?:.*?:)?file=(.*?)(?=:[a-z0-9]+=|$)", law)
    return found[1] if found else ""


def fit_command(law: str) -> str:
    """The command that describes the times behind a law."""
    words = ["dsgd", "fit", file_of(law)]
    for key in TABLE_KEYS:
        if value := re.search(rf":{key}=(.*?)(?=:[a-z0-9]+=|$)", law):
            words += [f"--{key}", value[1]]
    return shlex.join([*words, "-o", "fit.json"])


def fits_of(law: str, others: Sequence[Given]) -> list[Given]:
    """Descriptions of the same file."""
    name = file_of(law)
    return [each for each in others if each.schema == FIT and name in map(file_of, texts(each.document.get("use")))]


def texts(values: object) -> list[str]:
    """Those of a list that are texts."""
    return [each for each in values if isinstance(each, str)] if isinstance(values, list) else []


def data_checks(laws: Sequence[str], rows: Sequence[Row], others: Sequence[Given], unit: str) -> tuple[list[Check], list[Part]]:
    """@return what was checked of measured times, and a part with the commands that would check the rest"""
    found, commands = [], []
    for law in laws:
        if not file_of(law):
            continue
        fits = fits_of(law, others)
        if not fits:
            found.append(Check(f"The times in {file_of(law)} are not described on this page."))
            commands.append(fit_command(law))
            continue
        found.append(Check(f"The times in {file_of(law)} are described by {fits[0].name}, on this page."))
        found.extend(against_measured(law, rows, fits[0], unit))
    line = "To see whether the law agrees with what was measured, give the result of this to the report, too."
    return found, [Part("Measured times", [line], commands=list(dict.fromkeys(commands)))] if commands else []


def against_measured(law: str, rows: Sequence[Row], fit: Given, unit: str) -> list[Check]:
    """The mean of sync beside that of the slowest worker as it was measured."""
    measured = object_of(object_of(fit.document, "slowest"), "measured")
    workers = number_of(object_of(fit.document, "data"), "workers")
    mean, low, high = (number_of(measured, key) for key in ("mean", "low", "high"))
    sync = [row for row in rows if row.get("law") == law and row.get("strategy") == "sync" and workers_of(row) == workers]
    if not sync or mean is None or (modelled := number_of(sync[0], "mean")) is None:
        return []
    fair = low is None or high is None or low <= modelled <= high
    verdict = "within" if fair else "outside"
    text = (
        f"Waiting for all {int(workers or 0)} workers took {with_unit(plain(mean, 4), unit)} as measured{interval(low, high)}; under this law it "
        f"takes {with_unit(plain(modelled, 4), unit)}, {verdict} that interval."
    )
    return [Check(text, is_problem=not fair)]
