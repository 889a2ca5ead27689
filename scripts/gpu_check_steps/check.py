"""What the steps of gpu_check share: programs run within a step's time, and ways to end a step."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GPU_ENGINES = ("cuda", "cuda-materialized")

# What a step finds out, as JSON. Filled in as it goes, so that a step that fails shows what it had.
Figures = dict


class Failed(Exception):
    """A step did not pass: why, and the end of what the culprit wrote."""

    def __init__(self, reason: str, output: str = "") -> None:
        super().__init__(reason)
        self.output = output.splitlines()[-60:]


class NotRun(Exception):
    """A step cannot be run on this machine, or not to its end in its time: why."""


class NoGpu(Exception):
    """There is nothing to check: why."""


@contextlib.contextmanager
def judged_by(judge: Callable[[], None]) -> Iterator[None]:
    """Judges what a step has found, also where its time was over before its end.
    @param judge  raises Failed"""
    try:
        yield
    except NotRun:
        judge()
        raise
    judge()


class Check:
    def __init__(self, build: Path | None, dependencies: Path | None, commit: str | None) -> None:
        """@param build  the build folder that was brought along, if any"""
        self.is_build_given = build is not None
        self.build = build or ROOT / "build-gpu"
        self.dependencies = dependencies
        self.commit = commit
        self.libraries: list[Path] = []  # folders of shared libraries that this machine may lack
        self.has_gpu = False  # not known before the programs are there
        self.deadline = 0.0  # of the step that runs, by time.monotonic()

    def run(self, *command: object, **environment: str) -> subprocess.CompletedProcess[str]:
        """Runs a command. At the deadline it is killed, children and all, and the step ends as not run."""
        arguments = [str(word) for word in command]
        folders = [os.environ.get("LD_LIBRARY_PATH"), *map(str, self.libraries)]
        environment["LD_LIBRARY_PATH"] = ":".join(filter(None, folders))
        try:
            process = subprocess.Popen(
                arguments,
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                errors="replace",
                start_new_session=True,
            )
        except OSError as error:
            raise Failed(f"{arguments[0]} cannot be run ({error.strerror})") from error
        with process:
            try:
                output, errors = process.communicate(timeout=max(0.0, self.deadline - time.monotonic()))
            except BaseException as error:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                if isinstance(error, subprocess.TimeoutExpired):
                    raise NotRun(f"the time limit was reached by: {' '.join(arguments)}") from error
                raise
        return subprocess.CompletedProcess(arguments, process.returncode, output, errors)

    def require(self, *command: object) -> str:
        """The standard output of a command that must succeed."""
        result = self.run(*command)
        if result.returncode != 0:
            said = result.stdout + result.stderr
            first = re.search(r"^.*(?:error|dsgd: |not found).*$", said, re.MULTILINE | re.IGNORECASE)
            reason = first[0].strip() if first else "it does not say why"
            raise Failed(f"status {result.returncode} of {' '.join(result.args)}: {reason}", said)
        return result.stdout

    @property
    def dsgd(self) -> Path:
        return self.build / "dsgd"

    @property
    def gpu_test(self) -> Path:
        """Where a build makes it, or wherever else in a folder that was brought along."""
        made = self.build / "tests/gpu/gpu_test"
        return made if made.exists() else next(iter(sorted(self.build.rglob("gpu_test"))), made)

    def answer(self, engine: str, command: str, *arguments: object) -> dict:
        """The document of `dsgd COMMAND`, its numbers as they are written."""
        text = self.require(self.dsgd, command, "--engine", engine, "--format", "json", *arguments)
        return json.loads(text, parse_float=str, parse_int=str)

    def gpu_tests(self) -> list[str]:
        """Names of the GPU tests."""
        names, suite = [], ""
        for line in self.require(self.gpu_test, "--gtest_list_tests").splitlines():
            if line.startswith("  "):
                names.append(suite + line.split()[0])
            elif line.endswith("."):
                suite = line
        if not names:
            raise Failed(f"{self.gpu_test} has no tests")
        return names

    def find_nvcc(self) -> Path | None:
        """As the other scripts find it."""
        found = self.run("bash", "-c", 'source "$0" && find_nvcc', ROOT / "scripts/common.sh")
        return Path(found.stdout.strip()).resolve() if found.returncode == 0 else None

    def find_sanitizer(self) -> str | None:
        nvcc = self.find_nvcc()
        beside = shutil.which("compute-sanitizer", path=str(nvcc.parent)) if nvcc else None
        return shutil.which("compute-sanitizer") or beside
