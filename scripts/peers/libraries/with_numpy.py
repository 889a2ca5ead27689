"""NumPy on one core: the notebook's loop, the way people write it without one, and the fastest way found."""

from __future__ import annotations

import numpy as np

VERSION = f"NumPy {np.__version__}"


def device() -> str:
    return "1 thread"


def notebook(m: int, rate: float):
    """The loop of the notebook, line by line."""
    iterations = max(1, 2**17 // (m + 200))
    np.random.seed(m)

    def draw():
        slowest, fastest = [], []
        for _ in range(iterations):
            delays = np.random.exponential(1 / rate, m)
            slowest.append(np.max(delays))
            fastest.append(np.min(delays))
        return np.array([np.mean(slowest), np.mean(fastest)]) * iterations

    return iterations, draw


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
