"""dsgd.exact: the command `dsgd exact` as a function."""

from __future__ import annotations

import warnings
from typing import Optional, Union

from . import _core
from .exact_result import ExactResult
from .specs import Law, listed, text, texts
from .sweeping import Laws, Numbers, Strategies, SweepWarning


def exact(
    workers: Optional[Numbers] = None,
    law: Laws = "exponential:rate=2",
    strategy: Strategies = ("sync", "async"),
    *,
    sampling: str = "workers",
    communication: Optional[str] = None,
    server: Optional[Union[str, Law]] = None,
    stragglers: Optional[str] = None,
    quantiles: Optional[Numbers] = None,
    updates: Optional[Union[int, str]] = None,
) -> ExactResult:
    """Exact means, standard deviations, quantiles and throughputs of all points that have them; nothing is drawn.

    The values are those of `dsgd exact`.

    :param workers: numbers of workers, as dsgd.sweep takes them
    :param law: of one worker's delay, or several laws
    :param strategy: whom the server waits for, or several strategies
    :param sampling: "order-statistics" keeps order statistics of equal workers alone, of up to 2**62 - 1 of them
    :param communication: time of an update's communication, such as "ring:latency=0.1:transfer=2"
    :param server: law of the time that an update takes at the server, where workers go on after an update
    :param stragglers: workers that are slow for a while, such as "enter=0.01:leave=0.1:factor=10"
    :param quantiles: probabilities in (0, 1) whose quantiles of the runtime are wanted
    :param updates: also the time of so many updates in a row, where they are independent
    :raises ValueError: for what has no point; the message is the command line's
    :raises OSError: for a file that cannot be read

    >>> dsgd.exact(workers=[1, 20], strategy="sync").mean.round(4).tolist()
    [0.5, 1.7989]
    """
    asked = _core.SweepTexts()
    asked.workers = None if workers is None else texts(workers)
    asked.laws = [text(each) for each in listed(law)]
    asked.strategies = [text(each) for each in listed(strategy)]
    asked.sampling = sampling
    asked.communication = communication
    asked.server = None if server is None else text(server)
    asked.stragglers = stragglers
    asked.quantiles = None if quantiles is None else texts(quantiles)
    asked.updates = None if updates is None else text(updates)
    answer = _core.exact(asked, _command(asked))
    for warning in answer.warnings:
        warnings.warn(warning, SweepWarning, stacklevel=2)
    return ExactResult.from_json(answer.json, answer.notes + answer.warnings)


def _command(asked: _core.SweepTexts) -> list[str]:
    """The command line that asks for the same."""
    command = ["dsgd", "exact"]
    for option, value in (
        ("--workers", asked.workers),
        *(("--law", law) for law in asked.laws),
        *(("--strategy", strategy) for strategy in asked.strategies),
        ("--sampling", asked.sampling),
        ("--communication", asked.communication),
        ("--server", asked.server),
        ("--stragglers", asked.stragglers),
        ("--quantiles", asked.quantiles),
        ("--updates", asked.updates),
    ):
        if value is not None:
            command += [option, value]
    return command
