"""Fleets of unequal workers on engine cpu beside NumPy, in time per draw on one core.

    scripts/measure fleets [--rounds 5] [--workers 16,64] [--only exponential,lognormal,empirical,replay] [--draws 2e7]

Every worker has parameters, or measured times, of its own. NumPy draws all delays, by one call of its Generator, and takes the
slowest, or the k-th by np.partition; replay chooses whole measured steps. All run in turn, and each figure is the median over the
rounds of NumPy's time by dsgd's. Beside it stands the time of the fastest form found in NumPy, which works in place. Means that differ by more than 5 standard errors (false alarm: 6e-7 each) end the measurement. Exits with 1 where a
figure is missed on a quiet core, with 77 where one is missed on a busy one or no Python has NumPy."""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from pathlib import Path
from typing import NamedTuple

from .program import Broken
from .runs import BUSY, Runs, at_least, conclude, line, python, row

PARTS = Path(__file__).with_name("libraries") / "fleets_with_numpy.py"
LIMITS = {"exponential": 5, "lognormal": 5, "empirical": 5, "replay": 20}  # NumPy / dsgd
STEPS = 2000  # of a measured table


class Fleet(NamedTuple):
    spec: str  # for dsgd
    twin: dict  # for NumPy


def spread(low: float, high: float, workers: int) -> list[float]:
    """As many numbers as workers, the first low and the last high."""
    return [round(low + (high - low) * i / max(1, workers - 1), 6) for i in range(workers)]


def fleet_of(law: str, workers: int, folder: Path) -> Fleet:
    if law == "exponential":
        rates = spread(1, 2, workers)
        return Fleet("+".join(f"1*exponential:rate={rate}" for rate in rates), {law: rates})
    if law == "lognormal":
        mus, sigmas = spread(0, 0.5, workers), spread(0.3, 0.6, workers)
        parts = (f"1*lognormal:mu={mu}:sigma={sigma}" for mu, sigma in zip(mus, sigmas))
        return Fleet("+".join(parts), {law: [mus, sigmas]})
    stem = folder / f"measured_{workers}"
    if not stem.with_suffix(".npy").exists():
        python("-c", MAKE_TABLE, STEPS, workers, stem)
    return Fleet(f"{law}:file={stem}.csv:columns=*", {law: f"{stem}.npy"})


MAKE_TABLE = """
import sys, numpy as np
steps, workers, stem = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
times = np.random.default_rng(1).lognormal(np.linspace(0, 0.5, workers), 0.3, (steps, workers)).round(6)
np.save(stem, times)
np.savetxt(stem + ".csv", times, "%.6f", ",", header=",".join(f"w{i}" for i in range(workers)), comments="")
print(0)
"""


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="runs of each [5]")
    parser.add_argument("--workers", default="16,64", metavar="LIST", help="[16,64]")
    parser.add_argument("--only", default=",".join(LIMITS), metavar="LAWS", help=f"[{','.join(LIMITS)}]")
    parser.add_argument("--draws", type=float, default=2e7, metavar="N", help="of dsgd in a run; NumPy has a fifth [2e7]")


def ratio(runs: Runs, fleet: Fleet, workers: int, rank: int, draws: float) -> tuple[float, str]:
    """Median of NumPy's time per draw by dsgd's, and both in ns."""
    iterations = max(1, int(draws / (1 if "replay" in fleet.twin else workers)))  # a step is one draw of dsgd
    words = ("--law", fleet.spec, "--strategy", f"k-sync:k={rank}")
    chunks = max(1, int(draws / 5 / 2**18))

    def ours() -> tuple[float, dict]:
        """On a busy core the clock counts others, too; a processor's time, what is done once: exact values."""
        once, sweep = (runs.sweep("-n", n, *words) for n in (2, iterations))
        (point,) = sweep.document["points"]
        seconds = min(sweep.document["provenance"]["seconds"], sweep.processor - once.processor)
        return seconds / (iterations * workers), point

    def theirs(form: str) -> dict:
        return python(PARTS, json.dumps(fleet.twin), form, rank, chunks)

    own, usual, in_place = runs.columns([ours, lambda: theirs("usual"), lambda: theirs("in-place")], runs.rounds)
    point = own[0][1]
    for twin in (usual[0], in_place[0]):
        error = (point["standard_error"] ** 2 + twin["error"] ** 2) ** 0.5
        if abs(point["mean"] - twin["mean"]) > 5 * error:
            raise Broken(f"dsgd: NumPy's mean {twin['mean']} is not dsgd's {point['mean']} ({fleet.spec}, k = {rank})", 1)
    columns = ([one[0] for one in own], [one["per_draw"] for one in usual], [one["per_draw"] for one in in_place])
    each = [f"{1e9 * statistics.median(times):.3g}" for times in columns]
    detail = f"ns: {each[0]}, NumPy {each[1]}, in place {each[2]}"
    return statistics.median(b["per_draw"] / a[0] for a, b in zip(own, usual)), detail


def run(options: argparse.Namespace) -> int:
    unknown = [law for law in options.only.split(",") if law not in LIMITS]
    if unknown or options.rounds < 1:
        options.fail(f"--only takes {', '.join(LIMITS)}, --rounds at least 1")
    if python("-c", "print(0)") is None:
        print("skipped: no Python with NumPy")
        return BUSY
    runs = Runs(options.program, options.rounds, 0)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for law in options.only.split(","):
            for workers in map(int, options.workers.split(",")):
                fleet = fleet_of(law, workers, Path(folder))
                for name, rank in (("sync", workers), ("k-sync, k = 90 %", -(-9 * workers // 10))):
                    runs.free = 1.0
                    value, detail = ratio(runs, fleet, workers, rank, options.draws)
                    figure = at_least(f"{law}, m = {workers}, {name}: NumPy / dsgd", value, LIMITS[law])
                    rows.append(row(figure._replace(detail=detail), runs.free))
                    print(line(rows[-1]), flush=True)
    return conclude(rows)
