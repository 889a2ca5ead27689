"""plot.py as a process in a folder of its own, and results to give it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any, Callable

from plotting import PLOT, bench_document, document, measurement, notebook, row

GOOD = document(notebook()).encode()
BINS = [[0, 1, 60, 0.5], [1, 3, 40, 0.5]]
DISTRIBUTIONS = document([row("sync", m, distribution=BINS) for m in range(1, 8)]).encode()
BENCH = bench_document([measurement("cpu", m, 1e8 * m) for m in (1, 8)]).encode()


class Process(unittest.TestCase):
    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name) / "a folder"
        self.folder.mkdir()

    def plot(
        self,
        *arguments: str,
        stdin: bytes = b"",
        options: tuple[str, ...] = (),
        prepare: Callable[[], Any] | None = None,
        **environment: str,
    ) -> subprocess.CompletedProcess[bytes]:
        """Runs plot.py in the folder; `options` are Python's own."""
        return subprocess.run(
            [sys.executable, *options, str(PLOT), *arguments],
            cwd=self.folder,
            input=stdin,
            env={**os.environ, **environment},
            preexec_fn=prepare,
            capture_output=True,
            timeout=120,
        )

    def file(self, name: str, text: str) -> str:
        (self.folder / name).write_text(text)
        return name

    def figure(self, *arguments: str, output: str = "figure.png", **more: Any) -> bytes:
        """Bytes of the figure, which alone is written, without a word."""
        before = set(self.folder.iterdir())
        result = self.plot(*arguments, "-o", output, **more)
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, b"", b""))
        self.assertEqual(set(self.folder.iterdir()) - before, {self.folder / output} - before)
        return (self.folder / output).read_bytes()

    def assert_fails(self, result: subprocess.CompletedProcess[bytes], code: int, *words: str) -> None:
        text = result.stderr.decode()
        self.assertEqual((result.returncode, result.stdout), (code, b""), text)
        self.assertRegex(text, r"\Adsgd: [^\n]+\n\Z")
        for word in words:
            self.assertIn(word, text)
