#!/usr/bin/env python3
"""Draws the mean runtime per iteration over the number of workers, from the results of `dsgd sweep`.

Needs Python 3.9 and matplotlib. Equal results give equal bytes (with the same matplotlib).
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import io
import json
import logging
import math
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

EXIT_USAGE, EXIT_FILE, EXIT_NO_MATPLOTLIB = 2, 6, 77  # the first two as dsgd itself; 77 is a skip for ctest
SCHEMA = "dsgd.sweep/1"
COLUMNS = ("law", "strategy", "workers", "mean", "ci95_low", "ci95_high", "expected")
MAX_BYTES = 1 << 28  # a result larger than this is no figure
ADVICE = "give a file that dsgd sweep wrote"
MATPLOTLIB_ADVICE = "apt-get install python3-matplotlib, or let DSGD_PYTHON name a Python that has it"

NAMES = {"sync": "Synchronous SGD", "async": "Asynchronous SGD", "fastest": "Fastest worker"}
MARKERS = {"sync": "o", "async": "s"}
OTHER_MARKERS = "^DvPX*<>"
INTERVAL, EXACT = "95 % interval", "exact"
WIDE_RANGE = 200  # largest / smallest from which an axis is logarithmic

# What would differ between equal figures (dates) or between machines (versions) stays out of the files.
METADATA: dict[str, dict[str, None]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}


class Failure(Exception):
    """What is wrong and what to do, in one line, and the exit code."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(" ".join(message.split()))
        self.code = code


@dataclass(frozen=True)
class Point:
    """One point of a sweep. Times are in the unit of the law; NaN where the sweep has none."""

    law: str
    strategy: str
    workers: int
    mean: float
    low: float  # 95 % interval of the mean
    high: float
    expected: float


def read_points(source: str) -> list[Point]:
    """Points of a result file, JSON or CSV, or of stdin for "-". Those without a mean are left out."""
    name = "stdin" if source == "-" else source
    try:
        with open(0 if source == "-" else source, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Failure(EXIT_FILE, f"cannot read {name} ({error.strerror}): {ADVICE}") from None
    try:
        if len(data) > MAX_BYTES:
            raise ValueError(f"it is larger than {MAX_BYTES >> 20} MiB")
        text = data.decode("utf-8-sig")
        rows = json_rows(text) if text.lstrip().startswith(("{", "[")) else csv_rows(text)
        points = [point for point in map(to_point, rows) if math.isfinite(point.mean)]
        if not points:
            raise ValueError("no point in it has a mean")
    except (ValueError, RecursionError, csv.Error) as error:
        raise Failure(EXIT_FILE, f"cannot plot {name} ({error}): {ADVICE}") from None
    return points


def json_rows(text: str) -> list[dict[str, Any]]:
    """Elements of `points` of a JSON document."""
    document = json.loads(text)
    schema = document.get("schema") if isinstance(document, dict) else None
    if schema != SCHEMA:
        raise ValueError(f"its schema is {schema!r}, not {SCHEMA!r}")
    rows = document.get("points")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError("its points are no list of objects")
    return rows


def csv_rows(text: str) -> list[dict[str, Any]]:
    """Rows of a CSV file by their columns' names; all values are strings."""
    rows = list(csv.DictReader(io.StringIO(text), strict=True))
    for row in rows:
        if None in row or None in row.values():  # DictReader's marks of a row too long or too short
            raise ValueError("a row has not as many fields as the header")
    return rows


def to_point(row: dict[str, Any]) -> Point:
    """The point of a row, checked."""
    missing = [column for column in COLUMNS if column not in row]
    if missing:
        raise ValueError(f"no column {missing[0]!r}")
    law, strategy = row["law"], row["strategy"]
    if not (isinstance(law, str) and law and isinstance(strategy, str) and strategy):
        raise ValueError("a law or strategy is no name")
    workers, mean, low, high, expected = (number(row, column) for column in COLUMNS[2:])
    if not (workers >= 1 and workers.is_integer()):
        raise ValueError(f"workers is {row['workers']!r}, not a whole number from 1")
    if low > high:
        raise ValueError(f"ci95_low {low} is above ci95_high {high}")
    return Point(law, strategy, int(workers), mean, low, high, expected)


def number(row: dict[str, Any], column: str) -> float:
    """A finite number, or NaN where the field is null or empty."""
    value = row[column]
    if value is None or value == "":
        return math.nan
    try:
        result = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        result = math.nan
    if not math.isfinite(result):
        raise ValueError(f"{column} is {value!r}, not a finite number")
    return result


def group_curves(points: list[Point]) -> dict[tuple[str, str], list[Point]]:
    """Points of each (law, strategy), by ascending workers; curves in the order of the file."""
    curves: dict[tuple[str, str], list[Point]] = {}
    for point in points:
        curves.setdefault((point.law, point.strategy), []).append(point)
    for curve in curves.values():
        curve.sort(key=lambda point: point.workers)
    return curves


def title(strategies: list[str]) -> str:
    """The notebook's title for the notebook's strategies."""
    if sorted(strategies) == ["async", "sync"]:
        return "Comparison of Synchronous and Asynchronous SGD"
    if len(strategies) == 1:
        return f"Runtime of {NAMES.get(strategies[0], strategies[0])}"
    return "Comparison of Strategies"


def is_wide(values: list[float]) -> bool:
    return min(values) > 0 and max(values) / min(values) > WIDE_RANGE


def markers(strategies: list[str]) -> dict[str, str]:
    """The notebook's markers, and one more for each further strategy."""
    others = [strategy for strategy in strategies if strategy not in MARKERS]
    return MARKERS | {strategy: OTHER_MARKERS[i % len(OTHER_MARKERS)] for i, strategy in enumerate(others)}


def draw_curve(axes: Axes, curve: list[Point], color: str, marker: str, label: str) -> None:
    """Means with 95 % intervals, as bars or, where bars would touch, as a band; the exact curve over them."""
    workers, mean = [point.workers for point in curve], [point.mean for point in curve]
    low, high = [point.low for point in curve], [point.high for point in curve]
    expected = [point.expected for point in curve]

    dense = len(curve) > 50
    size = 2 if dense else 5
    axes.plot(workers, mean, color=color, marker=marker, markersize=size, linewidth=1.2, label=label)
    if dense:
        axes.fill_between(workers, low, high, color=color, alpha=0.3, linewidth=0, label=INTERVAL)
    elif any(map(math.isfinite, low)):
        # A narrow interval, written with 12 digits, may end on the wrong side of its mean.
        below = [max(point.mean - point.low, 0.0) for point in curve]
        above = [max(point.high - point.mean, 0.0) for point in curve]
        style = {"fmt": "none", "ecolor": "black", "elinewidth": 0.9, "capsize": 3.5}
        axes.errorbar(workers, mean, [below, above], **style, label=INTERVAL)
    if any(map(math.isfinite, expected)):
        axes.plot(workers, expected, "--", color="black", linewidth=0.8, zorder=3, label=EXACT)


def draw(points: list[Point]) -> Figure:
    """The notebook's figure, with 95 % intervals and exact curves."""
    import matplotlib
    from matplotlib.figure import Figure

    matplotlib.rcdefaults()  # a user's own settings would make other bytes
    matplotlib.rcParams["svg.hashsalt"] = "dsgd"
    curves = group_curves(points)
    laws = list(dict.fromkeys(law for law, _ in curves))
    strategies = list(dict.fromkeys(strategy for _, strategy in curves))
    crowded = len(curves) > 3  # the legend goes below the axes, which keep their height
    legend_height = 0.25 * (len(curves) + 2) if crowded else 0.0
    figure = Figure(figsize=(8, 5 + legend_height), dpi=160, layout="constrained")
    axes = figure.add_subplot()

    marker_of = markers(strategies)
    for i, ((law, strategy), curve) in enumerate(curves.items()):
        name = NAMES.get(strategy, strategy)
        label = name if len(laws) == 1 else f"{name}, {law}"
        draw_curve(axes, curve, f"C{i % 10}", marker_of[strategy], label)

    if is_wide([point.workers for point in points]):
        axes.set_xscale("log")
    else:
        axes.xaxis.get_major_locator().set_params(integer=True)
    if is_wide([point.mean for point in points]):
        axes.set_yscale("log")
    axes.set(xlabel="Number of Workers (m)", ylabel="Average Runtime per Iteration", title=title(strategies))
    axes.grid(True, alpha=0.5)

    # One entry for all intervals and one for all exact curves, after those of the curves.
    entries = dict(zip(*reversed(axes.get_legend_handles_labels())))
    entries.update({label: entries.pop(label) for label in (INTERVAL, EXACT) if label in entries})
    place = {"loc": "upper center", "bbox_to_anchor": (0.5, -0.12)} if crowded else {}
    axes.legend(entries.values(), entries.keys(), **place)
    return figure


def render(figure: Figure, kind: str) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format=kind, metadata=METADATA[kind])
    return buffer.getvalue()


def write(path: str, data: bytes) -> None:
    """Writes the whole file or none of it. What exists and is no regular file (a pipe) is written to."""
    target = os.path.realpath(path)
    try:
        if os.path.exists(target) and not os.path.isfile(target):
            with open(target, "wb") as file:
                file.write(data)
            return
        folder, name = os.path.split(target)
        temporary = os.path.join(folder, f".{name}.{os.getpid()}")
        with open(temporary, "xb") as file:
            try:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
                os.replace(temporary, target)
            except BaseException:
                os.unlink(temporary)
                raise
    except OSError as error:
        raise Failure(EXIT_FILE, f"cannot write {path} ({error.strerror}): choose another place") from None


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Failure(EXIT_USAGE, f"{message}: see plot.py --help")


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = Parser(description="Draws the results of dsgd sweep.", allow_abbrev=False)
    parser.add_argument("results", nargs="?", help="results.json, results.csv, or - for either on stdin")
    parser.add_argument("-o", "--output", help=".png, .svg or .pdf (default: figure.png beside the results)")
    parser.add_argument("--check", action="store_true", help="only look for matplotlib: exit 0 or 77")
    options = parser.parse_args(arguments)
    if options.check:
        return options
    if options.results is None:
        parser.error("no results are named (they are what is drawn)")
    if options.output is None:
        options.output = os.path.join(os.path.dirname(options.results), "figure.png")
    options.kind = os.path.splitext(options.output)[1][1:]
    if options.kind not in METADATA:
        parser.error(f"--output {options.output}: the name must end in .png, .svg or .pdf")
    return options


def main(arguments: list[str]) -> int:
    os.environ["MPLBACKEND"] = "Agg"  # no window, whatever the user's setting
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # its font cache is nobody's concern here
    try:
        options = parse(arguments)
        if importlib.util.find_spec("matplotlib") is None:
            raise ImportError("it is not installed")
        if not options.check:
            write(options.output, render(draw(read_points(options.results)), options.kind))
    except ImportError as error:
        print(f"dsgd: {sys.executable} has no matplotlib ({error}): {MATPLOTLIB_ADVICE}", file=sys.stderr)
        return EXIT_NO_MATPLOTLIB
    except Failure as failure:
        print(f"dsgd: {failure}", file=sys.stderr)
        return failure.code
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
