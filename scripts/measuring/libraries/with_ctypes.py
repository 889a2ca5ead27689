"""C++'s own generator and distribution: std_random.cpp, compiled by $CXX or c++ and called as a library."""

from __future__ import annotations

import ctypes
import operator
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(__file__).with_name("std_random.cpp")
COMPILER = shlex.split(os.environ.get("CXX", "c++"))
FLAGS = ("-O3", "-std=c++17", "-shared", "-fPIC")


class Pair(tuple):
    def __add__(self, other):
        return Pair(map(operator.add, self, other))


def run(*words: object) -> str:
    """What the compiler prints. Ends the process with what went wrong."""
    try:
        return subprocess.run([*COMPILER, *words], capture_output=True, text=True, check=True).stdout
    except OSError as error:
        sys.exit(f"{COMPILER[0]} cannot be run ({error.strerror})")
    except subprocess.CalledProcessError as error:
        said = error.stderr.strip().splitlines() or ["no message"]
        sys.exit(f"{COMPILER[0]} ended with status {error.returncode}: {said[0]}")


VERSION = f"{run('--version').splitlines()[0]} {FLAGS[0]}"
with tempfile.TemporaryDirectory() as folder:
    run(*FLAGS, SOURCE, "-o", f"{folder}/std_random.so")
    LIBRARY = ctypes.CDLL(f"{folder}/std_random.so")


def device() -> str:
    return "1 thread"


def exponential(m: int, rate: float):
    iterations = max(1, 10**5 // m)
    sums = (ctypes.c_double * 2)()
    LIBRARY.seed(ctypes.c_uint64(m))

    def draw():
        LIBRARY.draw(ctypes.c_uint64(m), ctypes.c_uint64(iterations), ctypes.c_double(rate), sums)
        return Pair(sums)

    return iterations, draw
