"""Throughput in figures of plot.py: gradients per unit of time."""

from __future__ import annotations

import math
import unittest
from typing import Any

from plotting import bar_ends, legend, line, notebook, row, title  # before dsgd.drawing

from dsgd.drawing import curves
from dsgd.drawing.points import as_throughput, to_point


def draw(rows: list[dict[str, Any]]) -> Any:
    return curves.draw([to_point(each) for each in rows], curves.THROUGHPUT).axes[0]


class Throughput(unittest.TestCase):
    def test_is_gradients_by_time(self) -> None:
        rows = notebook()
        axes = draw(rows)
        for index, (strategy, label) in enumerate(
            (("sync", "Synchronous SGD"), ("async", "Asynchronous SGD"))
        ):
            own = [each for each in rows if each["strategy"] == strategy]
            self.assertEqual(
                list(line(axes, label).get_ydata()), [each["gradients"] / each["mean"] for each in own]
            )
            self.assertEqual(
                list(line(axes, "exact", index).get_ydata()),
                [each["gradients"] / each["expected"] for each in own],
            )
            for bar, each in zip(bar_ends(axes.containers[index]), own):
                self.assertEqual(bar[0], each["workers"])
                self.assertAlmostEqual(bar[1], each["gradients"] / each["ci95_high"])
                self.assertAlmostEqual(bar[2], each["gradients"] / each["ci95_low"])

    def test_has_its_own_words(self) -> None:
        axes = draw(notebook())
        self.assertEqual(title(axes), "Throughput of Strategies\nexponential:rate=2")
        self.assertEqual(axes.get_ylabel(), "Gradients per Unit of Time (of the law)")
        self.assertEqual(legend(axes), ["Synchronous SGD", "Asynchronous SGD", "95 % interval", "exact"])
        self.assertEqual(
            title(draw(notebook()[:20])), "Throughput of Synchronous SGD\nexponential:rate=2"
        )

    def test_both_axes_are_logarithmic_where_one_is(self) -> None:
        axes = draw([row("async", 2**i) for i in range(6)])
        self.assertEqual((axes.get_xscale(), axes.get_yscale()), ("log", "log"))
        axes = draw([row("async", workers) for workers in (1, 2, 3)])
        self.assertEqual((axes.get_xscale(), axes.get_yscale()), ("linear", "linear"))
        axes = draw([row("async", 1), row("async", 2, mean=0.001)])
        self.assertEqual((axes.get_xscale(), axes.get_yscale()), ("linear", "log"))

    def test_an_interval_down_to_zero_gives_none(self) -> None:
        for low in (-0.1, 0, None):
            point = as_throughput(to_point(row("sync", 2, ci95_low=low)))
            self.assertTrue(math.isnan(point.low) and math.isnan(point.high))
        self.assertNotIn("95 % interval", legend(draw([row("sync", 2, ci95_low=-0.1)])))

    def test_needs_gradients_and_time(self) -> None:
        without = row("sync", 2)
        del without["gradients"]
        for each in (without, row("sync", 2, gradients=None), row("sync", 2, gradients=0)):
            with self.assertRaisesRegex(ValueError, "gradients"):
                draw([each])
        with self.assertRaisesRegex(ValueError, "mean is 0"):
            draw([row("sync", 2, mean=0, ci95_low=None, ci95_high=None)])


if __name__ == "__main__":
    unittest.main()
