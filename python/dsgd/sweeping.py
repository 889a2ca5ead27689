"""dsgd.sweep: the command `dsgd sweep` as a function."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Optional, Union

from . import _core
from .result import Result
from .specs import Law, Number, Strategy, listed, text, texts

Report = Callable[[int, int, float, float], None]
Numbers = Union[Number, str, Iterable[Union[Number, str]]]
Laws = Union[str, Law, Iterable[Union[str, Law]]]
Strategies = Union[str, Strategy, Iterable[Union[str, Strategy]]]


class SweepWarning(UserWarning):
    """What the command line says on stderr: a result that is not what it seems."""


class Interrupted(KeyboardInterrupt):
    """Ctrl-C stopped a sweep. `result` has what is known by then."""

    def __init__(self, result: Result) -> None:
        super().__init__("the sweep was stopped; what is known is in .result of this exception")
        self.result = result


def sweep(
    workers: Optional[Numbers] = None,
    law: Laws = "exponential:rate=2",
    strategy: Strategies = ("sync", "async"),
    iterations: Union[Number, str] = 5000,
    seed: Union[int, str] = 1,
    *,
    draws: str = "independent",
    sampling: str = "workers",
    communication: Optional[str] = None,
    server: Optional[Union[str, Law]] = None,
    stragglers: Optional[str] = None,
    quantiles: Optional[Numbers] = None,
    updates: Optional[Union[int, str]] = None,
    baseline: Optional[Union[str, Strategy]] = None,
    relative_error: Optional[Union[float, str]] = None,
    engine: str = "auto",
    threads: Optional[int] = None,
    devices: Optional[Numbers] = None,
    store: Optional[Union[str, os.PathLike[str]]] = None,
    add: bool = False,
    max_time: Optional[Union[Number, str]] = None,
    unit: str = "",
    progress: Union[bool, Report] = False,
) -> Result:
    """Estimates the runtime per iteration at every point of a sweep: each law, strategy and number of workers.

    The numbers are those of `dsgd sweep`, bit for bit, whatever the engine.

    :param workers: numbers of workers: 20, range(1, 21), [1, 2, 4], or "1:1024:x2"; 1 to 16777215. If not given
        those of the laws, where all are fleets, else 1 to 20
    :param law: of one worker's delay, or several laws
    :param strategy: whom the server waits for, or several strategies
    :param iterations: per point, 1 to 2**50
    :param seed: of all draws, 0 to 2**64 - 1
    :param draws: "independent", or "common": one set of draws serves all numbers of workers
    :param sampling: "workers", or "order-statistics": draw the order statistic itself
    :param communication: time of an update's communication, such as "ring:latency=0.1:transfer=2"
    :param server: law of the time that an update takes at the server, where workers go on after an update
    :param stragglers: workers that are slow for a while, such as "enter=0.01:leave=0.1:factor=10"
    :param quantiles: probabilities in (0, 1) whose quantiles of the runtime are wanted
    :param updates: also the time of so many updates in a row, where they are independent
    :param baseline: a strategy that the others are compared with by the draws that they share; `difference`,
        `difference_low` and `difference_high` are then in each point's `document`
    :param relative_error: a point stops once half its 95 % interval is below this share of its mean;
        iterations is then the most it takes
    :param engine: "auto", or one of dsgd.engines(); the numbers are the same
    :param threads: of the host's engines; all cores if not given
    :param devices: numbers of the GPUs that GPU engines use; all if not given
    :param store: a file that keeps what is done, and from which the same call goes on
    :param add: also puts points into a store of another sweep
    :param max_time: seconds, or "30m", after which the sweep stops; its result is then not complete
    :param unit: of times, a label for figures and the document
    :param progress: True for a bar (tqdm, where it is installed), or a function that is called with
        (points done, points, draws done, draws)
    :raises ValueError: for what cannot be swept; the message is the command line's
    :raises OSError: for a file or store that cannot be read or written
    :raises RuntimeError: for an engine or device that is not available or fails
    :raises Interrupted: after Ctrl-C, with what is known

    >>> dsgd.sweep(workers=8, strategy=dsgd.backup(spare=[0, 1]), iterations=1e5).best().strategy
    'backup:spare=1'
    """
    if add and store is None:
        raise ValueError("add=True needs a store (points are added to a store): name it with --store or store=")
    asked = _core.SweepTexts()
    asked.workers = None if workers is None else texts(workers)
    asked.laws = [text(each) for each in listed(law)]
    asked.strategies = [text(each) for each in listed(strategy)]
    asked.iterations = text(iterations)
    asked.seed = text(seed)
    asked.draws = draws
    asked.sampling = sampling
    asked.communication = communication
    asked.server = None if server is None else text(server)
    asked.stragglers = stragglers
    asked.quantiles = None if quantiles is None else texts(quantiles)
    asked.updates = None if updates is None else text(updates)
    asked.baseline = None if baseline is None else text(baseline)
    asked.relative_error = None if relative_error is None else text(relative_error)

    call = _core.SweepCall()
    call.engine = engine
    call.threads = None if threads is None else text(threads)
    call.devices = None if devices is None else texts(devices)
    call.store = None if store is None else os.fsdecode(store)
    call.add = add
    call.max_time = None if max_time is None else max_time if isinstance(max_time, str) else f"{text(max_time)}s"
    call.unit = unit
    call.argv = _command(asked, call)
    with _reporter(progress) as report:
        answer = _core.sweep(asked, call, report)

    result = Result.from_json(answer.json, answer.notes + answer.warnings)
    for warning in answer.warnings:
        warnings.warn(warning, SweepWarning, stacklevel=2)
    if answer.interrupted:
        raise Interrupted(result)
    return result


def _command(asked: _core.SweepTexts, call: _core.SweepCall) -> list[str]:
    """The command line that asks for the same."""
    command = ["dsgd", "sweep"]
    for option, value in (
        ("--workers", asked.workers),
        *(("--law", law) for law in asked.laws),
        *(("--strategy", strategy) for strategy in asked.strategies),
        ("--iterations", asked.iterations),
        ("--seed", asked.seed),
        ("--draws", asked.draws),
        ("--sampling", asked.sampling),
        ("--communication", asked.communication),
        ("--server", asked.server),
        ("--stragglers", asked.stragglers),
        ("--quantiles", asked.quantiles),
        ("--updates", asked.updates),
        ("--baseline", asked.baseline),
        ("--relative-error", asked.relative_error),
        ("--engine", call.engine),
        ("--threads", call.threads),
        ("--devices", call.devices),
        ("--store", call.store),
        ("--max-time", call.max_time),
        ("--unit", call.unit or None),
    ):
        if value is not None:
            command += [option, value]
    return command + ["--add"] * call.add


@contextmanager
def _reporter(progress: Union[bool, Report]) -> Iterator[Optional[Report]]:
    """What is called after each slice of work; None where nobody asked."""
    if progress is True:
        try:
            from tqdm.auto import tqdm
        except ImportError:
            warnings.warn("progress=True needs tqdm (pip install tqdm): no progress is shown", SweepWarning, stacklevel=4)
            yield None
            return
        with tqdm(total=1.0, bar_format="{percentage:3.0f}%|{bar}| {elapsed}<{remaining}{postfix}") as bar:

            def show(points_done: int, points: int, draws_done: float, draws: float) -> None:
                bar.set_postfix_str(f"{points_done} of {points} points", refresh=False)
                bar.update((draws_done / draws if draws else 1.0) - bar.n)

            yield show
    else:
        yield progress or None
