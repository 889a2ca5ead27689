"""What plot.py draws, looked up in matplotlib's own objects."""

from __future__ import annotations

import math
import unittest
from typing import Any

from plotting import bar_ends, legend, line, notebook, row, title  # before dsgd.drawing

from dsgd.drawing import curves, figure_file
from dsgd.drawing.points import to_point


def draw(rows: list[dict[str, Any]], **options: str) -> Any:
    """Axes of the figure of these rows."""
    return curves.draw([to_point(each) for each in rows], **options).axes[0]


class Notebook(unittest.TestCase):
    def setUp(self) -> None:
        self.rows = notebook()
        self.axes = draw(self.rows)

    def column(self, strategy: str, name: str) -> list[float]:
        return [each[name] for each in self.rows if each["strategy"] == strategy]

    def test_has_the_words_of_the_notebook(self) -> None:
        self.assertEqual(title(self.axes), "Comparison of Synchronous and Asynchronous SGD\nexponential:rate=2")
        self.assertEqual(self.axes.get_xlabel(), "Number of Workers (m)")
        self.assertEqual(self.axes.get_ylabel(), "Average Runtime per Iteration")
        self.assertEqual(legend(self.axes), ["Synchronous SGD", "Asynchronous SGD", "95 % interval", "exact"])
        self.assertTrue(
            all(each.get_visible() for each in self.axes.get_xgridlines() + self.axes.get_ygridlines())
        )

    def test_draws_the_means_with_the_markers_of_the_notebook(self) -> None:
        for strategy, label, marker in (("sync", "Synchronous SGD", "o"), ("async", "Asynchronous SGD", "s")):
            curve = line(self.axes, label)
            self.assertEqual(list(curve.get_xdata()), list(range(1, 21)))
            self.assertEqual(list(curve.get_ydata()), self.column(strategy, "mean"))
            self.assertEqual(curve.get_marker(), marker)
            self.assertEqual(curve.get_linestyle(), "-")

    def test_draws_the_exact_curves_dashed(self) -> None:
        for index, strategy in enumerate(("sync", "async")):
            curve = line(self.axes, "exact", index)
            self.assertEqual(list(curve.get_ydata()), self.column(strategy, "expected"))
            self.assertEqual(curve.get_linestyle(), "--")

    def test_draws_each_interval_from_its_low_to_its_high_end(self) -> None:
        self.assertEqual(len(self.axes.containers), 2)
        for container, strategy in zip(self.axes.containers, ("sync", "async")):
            ends = zip(self.column(strategy, "ci95_low"), self.column(strategy, "ci95_high"))
            for workers, (bar, (low, high)) in enumerate(zip(bar_ends(container), ends), 1):
                self.assertEqual(bar[0], workers)
                self.assertAlmostEqual(bar[1], low, delta=1e-12)
                self.assertAlmostEqual(bar[2], high, delta=1e-12)

    def test_has_linear_axes_and_whole_workers(self) -> None:
        self.assertEqual((self.axes.get_xscale(), self.axes.get_yscale()), ("linear", "linear"))
        few = draw([row("sync", workers) for workers in (1, 2, 3)])
        self.assertTrue(all(float(tick).is_integer() for tick in few.get_xticks()), few.get_xticks())

    def test_sorts_the_workers_of_a_curve(self) -> None:
        shuffled = draw(self.rows[::-1])
        self.assertEqual(list(line(shuffled, "Synchronous SGD").get_xdata()), list(range(1, 21)))


class Others(unittest.TestCase):
    def test_names_strategies_and_laws(self) -> None:
        rows = [row(strategy, m) for strategy in ("sync", "fastest", "k-sync:k=2") for m in (2, 3)]
        axes = draw(rows, x="workers")
        self.assertEqual(title(axes), "Comparison of Strategies\nexponential:rate=2")
        self.assertEqual(axes.get_ylabel(), "Average Runtime per Iteration (unit of the law)")
        self.assertEqual(legend(axes)[:3], ["Synchronous SGD", "Fastest worker", "k-sync:k=2"])
        markers = [line(axes, label).get_marker() for label in legend(axes)[:3]]
        self.assertEqual(len(set(markers)), 3)
        self.assertNotIn("s", markers)
        self.assertEqual(
            title(draw([row("fastest", 2)])), "Runtime of Fastest worker\nexponential:rate=2"
        )

    def test_names_the_communication(self) -> None:
        axes = draw([row("sync", 2)], communication="constant:time=1")
        self.assertIn("exponential:rate=2, communication constant:time=1", title(axes))

    def test_several_laws_are_told_apart(self) -> None:
        laws = ("exponential:rate=2", "exponential:rate=3")
        axes = draw([row(strategy, m, law) for law in laws for strategy in ("sync", "async") for m in (1, 2)])
        self.assertEqual(title(axes), "Comparison of Synchronous and Asynchronous SGD\nexponential")
        labels = [f"{name} SGD, rate={rate}" for rate in (2, 3) for name in ("Synchronous", "Asynchronous")]
        self.assertEqual(legend(axes), [*labels, "95 % interval", "exact"])
        colors = [line(axes, label).get_color() for label in labels]
        self.assertEqual(colors[:2], colors[2:])  # of the strategies
        self.assertNotEqual(line(axes, labels[0]).get_linestyle(), line(axes, labels[2]).get_linestyle())

    def test_one_point_shows_its_exact_value(self) -> None:
        axes = draw([row("sync", 20), row("async", 20)])
        exact = [each for each in axes.lines if each.get_label() == "exact"]
        self.assertEqual([(each.get_marker(), each.get_markevery()) for each in exact], [("x", [0])] * 2)
        gaps = [row("sync", m, expected=None if m in (2, 5) else 1.0) for m in range(1, 7)]  # 1 and 6 stand alone
        self.assertEqual(line(draw(gaps), "exact").get_markevery(), [0, 5])
        self.assertEqual(line(draw(notebook()), "exact").get_marker(), "None")

    def test_wide_ranges_have_logarithmic_axes(self) -> None:
        for largest, scale in ((200, "linear"), (201, "log")):
            self.assertEqual(draw([row("sync", 1), row("sync", largest)]).get_xscale(), scale)
            rows = [row("sync", 1, mean=1.0), row("sync", 2, mean=float(largest))]
            self.assertEqual(draw([each | {"ci95_low": None} for each in rows]).get_yscale(), scale)
        self.assertEqual(draw([row("sync", 1, mean=0.0), row("sync", 2, mean=9e9)]).get_yscale(), "linear")

    def test_geometric_positions_have_an_axis_of_their_own(self) -> None:
        axes = draw([row("sync", 2**i) for i in range(5)])
        self.assertEqual(axes.get_xscale(), "log")
        self.assertEqual([tick.get_text() for tick in axes.get_xticklabels()], ["1", "2", "4", "8", "16"])
        far = draw([row("sync", 2**i) for i in range(20)])
        self.assertLess(len(far.get_xticks()), 20)
        for workers in ((1, 2, 4), (1, 2, 4, 8, 17), (64, 96, 144, 216, 324, 486, 729)):
            self.assertEqual(draw([row("sync", m) for m in workers]).get_xscale(), "linear")

    def test_no_two_of_many_curves_look_alike(self) -> None:
        strategies = [row(f"k-sync:k={k}", m) for k in range(1, 31) for m in (31, 32)]
        laws = [row("sync", m, f"law-{i}") for i in range(20) for m in (1, 2)]
        for rows, count in ((strategies, 30), (laws, 20)):
            axes = draw(rows, x="workers")
            looks = {
                (each.get_color(), each.get_marker(), each.get_fillstyle(), each.get_markerfacecolor(), str(each._dash_pattern))
                for each in axes.lines
                if each.get_label() != "exact" and not each.get_label().startswith("_")
            }
            self.assertEqual(len(looks), count)

    def test_intervals_of_many_points_are_a_band(self) -> None:
        for count, bands in ((50, 0), (51, 1)):
            axes = draw([row("sync", workers) for workers in range(1, count + 1)])
            self.assertEqual(len(axes.collections) - len(axes.containers), bands)
            self.assertIn("95 % interval", legend(axes))

    def test_leaves_out_what_is_absent(self) -> None:
        absent = {"ci95_low": None, "ci95_high": None, "expected": None}
        self.assertEqual(legend(draw([row("sync", 1, **absent)])), ["Synchronous SGD"])
        axes = draw([row("sync", 1, **absent), row("sync", 2)])
        self.assertEqual(legend(axes), ["Synchronous SGD", "95 % interval", "exact"])
        self.assertTrue(math.isnan(line(axes, "exact").get_ydata()[0]))

    def test_an_interval_may_be_rounded_past_its_mean(self) -> None:
        draw([row("sync", 1, mean=1.00000000000049, ci95_low=1.0000000000006, ci95_high=1.0000000000006)])


if __name__ == "__main__":
    unittest.main()
