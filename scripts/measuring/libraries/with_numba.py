"""Numba on a GPU: a kernel of one's own. A thread keeps the extremes of its iterations in registers."""

from __future__ import annotations

import math

import numba
import numpy as np
from numba import cuda, float32, float64
from numba.cuda.random import create_xoroshiro128p_states, xoroshiro128p_uniform_float32

VERSION = f"Numba {numba.__version__}"
THREADS = 256  # of a block
CHUNK_DRAWS = 2**31  # none of them reaches memory


def device() -> str:
    name = cuda.get_current_device().name
    return name.decode() if isinstance(name, bytes) else name


@cuda.jit
def extremes_kernel(states, m, iterations, rate, sums):
    thread = cuda.grid(1)
    largest_sum, smallest_sum = float64(0), float64(0)
    for _ in range(thread, iterations, cuda.gridsize(1)):
        low, high = float32(1), float32(0)
        for _ in range(m):
            u = xoroshiro128p_uniform_float32(states, thread)  # in [0, 1)
            low, high = min(low, u), max(high, u)
        largest_sum -= math.log1p(-high) / rate  # -log(1 - u) grows with u: the extremes stay the extremes
        smallest_sum -= math.log1p(-low) / rate
    sums[thread, 0], sums[thread, 1] = largest_sum, smallest_sum


def kernel(m: int, rate: float):
    iterations = max(1, CHUNK_DRAWS // m)
    blocks = 8 * cuda.get_current_device().MULTIPROCESSOR_COUNT
    states = create_xoroshiro128p_states(blocks * THREADS, seed=m)
    sums = cuda.device_array((blocks * THREADS, 2), np.float64)

    def draw():
        extremes_kernel[blocks, THREADS](states, m, iterations, np.float32(rate), sums)
        return sums.copy_to_host().sum(axis=0)

    return iterations, draw
