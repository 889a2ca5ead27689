"""The command line of plot.py."""

from __future__ import annotations

import argparse
import importlib.util
import logging
import os
import sys
import warnings
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

from . import bench, curves, distribution, fit, race
from .axis import LABELS
from .failure import EXIT_NO_MATPLOTLIB, EXIT_USAGE, Failure, blaming
from .design import NARROWEST, USUAL, WIDEST, WIDTHS, Design
from .figure_file import METADATA, render
from .notes import notes_of_distributions, notes_of_means
from .output import Output
from .points import Point, to_point, with_mean
from .results import BENCH, FIT, RACE, Results, Row, read_results

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MATPLOTLIB_ADVICE = "apt-get install python3-matplotlib, or let DSGD_PYTHON name a Python that has it"
DISTRIBUTION = "distribution"
EXAMPLES = """examples:
  plot.py results.json                        mean runtime, over what the sweep varies
  plot.py results.csv --kind throughput       gradients per unit of time
  plot.py results.json --x steps -o tau.svg   over the local steps
  plot.py results.json --width column --unit ms -o fig1.pdf
                                              3.5 inches wide, for a paper
  plot.py exact.json --log x                  exact values alone, from dsgd exact -o exact.json
  plot.py bench.json                          draws per second of each engine, from dsgd bench -o bench.json
  plot.py fit.json                            measured times beside laws, from dsgd fit -o fit.json
  plot.py race.json                           error against time, from dsgd race -o race.json
"""


class Parser(argparse.ArgumentParser):
    """Mistakes are Failures, and not argparse's own lines and exit."""

    def error(self, message: str) -> NoReturn:
        raise Failure(EXIT_USAGE, f"{message}: see plot.py --help")


def make_parser() -> Parser:
    """What plot.py --help lists."""
    parser = Parser(
        prog="plot.py",
        description="Draws the results of dsgd sweep, dsgd bench, dsgd fit and dsgd race.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("results", nargs="?", help="results.json, results.csv, or - for either on stdin")
    parser.add_argument(
        "-o", "--output", help=".png, .svg or .pdf; - is stdout (default: figure.png beside the results)"
    )
    parser.add_argument("--format", choices=tuple(METADATA), help="of -o - alone; else the extension says it")
    kinds = ("auto", curves.RUNTIME, curves.THROUGHPUT, DISTRIBUTION)
    parser.add_argument("--kind", choices=kinds, default="auto", help="of a sweep's figure; auto is runtime")
    parser.add_argument(
        "--x",
        choices=("auto", *LABELS),
        default="auto",
        help="horizontal axis; auto is the one with the fewest curves",
    )
    parser.add_argument(
        "--points", metavar="LIST", help="only these points of a sweep, such as 1,2,20: their places in it"
    )
    add_design(parser)
    parser.add_argument("--check", action="store_true", help="only look for matplotlib: exit 0 or 77")
    return parser


def add_design(parser: Parser) -> None:
    """Options of the figure's looks."""
    group = parser.add_argument_group("looks")
    group.add_argument(
        "--width",
        type=width,
        help=f"inches, {NARROWEST:g} to {WIDEST:g}; column is 3.5 and page is 7; 300 pixels per inch then "
        f"(default: {USUAL:g}, for a screen)",
    )
    group.add_argument("--title", type=title, help="instead of the figure's own; '' is none")
    group.add_argument("--unit", type=unit, default="", help="of times, such as ms: what the axes say")
    group.add_argument(
        "--log", choices=("auto", "none", "x", "y", "xy"), default="auto", help="the logarithmic axes"
    )
    group.add_argument(
        "--join",
        action="store_true",
        help="lines also between points that are apart, where nothing was computed",
    )


def width(text: str) -> float:
    """Inches of a word or a number."""
    try:
        inches = WIDTHS[text] if text in WIDTHS else float(text)
    except ValueError:
        inches = 0.0
    if not NARROWEST <= inches <= WIDEST:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no width: give column, page or {NARROWEST:g} to {WIDEST:g} inches"
        )
    return inches


def title(text: str) -> str:
    """A title that is read at a glance."""
    return short_text(text, 120)


def unit(text: str) -> str:
    """A unit's name."""
    return short_text(text, 16)


def short_text(text: str, most: int) -> str:
    """Printable, and of so many characters at most."""
    if len(text) > most or not text.isprintable():
        raise argparse.ArgumentTypeError(f"{text!r:.40} is not up to {most} printable characters")
    return text


def parse(arguments: list[str]) -> argparse.Namespace:
    """Options, checked; with the output's name and format filled in."""
    parser = make_parser()
    options = parser.parse_args(arguments)
    if options.check:
        return options
    if options.results is None:
        parser.error("no results are named (they are what is drawn)")
    if options.output is None:
        options.output = os.path.join(os.path.dirname(options.results), "figure.png")
    extension = os.path.splitext(options.output)[1][1:]
    if (options.output == "-") != (options.format is not None):
        parser.error("--format and --output - need each other: give both, or neither")
    if options.format is None and extension not in METADATA:
        parser.error(f"--output {options.output}: the name must end in .png, .svg or .pdf")
    options.format = options.format or extension
    if options.kind == DISTRIBUTION and options.x != "auto":
        parser.error(f"--x {options.x}: a distribution has the runtime on its axis")
    return options


def choose_rows(rows: list[Row], points: str | None) -> list[Row]:
    """Those at these places, counted from 1."""
    if points is None:
        return rows
    places = points.split(",")
    if not all(place.isdecimal() and 1 <= int(place[:12]) <= len(rows) for place in places):
        raise Failure(
            EXIT_USAGE, f"--points {points}: give places from 1 to {len(rows)}, commas between them"
        )
    return [rows[int(place) - 1] for place in places]


def draw(
    results: Results,
    kind: str = "auto",
    x: str = "auto",
    points: str | None = None,
    design: Design = Design(),
) -> Figure:
    """The figure that is asked for."""
    if results.schema == BENCH:
        if (kind, x, points, design.unit) != ("auto", "auto", None, ""):
            raise Failure(
                EXIT_USAGE,
                f"--kind, --x, --points and --unit are for sweeps ({results.name} is of dsgd bench): leave "
                "them out",
            )
        with blaming(results.name):
            return bench.draw(bench.to_measurements(results.rows), design)
    if results.schema == FIT:
        if (kind, x, points) != ("auto", "auto", None):
            raise Failure(
                EXIT_USAGE,
                f"--kind, --x and --points are for sweeps ({results.name} is of dsgd fit): leave them out",
            )
        with blaming(results.name):
            return fit.draw(results.rows[0], design)
    if results.schema == RACE:
        if (kind, x, points) != ("auto", "auto", None):
            raise Failure(
                EXIT_USAGE,
                f"--kind, --x and --points are for sweeps ({results.name} is of dsgd race): leave them out",
            )
        with blaming(results.name):
            return race.draw(results.rows, replace(design, unit=design.unit or results.unit))
    design = replace(design, unit=design.unit or results.unit)
    rows = choose_rows(results.rows, points)
    with blaming(results.name):
        all_points: list[Point] = list(map(to_point, rows))
        if points is not None:
            results = replace(results, requested=())  # the others are left out on purpose
        if kind != DISTRIBUTION:
            kind = curves.RUNTIME if kind == "auto" else kind
            said = notes_of_means(results, all_points)
            return curves.draw(with_mean(all_points), kind, x, results.communication, design, said)
        drawn = [point for point in all_points if point.bins]
        if not drawn:
            raise ValueError("no point in it has a distribution")
        said = notes_of_distributions(results, all_points)
        return distribution.draw(drawn, results.communication, design, said)


def main(arguments: list[str]) -> int:
    """@return exit code"""
    os.environ["MPLBACKEND"] = "Agg"  # no window, whatever the user's setting
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # its font cache is nobody's concern here
    try:
        options = parse(arguments)
        if importlib.util.find_spec("matplotlib") is None:
            raise ImportError("it is not installed")
        if not options.check:
            output = Output(options.output)
            design = Design(options.width, options.title, options.unit, options.log, options.join)
            results = read_results(options.results)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of extreme numbers, which are drawn or refused all the same
                figure = draw(results, options.kind, options.x, options.points, design)
            output.write(render(figure, options.format))
    except ImportError as error:
        print(f"dsgd: {sys.executable} has no matplotlib ({error}): {MATPLOTLIB_ADVICE}", file=sys.stderr)
        return EXIT_NO_MATPLOTLIB
    except Failure as failure:
        print(f"dsgd: {failure}", file=sys.stderr)
        return failure.code
    except KeyboardInterrupt:
        return 130
    return 0
