"""What the GPU can do, and what share of it the engines reach: `dsgd bench` over workers and iterations."""

from __future__ import annotations

import json

from measuring.report import markdown

from .check import GPU_ENGINES, Check, Figures

WORKERS = "1,20,64,256,1024,65536"
FEW_WORKERS = "20,1024"  # at which the number of iterations is varied
ITERATIONS = (5000, 10**6, 10**8)
REPEATS = 5

# of a calibration, as dsgd names them
RATES = ("wide_multiplies_per_second", "logic_per_second", "minima_per_second")


def bench(check: Check, *arguments: object) -> list[dict]:
    text = check.require(check.dsgd, "bench", "--repeat", REPEATS, "-o", "-", *arguments)
    return json.loads(text)["measurements"]


def run(check: Check, figures: Figures) -> None:
    rows = figures["measurements"] = []
    for engine in GPU_ENGINES:
        rows += bench(check, "--engine", engine, "-m", WORKERS)
        for iterations in ITERATIONS:
            rows += bench(check, "--engine", engine, "-m", FEW_WORKERS, "-n", iterations)
    figures["calibration"] = rows[0]["calibration"]


def page(figures: Figures) -> list[str]:
    lines = []
    for device in figures.get("calibration", []):
        clock, multiprocessors = device["clock_hertz"], device["multiprocessors"]
        rates = [[rate.split("_per")[0].replace("_", " "), device[rate]] for rate in RATES]
        cells = [[name, f"{rate:.4g}", f"{rate / clock / multiprocessors:.1f}"] for name, rate in rates]
        copied = device["copy_bytes_per_second"] / 1e12
        facts = f"{multiprocessors} multiprocessors at {clock / 1e9:.3f} GHz, {copied:.3f} TB/s copied"
        lines += [f"Device {device['device']}: {facts}.", ""]
        lines += [*markdown(["operation", "per second", "per cycle and multiprocessor"], cells), ""]
    rows = []
    for one in figures.get("measurements", []):
        ceiling = one["ceiling_fraction"]
        numbers = [one[key] for key in ("draws_per_second", "draws_per_second_slowest", "iterations_per_second")]
        rows.append([one["engine"], one["workers"], f"{one['iterations']:,}", *(f"{n:.4g}" for n in numbers)])
        rows[-1].append("-" if ceiling is None else f"{ceiling:.1%}")
    head = ["engine", "m", "iterations", "draws/s, median", "slowest", "iterations/s", "of the ceiling"]
    return [*lines, *markdown(head, rows)]
