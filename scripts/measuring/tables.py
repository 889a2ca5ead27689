"""Tables of measured times: the reader beside pandas' C reader, on one core.

    scripts/measure tables [--rows 1e7] [--rounds 5] [--program build/tests/speed/table_speed]

Writes tables of one column (ms), two (rank, ms) and three (rank, step, ms), and reads each with its workers and steps. Both run in
turn; each figure is the median over the rounds of pandas' processor time by the reader's. Sums that differ end the measurement.
Exits with 1 where a figure is missed on a quiet core, with 77 where one is missed on a busy one or no Python has pandas."""

from __future__ import annotations

import argparse
import math
import statistics
import tempfile
from pathlib import Path

from .program import Broken, run as run_program
from .runs import BUSY, Runs, at_least, conclude, line, python, row

PROGRAM = "build/tests/speed/table_speed"
COLUMNS = (("ms",), ("rank", "ms"), ("rank", "step", "ms"))
WORKERS = 16

WRITE = """
import random, sys
path, rows, columns = sys.argv[1], int(sys.argv[2]), sys.argv[3].split(",")
draw = random.Random(1)
times = [f"{draw.lognormvariate(3, 0.3):.3f}" for _ in range(9973)]
with open(path, "w") as file:
    file.write(",".join(columns) + "\\n")
    for i in range(rows):
        cells = {"rank": str(i % 16), "step": str(i // 16), "ms": times[i % 9973]}
        file.write(",".join(cells[name] for name in columns) + "\\n")
print(0)
"""

READ = """
import json, sys, time, pandas
start = time.process_time()
frame = pandas.read_csv(sys.argv[1], engine="c")
seconds = time.process_time() - start
print(json.dumps({"seconds": seconds, "rows": len(frame), "sum": float(frame["ms"].sum())}))
"""


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(program=Path(__file__).resolve().parents[2] / PROGRAM)
    parser.add_argument("--rows", type=float, default=1e7, metavar="N", help="of a table [1e7]")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="runs of each [5]")


def run(options: argparse.Namespace) -> int:
    if options.rows < 2 or options.rounds < 1:
        options.fail("--rows is at least 2, --rounds at least 1")
    rows = []
    runs = Runs(options.program, options.rounds, 0)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "times.csv"
        for columns in COLUMNS:
            if python("-c", WRITE, path, int(options.rows), ",".join(columns), module="pandas") is None:
                print("skipped: no Python with pandas")
                return BUSY
            words = [options.program, path, "ms", *columns[:-1]]
            works = (lambda: run_program(words).document, lambda: python("-c", READ, path, module="pandas"))
            runs.free = 1.0
            own, pandas = runs.columns(works, options.rounds)
            one, other = own[0], pandas[0]
            if one["rows"] != other["rows"] or not math.isclose(one["sum"], other["sum"], rel_tol=1e-12):
                raise Broken(f"dsgd: the reader's {one['rows']} values are not those of pandas", 1)
            medians = [statistics.median(each["seconds"] for each in found) for found in (own, pandas)]
            ratio = statistics.median(b["seconds"] / a["seconds"] for a, b in zip(own, pandas))
            figure = at_least(f"{options.rows:.0e} rows of {', '.join(columns)}: pandas / reader", ratio, 1)
            figure = figure._replace(detail=f"s: {medians[0]:.3g}, pandas {medians[1]:.3g}")
            rows.append(row(figure, runs.free))
            print(line(rows[-1]), flush=True)
    return conclude(rows)
