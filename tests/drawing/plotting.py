"""What the tests of plot.py share: its code, without the compiled module, and results to draw."""

from __future__ import annotations

import json
import math
import runpy
from pathlib import Path
from typing import Any

PLOT = Path(__file__).resolve().parents[2] / "python/dsgd/plot.py"
runpy.run_path(str(PLOT.parent / "alone.py"))["stand_in"]()  # dsgd.drawing can be imported from here on


def row(strategy: str, workers: int, law: str = "exponential:rate=2", **changes: Any) -> dict[str, Any]:
    """An element of `points`; its mean, its expectation and the ends of its interval all differ."""
    expected = sum(1 / i for i in range(1, workers + 1)) / 2 if strategy == "sync" else 0.5 / workers
    mean = 1.01 * expected
    return {
        "law": law,
        "strategy": strategy,
        "workers": workers,
        "iterations": 5000,
        "gradients": workers if strategy == "sync" else 1,
        "mean": mean,
        "standard_error": 0.007 * expected,
        "ci95_low": mean - 0.01 * expected,
        "ci95_high": mean + 0.02 * expected,
        "expected": expected,
        **changes,
    }


def notebook() -> list[dict[str, Any]]:
    """Rows of the notebook's sweep."""
    return [row(strategy, workers) for strategy in ("sync", "async") for workers in range(1, 21)]


def document(rows: list[dict[str, Any]], schema: str = "dsgd.sweep/2", **run: str) -> str:
    """A result file in JSON."""
    return json.dumps({"schema": schema, "points": rows, "run": {"seed": "1", "complete": True, **run}})


def measurement(engine: str, workers: int, rate: float, **changes: Any) -> dict[str, Any]:
    """An element of `measurements`."""
    return {
        "engine": engine,
        "device": "2 threads",
        "workers": workers,
        "iterations": 1000000 // workers,
        "repeat": 7,
        "draws_per_second": rate,
        "draws_per_second_slowest": 0.9 * rate,
        "draws_per_second_fastest": 1.05 * rate,
        "nanoseconds_per_draw": 1e9 / rate,
        "iterations_per_second": rate / workers,
        "cycles_per_draw": None,
        "ceiling_fraction": None,
        "machine_share": 1.0,
        **changes,
    }


def bench_document(rows: list[dict[str, Any]]) -> str:
    """A file of dsgd bench."""
    return json.dumps({"schema": "dsgd.bench/1", "measurements": rows, "provenance": {}})


def line(axes: Any, label: str, index: int = 0) -> Any:
    """The line of a label, the index-th of those with the same."""
    return [each for each in axes.lines if each.get_label() == label][index]


def bar_ends(container: Any) -> list[tuple[float, float, float]]:
    """Position, lower and upper end of each bar of an interval."""
    segments = container.lines[2][0].get_segments()
    return [(low[0], low[1], high[1]) for low, high in segments]


def legend(axes: Any) -> list[str]:
    """What the figure's legend says."""
    return [text.get_text() for each in axes.figure.legends for text in each.get_texts()]


def words(figure: Any, part: str) -> str:
    """What a figure says in a part of it: title, common or note; lines are joined."""
    return " ".join(text.get_text() for text in figure.texts if text.get_gid() == part).replace("\n", " ")


def title(axes: Any) -> str:
    """The title, and below it what all curves share."""
    return f"{words(axes.figure, 'title')}\n{words(axes.figure, 'common')}".strip()


def shown(values: Any) -> list[float]:
    """Values without the gaps, over which no line leads."""
    return [value for value in values if not math.isnan(value)]


def table(rows: list[dict[str, Any]]) -> str:
    """The same in CSV."""
    lines = [",".join(rows[0])]
    lines += [",".join("" if value is None else str(value) for value in each.values()) for each in rows]
    return "\n".join(lines) + "\n"
