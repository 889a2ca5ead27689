"""What the tests of plot.py share: the script as a module, and results to draw."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

PLOT = Path(__file__).resolve().parents[2] / "scripts/plot.py"


def load() -> Any:
    """plot.py as a module."""
    spec = importlib.util.spec_from_file_location("plot", PLOT)
    module = importlib.util.module_from_spec(spec)
    sys.modules["plot"] = module
    spec.loader.exec_module(module)
    return module


def row(strategy: str, workers: int, law: str = "exponential:rate=2", **changes: Any) -> dict[str, Any]:
    """An element of `points`; its mean, its expectation and the ends of its interval all differ."""
    expected = sum(1 / i for i in range(1, workers + 1)) / 2 if strategy == "sync" else 0.5 / workers
    mean = 1.01 * expected
    return {
        "law": law,
        "strategy": strategy,
        "workers": workers,
        "iterations": 5000,
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


def document(rows: list[dict[str, Any]], schema: str = "dsgd.sweep/1") -> str:
    """A result file in JSON."""
    return json.dumps({"schema": schema, "points": rows, "run": {"seed": "1", "complete": True}})


def table(rows: list[dict[str, Any]]) -> str:
    """The same in CSV."""
    lines = [",".join(rows[0])]
    lines += [",".join("" if value is None else str(value) for value in each.values()) for each in rows]
    return "\n".join(lines) + "\n"
