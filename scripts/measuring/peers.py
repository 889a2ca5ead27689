"""Times the engines of dsgd beside other ways to draw the same delays: one run, one table.

The notebook's loop, NumPy, C++'s standard library; with a GPU, CuPy, PyTorch, JAX and Numba. Each answer is
compared with the exact mean, and one that is wrong is shown so. What this machine lacks is named as skipped.

Exits 3 when an answer of dsgd is wrong, or with --check when cpu-materialized is too slow.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from . import machine, peers_page, report
from .comparison import Measurement, Row
from .engine import ENGINES, Engine
from .library import LIBRARIES, Library

CHECKED_WORKERS = 20
CHECKED, YARDSTICK, WANTED_RATIO = "dsgd cpu-materialized", "NumPy float64", 2


def check(rows: list[Row]) -> dict | None:
    """None when one of the two was not measured."""
    found = {row.name: row for row in rows if row.workers == CHECKED_WORKERS}
    if not {CHECKED, YARDSTICK} <= found.keys():
        return None
    ratio = found[CHECKED].time_relative_to(found[YARDSTICK])
    return {"ratio": ratio, "wanted": WANTED_RATIO, "passed": ratio <= WANTED_RATIO}


def verdict(checked: dict | None) -> str:
    what = f"the time of {YARDSTICK} per draw at m = {CHECKED_WORKERS}"
    if checked is None:
        return f"Not compared: {CHECKED} with {what}, for want of one of the two."
    limit = "at most" if checked["passed"] else "MORE THAN"
    return f"{CHECKED} takes {checked['ratio']:.2f} x {what}: {limit} the {WANTED_RATIO} x that are wanted."


def add_options(parser: argparse.ArgumentParser) -> None:
    def workers(text: str) -> list[int]:
        values = [int(word) for word in text.split(",")]
        if not all(1 <= m <= 2**20 for m in values):
            raise argparse.ArgumentTypeError("numbers of workers are 1 to 1048576")
        return values

    add = parser.add_argument
    add("--workers", type=workers, default=[1, 20, 64, 1024], metavar="LIST", help="[1,20,64,1024]")
    add("--rounds", type=int, default=7, metavar="N", help="timings of each program [7]")
    add("--seconds", type=float, default=0.3, metavar="S", help="that a timing takes, about [0.3]")
    add("--output", type=Path, metavar="FOLDER", help="for a page, README.md, and peers.json")
    too_slow = f"{CHECKED} takes more than {WANTED_RATIO} x the time of {YARDSTICK} at m = {CHECKED_WORKERS}"
    add("--check", action="store_true", help=f"exit 3 if {too_slow}")


def run(options: argparse.Namespace) -> int:
    if options.rounds < 1 or not options.seconds > 0:
        options.fail("--rounds and --seconds must be positive")
    if options.check and CHECKED_WORKERS not in options.workers:
        options.fail(f"--check needs {CHECKED_WORKERS} among --workers")
    peers = [*(Engine(options.program, name) for name in ENGINES), *(Library(*row) for row in LIBRARIES)]
    try:
        return compare(options, Measurement(list(peers), options.rounds, options.seconds), peers[0])
    finally:
        for peer in peers:
            peer.close()


def compare(options: argparse.Namespace, measurement: Measurement, reference: Engine) -> int:
    facts = machine.describe()
    tables = []
    for m in options.workers:
        print(f"scripts/measure peers: m = {m}", file=sys.stderr)
        tables.append(measurement.run(m))
        print(peers_page.text_table(tables[-1]))
    skips = [peers_page.skip_line(skip, options.workers[0]) for skip in measurement.skips]
    checked = check(measurement.rows)
    print("\n".join([*skips, verdict(checked)]))

    facts["load_average"].append(os.getloadavg()[0])
    facts |= {"free_share": measurement.free, "rounds": options.rounds, "seconds": options.seconds}
    facts |= {key: reference.provenance[key] for key in ("commit", "compiler")}
    if options.output:
        document = peers_page.document(tables, measurement.skips, checked, facts)
        report.write_json(options.output / "peers.json", document)
        (options.output / "README.md").write_text(peers_page.page(tables, skips, verdict(checked), facts))

    wrong = [f"{row.name} at m = {row.workers}" for row in measurement.rows if row.is_dsgd and not row.is_right]
    if wrong:
        print(f"dsgd: a wrong mean (see its z) of {', '.join(wrong)}: please report it", file=sys.stderr)
        return 3
    if options.check and checked is None:
        why = f"{CHECKED} or {YARDSTICK} was skipped"
        print(f"dsgd: --check cannot compare ({why}): install what the table's end names", file=sys.stderr)
        return 4
    return 3 if options.check and not checked["passed"] else 0
