"""Measured times behind a law: is there a description of them beside, and does the law agree with what was measured?"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence

from .decided import SETTING, recommendations_of
from .given import Given, object_of
from .points import workers_of
from .quantity import Row, interval, number_of, plain, text_of, with_unit
from .section import Check, Part

FIT = "dsgd.fit/1"
FEW = 12  # strategies, or numbers of workers, that a command lists
HOW_SURE, WHETHER = "how sure the measured times make the answer", "whether the law agrees with what was measured"
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


def recommend_command(law: str, rows: Sequence[Row], run: Row) -> str:
    """The command that tells how sure the times behind a law make the choice among what was swept."""
    own = [row for row in rows if row.get("law") == law]
    words = ["dsgd", "recommend", "--law", re.sub(r":sha256=[0-9a-f]+", "", law)]
    sizes = sorted({workers_of(row) for row in own})
    if not re.search(r"^replay:|\*|:worker=|:columns=", law):  # these have their own number of workers
        words += ["-m", ",".join(map(str, sizes)) if len(sizes) <= FEW else f"{sizes[0]}:{sizes[-1]}"]
    strategies = list(dict.fromkeys(text_of(row, "strategy") for row in own))
    if len(strategies) <= FEW:
        words += ["--strategy", ",".join(strategies)]
    for key in (*SETTING, "unit"):
        if isinstance(value := run.get(key), str) and value:
            words += [f"--{key}", value]
    return shlex.join([*words, "-o", "decision.json"])


def caveat(rows: Sequence[Row], run: Row, others: Sequence[Given], what: str = "Intervals here take") -> list[str]:
    """Nothing, or a line: under measured times an estimate is uncertain by its draws and by the times, and its interval has
    the draws alone. @param what  takes the times as the truth"""
    laws = [law for law in dict.fromkeys(text_of(row, "law") for row in rows) if file_of(law)]
    if not laws:
        return []
    decided = [recommendations_of(law, run, others) for law in laws]
    described = [fits_of(law, others) for law in laws]
    tellers = [decided[0][0].name if all(decided) else "dsgd recommend", described[0][0].name if all(described) else "dsgd fit"]
    where = "on this page" if all(decided + described) else "commands below"
    files = " and ".join(dict.fromkeys(map(file_of, laws)))
    return [f"{what} the measured times in {files} as the truth: how sure these times make it is told by {' and '.join(tellers)} ({where})."]


def data_checks(laws: Sequence[str], rows: Sequence[Row], others: Sequence[Given], unit: str, run: Row | None = None) -> tuple[list[Check], list[Part]]:
    """@param run  of what was swept, or else of a recommendation, None. @return what was checked of measured times, and a part
    with the commands that would check the rest"""
    found: list[Check] = []
    fitting: list[str] = []
    deciding: list[str] = []
    for law in laws:
        if not file_of(law):
            continue
        if run is not None and not recommendations_of(law, run, others):
            deciding.append(recommend_command(law, rows, run))
        fits = fits_of(law, others)
        if not fits:
            found.append(Check(f"The times in {file_of(law)} are not described on this page."))
            fitting.append(fit_command(law))
            continue
        found.append(Check(f"The times in {file_of(law)} are described by {fits[0].name}, on this page."))
        found.extend(against_measured(law, rows, fits[0], unit))
    commands = list(dict.fromkeys(deciding + fitting))
    open_questions = ([HOW_SURE] if deciding else []) + ([WHETHER] if fitting else [])
    line = f"To see {' and '.join(open_questions)}, give the {'results of these' if len(commands) > 1 else 'result of this'} to the report, too."
    return found, [Part("Measured times", [line], commands=commands)] if commands else []


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
