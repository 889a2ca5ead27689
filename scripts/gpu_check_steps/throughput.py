"""Draws per second, as the program counts them, and the time of the whole process."""

from __future__ import annotations

import statistics
import time

from .check import GPU_ENGINE, Check, Figures, table

WORKERS = (1, 20, 64, 256, 1024, 65536)
NOTEBOOK_ITERATIONS = (5000, 10**6, 10**8)
REPEATS = 3
ENOUGH_SECONDS = 5.0  # a measurement that has taken this long is not repeated
MAX_ITERATIONS = 2**50


def timed(check: Check, engine: str, workers: object, iterations: int) -> tuple[float, float, float]:
    """Draws per second, seconds of the sweep, seconds of the process."""
    start = time.monotonic()
    provenance = check.sweep(engine, "-m", workers, "-n", iterations)["provenance"]
    return float(provenance["draws_per_second"]), float(provenance["seconds"]), time.monotonic() - start


def iterations_of_a_second(check: Check, engine: str, workers: int) -> int:
    iterations = 10**7 // workers
    while iterations < MAX_ITERATIONS:
        _, seconds, _ = timed(check, engine, workers, iterations)
        if seconds >= 0.5:
            break
        # in steps, because the first milliseconds go into starting
        iterations = min(MAX_ITERATIONS, int(iterations * min(100, 1 / max(seconds, 1e-3))))
    return iterations


def measure(check: Check, engine: str, workers: object, iterations: int) -> dict:
    start, runs = time.monotonic(), []
    while not runs or (len(runs) < REPEATS and time.monotonic() - start < ENOUGH_SECONDS):
        runs.append(timed(check, engine, workers, iterations))
    rates, seconds, process_seconds = zip(*runs)
    return {
        "engine": engine,
        "workers": str(workers),
        "iterations": iterations,
        "runs": len(runs),
        "draws_per_second": {"best": max(rates), "median": statistics.median(rates)},
        "seconds": statistics.median(seconds),
        "process_seconds": statistics.median(process_seconds),
    }


def run(check: Check, figures: Figures) -> None:
    rows = figures["measurements"] = []
    for engine in (GPU_ENGINE, "cpu"):
        for workers in WORKERS:
            iterations = iterations_of_a_second(check, engine, workers)
            rows.append(measure(check, engine, workers, iterations))
        for iterations in NOTEBOOK_ITERATIONS:
            rows.append(measure(check, engine, "1:20", iterations))


def page(figures: Figures) -> list[str]:
    rows = []
    for one in figures.get("measurements", []):
        rate = one["draws_per_second"]
        numbers = (rate["best"], rate["median"], one["seconds"], one["process_seconds"])
        rows.append([one["engine"], one["workers"], f"{one['iterations']:,}", one["runs"]])
        rows[-1] += [f"{number:.4g}" for number in numbers]
    head = ["engine", "m", "iterations", "runs", "draws/s, best", "median", "seconds, sweep", "whole process"]
    return table(head, rows)
