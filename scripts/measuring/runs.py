"""Runs of engine cpu in turn with what they are compared with, on quiet cores where there are any, and figures that are held
against what is wanted."""

from __future__ import annotations

import json
import statistics
import subprocess
from pathlib import Path
from typing import Any, Callable, NamedTuple, Sequence

from . import machine
from .program import Broken, Run, run as run_program
from .timing import in_turn, quiet

WITH_PYTHON = Path(__file__).resolve().parents[1] / "with_python"
MISSED, BUSY = 1, 77  # exit statuses
NO_MODULE = 77  # exit status of with_python
NUMBERS = {"x": "{:.3g} x", "cycles": "{:.3g} cycles", "%": "{:.2g} %", "MiB": "{:.3g} MiB", "/s": "{:.3g} /s"}


class Figure(NamedTuple):
    name: str
    value: float
    limit: float
    at_most: bool  # else at least
    unit: str = "x"
    detail: str = ""

    @property
    def met(self) -> bool:
        return self.value <= self.limit if self.at_most else self.value >= self.limit


def at_most(name: str, value: float, limit: float, unit: str = "x", detail: str = "") -> Figure:
    return Figure(name, value, limit, True, unit, detail)


def at_least(name: str, value: float, limit: float, unit: str = "x") -> Figure:
    return Figure(name, value, limit, False, unit)


class Runs:
    """Sweeps of one program by engine cpu. @param largest  of the linear times: 10^largest draws"""

    def __init__(self, program: Path, rounds: int, largest: int) -> None:
        self.program, self.rounds, self.largest = program, rounds, largest
        self.free = 1.0  # least share of its core that a probe got in a round that counted
        self.mebibytes = 0.0  # of any run until now
        self.provenance: dict = {}

    def sweep(self, *words: object, threads: int = 1, launch: Sequence[object] = ()) -> Run:
        """@param launch  words that start the program. @throws Broken"""
        engine = ("--engine", "cpu", "--threads", threads, "--progress", "none", "-o", "-", "--format", "json")
        run = run_program([*launch, self.program, "sweep", *words, *engine])
        self.mebibytes = max(self.mebibytes, run.mebibytes)
        self.provenance = run.document["provenance"]
        return run

    def wall(self, *words: object, threads: int = 1, launch: Sequence[object] = ()) -> float:
        """Seconds of the computation by the clock, without the start of the process; waiting for a core counts."""
        return self.sweep(*words, threads=threads, launch=launch).document["provenance"]["seconds"]

    def seconds(self, *words: object) -> float:
        """Seconds of the computation. Both the clock and the processor are upper bounds of what it took itself."""
        run = self.sweep(*words)
        return min(run.document["provenance"]["seconds"], run.processor)

    def columns(self, works: Sequence[Callable], rounds: int, cores: int = 1) -> list[tuple]:
        """What each piece of work returned in the rounds that count."""
        counted = quiet(in_turn(works, rounds, cores))
        self.free = min(self.free, *(one.free for one in counted))
        return list(zip(*(one.values for one in counted)))

    def fastest(self, *sweeps: Sequence[object], rounds: int | None = None) -> list[float]:
        """Seconds of the fastest run of each."""
        works = [lambda words=words: self.seconds(*words) for words in sweeps]
        return [min(column) for column in self.columns(works, rounds or self.rounds)]

    def speedup(self, one: Callable[[], float], two: Callable[[], float]) -> float:
        """Median over the rounds of what takes one core / two."""
        return statistics.median(a / b for a, b in zip(*self.columns([one, two], self.rounds, cores=2)))


def python(*arguments: object, module: str = "numpy") -> Any:
    """What a Python with a module prints as JSON; nothing where there is no such Python. @throws Broken"""
    done = subprocess.run([WITH_PYTHON, module, *map(str, arguments)], stdout=subprocess.PIPE, text=True)
    if done.returncode not in (0, NO_MODULE):
        raise Broken(f"dsgd: Python with {module} failed (see above)", done.returncode)
    return json.loads(done.stdout) if done.returncode == 0 else None


def row(figure: Figure, share: float) -> dict:
    verdict = "met" if figure.met else "MISSED" if share >= machine.QUIET else "busy"
    return {**figure._asdict(), "free_share": share, "verdict": verdict}


def line(row: dict) -> str:
    value, limit = (NUMBERS[row["unit"]].format(row[key]) for key in ("value", "limit"))
    wanted = ("at most " if row["at_most"] else "at least ") + limit
    busy = f"; a probe got {row['free_share']:.0%} of its core" if row["free_share"] < machine.QUIET else ""
    detail = f"; {row['detail']}" if row["detail"] else ""
    return f"{row['verdict']:6}  {row['name']}: {value} (wanted: {wanted}{detail}{busy})"


def conclude(rows: list[dict]) -> int:
    """Prints how many figures are met. @return the exit status"""
    verdicts = [each["verdict"] for each in rows]
    print(", ".join(f"{verdicts.count(verdict)} {verdict}" for verdict in ("met", "MISSED", "busy")))
    return MISSED if "MISSED" in verdicts else BUSY if "busy" in verdicts or not rows else 0
