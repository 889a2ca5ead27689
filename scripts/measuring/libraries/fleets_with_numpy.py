"""NumPy on one core, for fleets of unequal workers: fleets_with_numpy.py FLEET FORM RANK CHUNKS prints JSON.

FLEET is JSON: {"exponential": rates}, {"lognormal": [mus, sigmas]}, {"empirical": table} or {"replay": table}, where a table is a
.npy file [step, worker]. A chunk is 2^18 delays, which fit a core's second cache. FORM is usual, one call for all delays as its
manual has it, or in-place, the fastest way found: standard draws, to which the parameters are applied in place. Both float64."""

from __future__ import annotations

import json
import sys
import time

import numpy as np

CHUNK = 2**18


def drawing(fleet: dict, form: str):
    """A function that draws a chunk [iteration, worker], and the number of its workers."""
    ((law, parameters),) = fleet.items()
    rng = np.random.default_rng(1)
    if law in ("empirical", "replay"):
        table = np.load(parameters)
        steps, workers = table.shape
        iterations, columns = CHUNK // workers, np.arange(workers)
        if law == "replay":
            return lambda: table[rng.integers(0, steps, iterations)], workers
        return lambda: table[rng.integers(0, steps, (iterations, workers)), columns], workers
    parameters = np.asarray(parameters)
    workers = parameters.shape[-1]
    delays = np.empty((CHUNK // workers, workers))
    if form == "usual":
        if law == "exponential":
            return lambda: rng.exponential(1 / parameters, delays.shape), workers
        return lambda: rng.lognormal(parameters[0], parameters[1], delays.shape), workers

    def exponential():
        rng.standard_exponential(out=delays)
        return np.multiply(delays, 1 / parameters, out=delays)

    def lognormal():
        rng.standard_normal(out=delays)
        np.multiply(delays, parameters[1], out=delays)
        np.add(delays, parameters[0], out=delays)
        return np.exp(delays, out=delays)

    return {"exponential": exponential, "lognormal": lognormal}[law], workers


def main(fleet: str, form: str, rank: str, chunks: str) -> None:
    draw, workers = drawing(json.loads(fleet), form)
    k = int(rank)

    def runtimes():
        delays = draw()
        return delays.max(axis=1) if k == workers else np.partition(delays, k - 1, axis=1)[:, k - 1]

    runtimes()  # fills caches
    iterations, sum_, squares = 0, 0.0, 0.0
    wall, processor = time.perf_counter(), time.process_time()
    for _ in range(int(chunks)):
        times = runtimes()
        iterations += times.size
        sum_ += times.sum()
        squares += np.square(times).sum()  # a product of vectors would take more threads than one
    seconds = min(time.perf_counter() - wall, time.process_time() - processor)
    mean = sum_ / iterations
    variance = squares / iterations - mean**2
    json.dump({"per_draw": seconds / (iterations * workers), "mean": mean, "error": (variance / iterations) ** 0.5}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
