"""What engine cpu is to reach on this machine: speed in cycles per draw, beside the notebook and NumPy, of order statistics and
of every kind of strategy, with quantiles, with a store, with two threads and two ranks; that time is linear in the draws; memory.

    scripts/measure cpu [--rounds 5] [--only NAME,NAME] [--output cpu.json]

Each figure is of the fastest of some runs, in turn with what it is compared with. A probe between the rounds says whether
somebody else used the cores; rounds on quiet cores count where there are any. Exits with 1 where a figure is missed on quiet
cores, and with 77 where one is missed that busy cores may have cost, or nothing could be measured. Minutes on a quiet machine."""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from pathlib import Path
from typing import Callable, Iterator

from . import machine, report
from .program import Broken, run as run_program
from .runs import Figure, Runs, at_least, at_most, conclude, line, python, row

LIBRARIES = Path(__file__).with_name("libraries")
UNAVAILABLE = 4  # exit status of dsgd where DSGD_ISA names what the machine lacks

Figures = Iterator[Figure]


def notebook(runs: Runs) -> Figures:
    """The notebook's whole job: its loop beside dsgd inside the process, and beside the whole process."""
    code = "import sys, with_numpy; sys.stdout.write(str(with_numpy.seconds_of_the_notebook(int(sys.argv[1]))))"
    loop = python("-c", f"import sys; sys.path.insert(0, {str(LIBRARIES)!r}); {code}", max(3, runs.rounds))
    if loop is None:
        return
    independent, common = runs.fastest((), ("--draws", "common"), rounds=10 * runs.rounds)
    (processes,) = runs.columns([lambda: elapsed(runs.sweep)], 10 * runs.rounds)
    yield at_least("the notebook's job, notebook / dsgd", loop / independent, 1500)
    yield at_least("the notebook's job by common draws, notebook / dsgd", loop / common, 10_000)
    yield at_least("the notebook's job, notebook / whole process of dsgd", loop / min(processes), 10)


def process(runs: Runs) -> Figures:
    """The notebook's sweep as a process beside a Python that only imports NumPy."""
    imports = "import time, numpy; print(time.process_time())"
    if python("-c", imports) is None:
        return
    ours, theirs = runs.columns([lambda: runs.sweep().processor, lambda: python("-c", imports)], 5 * runs.rounds)
    yield at_most("the notebook's sweep as a process / import numpy", min(ours) / min(theirs), 1 / 3)


def cycles(runs: Runs) -> Figures:
    """Cycles of the whole sweep, both strategies, counted by a chain of multiplications."""
    wanted = {"avx512": {20: 1.25, 64: 0.95, 1024: 0.95}, "avx2": {20: 1.5, 64: 1.5, 1024: 1.5}}
    for instructions, limits in wanted.items():
        workers = ",".join(map(str, limits))
        bench = [runs.program, "bench", "--engine", "cpu", "--threads", "1", "-m", workers, "--repeat", 7, "-o", "-"]
        try:
            (found,) = runs.columns([lambda: run_program(bench, DSGD_ISA=instructions).document], runs.rounds)
        except Broken as broken:
            if broken.status != UNAVAILABLE or "DSGD_ISA" not in str(broken):
                raise
            print(f"skipped cycles, {instructions}: this processor has no such instructions", flush=True)
            continue
        for m, limit in limits.items():
            counts = [row["cycles_per_draw"] for one in found for row in one["measurements"] if row["workers"] == m]
            yield at_most(f"cycles per draw, {instructions}, m = {m}", min(counts), limit, "cycles")


def order_statistics(runs: Runs) -> Figures:
    iterations = 20_000_000
    sampled = ("-n", iterations, "--sampling", "order-statistics")
    seconds = runs.fastest(*(("-m", m, *sampled) for m in (2, 20, 1024, 2**24, 2**40)))
    yield at_least("joint order statistics, any m", iterations / max(seconds), 1e8, "/s")
    yield at_most("their time, slowest / fastest of m = 2 to 2^40", max(seconds) / min(seconds), 1.1)


def strategies(runs: Runs) -> Figures:
    """Beside sync, of as many draws."""
    ranks = [(20, 2, 2.5), (20, 10, 2.5), (64, 32, 2.5), (1024, 4, 2.5), (1024, 1020, 2.5), (1024, 1000, 3)]
    for m, k, limit in ranks:
        words = ("-m", m, "-n", 10**9 // m, "--strategy")
        sync, k_sync = runs.fastest((*words, "sync"), (*words, f"k-sync:k={k}"))
        yield at_most(f"k-sync / sync per draw, m = {m}, k = {k}", k_sync / sync, limit)
    for m, steps in ((20, 8), (1024, 8)):
        n = 2 * 10**8 // m
        local = ("-m", m, "-n", n // steps, "--strategy", f"local-sgd:steps={steps}:communication=0")
        sync, sums = runs.fastest(("-m", m, "-n", n, "--strategy", "sync"), local)
        yield at_most(f"local-sgd / sync per draw, m = {m}, {steps} steps", sums / sync, 3)


def clocks(runs: Runs) -> Figures:
    events = 2 * 10**7
    for strategy, gradients in (("async", 1), ("k-async:k=10", 10), ("k-batch-async:k=4", 4), ("ssp:staleness=2", 1)):
        law = ("--law", "shifted-exponential:shift=1:rate=1")
        (seconds,) = runs.fastest(("-m", 20, "-n", events // gradients, *law, "--strategy", strategy))
        yield at_least(f"events of {strategy}, m = 20", events / seconds, 5e7, "/s")


def histograms(runs: Runs) -> Figures:
    for m, limit in ((20, 1.5), (1024, 1.1)):
        words = ("-m", m, "-n", 10**9 // m, "--strategy", "sync")
        without, with_ = runs.fastest(words, (*words, "--quantiles", "0.5,0.99"))
        yield at_most(f"sync with / without quantiles, m = {m}", with_ / without, limit)
    few = runs.sweep("-m", 1, "-n", "1e3", "--quantiles", "0.5")
    many = runs.sweep("-m", 1, "-n", "1e9", "--quantiles", "0.9999")
    yield at_most("memory of p99.99 of 1e9 - of p50 of 1e3", many.mebibytes - few.mebibytes, 0.5, "MiB")


def common_draws(runs: Runs) -> Figures:
    one, all_ = runs.fastest(("-m", 1024, "-n", "1e6"), ("-m", "1:1024", "-n", "1e6", "--draws", "common"))
    yield at_most("sweep m = 1:1024 by common draws / point m = 1024", all_ / one, 3)


def two_threads(runs: Runs) -> Figures:
    words = ("-m", 1024, "-n", "4e6")
    ratio = runs.speedup(lambda: runs.wall(*words), lambda: runs.wall(*words, threads=2))
    yield at_least("two threads, times one", ratio, 1.9)


def two_ranks(runs: Runs) -> Figures:
    """On two cores, one thread each."""
    if not (shutil.which("mpirun") and runs.program.with_name("dsgd_mpi.so").exists()):
        return

    def seconds(ranks: int) -> float:
        launch = ("mpirun", "--allow-run-as-root", "--bind-to", "core", "-n", ranks)
        return runs.wall("-m", 1024, "-n", "4e6", launch=launch)

    yield at_least("two ranks, times one", runs.speedup(lambda: seconds(1), lambda: seconds(2)), 1.85)


def store(runs: Runs) -> Figures:
    words = ("-m", 1024, "-n", "2e7")

    def with_a_store() -> float:
        with tempfile.TemporaryDirectory() as folder:
            return runs.seconds(*words, "--store", Path(folder) / "s.db")

    without, with_ = runs.columns([lambda: runs.seconds(*words), with_a_store], runs.rounds)
    yield at_most("what a store costs, of the time without", 100 * (min(with_) / min(without) - 1), 2, "%")


def linearity(runs: Runs) -> Figures:
    """Time per draw from 10^6 draws to 10^largest, all of m = 1000."""
    per_draw = []
    for power in range(6, runs.largest + 1):
        repeats = 4 * runs.rounds if power < 9 else max(1, runs.rounds >> (power - 9))
        (seconds,) = runs.fastest(("-m", 1000, "-n", 10 ** (power - 3)), rounds=repeats)
        per_draw.append(seconds / 10**power)
    spread = max(per_draw) / min(per_draw)
    detail = "ns: " + ", ".join(f"{1e9 * seconds:.3f}" for seconds in per_draw)
    yield at_most(f"time per draw, slowest / fastest of 1e6 to 1e{runs.largest} draws", spread, 1.1, detail=detail)


def memory(runs: Runs) -> Figures:
    """Memory of everything that ran before."""
    yield at_most("resident memory, most of all runs", runs.mebibytes, 64, "MiB")


# Memory last.
MEASUREMENTS: dict[str, Callable[[Runs], Figures]] = {
    measurement.__name__.replace("_", "-"): measurement
    for measurement in (notebook, process, cycles, order_statistics, strategies, clocks, histograms, common_draws)
    + (two_threads, two_ranks, store, linearity, memory)
}


def elapsed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def add_options(parser: argparse.ArgumentParser) -> None:
    def names(text: str) -> list[str]:
        unknown = [name for name in text.split(",") if name not in MEASUREMENTS]
        if unknown:
            raise argparse.ArgumentTypeError(f"{unknown[0]} is none of {', '.join(MEASUREMENTS)}")
        return text.split(",")

    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="runs of each sweep [5]")
    parser.add_argument("--only", type=names, default=list(MEASUREMENTS), metavar="NAMES", help=", ".join(MEASUREMENTS))
    parser.add_argument(
        "--largest", type=int, default=11, metavar="P", help="of the linear times: 10^P draws, 7 to 13 [11]"
    )
    parser.add_argument("--output", type=Path, metavar="FILE", help="all figures as JSON")


def run(options: argparse.Namespace) -> int:
    if options.rounds < 1 or not 7 <= options.largest <= 13:
        options.fail("--rounds is at least 1, --largest 7 to 13")
    facts = machine.describe()
    runs = Runs(options.program, options.rounds, options.largest)
    rows: list[dict] = []
    for name in options.only:
        runs.free, before = 1.0, len(rows)
        for figure in MEASUREMENTS[name](runs):
            rows.append(row(figure, runs.free))
            print(line(rows[-1]), flush=True)
        if len(rows) == before:
            print(f"skipped {name}: it needs NumPy, MPI or instructions that are not here", flush=True)
    if options.output:
        facts |= {key: runs.provenance.get(key) for key in ("version", "commit", "compiler", "device")}
        document = {"schema": "dsgd.cpu-figures/1", "figures": rows, "rounds": options.rounds, "machine": facts}
        report.write_json(options.output, document)
    return conclude(rows)
