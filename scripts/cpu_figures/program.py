"""Runs of dsgd: how long they computed, and how much memory they had."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple, Sequence

Sweep = Sequence[object]  # words of a command line


UNUSABLE = 2  # exit status of dsgd where DSGD_ISA names what the machine lacks


class Broken(Exception):
    """dsgd ended with a status, and has said why."""

    def __init__(self, status: int) -> None:
        super().__init__(f"dsgd ended with status {status}")
        self.status = status


class Run(NamedTuple):
    seconds: float  # of the computation, without the start of the process
    wall: float  # seconds by the clock, and waiting for a core counts
    mebibytes: float  # resident, at most
    provenance: dict


class Program:
    """Engine cpu of one program."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.mebibytes = 0.0  # of any run until now
        self.provenance: dict = {}

    def sweep(self, words: Sweep, threads: int = 1) -> Run:
        """@throws Broken"""
        engine = ("--engine", "cpu", "--threads", threads, "--progress", "none")
        command = list(map(str, (self.path, "sweep", *words, *engine, "-o", "-", "--format", "json")))
        with tempfile.TemporaryFile("w+") as output:
            process = subprocess.Popen(command, stdout=output)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode != 0:
                raise Broken(process.returncode)
            output.seek(0)
            self.provenance = json.load(output)["provenance"]
        wall = self.provenance["seconds"]
        # With one thread both are upper bounds of the time that the computation itself took.
        processor = (usage.ru_utime + usage.ru_stime) if threads == 1 else wall
        self.mebibytes = max(self.mebibytes, usage.ru_maxrss / 1024)
        return Run(min(wall, processor), wall, usage.ru_maxrss / 1024, self.provenance)

    def process_time(self, command: Sequence[object]) -> float:
        """Processor seconds of a process that prints what nobody reads. @throws Broken"""
        process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            raise Broken(process.returncode)
        return usage.ru_utime + usage.ru_stime

    def bench(self, workers: str, instructions: str, repeat: int) -> dict[int, float] | None:
        """Processor cycles per draw of each number of workers, medians; nothing where the machine lacks the
        instructions. @throws Broken"""
        command = (self.path, "bench", "--engine", "cpu", "--threads", "1", "-m", workers, "--repeat", str(repeat), "-o", "-")
        environment = {**os.environ, "DSGD_ISA": instructions}
        run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
        if run.returncode == UNUSABLE and "DSGD_ISA" in run.stderr:
            return None
        sys.stderr.write(run.stderr)
        if run.returncode != 0:
            raise Broken(run.returncode)
        measurements = json.loads(run.stdout)["measurements"]
        return {row["workers"]: row["cycles_per_draw"] for row in measurements}

    def fastest(self, sweeps: Sequence[Sweep], rounds: int) -> list[float]:
        """Seconds of the fastest run of each, taken in turn so that what disturbs one disturbs all."""
        seconds = [[self.sweep(words).seconds for words in sweeps] for _ in range(rounds)]
        return [min(column) for column in zip(*seconds)]
