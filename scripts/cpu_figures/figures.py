"""What is measured. Each function yields figures; all but those of two threads are of one."""

from __future__ import annotations

import statistics
import subprocess
import tempfile
from pathlib import Path
from typing import Callable, Iterator, NamedTuple

from .program import Broken, Program

SCRIPTS = Path(__file__).resolve().parents[1]
NO_NUMPY = 77  # status of with_python


class Figure(NamedTuple):
    name: str
    value: float
    limit: float
    at_most: bool  # else at least
    unit: str = "x"
    detail: str = ""

    @property
    def met(self) -> bool:
        return self.value <= self.limit if self.at_most else self.value >= self.limit


Figures = Iterator[Figure]


def at_most(name: str, value: float, limit: float, unit: str = "x", detail: str = "") -> Figure:
    return Figure(name, value, limit, True, unit, detail)


def at_least(name: str, value: float, limit: float, unit: str = "x") -> Figure:
    return Figure(name, value, limit, False, unit)


def cycles(program: Program, rounds: int, largest: int) -> Figures:
    """Of the whole sweep, both strategies, counted by a chain of multiplications."""
    wanted = {"avx512": {20: 1.25, 64: 0.95, 1024: 0.95}, "avx2": {20: 1.5, 64: 1.5, 1024: 1.5}}
    for instructions, limits in wanted.items():
        runs = [program.bench(",".join(map(str, limits)), instructions, 7) for _ in range(rounds)]
        for m, limit in limits.items():
            counts = [run[m] for run in runs if run is not None]
            if not counts:
                print(f"skipped cycles, {instructions}, m = {m}: this processor has no such instructions", flush=True)
            else:
                yield at_most(f"cycles per draw, {instructions}, m = {m}", min(counts), limit, "cycles")


def process(program: Program, rounds: int, largest: int) -> Figures:
    """The notebook's sweep as a process beside a Python that only imports NumPy. Nothing where there is none."""
    ours = (program.path, "sweep", "--engine", "cpu", "--threads", "1", "--progress", "none")
    theirs = (SCRIPTS / "with_python", "numpy", "-c", "import time, numpy; print(time.process_time())")
    seconds = []
    for _ in range(5 * rounds):
        imported = subprocess.run(theirs, stdout=subprocess.PIPE, text=True)
        if imported.returncode == NO_NUMPY:
            return
        if imported.returncode != 0:
            raise Broken(imported.returncode)
        seconds.append((program.process_time(ours), float(imported.stdout)))
    mine, of_python = (min(column) for column in zip(*seconds))
    yield at_most("the notebook's sweep as a process / import numpy", mine / of_python, 1 / 3)


def linearity(program: Program, rounds: int, largest: int) -> Figures:
    """Time per draw from 10^6 draws to 10^largest, all of m = 1000."""
    per_draw = []
    for power in range(6, largest + 1):
        repeats = 4 * rounds if power < 9 else max(1, rounds >> (power - 9))
        (seconds,) = program.fastest([("-m", 1000, "-n", 10 ** (power - 3))], repeats)
        per_draw.append(seconds / 10**power)
    spread = max(per_draw) / min(per_draw)
    detail = "ns: " + ", ".join(f"{1e9 * seconds:.3f}" for seconds in per_draw)
    yield at_most(f"time per draw, slowest / fastest of 1e6 to 1e{largest} draws", spread, 1.1, detail=detail)


def common_draws(program: Program, rounds: int, largest: int) -> Figures:
    one, all_ = program.fastest(
        [("-m", 1024, "-n", "1e6"), ("-m", "1:1024", "-n", "1e6", "--draws", "common")], rounds
    )
    yield at_most("sweep m = 1:1024 by common draws / point m = 1024", all_ / one, 3)


def order_statistics(program: Program, rounds: int, largest: int) -> Figures:
    iterations = 20_000_000
    workers = (2, 20, 1024, 2**24, 2**40)
    seconds = program.fastest(
        [("-m", m, "-n", iterations, "--sampling", "order-statistics") for m in workers], rounds
    )
    yield at_least("joint order statistics, any m", iterations / max(seconds), 1e8, "/s")
    yield at_most("their time, slowest / fastest of m = 2 to 2^40", max(seconds) / min(seconds), 1.1)


def strategies(program: Program, rounds: int, largest: int) -> Figures:
    """Beside sync, of as many draws."""
    ranks = [(20, 2, 2.5), (20, 10, 2.5), (64, 32, 2.5), (1024, 4, 2.5), (1024, 1020, 2.5), (1024, 1000, 3)]
    for m, k, limit in ranks:
        words = ("-m", m, "-n", 10**9 // m, "--strategy")
        sync, k_sync = program.fastest([(*words, "sync"), (*words, f"k-sync:k={k}")], rounds)
        yield at_most(f"k-sync / sync per draw, m = {m}, k = {k}", k_sync / sync, limit)
    for m, steps in ((20, 8), (1024, 8)):
        words = ("-m", m, "-n", 2 * 10**8 // m)
        local = ("-m", m, "-n", 2 * 10**8 // m // steps, "--strategy", f"local-sgd:steps={steps}:communication=0")
        sync, sums = program.fastest([(*words, "--strategy", "sync"), local], rounds)
        yield at_most(f"local-sgd / sync per draw, m = {m}, {steps} steps", sums / sync, 3)


def clocks(program: Program, rounds: int, largest: int) -> Figures:
    events = 2 * 10**7
    for strategy, gradients in (("async", 1), ("k-async:k=10", 10), ("k-batch-async:k=4", 4)):
        words = ("-m", 20, "-n", events // gradients, "--law", "shifted-exponential:shift=1:rate=1")
        (seconds,) = program.fastest([(*words, "--strategy", strategy)], rounds)
        yield at_least(f"events of {strategy}, m = 20", events / seconds, 5e7, "/s")


def histograms(program: Program, rounds: int, largest: int) -> Figures:
    for m, limit in ((20, 1.5), (1024, 1.1)):
        words = ("-m", m, "-n", 10**9 // m, "--strategy", "sync")
        without, with_ = program.fastest([words, (*words, "--quantiles", "0.5,0.99")], rounds)
        yield at_most(f"sync with / without quantiles, m = {m}", with_ / without, limit)
    few = program.sweep(("-m", 1, "-n", "1e3", "--quantiles", "0.5"))
    many = program.sweep(("-m", 1, "-n", "1e9", "--quantiles", "0.9999"))
    yield at_most("memory of p99.99 of 1e9 - of p50 of 1e3", many.mebibytes - few.mebibytes, 0.5, "MiB")


def store(program: Program, rounds: int, largest: int) -> Figures:
    words = ("-m", 1024, "-n", "2e7")
    pairs = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            without = program.sweep(words).seconds
            pairs.append((without, program.sweep((*words, "--store", Path(folder) / "s.db")).seconds))
    ratio = min(with_ for _, with_ in pairs) / min(without for without, _ in pairs)
    yield at_most("what a store costs, of the time without", 100 * (ratio - 1), 2, "%")


def notebook(program: Program, rounds: int, largest: int) -> Figures:
    """The notebook's whole job, inside the processes. Nothing where there is no NumPy."""
    command = (SCRIPTS / "with_python", "numpy", SCRIPTS / "notebook_loop.py", str(max(3, rounds)))
    loop = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if loop.returncode == NO_NUMPY:
        return
    if loop.returncode != 0:
        raise Broken(loop.returncode)
    theirs = min(map(float, loop.stdout.split()))
    independent, common = program.fastest([(), ("--draws", "common")], 10 * rounds)
    yield at_least("the notebook's job, notebook / dsgd", theirs / independent, 1500)
    yield at_least("likewise by common draws", theirs / common, 10_000)


def two_threads(program: Program, rounds: int, largest: int) -> Figures:
    words = ("-m", 1024, "-n", "4e6")
    ratios = [program.sweep(words, 1).wall / program.sweep(words, 2).wall for _ in range(rounds)]
    yield at_least("two threads, times one", statistics.median(ratios), 1.9)


def memory(program: Program, rounds: int, largest: int) -> Figures:
    """Of everything that ran before."""
    yield at_most("resident memory, most of all runs", program.mebibytes, 64, "MiB")


# Memory last.
MEASUREMENTS: dict[str, Callable[[Program, int, int], Figures]] = {
    measurement.__name__.replace("_", "-"): measurement
    for measurement in (
        notebook,
        process,
        cycles,
        order_statistics,
        strategies,
        clocks,
        histograms,
        common_draws,
        two_threads,
        store,
        linearity,
        memory,
    )
}
