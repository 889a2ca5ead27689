"""dsgd.race: the command `dsgd race` as a function."""

from __future__ import annotations

import warnings
from typing import Optional, Union

from . import _core
from .race_result import RaceResult
from .specs import Number, listed, text, texts
from .sweeping import Laws, Numbers, Strategies, SweepWarning


def race(
    workers: Optional[Numbers] = None,
    law: Laws = "exponential:rate=2",
    strategy: Optional[Strategies] = None,
    *,
    model: str = "quadratic",
    learning_rate: Union[Numbers, str] = 0.1,
    times: Optional[Numbers] = None,
    updates: Optional[Numbers] = None,
    target: Optional[Union[float, str]] = None,
    curves: bool = False,
    replications: Union[Number, str] = 10000,
    communication: Optional[str] = None,
    seed: Union[int, str] = 1,
    draws: str = "independent",
    engine: str = "auto",
    threads: Optional[int] = None,
    unit: str = "",
) -> RaceResult:
    """The error of SGD on a quadratic against time, per strategy.

    The answer is that of `dsgd race`, bit for bit.

    :param workers: numbers of workers, as dsgd.sweep takes them; 8 if not given
    :param law: of one worker's delay, measured steps among them, or several laws
    :param strategy: who races; if not given sync, k-sync and k-async with half of the workers, and async
    :param model: what is trained, such as "quadratic:curvature=1,0.1:noise=1:start=1"
    :param learning_rate: one or several, or "best": each strategy's own
    :param times: at which the error is told; 1 to 100 mean delays if neither times nor updates are given
    :param updates: after which it is told as well
    :param target: error whose first time is looked for, until the last of the times
    :param curves: True to measure the error at many times between these, too, for smooth curves of `plot()`
    :param replications: runs of training that are averaged, 2 to 2**32 - 1
    :param communication: time of an update's communication, such as "ring:latency=0.1:transfer=2"
    :param seed: of all draws, 0 to 2**64 - 1
    :param draws: "common" for one set of delays for all numbers of workers
    :param engine: "cpu", "cuda" or "reference", with the same results
    :param threads: all cores if not given
    :param unit: of times, a label of up to 16 letters
    :raises ValueError: for what cannot be raced; the message is the command line's
    :raises OSError: for a file that cannot be read
    :raises KeyboardInterrupt: after Ctrl-C

    >>> result = dsgd.race(law="exponential:rate=1", strategy="sync,async", times=[1, 100], replications=1000)
    >>> result["async"].points[0].error < result["sync"].points[0].error
    True
    """
    asked = _core.RaceTexts()
    asked.workers = None if workers is None else texts(workers)
    asked.laws = [text(each) for each in listed(law)]
    asked.strategies = [] if strategy is None else [text(each) for each in listed(strategy)]
    asked.model = model
    asked.learning_rate = texts(learning_rate)
    asked.times = None if times is None else texts(times)
    asked.updates = None if updates is None else texts(updates)
    asked.target = None if target is None else text(target)
    asked.curves = curves
    asked.replications = text(replications)
    asked.communication = communication
    asked.seed = text(seed)
    asked.draws = draws
    asked.engine = engine
    asked.threads = None if threads is None else text(threads)
    asked.unit = unit
    answer = _core.race(asked, _command(asked))
    for warning in answer.warnings:
        warnings.warn(warning, SweepWarning, stacklevel=2)
    return RaceResult.from_json(answer.json, answer.notes + answer.warnings)


def _command(asked: _core.RaceTexts) -> list[str]:
    """The command line that asks for the same."""
    command = ["dsgd", "race"]
    for option, value in (
        ("--workers", asked.workers),
        *(("--law", law) for law in asked.laws),
        *(("--strategy", strategy) for strategy in asked.strategies),
        ("--model", asked.model),
        ("--learning-rate", asked.learning_rate),
        ("--times", asked.times),
        ("--updates", asked.updates),
        ("--target", asked.target),
        ("--replications", asked.replications),
        ("--communication", asked.communication),
        ("--seed", asked.seed),
        ("--draws", asked.draws),
        ("--engine", asked.engine),
        ("--threads", asked.threads),
        ("--unit", asked.unit or None),
    ):
        if value is not None:
            command += [option, value]
    return command
