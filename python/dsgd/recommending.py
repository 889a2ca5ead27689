"""dsgd.recommend: the command `dsgd recommend` as a function."""

from __future__ import annotations

import warnings
from typing import Optional, Union

from . import _core
from .recommendation import Recommendation
from .specs import Law, Number, listed, text, texts
from .sweeping import Laws, Numbers, Strategies, SweepWarning


def recommend(
    workers: Optional[Numbers] = None,
    law: Laws = "exponential:rate=2",
    strategy: Optional[Strategies] = None,
    *,
    goal: str = "throughput",
    model: Optional[str] = None,
    within: Union[float, str] = "1%",
    communication: Optional[str] = None,
    server: Optional[Union[str, Law]] = None,
    stragglers: Optional[str] = None,
    iterations: Union[Number, str] = 40000,
    bootstrap: Union[Number, str] = 400,
    seed: Union[int, str] = 1,
    threads: Optional[int] = None,
    unit: str = "",
) -> Recommendation:
    """Which strategy and how many workers, and how sure that is.

    The answer is that of `dsgd recommend`, bit for bit.

    :param workers: numbers of workers, as dsgd.sweep takes them
    :param law: of one worker's delay, measured steps among them, or several laws that may hold
    :param strategy: the candidates; if not given sync, backup with spares up to a quarter of the workers, and async, k-async
        and k-batch-async, or local-sgd where there is communication
    :param goal: "throughput": the most gradients per time; "cost": the fewest workers' time per gradient;
        "noise-scale=B": the least time to a given progress where gradients have a noise scale of B mini-batches;
        "error=E": the least time until the mean error of SGD is E; "time=T": the least mean error at the time T
    :param model: what is trained for "error=E" and "time=T", as dsgd.race takes it; "quadratic" if not given
    :param within: candidates that are this near to the best are marked, a share in [0, 0.99]
    :param communication: time of an update's communication, such as "ring:latency=0.1:transfer=2"
    :param server: law of the time that an update takes at the server, where workers go on after an update
    :param stragglers: workers that are slow for a while, such as "enter=0.01:leave=0.1:factor=10"
    :param iterations: or runs of training, of candidates that are not known exactly
    :param bootstrap: tables that are drawn from measured times, 39 to 1000000
    :param seed: of all draws, 0 to 2**64 - 1
    :param threads: all cores if not given
    :param unit: of times, a label of up to 16 letters
    :raises ValueError: for what cannot be compared; the message is the command line's
    :raises OSError: for a file that cannot be read
    :raises KeyboardInterrupt: after Ctrl-C

    >>> dsgd.recommend(workers=4, law="exponential:rate=1:shift=1", strategy="sync,backup:spare=1").best.strategy
    'backup:spare=1'
    >>> dsgd.recommend(workers=8, law="exponential:rate=1", strategy="sync,async", goal="error=0.02").best.strategy
    'async'
    """
    asked = _core.RecommendTexts()
    asked.workers = None if workers is None else texts(workers)
    asked.laws = [text(each) for each in listed(law)]
    asked.strategies = [] if strategy is None else [text(each) for each in listed(strategy)]
    asked.goal = goal
    asked.model = model
    asked.within = text(within)
    asked.communication = communication
    asked.server = None if server is None else text(server)
    asked.stragglers = stragglers
    asked.iterations = text(iterations)
    asked.bootstrap = text(bootstrap)
    asked.seed = text(seed)
    asked.threads = None if threads is None else text(threads)
    asked.unit = unit
    answer = _core.recommend(asked, _command(asked))
    for warning in answer.warnings:
        warnings.warn(warning, SweepWarning, stacklevel=2)
    return Recommendation.from_json(answer.json)


def _command(asked: _core.RecommendTexts) -> list[str]:
    """The command line that asks for the same."""
    command = ["dsgd", "recommend"]
    for option, value in (
        ("--workers", asked.workers),
        *(("--law", law) for law in asked.laws),
        *(("--strategy", strategy) for strategy in asked.strategies),
        ("--goal", asked.goal),
        ("--model", asked.model),
        ("--within", asked.within),
        ("--communication", asked.communication),
        ("--server", asked.server),
        ("--stragglers", asked.stragglers),
        ("--iterations", asked.iterations),
        ("--bootstrap", asked.bootstrap),
        ("--seed", asked.seed),
        ("--threads", asked.threads),
        ("--unit", asked.unit or None),
    ):
        if value is not None:
            command += [option, value]
    return command
