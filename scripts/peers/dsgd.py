"""Engines of dsgd: timed by `dsgd bench`, which verifies them first, and averaged by `dsgd sweep`."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from .peer import ENVIRONMENT, RATE, Peer, Skipped, Timing

ENGINES = {
    "reference": "the definition of every number: scalar",
    "cpu": "extremes of words in vector registers",
    "cpu-materialized": "every delay to memory, reduced by Thrust",
    "cuda": "extremes of words of cuRAND's generator, in registers of a GPU",
    "cuda-materialized": "every delay to device memory by cuRAND, reduced by Thrust",
}
NOT_AVAILABLE = 4  # exit status


class Broken(Exception):
    """dsgd itself does not work, and has said why."""

    def __init__(self, said: str, status: int) -> None:
        super().__init__(said)
        self.status = status


class Engine(Peer):
    """An engine with one thread, or the GPUs that it finds."""

    def __init__(self, program: Path, engine: str) -> None:
        super().__init__(f"dsgd {engine}", ENGINES[engine])
        self.program, self.engine = program, engine
        self.commit: str | None = None
        self.compiler = ""
        self.machine_share = 1.0  # lowest share of the processor that dsgd's own probe got

    def prepare(self, workers: int) -> None:
        self.workers = workers
        self.chunk = max(1, 10**6 // workers)
        self.time(1)  # to know at once whether it is available

    def time(self, chunks: int) -> Timing:
        document = self.run("bench", "--repeat", 1, "-m", self.workers, "-n", chunks * self.chunk, "-o", "-")
        (row,) = document["measurements"]
        self.device, self.machine_share = row["device"], min(self.machine_share, row["machine_share"])
        provenance = document["provenance"]
        self.version = f"dsgd {provenance['version']}"
        self.commit, self.compiler = provenance["commit"], provenance["compiler"]
        draws = row["iterations"] * row["workers"]
        return Timing(draws / row["draws_per_second"], row["iterations"])

    def means(self, timings: list[Timing]) -> tuple[float, float, int]:
        iterations = sum(one.iterations for one in timings)
        arguments = ("--rate", RATE, "-m", self.workers, "-n", iterations, "--format", "json")
        means = {point["strategy"]: point["mean"] for point in self.run("sweep", *arguments)["points"]}
        return means["sync"], means["async"], iterations

    def run(self, command: str, *arguments: object) -> dict:
        """The JSON that a command prints. @throws Skipped where the engine is not available, else Broken"""
        words = [str(self.program), command, "--engine", self.engine, "--threads", "1", *map(str, arguments)]
        result = subprocess.run(words, env=ENVIRONMENT, capture_output=True, text=True)
        said = result.stderr.strip()
        if result.returncode == NOT_AVAILABLE:
            raise Skipped(said.removeprefix("dsgd: "))
        if result.returncode != 0:
            raise Broken(said or f"dsgd: '{' '.join(words)}' ended without a word", result.returncode)
        return json.loads(result.stdout)
