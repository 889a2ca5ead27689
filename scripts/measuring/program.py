"""Runs of dsgd: the JSON that it prints, the processor time that it took and the memory that it had."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import threading
from typing import NamedTuple


class Broken(Exception):
    """dsgd did not do what was asked: what it said, and its exit status."""

    def __init__(self, said: str, status: int) -> None:
        super().__init__(said)
        self.status = status


class Run(NamedTuple):
    document: dict
    processor: float  # seconds
    mebibytes: float  # resident, at most


def run(command: list[object], seconds: float = 86_400, **environment: str) -> Run:
    """@param command  that prints JSON. @param seconds  after which it is killed. @throws Broken"""
    words = list(map(str, command))
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=output, stderr=errors, env={**os.environ, **environment}
        )
        watch = threading.Timer(seconds, process.kill)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        watch.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            errors.seek(0)
            said = errors.read().strip() or f"dsgd: '{' '.join(words)}' ended without a word (it may take {seconds} s)"
            raise Broken(said, process.returncode)
        output.seek(0)
        return Run(json.load(output), usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
