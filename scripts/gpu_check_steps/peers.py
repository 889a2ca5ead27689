"""scripts/measure peers: the engines beside what one would write with the libraries that are here."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from measuring.report import markdown

from .check import ROOT, Check, Figures

WORKERS = "64"  # one number: starting programs on a GPU takes most of the time
ROUNDS = 3
SECONDS = 0.1  # of a timing


def run(check: Check, figures: Figures) -> None:
    with tempfile.TemporaryDirectory() as folder:
        options = ("--workers", WORKERS, "--rounds", ROUNDS, "--seconds", SECONDS, "--output", folder)
        check.require(sys.executable, ROOT / "scripts/measure", "peers", "--program", check.dsgd, *options)
        document = json.loads(Path(folder, "peers.json").read_text())
    figures["rows"], figures["skipped"] = document["rows"], document["skipped"]


def page(figures: Figures) -> list[str]:
    rows = [
        [one["name"], one["workers"], f"{one['draws_per_second']:.4g}", one["device"], one["version"]]
        for one in figures.get("rows", [])
    ]
    skips = [f"- skipped {one['name']}: {one['reason']}" for one in figures.get("skipped", [])]
    return [*markdown(["program", "m", "draws/s, median", "runs on", "version"], rows), "", *skips]
