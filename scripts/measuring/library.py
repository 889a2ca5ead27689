"""Peers written with a Python library, each in its own process, so that no library disturbs another."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path

from .peer import ENVIRONMENT, RATE, Peer, Skipped, Timing

WORKER = Path(__file__).with_name("libraries") / "worker.py"
WITH_PYTHON = Path(__file__).resolve().parents[1] / "with_python"
NO_MODULE = 77  # status of with_python

# Name, Python module that it needs, function in libraries/with_MODULE.py, how it is written.
LIBRARIES = (
    ("C++ standard library", "ctypes", "exponential", "std::mt19937_64 and std::exponential_distribution of double"),
    ("the notebook's loop", "numpy", "notebook", "an array of m delays an iteration, np.max and np.min"),
    ("NumPy float64", "numpy", "float64", "rng.exponential(1/rate, (n, m)), max and min over axis 1"),
    ("NumPy float32", "numpy", "float32", "rng.standard_exponential into out= of shape (m, n), over axis 0"),
    ("CuPy", "cupy", "random_exponential", "cupy.random.exponential of shape (m, n), float32"),
    ("CuPy Generator", "cupy", "generator", "Generator(Philox4x3210).standard_exponential, float32"),
    ("PyTorch eager", "torch", "eager", "exponential_ in place, aminmax, float32"),
    ("PyTorch compiled", "torch", "compiled", "torch.compile of rand, log1p, amax and amin, float32"),
    ("JAX", "jax", "threefry", "jit of jax.random.exponential, float32"),
    ("JAX rbg", "jax", "unsafe_rbg", "the same with the generator 'unsafe_rbg', its fastest"),
    ("Numba", "numba", "kernel", "a CUDA kernel, xoroshiro128+, extremes in registers, float32"),
)


class Library(Peer):
    """A function of libraries/with_MODULE.py, served by worker.py."""

    def __init__(self, name: str, module: str, function: str, form: str) -> None:
        super().__init__(name, form)
        self.module, self.function = module, function
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Starts its process. @throws Skipped where no Python has the module"""
        self.errors = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            [str(WITH_PYTHON), self.module, str(WORKER), f"with_{self.module}", self.function, str(RATE)],
            env={**os.environ, **ENVIRONMENT},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            text=True,
        )
        answer = self.receive()
        self.version, self.device = answer["version"], answer["device"]

    def prepare(self, workers: int) -> None:
        if self.process is None:
            self.start()
        self.chunk = self.ask(workers=workers)["chunk"]

    def time(self, chunks: int) -> Timing:
        answer = self.ask(chunks=chunks)
        return Timing(answer["seconds"], chunks * self.chunk, answer["largest"], answer["smallest"])

    def ask(self, **request: int) -> dict:
        """The worker's answer to a request. @throws Skipped where it has ended"""
        try:
            print(json.dumps(request), file=self.process.stdin, flush=True)
        except BrokenPipeError:
            pass  # it has ended; what it said is read next
        return self.receive()

    def receive(self) -> dict:
        """The worker's next line. @throws Skipped where there is none: what it said last"""
        line = self.process.stdout.readline()
        if line:
            return json.loads(line)
        status = self.process.wait()
        if status == NO_MODULE:
            raise Skipped(f"no Python here has the module {self.module}")
        self.errors.seek(0)
        said = self.errors.read().strip().splitlines() or [f"status {status} and no message"]
        raise Skipped(f"it ended: {said[-1]}")

    def close(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.errors.close()
