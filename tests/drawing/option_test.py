"""Options of plot.py that it refuses, and those that do not fit the results."""

from __future__ import annotations

import unittest

from plot_process import BENCH, DISTRIBUTIONS, GOOD, Process
from plotting import document, notebook, table  # before dsgd.drawing

from dsgd.drawing.command import choose_rows


class Options(Process):
    def assert_unfit(self, text: bytes, code: int, options: tuple[str, ...], *words: str) -> None:
        self.assert_fails(self.plot("-", "-o", "figure.png", *options, stdin=text), code, *words)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_kinds_that_the_results_have_not(self) -> None:
        self.assert_unfit(GOOD, 6, ("--kind", "distribution"), "no point in it has a distribution")
        comma = table(notebook()).encode()
        self.assert_unfit(comma, 6, ("--kind", "distribution"), "no point in it has a distribution")
        self.assert_unfit(DISTRIBUTIONS, 2, ("--kind", "distribution"), "7 points", "6", "--points")
        older = [{key: value for key, value in each.items() if key != "gradients"} for each in notebook()]
        self.assert_unfit(document(older).encode(), 6, ("--kind", "throughput"), "gradients")
        for options in (("--kind", "throughput"), ("--x", "k"), ("--points", "1")):
            self.assert_unfit(BENCH, 2, options, "dsgd bench", "leave")
        self.assert_unfit(GOOD, 2, ("--x", "k"), "--x k", "--x workers")

    def test_points_are_counted_from_one(self) -> None:
        rows = notebook()
        self.assertEqual(choose_rows(rows, "1,3,40"), [rows[0], rows[2], rows[39]])
        self.assertEqual(choose_rows(rows, None), rows)

    def test_points_that_the_results_have_not(self) -> None:
        for points in ("0", "41", "1,", "", "-1", "x", "1..2", "9" * 5000, "\N{SUPERSCRIPT TWO}"):
            self.assert_unfit(GOOD, 2, (f"--points={points}",), "from 1 to 40")

    def test_usage(self) -> None:
        for arguments in (
            [],
            ["a", "b"],
            ["--nonsense"],
            ["-", "-o"],
            ["-", "-o", "figure"],
            ["-", "-o", "a.gif"],
            ["-", "--kind", "pie"],
            ["-", "--x", "mean"],
            ["-", "--kind", "distribution", "--x", "k"],
        ):
            self.assert_fails(self.plot(*arguments), 2, "--help")
        self.assert_fails(self.plot("-", "-o", "a.gif"), 2, ".png, .svg or .pdf")


if __name__ == "__main__":
    unittest.main()
