"""What part of a distribution a figure shows, and as what."""

from __future__ import annotations

import unittest
from typing import Any

from plotting import row  # before dsgd.drawing

from dsgd.drawing.bins import Bin
from dsgd.drawing.design import Design
from dsgd.drawing.failure import Failure
from dsgd.drawing.points import Point, to_point
from dsgd.drawing.span import Span, parts_of, span_of

LINEAR = Span(0, 10, False, False)


def point(*distribution: list[Any], **changes: Any) -> Point:
    return to_point(row("sync", 2, distribution=list(distribution), **changes))


class Parts(unittest.TestCase):
    def test_bins_and_single_values(self) -> None:
        bars, singles = parts_of(point([1, 1, 5, None], [2, 4, 5, None]), LINEAR)
        self.assertEqual(([each.low for each in bars], [each.low for each in singles]), ([2], [1]))

    def test_a_narrow_bin_among_single_values_is_one_at_its_middle(self) -> None:
        bars, singles = parts_of(point([1, 1, 5, 0.5], [2, 2.125, 5, 0.25], [3, 3, 5, 0.25]), LINEAR)
        self.assertEqual((bars, [(each.low, each.high, each.count, each.expected) for each in singles]),
                         ([], [(1, 1, 5, 0.5), (2.0625, 2.0625, 5, 0.25), (3, 3, 5, 0.25)]))  # fmt: skip

    def test_a_narrow_bin_beside_others_is_a_part_of_the_density(self) -> None:
        bars, singles = parts_of(point([0, 2, 5, None], [2, 2.1, 5, None], [4, 4, 5, None]), LINEAR)
        self.assertEqual([(each.low, each.high, each.count) for each in bars], [(0, 2.1, 10)])
        self.assertEqual(len(singles), 1)

    def test_a_few_counts_far_away_make_no_single_values_of_a_density(self) -> None:
        few = point([0, 2, 50, None], [4, 4.1, 1, None])
        self.assertEqual((len(parts_of(few, LINEAR)[0]), parts_of(few, LINEAR)[1]), (2, []))
        most = point([0, 2, 5, None], [4, 4.1, 50, None])
        self.assertEqual([len(each) for each in parts_of(most, LINEAR)], [1, 1])

    def test_bins_without_counts_are_no_density(self) -> None:
        self.assertEqual(parts_of(point([1, 1, 5, 1.0], [2, 4, 0, 0.0]), LINEAR), ([], [Bin(1, 1, 5, 1.0)]))


class Spans(unittest.TestCase):
    def test_of_all_runtimes(self) -> None:
        span = span_of(point([1, 1, 5, None], [2, 4, 5, None], [5, 5, 5, None], mean=3), Design())
        self.assertEqual((span.lowest, span.end, span.log_x), (1, 5, False))
        self.assertTrue(span.limits[0] < 1 and span.limits[1] > 5)
        self.assertEqual(Span(0.5, 10, False, False).limits[0], 0)

    def test_a_logarithm_of_zero_is_refused(self) -> None:
        at_zero = point([0, 0, 5, None], [2, 4, 5, None])
        with self.assertRaisesRegex(Failure, "a value on the x axis is 0, not above 0"):
            span_of(at_zero, Design(log="x"))
        self.assertEqual(span_of(point([0, 2, 5, None], [2, 4, 5, None]), Design(log="x")).lowest, 2)


if __name__ == "__main__":
    unittest.main()
