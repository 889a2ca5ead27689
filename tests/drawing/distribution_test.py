"""Distributions in figures of plot.py."""

from __future__ import annotations

import math
import unittest
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.transforms import Bbox
from plotting import legend, line, row, title  # before dsgd.drawing

from dsgd.drawing import distribution
from dsgd.drawing.bins import Bin, Scale, merge, quantile, to_bins, widen
from dsgd.drawing.failure import EXIT_USAGE, Failure
from dsgd.drawing.figure_file import render
from dsgd.drawing.points import to_point

UNIFORM = [[i / 10, (i + 1) / 10, 100, 0.1] for i in range(10)]
TWO_VALUES = [[1.0, 1.0, 30, 0.25], [5.0, 5.0, 70, 0.75]]


def draw(*distributions: Any, **changes: Any) -> Any:
    """The figure of a point for each distribution."""
    rows = [row("sync", 2 + i, distribution=each, **changes) for i, each in enumerate(distributions)]
    return distribution.draw([to_point(each) for each in rows])


def heights(axes: Any) -> list[tuple[float, float]]:
    """Corners of the filled steps' upper edge."""
    (shape,) = axes.collections[0].get_paths()
    return [tuple(corner) for corner in shape.vertices if corner[1] > 0]


def ys(artist: Any) -> list[float]:
    """Vertical places of a line or of a filled shape."""
    return list(artist.get_ydata()) if hasattr(artist, "get_ydata") else [y for path in artist.get_paths() for _, y in path.vertices]


class Bins(unittest.TestCase):
    def test_are_read(self) -> None:
        self.assertEqual(to_bins([[0, 1, 3, 0.5], [1, 1, 2, 0.1]]), (Bin(0, 1, 3, 0.5), Bin(1, 1, 2, 0.1)))
        self.assertTrue(math.isnan(to_bins([[0, 1, 3, None]])[0].expected))
        for absent in (None, ""):
            self.assertEqual(to_bins(absent), ())

    def test_bad_ones_are_refused(self) -> None:
        for bad in (
            7,
            "[[0, 1, 3, 0.5]]",
            [],
            [7],
            [[0, 1, 3]],
            [[0, 1, 3, 0.5, 0]],
            [[1, 0, 3, 0.5]],
            [[None, 1, 3, 0.5]],
            [[0, "x", 3, 0.5]],
            [[0, 1, 1.5, 0.5]],
            [[0, 1, -1, 0.5]],
            [[0, 1, None, 0.5]],
            [[0, 1, 3, 1.5]],
            [[0, 1, 3, -0.5]],
            [[0, 1, math.inf, 0.5]],
            [[0, 1, 0, 0.5]],
            [[0, 2, 3, 0.5], [1, 3, 3, 0.5]],
            [[1, 2, 3, 0.5], [0, 1, 3, 0.5]],
        ):
            with self.assertRaisesRegex(ValueError, "distribution", msg=bad):
                to_bins(bad)

    def test_quantiles(self) -> None:
        bins = to_bins([[0, 1, 50, None], [1, 2, 0, None], [2, 3, 50, None]])
        self.assertEqual([quantile(bins, p) for p in (0.1, 0.5, 0.51, 1)], [1, 1, 3, 3])

    def test_merging_keeps_what_they_hold(self) -> None:
        bins = [Bin(i / 8, (i + 1) / 8, i, 0.125) for i in range(8)]
        merged = merge(bins, 0.375, Scale())
        self.assertEqual([(each.low, each.high) for each in merged], [(0, 0.375), (0.375, 1)])
        self.assertEqual([each.count for each in merged], [3, 25])
        self.assertEqual([each.expected for each in merged], [0.375, 0.625])
        self.assertEqual(merge(bins, 0.1, Scale()), bins)
        apart = [Bin(0, 0.1, 1), Bin(0.5, 0.6, 1)]
        self.assertEqual(merge(apart, 1, Scale()), apart)


    def test_narrow_ones_take_from_empty_neighbours_what_they_lack(self) -> None:
        needle = [Bin(0, 2, 0, 0.25), Bin(2, 2.5, 9, 0.5), Bin(2.5, 4.5, 0, 0.25)]
        widened = widen(needle, 1.5, Scale())
        self.assertEqual([(each.low, each.high, each.count) for each in widened], [(0, 1.5, 0), (1.5, 3, 9), (3, 4.5, 0)])
        self.assertEqual([each.expected for each in widened], [0.1875, 0.625, 0.1875])
        self.assertEqual(widen(needle[:2], 1.5, Scale())[1], Bin(1, 2.5, 9, 0.625))
        self.assertEqual(widen(needle[1:], 1.5, Scale())[0], Bin(2, 3.5, 9, 0.625))
        counted = [Bin(0, 2, 1, 0.25), Bin(2, 2.5, 9, 0.5), Bin(3, 4, 0, 0.25)]  # one has counts, one is apart
        self.assertEqual(widen(counted, 1.5, Scale()), counted)
        on_a_log_axis = widen([Bin(1, 16, 0), Bin(16, 32, 9)], math.log(4), Scale(math.log, math.exp))[1]
        self.assertAlmostEqual(on_a_log_axis.low, 8)

    def test_of_neighbours_in_turn_share_what_is_between(self) -> None:
        widened = widen([Bin(0, 1, 9), Bin(1, 3, 0), Bin(3, 4, 9)], 3, Scale())
        for before, after in zip(widened, widened[1:]):
            self.assertEqual(before.high, after.low)
            self.assertLessEqual(after.low, after.high)
        self.assertEqual((widened[0].low, widened[-1].high), (0, 4))


class Density(unittest.TestCase):
    def test_is_counts_by_width(self) -> None:
        axes = draw([[0, 1, 60, 0.5], [1, 3, 40, 0.5]]).axes[0]
        self.assertEqual(heights(axes)[:4], [(0, 0.6), (1, 0.6), (1, 0.2), (3, 0.2)])
        self.assertEqual(list(line(axes, "exact").get_xdata()), [0, 0, 1, 1, 3, 3])  # as the bars
        self.assertEqual(list(line(axes, "exact").get_ydata()), [0, 0.5, 0.5, 0.25, 0.25, 0])
        self.assertEqual(axes.get_ylabel(), "Probability Density (1 / unit)")
        self.assertEqual(axes.get_xlabel(), "Runtime of an Iteration (unit of the law)")

    def test_is_zero_in_a_gap(self) -> None:
        axes = draw([[0, 1, 50, None], [2, 3, 50, None]]).axes[0]
        corners = [tuple(corner) for corner in axes.collections[0].get_paths()[0].vertices]
        self.assertIn((1, 0), corners)
        self.assertIn((2, 0), corners)

    def test_many_bins_are_drawn_together(self) -> None:
        axes = draw([[i / 1000, (i + 1) / 1000, 1, 0.001] for i in range(1000)]).axes[0]
        self.assertLessEqual(len(heights(axes)), 100)  # two for each bar
        self.assertTrue(all(abs(height - 1) < 1e-9 for _, height in heights(axes)))
        exact = [tuple(corner) for corner in line(axes, "exact").get_xydata() if corner[1] > 0]
        self.assertEqual([x for x, _ in exact], [x for x, _ in heights(axes)[: len(exact)]])

    def test_where_probabilities_agree_the_exact_line_lies_on_the_bars(self) -> None:
        """Also where a law is so uneven, as measured delays are, that finer bins would rise above the bars."""
        uneven = [[i / 500, (i + 1) / 500, 8 if i % 5 == 2 else 0, 0.01 if i % 5 == 2 else 0.0] for i in range(500)]
        axes = draw(uneven).axes[0]
        exact = {tuple(corner) for corner in line(axes, "exact").get_xydata()}
        self.assertTrue(set(heights(axes)) <= {(x, y) for x, y in exact}, (heights(axes)[:4], sorted(exact)[:4]))

    def test_a_few_counts_between_gaps_are_no_needle(self) -> None:
        rest = [[i / 10, (i + 1) / 10, 100, None] for i in range(10)]
        axes = draw([*rest, [1, 1.2, 0, None], [1.2, 1.2001, 1, None], [1.2001, 1.24, 0, None]]).axes[0]
        self.assertLess(max(height for x, height in heights(axes) if x > 1), 0.1)

    def test_a_wide_bin_without_a_count_stays_empty(self) -> None:
        axes = draw([[0, 0.1, 50, 0.5], [0.1, 2, 0, 0.0], [2, 2.1, 50, 0.5]]).axes[0]
        corners = [tuple(corner) for corner in axes.collections[0].get_paths()[0].vertices]
        self.assertIn((0.1, 0), corners)
        self.assertIn((2, 0), corners)
        exact = list(zip(*line(axes, "exact").get_data()))
        self.assertIn((0.1, 0), exact)  # flat over the gap
        self.assertIn((2, 0), exact)

    def test_marks_the_mean(self) -> None:
        mean = line(draw(UNIFORM, mean=0.47).axes[0], "mean")
        self.assertEqual(list(mean.get_xdata()), [0.47, 0.47])
        without = draw(UNIFORM, mean=None, ci95_low=None, ci95_high=None)
        self.assertEqual(legend(without.axes[0]), ["observed", "exact"])

    def test_says_what_a_thin_tail_leaves_out(self) -> None:
        tail = [*UNIFORM, [1, 2, 0, 0.0], [2, 3, 1, 0.0]]
        axes = draw(tail).axes[0]
        self.assertEqual([text.get_text() for text in axes.texts], ["0.1 % beyond, up to 3"])
        self.assertLess(axes.get_xlim()[1], 1.1)
        self.assertEqual(len(draw(UNIFORM).axes[0].texts), 0)

    def test_what_is_beyond_stands_above_the_bars(self) -> None:
        """They may be the highest at the end, as those of a deadline are."""
        rising = [[i / 10, (i + 1) / 10, 100 * i, None] for i in range(1, 10)]
        for more in ([], [[1, 1, 4000, None]]):
            figure = draw([*rising, *more, [1, 12345.25, 1, None]])
            (note,) = [text for axes in figure.axes for text in axes.texts]
            self.assertRegex(note.get_text(), r"^0\.\d+ % beyond, up to 12345$")
            box = note.get_window_extent(FigureCanvasAgg(figure).get_renderer())
            for axes in figure.axes:
                highest = max(y for each in (*axes.lines, *axes.collections) if each.get_label() != "mean" for y in ys(each))
                self.assertLess(axes.transData.transform((0, highest))[1], box.y0)

    def test_a_mean_beyond_the_bars_is_shown(self) -> None:
        bins = [[1, 2, 10000, None], [2, 10**7, 0, None], [10**7, 10**7 + 1, 1, None]]
        axes = draw(bins, mean=1000, ci95_low=None, ci95_high=None).axes[0]
        self.assertEqual((axes.get_xscale(), axes.get_yscale()), ("log", "log"))
        self.assertEqual(axes.get_xlim(), (1, 10**7 + 1))

    def test_a_heavy_tail_has_logarithmic_axes(self) -> None:
        light = [[1 + i, 2 + i, 2 ** (20 - i), None] for i in range(21)]
        axes = draw(light).axes[0]
        self.assertEqual((axes.get_xscale(), axes.get_yscale()), ("linear", "linear"))
        heavy = [[4**i, 4 ** (i + 1), 2 ** (20 - i), None] for i in range(21)]
        axes = draw(heavy).axes[0]
        self.assertEqual((axes.get_xscale(), axes.get_yscale()), ("log", "log"))
        self.assertEqual(axes.get_xlim(), (1, 4**21))
        from_zero = draw([[0, 1, 2**20, None], *heavy[1:]]).axes[0]
        self.assertEqual(from_zero.get_xscale(), "log")


class Atoms(unittest.TestCase):
    def test_have_probabilities(self) -> None:
        axes = draw(TWO_VALUES).axes[0]
        self.assertEqual(axes.get_ylabel(), "Probability")
        observed, exact = line(axes, "observed single value"), line(axes, "exact single value")
        self.assertEqual([list(each.get_xdata()) for each in (observed, exact)], [[1, 5], [1, 5]])
        self.assertEqual(list(observed.get_ydata()), [0.3, 0.7])
        self.assertEqual(list(exact.get_ydata()), [0.25, 0.75])

    def test_beside_a_density_have_an_axis_of_their_own(self) -> None:
        figure = draw([[1, 1, 50, 0.5], [1, 2, 50, 0.5]])
        density, probability = figure.axes
        self.assertEqual(density.get_ylabel(), "Probability Density (1 / unit)")
        self.assertEqual(heights(density)[0], (1, 0.5))
        self.assertEqual(probability.get_ylabel(), "Probability")
        self.assertEqual(list(line(probability, "observed single value").get_ydata()), [0.5])
        self.assertEqual(
            legend(density),
            ["observed", "exact", "observed single value", "exact single value", "mean"],
        )

    def test_of_measured_steps_are_all_shown(self) -> None:
        """Two of the steps took nearly the same time, and have a bin of their own: the axis must not follow it alone."""
        steps = [6249, 6404, 6852, 6868, *range(6900, 7440, 15), 7452]
        measured = [[step, step, 5, 5 / 200] for step in steps] + [[6894.974, 6896.974, 10, 0.05]]
        mean = sum(step for step, *_ in measured) / len(measured)
        figure = draw(sorted(measured), mean=mean, ci95_low=mean - 1, ci95_high=mean + 1)
        (axes,) = figure.axes
        low, high = axes.get_xlim()
        self.assertTrue(low < 6249 and 7452 < high < 7700, (low, high))
        self.assertEqual(list(line(axes, "observed single value").get_xdata()), sorted([*steps, 6895.974]))
        self.assertEqual(axes.get_ylabel(), "Probability")
        self.assertEqual([each for each in axes.texts], [])  # nothing is beyond

    def test_beside_a_density_the_axis_has_both(self) -> None:
        figure = draw([[1, 1, 500, 0.5], [6, 7, 300, 0.3], [9, 9, 200, 0.2]], mean=4)
        low, high = figure.axes[0].get_xlim()
        self.assertTrue(low < 1 and 9 < high, (low, high))
        self.assertEqual(figure.axes[0].texts + figure.axes[1].texts, [])

    def test_are_on_a_logarithmic_axis_with_the_density(self) -> None:
        far = [[1, 1, 5000, None], [2, 3, 4000, None], [4000, 5000, 500, None], [6000, 6000, 500, None]]
        density, _ = draw(far, mean=600).axes
        self.assertEqual((density.get_xscale(), density.get_xlim()), ("log", (1, 6000)))
        at_zero = draw([[0, 0, 5000, None], *far[1:]], mean=600).axes[0]
        self.assertEqual((at_zero.get_xscale(), at_zero.get_xlim()[0]), ("linear", 0))

    def test_without_spread(self) -> None:
        render(draw([[1, 1, 5, 1]]), "png")
        render(draw([[0, 0, 5, None]]), "png")


class Panels(unittest.TestCase):
    def test_one_for_each_point(self) -> None:
        for count in range(1, distribution.MOST + 1):
            figure = draw(*[UNIFORM] * count)
            titled = [axes.get_title() for axes in figure.axes if axes.get_title()]
            self.assertEqual(titled, [f"m = {2 + i}" for i in range(count)] if count > 1 else [])
        with self.assertRaisesRegex(Failure, "7 points .* 6.*--points") as raised:
            draw(*[UNIFORM] * 7)
        self.assertEqual(raised.exception.code, EXIT_USAGE)

    def test_what_they_share_stands_above(self) -> None:
        self.assertEqual(
            title(draw(UNIFORM).axes[0]), "Distribution of the Runtime of Synchronous SGD\nexponential:rate=2, m = 2"
        )

    def test_nothing_overlaps(self) -> None:
        law = "hyperexponential:probability=0.25:rate1=0.125:rate2=2.5"
        rows = [
            row("k-batch-async:k=12", 20, f"{law}{i}", distribution=each)
            for i, each in enumerate([UNIFORM, TWO_VALUES, [*UNIFORM, [1, 1, 50, 0.0]]] * 2)
        ]
        figure = distribution.draw([to_point(each) for each in rows])
        render(figure, "png")  # lays it out
        renderer = FigureCanvasAgg(figure).get_renderer()
        panels = figure.axes
        self.assertEqual(len(panels), 8)  # two have a second axis
        boxes: dict[Any, list[Any]] = {}
        for axes in panels:
            boxes.setdefault(axes.bbox.bounds, []).append(axes.get_tightbbox(renderer))
        found = [Bbox.union(each) for each in boxes.values()]
        found += [each.get_window_extent(renderer) for each in (*figure.texts, *figure.legends)]
        self.assertEqual(len(found), 9)  # with the title, what is shared, and the legend
        for i, first in enumerate(found):
            self.assertGreaterEqual(first.x0, 0)
            self.assertLessEqual(first.x1, figure.bbox.x1)
            self.assertGreaterEqual(first.y0, 0)
            for second in found[:i]:
                self.assertFalse(first.overlaps(second), (first, second))


if __name__ == "__main__":
    unittest.main()
