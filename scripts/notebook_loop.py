#!/usr/bin/env python3
"""The loop of the notebook: what dsgd is compared with. Run alone it prints the seconds of N runs, one a line.

    scripts/with_python numpy scripts/notebook_loop.py N"""

from __future__ import annotations

import sys
import time
from typing import Callable

import numpy as np

WORKERS, ITERATIONS, RATE = range(1, 21), 5000, 2


def notebook() -> dict[tuple[str, int], float]:
    """One array of delays per iteration, its largest and its smallest. @return means by strategy and workers"""
    means = {}
    for m in WORKERS:
        slowest, fastest = [], []
        for _ in range(ITERATIONS):
            delays = np.random.exponential(1 / RATE, m)
            slowest.append(np.max(delays))
            fastest.append(np.min(delays))
        means["sync", m] = float(np.mean(slowest))
        means["async", m] = float(np.mean(fastest))
    return means


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    for _ in range(int(sys.argv[1])):
        print(seconds(notebook), flush=True)
