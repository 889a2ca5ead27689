"""How fast engine cpu races, beside NumPy.

    scripts/measure race [--workers 8] [--rounds 5]

Async, k-async and sync of workers with exponential delays are followed until a time, all replications together: by dsgd on one
thread, and by NumPy, whose loop takes one update of all replications at a time, with arrays of the clocks, the models and the
noise. Prints updates per second and core of both, and their ratio. Exits with 1 where dsgd has less than 2e7 updates per second
under one of them."""

from __future__ import annotations

import argparse
import math
import statistics
import time

from .program import run as run_program
from .timing import in_turn, quiet

LEAST_UPDATES = 2e7
TIME, RATE, LEARNING_RATE = 50.0, 1.0, 0.1


def followed(workers: int, waited: int, fresh: bool, replications: int):
    """Mean error at TIME and updates in all, of strategies that wait for `waited` workers. @param fresh  whether all begin anew"""
    import numpy

    chance = numpy.random.default_rng(1)
    rows = numpy.arange(replications)
    model, error = numpy.ones(replications), numpy.full(replications, math.nan)
    taken = numpy.ones((replications, workers))
    ends = chance.exponential(1 / RATE, (replications, workers))
    updates, running = 0, numpy.ones(replications, bool)
    while running.any():
        if waited == 1:
            who = ends.argmin(axis=1)[:, None]
            now = ends[rows, who[:, 0]]
        elif waited == workers:
            who, now = numpy.broadcast_to(numpy.arange(workers), ends.shape), ends.max(axis=1)
        else:
            who = ends.argpartition(waited - 1, axis=1)[:, :waited]
            now = numpy.take_along_axis(ends, who, axis=1).max(axis=1)
        over = running & (now > TIME)
        error[over] = model[over] ** 2 / 2
        running &= ~over
        updates += int(running.sum())
        gradients = numpy.take_along_axis(taken, who, axis=1).mean(axis=1)
        model = model - LEARNING_RATE * (gradients + chance.standard_normal(replications) / math.sqrt(waited))
        if fresh:
            taken[:] = model[:, None]
            ends = now[:, None] + chance.exponential(1 / RATE, ends.shape)
        else:
            numpy.put_along_axis(taken, who, numpy.broadcast_to(model[:, None], who.shape), axis=1)
            begun = now[:, None] + chance.exponential(1 / RATE, who.shape)
            numpy.put_along_axis(ends, who, begun, axis=1)
    return error.mean(), updates


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--workers", type=int, default=8, metavar="N", help="[8]")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="each in turn, the median counts [5]")


def run(options: argparse.Namespace) -> int:
    workers = options.workers
    half = max(1, workers // 4)
    enough = True
    for name, waited, fresh in (("async", 1, False), (f"k-async:k={half}", half, False), ("sync", workers, True)):

        def by_dsgd(strategy: str = name) -> float:
            command = [options.program, "race", "-m", workers, "--rate", RATE, "--strategy", strategy, "--times", TIME]
            command += ["--learning-rate", LEARNING_RATE, "-n", 100_000, "--threads", 1, "-o", "-", "--format", "json"]
            found = run_program(command)
            (point,) = found.document["points"]
            return point["updates"] * point["replications"] / found.processor

        def by_numpy(waited: int = waited, fresh: bool = fresh) -> float:
            begin = time.process_time()
            updates = followed(workers, waited, fresh, 10_000)[1]
            return updates / (time.process_time() - begin)

        rounds = quiet(in_turn([by_dsgd, by_numpy], options.rounds))
        own, theirs = (statistics.median(one.values[i] for one in rounds) for i in (0, 1))
        enough &= own >= LEAST_UPDATES
        print(f"{name:14} {own:9.3g} updates per second and core, NumPy {theirs:9.3g}, {own / theirs:6.1f} times as many", flush=True)
    print(f"wanted: {LEAST_UPDATES:.0e} updates per second")
    return 0 if enough else 1
