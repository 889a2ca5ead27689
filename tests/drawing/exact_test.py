"""What figures of plot.py show between the points that were computed: nothing, unless nothing can be there."""

from __future__ import annotations

import unittest
from typing import Any

from figure_checks import leaps
from plotting import line, measurement, row  # before dsgd.drawing

from dsgd.drawing import bench, curves
from dsgd.drawing.design import Design
from dsgd.drawing.points import to_point
from dsgd.drawing.style import breaks


def draw(rows: list[dict[str, Any]], design: Design = Design(), **options: str) -> Any:
    return curves.draw([to_point(each) for each in rows], design=design, **options).axes[0]


SPARSE = [row(f"k-sync:k={k}", 64, "pareto:scale=1:shape=2.5", mean=k, expected=k, ci95_low=None) for k in (1, 16, 32, 64)]


class Sparse(unittest.TestCase):
    def test_points_are_marks(self) -> None:
        axes = draw([*SPARSE, row("sync", 64, "pareto:scale=1:shape=2.5")])
        self.assertEqual(leaps(axes), [])
        self.assertEqual(line(axes, "exact").get_linestyle(), "None")
        self.assertEqual(line(axes, "exact").get_marker(), "x")
        self.assertEqual(line(axes, "k-sync").get_linestyle(), "None")

    def test_lines_over_gaps_are_noticed(self) -> None:
        axes = draw(SPARSE, Design(join=True))
        self.assertEqual(len(leaps(axes)), 6)  # three of the means, three of the exact values
        self.assertEqual(leaps(axes)[0], "k-sync from 1 to 16")

    def test_powers_of_two_are_marks_too(self) -> None:
        self.assertEqual(leaps(draw([row("sync", 2**i) for i in range(11)])), [])

    def test_bench(self) -> None:
        rows = [measurement("cpu", m, 1e8 * m, ceiling_fraction=0.5) for m in (1, 20, 1024)]
        self.assertEqual(leaps(bench.draw(bench.to_measurements(rows)).axes[0]), [])

    def test_a_missing_point_breaks_a_line(self) -> None:
        axes = draw([row("sync", m) for m in (*range(1, 9), *range(12, 21))])
        self.assertEqual(leaps(axes), [])
        self.assertEqual(line(axes, "exact").get_linestyle(), "--")
        self.assertNotEqual(leaps(draw([row("sync", m) for m in (1, 2, 3, 8, 9, 10)], Design(join=True))), [])


class Dense(unittest.TestCase):
    def test_neighbours_and_dense_points_are_joined(self) -> None:
        for positions in (range(1, 21), range(10, 1001, 10), (1, 2)):
            axes = draw([row("sync", m) for m in positions])
            for label in ("Synchronous SGD", "exact"):
                self.assertNotEqual(line(axes, label).get_linestyle(), "None")
            self.assertEqual(len(line(axes, "exact").get_xdata()), len(positions))

    def test_breaks(self) -> None:
        for positions, logarithmic, expected in (
            ([1, 2, 3, 4], False, [False] * 3),
            ([1, 3, 5], False, [True] * 2),
            ([10, 20, 30], False, [True] * 2),
            ([1, 2, 4, 8], True, [True] * 3),  # 1 and 2 alone are no line
            ([1, 2, 3, 9], False, [False, False, True]),
            ([0.5, 1.5], False, [True]),
            ([7], False, []),
            ([1 + i / 50 for i in range(51)], False, [False] * 50),
        ):
            self.assertEqual(breaks(positions, logarithmic), expected, positions)


if __name__ == "__main__":
    unittest.main()
