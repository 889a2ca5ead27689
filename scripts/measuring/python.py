"""What the Python module adds to the program: its import, the notebook's sweep, and memory that calls keep.

    scripts/measure python [--python FILE] [--repeat 300]

Prints three figures, each with the most that it may be, and exits with 1 where one is above:

- processor time of `import dsgd` after `import numpy`, the median of 15 interpreters;
- time of the notebook's sweep (m = 1 to 20, 5,000 iterations) beyond the time that its engine takes, the median of all calls;
- memory that 1,000 sweeps, and as many tables and small fits, leave behind.

The module is the one that was built beside the program. A busy machine shows in the sweep's quartiles, printed beside it."""

from __future__ import annotations

import argparse
import os
import statistics
import sys
from pathlib import Path

from .program import run as run_program

MOST_IMPORT, MOST_SWEEP, MOST_KEPT = 0.060, 0.002, 2.0  # s, s, MiB

IMPORT = """
import json, numpy, time
start = time.process_time()
import dsgd
print(json.dumps(time.process_time() - start))
"""

SWEEP = """
import dsgd, json, sys, time
def beyond_engine():
    start = time.perf_counter()
    result = dsgd.sweep(workers=range(1, 21), law=dsgd.exponential(rate=2), strategy=["sync", "async"])
    return time.perf_counter() - start - result.document["provenance"]["seconds"]
print(json.dumps([beyond_engine() for _ in range(int(sys.argv[1]))]))
"""

MEMORY = """
import dsgd, json, os
times = [1.0, 2.0, 4.0, 5.0]
def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
def call(count):
    for _ in range(count):
        result = dsgd.sweep(workers=[1, 2], law=dsgd.empirical(times), iterations=10, threads=1)
        str(result), result._repr_html_(), result.columns()
        dsgd.fit(times, laws="exponential", shift=0, bootstrap=1, threads=1)
call(200)
before = resident()
call(1000)
print(json.dumps((resident() - before) / 2**20))
"""


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--python", type=Path, default=Path(sys.executable), metavar="FILE", help="interpreter of the module [this one]")
    parser.add_argument("--repeat", type=int, default=300, metavar="N", help="sweeps [300]")


def run(options: argparse.Namespace) -> int:
    module = options.program.parent / "python"
    if not (module / "dsgd").is_dir():
        options.fail(f"{module}/dsgd is not there (it is what is measured): configure with -DDSGD_PYTHON_MODULE=ON")

    def answer(script: str, *arguments: object) -> object:
        path = os.pathsep.join(filter(None, [str(module), os.environ.get("PYTHONPATH")]))
        # An installed module is compiled; whoever forbids Python to write that down would measure the compiler.
        return run_program([options.python, "-c", script, *arguments], PYTHONPATH=path, PYTHONDONTWRITEBYTECODE="").document

    imports = [answer(IMPORT) for _ in range(16)][1:]  # the first one compiles
    sweeps = answer(SWEEP, options.repeat)
    quartiles = statistics.quantiles(sweeps, n=4)
    kept = answer(MEMORY)
    figures = (
        ("import dsgd, beyond NumPy", 1e3 * statistics.median(imports), 1e3 * MOST_IMPORT, "ms"),
        ("the notebook's sweep, beyond its engine", 1e3 * statistics.median(sweeps), 1e3 * MOST_SWEEP, "ms"),
        ("kept by 1,000 calls", kept, MOST_KEPT, "MiB"),
    )
    for name, value, most, unit in figures:
        print(f"{name + ':':41} {value:6.2f} {unit}, at most {most:g}")
    print(f"quartiles of the sweep: {1e3 * quartiles[0]:.2f} to {1e3 * quartiles[2]:.2f} ms")
    return 1 if any(value > most for _, value, most, _ in figures) else 0
