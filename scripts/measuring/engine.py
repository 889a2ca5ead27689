"""Engines of dsgd: timed by `dsgd bench`, which verifies them first, and averaged by `dsgd sweep`."""

from __future__ import annotations

from pathlib import Path
from typing import Sequence

from .peer import ENVIRONMENT, RATE, Peer, Skipped, Timing
from .program import Broken, run

ENGINES = {
    "reference": "the definition of every number: scalar",
    "cpu": "extremes of words in vector registers",
    "cpu-materialized": "every delay to memory, reduced by Thrust",
    "cuda": "extremes of words of cuRAND's generator, in registers of a GPU",
    "cuda-materialized": "every delay to device memory by cuRAND, reduced by Thrust",
}
NOT_AVAILABLE = 4  # exit status


class Engine(Peer):
    """An engine with one thread, or the GPUs that it finds."""

    is_dsgd = True
    provenance: dict = {}

    def __init__(self, program: Path, engine: str) -> None:
        super().__init__(f"dsgd {engine}", ENGINES[engine])
        self.program, self.engine = program, engine

    def prepare(self, workers: int) -> None:
        self.workers = workers
        self.chunk = max(1, 10**6 // workers)
        self.time(1)  # to know at once whether it is available

    def time(self, chunks: int) -> Timing:
        document = self.run("bench", "--repeat", 1, "-m", self.workers, "-n", chunks * self.chunk, "-o", "-")
        (row,) = document["measurements"]
        self.device, self.provenance = row["device"], document["provenance"]
        self.version = f"dsgd {self.provenance['version']}"
        return Timing(row["iterations"] * row["workers"] / row["draws_per_second"], row["iterations"])

    def means(self, timings: Sequence[Timing]) -> tuple[float, float, int]:
        iterations = sum(one.iterations for one in timings)
        document = self.run("sweep", "--rate", RATE, "-m", self.workers, "-n", iterations, "--format", "json")
        means = {point["strategy"]: point["mean"] for point in document["points"]}
        return means["sync"], means["async"], iterations

    def run(self, command: str, *words: object) -> dict:
        """The JSON that a command prints. @throws Skipped where the engine is not available, else Broken"""
        try:
            return run([self.program, command, "--engine", self.engine, "--threads", 1, *words], **ENVIRONMENT).document
        except Broken as broken:
            if broken.status != NOT_AVAILABLE:
                raise
            raise Skipped(str(broken).removeprefix("dsgd: ")) from broken
