"""How long dsgd fit takes for 100,000 values and all laws.

    scripts/measure fit [--values 100000] [--repeat 5] [--seconds 2]

Writes a table of times with a gamma law and a shift, and fits all laws on one thread, without resampling. Prints the processor
time of each run, reading included, and exits with 1 where the median is above the seconds that it may take."""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
from pathlib import Path

from .program import run as run_program


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--values", type=int, default=100_000, metavar="N", help="in the table [100000]")
    parser.add_argument("--repeat", type=int, default=5, metavar="N", help="runs [5]")
    parser.add_argument("--seconds", type=float, default=2.0, metavar="S", help="that a run may take [2]")


def run(options: argparse.Namespace) -> int:
    draw = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "times.csv"
        path.write_text("ms\n" + "".join(f"{30 + draw.gammavariate(3, 4):.3f}\n" for _ in range(options.values)))
        command = [options.program, "fit", path, "--bootstrap", 0, "--threads", 1, "-o", "-"]
        runs = [run_program(command) for _ in range(options.repeat)]
    seconds = [one.processor for one in runs]
    laws = len(runs[0].document["laws"]) + len(runs[0].document["left_out"])
    print(f"{options.values} values, {laws} laws: {', '.join(f'{each:.2f}' for each in seconds)} s of processor time")
    print(f"median {statistics.median(seconds):.2f} s, at most {options.seconds:g} s")
    return 1 if statistics.median(seconds) > options.seconds else 0
