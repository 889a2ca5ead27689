"""The notebook's sweep, larger and larger, and the other forms of runtimes beside it: draws per second, and the time of
the whole process."""

from __future__ import annotations

import statistics
import time

from measuring.report import markdown

from .check import GPU_ENGINES, Check, Figures

WORKERS = "1:20"
ITERATIONS = (5000, 10**6, 10**8)
REPEATS = 3
# What engine cuda is given: options, workers, iterations. A sampled order statistic counts as two draws, however many workers.
FORMS = (
    ("--strategy sync", "1024", 10**7),  # what the others are to be held against
    ("--strategy k-sync:k=1022", "1024", 10**7),
    ("--strategy k-sync:k=512", "1024", 2 * 10**6),
    ("--strategy k-sync:k=10", "20", 10**8),
    ("--strategy local-sgd:steps=8:communication=0", "20", 10**7),
    ("--strategy sync --sampling order-statistics", "1e6", 10**9),
    ("--strategy k-sync:k=1000 --sampling order-statistics", "1e6", 10**9),
    ("--strategy sync --quantiles 0.99", "20", 10**8),
    ("--strategy k-batch-async:k=1", "20", 10**8),
    ("--strategy k-async:k=10 --law pareto:scale=1:shape=2.5", "20", 10**7),
    ("--strategy k-batch-async:k=1", "1000", 10**7),
)
ENOUGH_SECONDS = 2.0  # a measurement that has taken this long is not repeated


def timed(check: Check, engine: str, options: str, workers: str, iterations: int) -> tuple[float, float, float]:
    """Draws per second, seconds of the sweep, seconds of the process."""
    start = time.monotonic()
    provenance = check.answer(engine, "sweep", "-m", workers, "-n", iterations, *options.split())["provenance"]
    return float(provenance["draws_per_second"]), float(provenance["seconds"]), time.monotonic() - start


def measure(check: Check, engine: str, options: str, workers: str, iterations: int) -> dict:
    start, runs = time.monotonic(), []
    while not runs or (len(runs) < REPEATS and time.monotonic() - start < ENOUGH_SECONDS):
        runs.append(timed(check, engine, options, workers, iterations))
    rates, seconds, process_seconds = zip(*runs)
    return {
        "engine": engine,
        "options": options,
        "workers": workers,
        "iterations": iterations,
        "runs": len(runs),
        "draws_per_second": {"best": max(rates), "median": statistics.median(rates)},
        "seconds": statistics.median(seconds),
        "process_seconds": statistics.median(process_seconds),
    }


def run(check: Check, figures: Figures) -> None:
    rows = figures["measurements"] = []
    for engine in (*GPU_ENGINES, "cpu"):
        for iterations in ITERATIONS:
            rows.append(measure(check, engine, "", WORKERS, iterations))
    for options, workers, iterations in FORMS:
        rows.append(measure(check, "cuda", options, workers, iterations))


def page(figures: Figures) -> list[str]:
    rows = []
    for one in figures.get("measurements", []):
        rate = one["draws_per_second"]
        numbers = (rate["best"], rate["median"], one["seconds"], one["process_seconds"])
        rows.append([one["engine"], one["options"], one["workers"], f"{one['iterations']:,}", one["runs"]])
        rows[-1] += [f"{number:.4g}" for number in numbers]
    head = ["engine", "options", "m", "iterations", "runs", "draws/s, best", "median", "seconds, sweep", "whole process"]
    return markdown(head, rows)
