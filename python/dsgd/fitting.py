"""dsgd.fit: the command `dsgd fit` as a function."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Optional, Union

from . import _core
from .fit_result import FitResult
from .measured import Columns, Times, columns_of, path_of
from .specs import Number, listed, text, texts
from .sweeping import Numbers, Strategies


def fit(
    times: Times,
    column: Optional[Union[str, int]] = None,
    worker: Optional[str] = None,
    step: Optional[str] = None,
    *,
    columns: Columns = None,
    where: Optional[str] = None,
    skip: Union[int, str] = 0,
    missing: str = "refuse",
    separator: str = "auto",
    decimal: str = "auto",
    laws: Optional[Union[str, Iterable[str]]] = None,
    shift: Union[Number, str] = "auto",
    workers: Optional[Numbers] = None,
    strategy: Strategies = "sync",
    bootstrap: Union[Number, str] = 200,
    seed: Union[int, str] = 1,
    threads: Optional[int] = None,
    unit: str = "",
) -> FitResult:
    """Says what measured times are like, which model of them holds, and which laws fit.

    The answer is that of `dsgd fit`, bit for bit. An array or a data frame is written to a temporary file, which is read
    as others are, is named in `use`, and is removed when Python ends.

    :param times: the path of a CSV file; an array of times, or [step, worker]; a data frame (pandas, polars), or a mapping
        of columns. Times are >= 0, in one unit
    :param column: of the times, by name or number, from 1; the only numeric column if not given
    :param worker: column that tells workers apart, or several with + between them
    :param step: column that tells steps apart
    :param columns: of a wide table instead, one per worker and a row per step; ``"*"`` for all, as an array
        [step, worker] has them
    :param where: rows to take, ``"COLUMN=TEXT"``, several with commas between them
    :param skip: rows left out at the start; steps, where they are told apart
    :param missing: ``"refuse"`` or ``"skip"`` empty cells, NA and NaN
    :param separator: ``"auto"``, ``"comma"``, ``"semicolon"``, ``"tab"`` or ``"space"``
    :param decimal: ``"auto"``, ``"point"`` or ``"comma"``
    :param laws: names of the laws to fit; all that have a density if not given
    :param shift: ``"auto"`` fits laws with and without a shift, 0 without
    :param workers: numbers of workers to predict means for; that of the table if not given
    :param strategy: whom the server waits for in those means, or several strategies
    :param bootstrap: replicates behind each p-value and, from 39 on, each interval over steps; 0 to 1000000
    :param seed: of the bootstrap, 0 to 2**64 - 1
    :param threads: all cores if not given
    :param unit: of the times, a label of up to 16 letters
    :raises ValueError: for what cannot be fitted; the message is the command line's
    :raises OSError: for a file that cannot be read
    :raises KeyboardInterrupt: after Ctrl-C

    >>> fit = dsgd.fit([3.1, 4.7, 3.3, 3.9, 6.2, 3.4], laws="exponential", shift=0, bootstrap=0)
    >>> fit.laws[0].law
    'exponential:rate=0.243902'
    """
    asked = _core.FitTexts()
    keys = asked.keys
    keys.file = path_of(times)
    keys.column = _text_or_empty(column)
    keys.worker = worker or ""
    keys.step = step or ""
    keys.columns = _text_or_empty(columns_of(times, columns))
    keys.where = where or ""
    keys.missing = missing
    keys.separator = separator
    keys.decimal = decimal
    asked.skip = text(skip)
    asked.laws = "" if laws is None else texts(laws)
    asked.shift = text(shift)
    asked.workers = None if workers is None else texts(workers)
    asked.strategies = [text(each) for each in listed(strategy)]
    asked.bootstrap = text(bootstrap)
    asked.seed = text(seed)
    asked.threads = None if threads is None else text(threads)
    asked.unit = unit
    return FitResult.from_json(_core.fit(asked, _command(asked)))


def _text_or_empty(value: object) -> str:
    return "" if value is None else texts(value)


def _command(asked: _core.FitTexts) -> list[str]:
    """The command line that asks for the same."""
    keys = asked.keys
    command = ["dsgd", "fit", keys.file]
    for option, value in (
        ("--column", keys.column),
        ("--worker", keys.worker),
        ("--step", keys.step),
        ("--columns", keys.columns),
        ("--where", keys.where),
        ("--skip", asked.skip),
        ("--missing", keys.missing),
        ("--separator", keys.separator),
        ("--decimal", keys.decimal),
        ("--laws", asked.laws),
        ("--shift", asked.shift),
        ("--workers", asked.workers),
        *(("--strategy", strategy) for strategy in asked.strategies),
        ("--bootstrap", asked.bootstrap),
        ("--seed", asked.seed),
        ("--threads", asked.threads),
        ("--unit", asked.unit),
    ):
        if value:
            command += [option, value]
    return command
