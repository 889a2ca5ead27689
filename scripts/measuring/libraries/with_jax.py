"""JAX on a GPU: one jitted function draws, reduces and sums."""

from __future__ import annotations

import itertools
import os

os.environ["XLA_PYTHON_CLIENT_PREALLOCATE"] = "false"  # the other peers need memory too
import jax
import jax.numpy as jnp

jax.config.update("jax_enable_x64", True)  # for the sums; the delays are float32

VERSION = f"JAX {jax.__version__}"
CHUNK_DRAWS = 2**27  # 512 MiB of float32


def device() -> str:
    return jax.devices("gpu")[0].device_kind


def with_generator(name: str, m: int, rate: float):
    iterations = max(1, CHUNK_DRAWS // m)
    key = jax.random.key(m, impl=name)
    chunks = itertools.count()

    @jax.jit
    def draw(chunk):
        delays = jax.random.exponential(jax.random.fold_in(key, chunk), (iterations, m), dtype=jnp.float32)
        largest, smallest = delays.max(axis=1), delays.min(axis=1)
        return jnp.stack([largest.sum(dtype=jnp.float64), smallest.sum(dtype=jnp.float64)]) / rate

    return iterations, lambda: draw(next(chunks))


def threefry(m: int, rate: float):
    return with_generator("threefry2x32", m, rate)


def unsafe_rbg(m: int, rate: float):
    return with_generator("unsafe_rbg", m, rate)
