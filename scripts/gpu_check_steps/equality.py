"""Every engine writes the same bytes, provenance apart."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path

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
DEADLINES = "--strategy deadline:time=0.5,deadline:time=2:k=50%,speculate:after=1,speculate:share=0.75:factor=1.5:k=90%"
SLOW = "enter=0.02:leave=0.1:factor=5"
REPLAY = "--law replay:file=TABLE:columns=*"  # of the measured steps that run() writes
TRAINED = "--times 0,1,5,20 --updates 1,10 --target 0.05"
RACED = "--strategy sync,k-sync:k=2,deadline:time=1,async,k-async:k=2,k-batch-sync:k=2,ssp:staleness=1,local-sgd:steps=4:communication=0"
COMMANDS = (
    ("sweep", ENGINES),  # the notebook's
    (f"sweep -m 1:67,100,1000,1024,65537 -n 251 --strategy sync,async,fastest {RATES}", ENGINES),
    ("sweep -m 1:64,1000 -n 3001 --draws common --seed 18446744073709551615", ENGINES),
    ("sweep -m 3,500,4000,4001,70000 -n 1003 --draws common --strategy sync,fastest", ENGINES),
    ("sweep -m 16777215 -n 3 --rate 0.1", ENGINES),
    (f"sweep -m 1:67,100,1000,1024,65537 -n 31 {RANKS}", BEYOND_EXTREMES),
    (f"sweep -m 2,20,1000 -n 301 --draws common {RANKS} {LAWS}", BEYOND_EXTREMES),
    (f"sweep -m 1:5,20,67,1000 -n 101 {SUMS} {LAWS}", BEYOND_EXTREMES),
    (f"sweep -m 3,20,1e6,1e12 -n 10001 {SAMPLED} {LAWS}", BEYOND_EXTREMES),
    (f"sweep -m 2,20,33 -n 5001 {CLOCKS} {LAWS} {HEAVY}", BEYOND_EXTREMES),
    (f"sweep -m 20 -n 10001 {FLEET} --quantiles 0.5 --strategy sync,fastest,k-sync:k=5,local-sgd:steps=3:communication=0", BEYOND_EXTREMES),
    (f"sweep -m 20 -n 5001 {FLEET} {CLOCKS}", BEYOND_EXTREMES),
    (f"sweep -m 20 -n 200001 --draws common --strategy async,k-batch-async:k=5 {HEAVY}", BEYOND_EXTREMES),
    (f"sweep -m 20 -n 100001 --quantiles 0.5,0.999 {LAWS} --strategy sync,k-sync:k=7", BEYOND_EXTREMES),
    (f"sweep -m 1,2,20,300 -n 1001 {DEADLINES} {LAWS}", BEYOND_EXTREMES),
    (f"sweep -m 20 -n 5001 {FLEET} --quantiles 0.5 {DEADLINES}", BEYOND_EXTREMES),
    (f"sweep -m 2,20 -n 5001 --strategy ssp:staleness=0,3 {LAWS} {HEAVY}", BEYOND_EXTREMES),
    (f"sweep -m 20 -n 5001 {FLEET} --strategy sync,async,k-batch-sync:k=2,ssp:staleness=2 --stragglers {SLOW}", BEYOND_EXTREMES),
    (f"sweep {REPLAY} -n 5001 --quantiles 0.5 --strategy sync,async,k-async:k=2,k-batch-async:k=3,k-batch-sync:k=2,ssp:staleness=2", BEYOND_EXTREMES),
    (f"race -m 2,8,20 -n 301 {TRAINED} {RACED} {LAWS}", BEYOND_EXTREMES),
    (f"race -m 20 -n 301 {FLEET} {TRAINED} {RACED} --model quadratic:minima=1:spread=0.3:curvature=1,0.1", BEYOND_EXTREMES),
)


def write_steps(table: Path) -> None:
    """50 measured steps of 9 workers, some of which end at the same time."""
    times = ([(10 + worker + (7 * step + 3 * worker) % 11) / 10 for worker in range(9)] for step in range(50))
    rows = ([f"w{worker}" for worker in range(9)], *times)
    table.write_text("".join(",".join(map(str, row)) + "\n" for row in rows))


def run(check: Check, figures: Figures) -> None:
    answers = figures["answers"] = []
    with tempfile.TemporaryDirectory() as folder, judged_by(lambda: judge(answers)):
        table = Path(folder) / "steps.csv"
        write_steps(table)
        for command, engines in COMMANDS:
            hashes = {}
            for engine in engines:
                document = check.answer(engine, *command.replace("TABLE", str(table)).split())
                del document["provenance"]
                hashes[engine] = hashlib.sha256(json.dumps(document).encode()).hexdigest()
            points = len(document.get("points") or document["results"])
            answers.append({"command": f"dsgd {command}", "points": points, "sha256": hashes})


def judge(answers: list[dict]) -> None:
    wrong = [
        f"{engine} in '{one['command']}'"
        for one in answers
        for engine, sha256 in one["sha256"].items()
        if sha256 != one["sha256"]["reference"]
    ]
    if wrong:
        raise Failed(f"not equal to reference: {', '.join(wrong)}")


def page(figures: Figures) -> list[str]:
    rows = [
        [f"`{one['command']}`", one["points"], *(one["sha256"].get(engine, "-")[:12] for engine in ENGINES)]
        for one in figures.get("answers", [])
    ]
    return markdown(["SHA-256 of", "points", *ENGINES], rows)
