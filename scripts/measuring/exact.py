"""How many points dsgd exact gives per second of one core.

    scripts/measure exact [--exponential 10000] [--others 100] [--quantiles LIST]

Takes sync and k-sync, with a few and with most of the workers: 10,000 points of 1 to 2500 workers under exponential delays, and
184 points of 1 to 16,777,215 workers under each of the other laws, which the program's own help names, with parameters of a
common size. Prints the points per second of processor time, start and output included, and exits with 1 where a law has fewer
than it must."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from .program import Broken, Run, run as run_program

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests/cli"))
from command_lines import Generator  # noqa: E402
from grammar import Grammar  # noqa: E402

STRATEGIES = "sync,k-sync:k=1,k-sync:k=50%,k-sync:k=95%"
MANY = "1:2500"  # workers under exponential delays
FEW = "1:20,30:250:20,500,1000:10000:1000,1e5,1e6,16777215"
ATTEMPTS = 20  # to find parameters that go together
USAGE = 2


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--exponential", type=float, default=10_000, metavar="N", help="points per second [10000]")
    parser.add_argument("--others", type=float, default=100, metavar="N", help="points per second of other laws [100]")
    parser.add_argument("--quantiles", metavar="LIST", help="of each point, too [none]")


def measured(options: argparse.Namespace, law: str, workers: str) -> Run:
    more = [] if options.quantiles is None else ["--quantiles", options.quantiles]
    words = ["exact", "--law", law, "-m", workers, "--strategy", STRATEGIES, *more, "--format", "json"]
    return run_program([options.program, *words], 600)


def run(options: argparse.Namespace) -> int:
    slow = 0
    with tempfile.TemporaryDirectory() as folder:
        times = Path(folder) / "times.csv"
        times.write_text("s\n" + "".join(f"{1 + i * 7919 % 1000 / 1000}\n" for i in range(1000)))
        grammar = Grammar(str(options.program))
        generator = Generator(grammar, 1, str(times))
        for form in grammar.laws:
            exponential = form.name == "exponential"
            for _ in range(ATTEMPTS):
                law = generator.spec(form, extreme=0)
                try:
                    one = measured(options, law, MANY if exponential else FEW)
                except Broken as broken:
                    if broken.status != USAGE:
                        raise
                    continue
                points = len(one.document["points"])
                speed, least = points / one.processor, options.exponential if exponential else options.others
                known = sum(point["mean"] is not None for point in one.document["points"])
                print(f"{form.name:20} {speed:10.0f} points per second, at least {least:g} ({points} points, {known} means)")
                slow += speed < least
                break
            else:
                print(f"{form.name:20} not measured: it needs a table with more columns")
    return 1 if slow else 0
