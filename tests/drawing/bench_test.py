"""Measurements of dsgd bench in figures of plot.py."""

from __future__ import annotations

import math
import unittest
from typing import Any

from plotting import bar_ends, legend, line, measurement, shown, title, words  # before dsgd.drawing

from dsgd.drawing import bench


def draw(*rows: dict[str, Any]) -> Any:
    return bench.draw(bench.to_measurements(list(rows))).axes[0]


ENGINES = [
    *(measurement("reference", m, 1e6 * m, device="1 thread") for m in (1, 20, 1024)),
    *(measurement("cpu", m, 1e8 * m, ceiling_fraction=0.5) for m in (1024, 20, 1)),
]


class Workers(unittest.TestCase):
    def test_a_curve_for_each_engine(self) -> None:
        axes = draw(*ENGINES)
        self.assertEqual(
            legend(axes),
            ["reference (1 thread)", "cpu (2 threads)", "ceiling of cpu", "slowest to fastest run"],
        )
        curve = line(axes, "cpu (2 threads)")
        self.assertEqual(shown(curve.get_xdata()), [1, 20, 1024])
        self.assertEqual(shown(curve.get_ydata()), [1e8, 20e8, 1024e8])
        self.assertNotEqual(curve.get_marker(), line(axes, "reference (1 thread)").get_marker())
        self.assertEqual((axes.get_xscale(), axes.get_yscale()), ("log", "log"))
        self.assertEqual(axes.get_xlabel(), "Number of Workers (m)")
        self.assertEqual(axes.get_ylabel(), "Draws per Second")
        self.assertEqual(title(axes), "Throughput of the Engines")

    def test_ceilings(self) -> None:
        axes = draw(*ENGINES, measurement("cpu", 4096, 3e11))
        ceiling = line(axes, "ceiling of cpu")
        self.assertEqual(shown(ceiling.get_xdata()), [1, 20, 1024, 4096])
        self.assertEqual(shown(ceiling.get_ydata()), [2e8, 40e8, 2048e8])
        self.assertEqual(ceiling.get_color(), line(axes, "cpu (2 threads)").get_color())

    def test_runs_from_the_slowest_to_the_fastest(self) -> None:
        (bar,) = bar_ends(draw(measurement("cpu", 8, 100.0)).containers[0])
        self.assertEqual(bar[0], 8)
        self.assertAlmostEqual(bar[1], 90)
        self.assertAlmostEqual(bar[2], 105)

    def test_says_that_the_machine_was_busy(self) -> None:
        axes = draw(measurement("cpu", 8, 1e9), measurement("cpu", 16, 1e9, machine_share=0.43))
        self.assertIn("busy: a probe got 43 % of its processor time", words(axes.figure, "note"))
        self.assertNotIn("busy", words(draw(measurement("cpu", 8, 1e9, machine_share=0.95)).figure, "note"))

    def test_a_ceiling_of_one_point_is_marked(self) -> None:
        axes = draw(measurement("cpu", 20, 1e8, ceiling_fraction=0.5))
        self.assertEqual(line(axes, "ceiling of cpu").get_marker(), "_")


class Iterations(unittest.TestCase):
    def test_where_they_vary_at_one_number_of_workers(self) -> None:
        rows = [measurement("cpu", 64, 1e8 * n, iterations=n) for n in (1000, 10, 100)]
        axes = draw(*rows)
        self.assertEqual(axes.get_xlabel(), "Iterations of a Run (n)")
        self.assertEqual(title(axes), "Throughput of the Engines, m = 64")
        self.assertEqual(shown(line(axes, "cpu (2 threads)").get_xdata()), [10, 100, 1000])
        self.assertEqual(shown(line(axes, "cpu (2 threads)").get_ydata()), [1e9, 1e10, 1e11])

    def test_those_that_each_engine_chose_are_no_axis(self) -> None:
        rows = [measurement("reference", m, 1e6, iterations=10_000 // m) for m in (1, 16)]
        rows += [measurement("cpu", m, 1e9, iterations=10_000_000 // m) for m in (1, 16)]
        (axes,) = bench.draw(bench.to_measurements(rows)).axes
        self.assertEqual(axes.get_xlabel(), "Number of Workers (m)")


class Both(unittest.TestCase):
    """Every number of iterations at every number of workers."""

    def setUp(self) -> None:
        rows = [measurement("cpu", m, 1e6 * m * n, iterations=n) for m in (1, 64) for n in (10, 1000)]
        figure = bench.draw(bench.to_measurements([*rows, measurement("cpu", 4096, 1e9, iterations=77)]))
        self.workers, self.iterations = figure.axes
        self.title = title(self.workers)

    def test_a_curve_for_each_number_of_iterations_over_workers(self) -> None:
        self.assertEqual(self.workers.get_xlabel(), "Number of Workers (m)")
        names = ["cpu (2 threads), n = 10", "cpu (2 threads), n = 1,000"]
        self.assertEqual(legend(self.workers)[:2], names)
        self.assertEqual(shown(line(self.workers, names[1]).get_xdata()), [1, 64])
        self.assertEqual(shown(line(self.workers, names[1]).get_ydata()), [1e9, 64e9])

    def test_a_curve_for_each_number_of_workers_over_iterations(self) -> None:
        self.assertEqual(self.iterations.get_xlabel(), "Iterations of a Run (n)")
        names = ["cpu (2 threads), m = 1", "cpu (2 threads), m = 64"]
        self.assertEqual(legend(self.iterations)[3:-1], names)
        self.assertEqual(shown(line(self.iterations, names[1]).get_xdata()), [10, 1000])
        self.assertEqual(shown(line(self.iterations, names[1]).get_ydata()), [64e7, 64e9])

    def test_one_number_of_iterations_that_no_other_fleet_shares(self) -> None:
        (curve,) = [each for each in self.workers.lines if list(each.get_xdata()) == [4096]][:1]
        self.assertEqual(curve.get_label(), "cpu (2 threads)")

    def test_one_title(self) -> None:
        self.assertEqual(self.title, "Throughput of the Engines")


class Fields(unittest.TestCase):
    def test_bad_ones_are_refused(self) -> None:
        for name, values in {
            "engine": (None, "", 7),
            "device": (None, 7),
            "workers": (0, 1.5, None, "x"),
            "iterations": (0, None),
            "draws_per_second": (0, -1, None, 1e300, math.inf),
            "draws_per_second_slowest": (0, 2e9, None),
            "draws_per_second_fastest": (1, None),
            "ceiling_fraction": (0, -1, "x"),
            "machine_share": ("x", None),
        }.items():
            for value in values:
                with self.assertRaisesRegex(ValueError, name, msg=(name, value)):
                    bench.to_measurement(measurement("cpu", 8, 1e9) | {name: value})
            missing = measurement("cpu", 8, 1e9)
            del missing[name]
            with self.assertRaisesRegex(ValueError, f"no column '{name}'"):
                bench.to_measurement(missing)


if __name__ == "__main__":
    unittest.main()
