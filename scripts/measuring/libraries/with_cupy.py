"""CuPy on a GPU. Workers along the first axis: a reduction over few contiguous values wastes the device."""

from __future__ import annotations

import cupy as cp

VERSION = f"CuPy {cp.__version__}"
CHUNK_DRAWS = 2**27  # 512 MiB of float32


def device() -> str:
    return cp.cuda.runtime.getDeviceProperties(0)["name"].decode()


def sums(delays):
    return cp.stack([delays.max(axis=0).sum(dtype=cp.float64), delays.min(axis=0).sum(dtype=cp.float64)])


def random_exponential(m: int, rate: float):
    iterations = max(1, CHUNK_DRAWS // m)
    cp.random.seed(m)
    return iterations, lambda: sums(cp.random.exponential(1 / rate, (m, iterations), dtype=cp.float32))


def generator(m: int, rate: float):
    iterations = max(1, CHUNK_DRAWS // m)
    rng = cp.random.Generator(cp.random.Philox4x3210(seed=m))
    return iterations, lambda: sums(rng.standard_exponential((m, iterations), dtype=cp.float32)) / rate
