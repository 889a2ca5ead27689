"""How often dsgd recommend is right.

    scripts/measure recommend [--jobs 200] [--steps 200]

Makes tables of measured steps of 16 workers whose law is known: workers that are alike, workers of different speed, steps in
which all are slow together and that resemble their neighbours, and workers that are alike and are to be slow for a while
(--stragglers). Of each table it asks for the best of sync and backup with 1 to 4
spares, and compares with the means of the law. Prints, for each kind, the share of tables in which the printed interval of the
best beside sync holds the true ratio, the same for the ratios of all candidates to the one that was chosen, and the share in which
the choice loses less than 1 % of the best throughput. Exits with 1 where the first is outside 93 to 97 % over all kinds, or the
last is below 95 %. Of 800 intervals that hold the truth in 95 %, the share is outside by chance once in 100."""

from __future__ import annotations

import argparse
import concurrent.futures
import os
import statistics
import tempfile
from pathlib import Path
from typing import Any, Callable, NamedTuple

from .program import run as run_program

WORKERS, SPARES = 16, range(1, 5)
LOW, HIGH, LEAST_GOOD = 0.93, 0.97, 0.95
STEPS_OF_TRUTH = 400_000
SYNC = "sync"


def alike(chance, steps):
    return 2 + chance.gamma(2, 0.5, (steps, WORKERS))


def unequal(chance, steps):
    return (1 + 0.04 * chance.permutation(WORKERS)) * (1 + chance.lognormal(-1, 0.5, (steps, WORKERS)))


def together(chance, steps):
    import numpy

    state = numpy.empty(steps)
    state[0] = chance.normal()
    for step, noise in enumerate(chance.normal(0, 0.8, steps - 1), 1):
        state[step] = 0.6 * state[step - 1] + noise
    return numpy.exp(0.15 * state)[:, None] * (1 + chance.exponential(0.4, (steps, WORKERS)))


class Kind(NamedTuple):
    table: Callable[..., Any]  # of a chance and a number of steps: times [step, worker]
    law: str = "replay"
    slow: tuple[float, float, float] | None = None  # enter, leave and factor of --stragglers

    def played(self, chance):
        """Times of many steps, as the strategies meet them."""
        times = self.table(chance, STEPS_OF_TRUTH)
        if self.slow:
            enter, leave, factor = self.slow
            times[chance.random(times.shape) < enter / (enter + leave)] *= factor
        return times

    def options(self) -> list[str]:
        return ["--stragglers", "enter={}:leave={}:factor={}".format(*self.slow)] if self.slow else []


KINDS = {
    "alike": Kind(alike),
    "unequal": Kind(unequal),
    "together": Kind(together),
    "slow": Kind(alike, "empirical", (0.02, 0.2, 1.5)),
}


def throughputs(times) -> dict[str, float]:
    """Gradients per time of each candidate, of a table of steps."""
    import numpy

    ordered = numpy.sort(times, axis=1).mean(axis=0).tolist()
    found = {SYNC: WORKERS / ordered[-1]}
    return found | {f"backup:spare={spare}": (WORKERS - spare) / ordered[WORKERS - spare - 1] for spare in SPARES}


def answer(program: Path, kind: Kind, times, folder: Path, name: str) -> dict:
    import numpy

    path = folder / f"{name}.csv"
    numpy.savetxt(path, times, delimiter=",", fmt="%.9g", header=",".join(f"w{i}" for i in range(WORKERS)), comments="")
    command = [program, "recommend", "--law", f"{kind.law}:file={path}:columns=*", "--threads", 1, *kind.options()]
    command += ["--strategy", f"sync,backup:spare={SPARES[0]}..{SPARES[-1]}"]
    return run_program([*command, "-o", "-", "--format", "json"]).document["laws"][0]


def judged(found: dict, truth: dict[str, float]) -> tuple[list[bool], list[bool], bool]:
    """Whether the interval beside sync holds the truth, unless sync is chosen; those of all candidates; whether the choice is good."""
    chosen = found["candidates"][0]["strategy"]
    beside_sync = found["best"]["of_sync"]
    true_ratio = truth[chosen] / truth[SYNC]
    of_sync = [] if beside_sync is None else [beside_sync["low"] <= true_ratio <= beside_sync["high"]]
    ratios = [(each["ratio"], truth[each["strategy"]] / truth[chosen]) for each in found["candidates"][1:]]
    return of_sync, [ratio["low"] <= true <= ratio["high"] for ratio, true in ratios], truth[chosen] > 0.99 * max(truth.values())


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--jobs", type=int, default=200, metavar="N", help="tables of each kind [200]")
    parser.add_argument("--steps", type=int, default=200, metavar="N", help="of each table [200]")


def run(options: argparse.Namespace) -> int:
    import numpy

    beside_sync, good = [], []
    with tempfile.TemporaryDirectory() as place, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as threads:
        folder = Path(place)
        for number, (name, kind) in enumerate(KINDS.items()):
            # Speeds of workers are drawn for each table anew, in another order: the same for all orders.
            truth = throughputs(kind.played(numpy.random.default_rng([number])))
            tables = [kind.table(numpy.random.default_rng([number, job]), options.steps) for job in range(1, options.jobs + 1)]
            answers = threads.map(lambda job: answer(options.program, kind, job[1], folder, f"{name}{job[0]}"), enumerate(tables))
            verdicts = [judged(found, truth) for found in answers]
            of_sync, of_all, choices = zip(*verdicts)
            beside = [held for each in of_sync for held in each]
            beside_sync += beside
            good += choices
            every = statistics.mean(held for candidates in of_all for held in candidates)
            print(
                f"{name:10} interval beside sync {statistics.mean(beside):.3f} of {len(beside)}, of all candidates {every:.3f}, "
                f"good choices {statistics.mean(choices):.3f}",
                flush=True,
            )
    held, right = statistics.mean(beside_sync), statistics.mean(good)
    print(f"{'all':10} interval beside sync {held:.3f} (0.93 to 0.97 wanted), good choices {right:.3f} (0.95 wanted)")
    return 0 if LOW <= held <= HIGH and right >= LEAST_GOOD else 1
