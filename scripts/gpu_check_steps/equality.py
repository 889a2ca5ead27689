"""Every engine writes the same bytes, provenance apart."""

from __future__ import annotations

import hashlib
import json

from .check import GPU_ENGINES, Check, Failed, Figures, table

ENGINES = ("reference", "cpu", "cpu-materialized", *GPU_ENGINES)

RATES = "--law exponential:rate=1e-6 --law exponential:rate=2 --law exponential:rate=1e6"
SWEEPS = (
    "",  # the notebook's
    f"-m 1:67,100,1000,1024,65537 -n 251 --strategy sync,async,fastest {RATES}",
    "-m 1:64,1000 -n 3001 --draws common --seed 18446744073709551615",
    "-m 3,500,4000,4001,70000 -n 1003 --draws common --strategy sync,fastest",
    "-m 16777215 -n 3 --rate 0.1",
)


def run(check: Check, figures: Figures) -> None:
    sweeps = figures["sweeps"] = []
    for arguments in SWEEPS:
        hashes = {}
        for engine in ENGINES:
            document = check.sweep(engine, *arguments.split())
            del document["provenance"]
            hashes[engine] = hashlib.sha256(json.dumps(document).encode()).hexdigest()
        points = len(document["points"])
        sweeps.append({"command": f"dsgd sweep {arguments}".strip(), "points": points, "sha256": hashes})
    wrong = [
        f"{engine} in '{one['command']}'"
        for one in sweeps
        for engine in ENGINES
        if one["sha256"][engine] != one["sha256"]["reference"]
    ]
    if wrong:
        raise Failed(f"not equal to reference: {', '.join(wrong)}")


def page(figures: Figures) -> list[str]:
    rows = [
        [f"`{one['command']}`", one["points"], *(one["sha256"][engine][:12] for engine in ENGINES)]
        for one in figures.get("sweeps", [])
    ]
    return table(["SHA-256 of", "points", *ENGINES], rows)
