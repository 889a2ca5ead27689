"""NumPy on one core: the notebook's loop, the way people write it without one, and the fastest way found."""

from __future__ import annotations

import time

import numpy as np

VERSION = f"NumPy {np.__version__}"


def device() -> str:
    return "1 thread"


def loop(m: int, rate: float, iterations: int):
    """The loop of the notebook, line by line. @return means of the largest and of the smallest"""
    slowest, fastest = [], []
    for _ in range(iterations):
        delays = np.random.exponential(1 / rate, m)
        slowest.append(np.max(delays))
        fastest.append(np.min(delays))
    return np.array([np.mean(slowest), np.mean(fastest)])


def notebook(m: int, rate: float):
    iterations = max(1, 2**17 // (m + 200))
    np.random.seed(m)
    return iterations, lambda: loop(m, rate, iterations) * iterations


def seconds_of_the_notebook(repeats: int) -> float:
    """Its whole job, the fastest of some."""

    def seconds() -> float:
        start = time.perf_counter()
        for m in range(1, 21):
            loop(m, 2, 5000)
        return time.perf_counter() - start

    return min(seconds() for _ in range(repeats))


def float64(m: int, rate: float):
    iterations = max(1, 2**20 // m)  # 8 MiB
    rng = np.random.default_rng(m)

    def draw():
        delays = rng.exponential(1 / rate, (iterations, m))
        return np.array([delays.max(axis=1).mean(), delays.min(axis=1).mean()]) * iterations

    return iterations, draw


def float32(m: int, rate: float):
    """Workers along the first axis: maximum and minimum run along vectors. The memory fits a core's cache."""
    iterations = max(1, 2**18 // m)  # 1 MiB
    rng = np.random.default_rng(m)
    delays = np.empty((m, iterations), np.float32)

    def draw():
        rng.standard_exponential(dtype=np.float32, out=delays)
        means = delays.max(axis=0).mean(dtype=np.float64), delays.min(axis=0).mean(dtype=np.float64)
        return np.array(means) * (iterations / rate)

    return iterations, draw
