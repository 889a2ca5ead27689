"""Every engine writes the same bytes, provenance apart."""

from __future__ import annotations

import hashlib
import json

from measuring.report import markdown

from .check import Check, Failed, Figures, GPU_ENGINES, judged_by

ENGINES = ("reference", "cpu", "cpu-materialized", *GPU_ENGINES)
BEYOND_EXTREMES = ("reference", "cpu", "cuda")  # engines that serve more than the fastest and the slowest

RATES = "--law exponential:rate=1e-6 --law exponential:rate=2 --law exponential:rate=1e6"
RANKS = "--strategy k-sync:k=1..20,backup:spare=3,gradient-coding:stragglers=2,k-sync:k=50%"
SUMS = "--strategy local-sgd:steps=1:communication=0,local-sgd:steps=7:communication=0.5"
SAMPLED = "--sampling order-statistics --strategy sync,fastest,k-sync:k=2"
CLOCKS = "--strategy async,k-async:k=2,k-async:k=80%,k-batch-async:k=3,k-batch-sync:k=2 --quantiles 0.5"
HEAVY = "--law pareto:scale=1:shape=1.5 --law two-point:low=1:high=100:probability=0.01 --law constant:value=1"
FLEET = "--law 13*exponential:rate=2+6*shifted-exponential:shift=1:rate=1+1*pareto:scale=1:shape=2.5"
LAWS = "--law exponential:rate=2 --law pareto:scale=1:shape=2.5 --law lognormal:mu=0:sigma=1 --law gamma:shape=2:rate=1"
SWEEPS = (
    ("", ENGINES),  # the notebook's
    (f"-m 1:67,100,1000,1024,65537 -n 251 --strategy sync,async,fastest {RATES}", ENGINES),
    ("-m 1:64,1000 -n 3001 --draws common --seed 18446744073709551615", ENGINES),
    ("-m 3,500,4000,4001,70000 -n 1003 --draws common --strategy sync,fastest", ENGINES),
    ("-m 16777215 -n 3 --rate 0.1", ENGINES),
    (f"-m 1:67,100,1000,1024,65537 -n 31 {RANKS}", BEYOND_EXTREMES),
    (f"-m 2,20,1000 -n 301 --draws common {RANKS} {LAWS}", BEYOND_EXTREMES),
    (f"-m 1:5,20,67,1000 -n 101 {SUMS} {LAWS}", BEYOND_EXTREMES),
    (f"-m 3,20,1e6,1e12 -n 10001 {SAMPLED} {LAWS}", BEYOND_EXTREMES),
    (f"-m 2,20,33 -n 5001 {CLOCKS} {LAWS} {HEAVY}", BEYOND_EXTREMES),
    (f"-m 20 -n 10001 {FLEET} --quantiles 0.5 --strategy sync,fastest,k-sync:k=5,local-sgd:steps=3:communication=0", BEYOND_EXTREMES),
    (f"-m 20 -n 5001 {FLEET} {CLOCKS}", BEYOND_EXTREMES),
    (f"-m 20 -n 200001 --draws common --strategy async,k-batch-async:k=5 {HEAVY}", BEYOND_EXTREMES),
    (f"-m 20 -n 100001 --quantiles 0.5,0.999 {LAWS} --strategy sync,k-sync:k=7", BEYOND_EXTREMES),
)


def run(check: Check, figures: Figures) -> None:
    sweeps = figures["sweeps"] = []
    with judged_by(lambda: judge(sweeps)):
        for arguments, engines in SWEEPS:
            hashes = {}
            for engine in engines:
                document = check.sweep(engine, *arguments.split())
                del document["provenance"]
                hashes[engine] = hashlib.sha256(json.dumps(document).encode()).hexdigest()
            points = len(document["points"])
            sweeps.append({"command": f"dsgd sweep {arguments}".strip(), "points": points, "sha256": hashes})


def judge(sweeps: list[dict]) -> None:
    wrong = [
        f"{engine} in '{one['command']}'"
        for one in sweeps
        for engine, sha256 in one["sha256"].items()
        if sha256 != one["sha256"]["reference"]
    ]
    if wrong:
        raise Failed(f"not equal to reference: {', '.join(wrong)}")


def page(figures: Figures) -> list[str]:
    rows = [
        [f"`{one['command']}`", one["points"], *(one["sha256"].get(engine, "-")[:12] for engine in ENGINES)]
        for one in figures.get("sweeps", [])
    ]
    return markdown(["SHA-256 of", "points", *ENGINES], rows)
