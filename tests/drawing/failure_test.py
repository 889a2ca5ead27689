"""How plot.py fails: results that are none, files that cannot be read or written, no matplotlib."""

from __future__ import annotations

import math
import resource
import subprocess
import sys
import unittest
from typing import Any

from plot_process import GOOD, Process
from plotting import bench_document, document, measurement, notebook, row, table  # before dsgd.drawing

from dsgd.drawing.points import to_point

BARE = ("-I", "-S")  # no packages but Python's own


class Rows(unittest.TestCase):
    """What a row may hold, without a process for each."""

    def test_good_fields(self) -> None:
        to_point(row("sync", 1))
        for name in ("mean", "ci95_low", "ci95_high", "expected"):
            for value in (None, ""):
                to_point(row("sync", 1, **{name: value}))

    def test_bad_fields(self) -> None:
        for name in ("workers", "mean", "ci95_low", "ci95_high", "expected"):
            for value in (math.nan, math.inf, -math.inf, "inf", "x", [1], {}, True, 10**400, "1e999"):
                self.assert_rejected({name: value})
        for value in (0, -1, 1.5, None, "", "1.5"):
            self.assert_rejected({"workers": value})
        for name in ("law", "strategy"):
            for value in ("", None, 7):
                self.assert_rejected({name: value})
        self.assert_rejected({"ci95_low": 3.0, "ci95_high": 2.0})

    def assert_rejected(self, changes: dict[str, Any]) -> None:
        with self.assertRaisesRegex(ValueError, next(iter(changes)), msg=changes):
            to_point(row("sync", 1) | changes)


class Failures(Process):
    def assert_rejected(self, text: bytes, *words: str) -> None:
        """One line, and nothing is written."""
        self.assert_fails(self.plot("-", "-o", "figure.png", stdin=text), 6, "stdin", *words)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_no_results(self) -> None:
        self.assert_rejected(b"")
        self.assert_rejected(b"\n")
        self.assert_rejected(GOOD.replace(b"exponential", b"\xe9"), "(it is no text):")
        self.assert_rejected(b"hello\nworld\n", "no column 'law'")

    def test_bad_json(self) -> None:
        self.assert_rejected(GOOD[:-5], "(it is no JSON from line 1, column ")
        self.assert_rejected(b"[" * 100_000, "(it is no JSON of dsgd):")
        self.assert_rejected(b'{"schema": ' + b"1" * 5000 + b"}", "(it is no JSON of dsgd):")
        self.assert_rejected(b"SQLite format 3\0\x80", "(it is a store: 'dsgd resume' writes its results):")
        self.assert_rejected(b"[]", "schema")
        self.assert_rejected(b'{"points": []}', "schema")
        known = ("dsgd.sweep/2", "dsgd.sweep/1", "dsgd.exact/1", "dsgd.bench/1", "dsgd.fit/1")
        self.assert_rejected(document(notebook(), "dsgd.sweep/3").encode(), "dsgd.sweep/3", *known)
        self.assert_rejected(b'{"schema": ["dsgd.sweep/1"], "points": []}', "schema", *known)
        self.assert_rejected(b'{"schema": "dsgd.sweep/1"}', "points")
        self.assert_rejected(b'{"schema": "dsgd.sweep/1", "points": [1]}', "points")
        self.assert_rejected(document([]).encode(), "mean")

    def test_bad_bench(self) -> None:
        self.assert_rejected(b'{"schema": "dsgd.bench/1", "points": []}', "measurements")
        self.assert_rejected(bench_document([]).encode(), "no measurement")
        damaged = measurement("cpu", 1, 1e8) | {"workers": 0}
        self.assert_rejected(bench_document([damaged]).encode(), "workers")

    def test_bad_strategies(self) -> None:
        self.assert_rejected(document([row(f"k-sync:k={k}", 4) for k in ("1", "x")]).encode(), "'x'")

    def test_bad_csv(self) -> None:
        comma = table(notebook())
        self.assert_rejected(comma.splitlines()[0].encode(), "mean")
        self.assert_rejected(comma.replace("expected", "exact").encode(), "no column 'expected'")
        self.assert_rejected(comma[: comma.rindex(",")].encode(), "fields")
        self.assert_rejected((comma.rstrip() + ",1\n").encode(), "fields")
        self.assert_rejected(comma.replace("sync", '"sy"nc').encode())

    def test_bad_rows(self) -> None:
        missing = row("sync", 1)
        del missing["ci95_low"]
        self.assert_rejected(document([missing]).encode(), "no column 'ci95_low'")
        self.assert_rejected(document([row("sync", 1, mean=float("nan"))]).encode(), "mean")
        self.assert_rejected(document([row("sync", 1, mean=10**400)]).encode(), "mean")
        self.assert_rejected(table([row("sync", 1, mean="1e999")]).encode(), "mean")

    def test_files_that_cannot_be_read(self) -> None:
        self.assert_fails(self.plot("results.json"), 6, "results.json", "No such file")
        self.assert_fails(self.plot("."), 6, "directory")
        self.assert_fails(self.plot("two\nlines"), 6, "No such file")
        self.assert_fails(self.plot(self.file("results.json", "{")), 6, "results.json")

    def test_figures_that_cannot_be_written(self) -> None:
        (self.folder / "folder.png").mkdir()
        for name, reason in (
            ("missing/figure.png", "No such file"),
            ("/proc/figure.png", "No such file"),
            ("folder.png", "directory"),
        ):
            self.assert_fails(self.plot("-", "-o", name, stdin=GOOD), 6, name, reason)
        self.assertEqual([each.name for each in self.folder.iterdir()], ["folder.png"])

    def test_an_earlier_figure_survives_a_failure(self) -> None:
        self.file("figure.png", "the earlier figure")

        def limit() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limits[0], limits[0]))

        limits = [1000]

        # Its cache would meet the limit too.
        home = {"MPLCONFIGDIR": str(self.folder.parent)}
        self.figure("-", stdin=GOOD, output="other.png", **home)
        for limits[0] in (1000, 40_960):  # below and above what Python writes at once
            self.assert_fails(
                self.plot("-", "-o", "figure.png", stdin=GOOD, prepare=limit, **home), 6, "figure.png"
            )
        self.assertEqual((self.folder / "figure.png").read_text(), "the earlier figure")
        self.assertEqual({each.name for each in self.folder.iterdir()}, {"figure.png", "other.png"})

    def test_without_matplotlib_it_says_what_to_install(self) -> None:
        self.assertEqual(self.plot("--check").returncode, 0)
        self.assert_fails(self.plot("--check", options=BARE), 77, "python3-matplotlib", "DSGD_PYTHON")
        result = self.plot("-", "-o", "figure.png", stdin=GOOD, options=BARE, DSGD_PYTHON="/nonexistent")
        if subprocess.run(["/usr/bin/python3", "-c", "import matplotlib"], capture_output=True).returncode != 0:
            self.assert_fails(result, 77, "python3-matplotlib", "DSGD_PYTHON")
            self.assertEqual(list(self.folder.iterdir()), [])

    def test_where_a_python_lacks_matplotlib_another_draws(self) -> None:
        expected = self.figure("-", stdin=GOOD)
        self.assertEqual(self.figure("-", stdin=GOOD, options=BARE, DSGD_PYTHON=sys.executable), expected)


if __name__ == "__main__":
    unittest.main()
