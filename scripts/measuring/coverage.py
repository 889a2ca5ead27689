"""How often the 95 % interval holds the exact mean where --relative-error stops a point.

    scripts/measure coverage [--seeds 2000] [--only NAME]

Runs each point under many seeds and prints the share of intervals that hold the exact mean, with the iterations that it took.
Exits with 1 where a share is outside [0.939, 0.960]. Of 2000 seeds, a true coverage of 0.95 is outside by chance once in 30
(standard error 0.0049), and one of the six points once in 6: measure with more seeds before a share near an end is believed."""

from __future__ import annotations

import argparse
import concurrent.futures
import os
import random
import statistics
import tempfile
from pathlib import Path

from .program import run as run_program

LOW, HIGH = 0.939, 0.960


def write_hiccups(folder: str) -> str:
    """Times near 0.1, of which one in 10,000 is 30 to 35."""
    chance = random.Random(1)
    times = [chance.gauss(0.1, 0.005) for _ in range(99_990)] + [chance.uniform(30, 35) for _ in range(10)]
    path = Path(folder) / "hiccups.csv"
    path.write_text("seconds\n" + "".join(f"{time:.6f}\n" for time in times))
    return f"empirical:file={path}"


def points(hiccups: str) -> dict[str, list[str]]:
    rare = "hyperexponential:probability=1e-4:rate1=1e-3:rate2=1"
    return {
        "exponential": ["-m", "1", "--rate", "2", "--relative-error", "0.03"],
        "slowest of 5": ["-m", "5", "--rate", "2", "--relative-error", "0.016"],
        "lognormal, sigma 2": ["-m", "1", "--law", "lognormal:mu=0:sigma=2", "--relative-error", "0.05"],
        "hiccups": ["-m", "1", "--law", hiccups, "--relative-error", "0.02"],
        "hiccups, slowest of 4": ["-m", "4", "--law", hiccups, "--relative-error", "0.02"],
        "hyperexponential, slowest of 4": ["-m", "4", "--law", rare, "--relative-error", "0.1"],
    }


def point_of(program: Path, options: list[str], seed: int) -> dict:
    command = [program, "sweep", "--strategy", "sync", "-n", "1e9", *options, "-s", seed, "--threads", 1]
    return run_program([*command, "-o", "-", "--format", "json"]).document["points"][0]


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seeds", type=int, default=2000, metavar="N", help="of each point [2000]")
    parser.add_argument("--only", metavar="NAME", help="the point of this name alone")


def run(options: argparse.Namespace) -> int:
    missed = False
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as threads:
        for name, words in points(write_hiccups(folder)).items():
            if options.only not in (None, name):
                continue
            seeds = range(1, options.seeds + 1)
            found = list(threads.map(lambda seed, words=words: point_of(options.program, words, seed), seeds))
            coverage = statistics.mean(point["ci95_low"] <= point["expected"] <= point["ci95_high"] for point in found)
            iterations = statistics.median(point["iterations"] for point in found)
            missed |= not LOW <= coverage <= HIGH
            print(f"{name:32} coverage {coverage:.4f}, median iterations {iterations:.0f}", flush=True)
    return 1 if missed else 0
