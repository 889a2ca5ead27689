"""C++'s own generator and distribution, compiled into a temporary folder."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from .peer import RATE, Peer, Skipped, Timing

SOURCE = Path(__file__).with_name("std_random.cpp")
FLAGS = ("-O3", "-std=c++17")


class StdRandom(Peer):
    """std_random.cpp, compiled by $CXX or c++."""

    def __init__(self) -> None:
        super().__init__(
            "C++ standard library", "std::mt19937_64 and std::exponential_distribution of double"
        )
        self.folder: tempfile.TemporaryDirectory[str] | None = None
        self.seed = 0

    def compile(self) -> Path:
        """Path of the program, in a folder that close() removes. @throws Skipped"""
        self.folder = tempfile.TemporaryDirectory()
        program = Path(self.folder.name) / "std_random"
        compiler = shlex.split(os.environ.get("CXX", "c++"))
        self.run([*compiler, *FLAGS, str(SOURCE), "-o", str(program)])
        self.version = self.run([*compiler, "--version"]).splitlines()[0] + " " + FLAGS[0]
        return program

    def prepare(self, workers: int) -> None:
        if self.folder is None:
            self.program = self.compile()
        self.workers = workers
        self.chunk = max(1, 10**5 // workers)

    def time(self, chunks: int) -> Timing:
        self.seed += 1
        iterations = chunks * self.chunk
        words = [str(self.program), *map(str, (self.workers, iterations, RATE, self.seed))]
        seconds, largest, smallest = map(float, self.run(words).split())
        return Timing(seconds, iterations, largest, smallest)

    def run(self, words: list[str]) -> str:
        """What a command prints. @throws Skipped where it cannot be run or fails"""
        try:
            return subprocess.run(words, capture_output=True, text=True, check=True).stdout
        except OSError as error:
            raise Skipped(f"{words[0]} cannot be run ({error.strerror})") from error
        except subprocess.CalledProcessError as error:
            said = error.stderr.strip().splitlines() or ["no message"]
            raise Skipped(f"{words[0]} ended with status {error.returncode}: {said[0]}") from error

    def close(self) -> None:
        if self.folder is not None:
            self.folder.cleanup()
