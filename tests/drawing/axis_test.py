"""What plot.py draws a sweep over, and which points it joins."""

from __future__ import annotations

import unittest
from typing import Any

from plotting import bar_ends, legend, line, row, shown, title  # before dsgd.drawing

from dsgd.drawing import curves, spec
from dsgd.drawing.axis import Axis, choose_axis
from dsgd.drawing.design import Design
from dsgd.drawing.failure import Failure
from dsgd.drawing.points import to_point


def draw(rows: list[dict[str, Any]], **options: Any) -> Any:
    return curves.draw([to_point(each) for each in rows], **options).axes[0]


def family(
    form: str, values: Any, workers: int = 20, law: str = "exponential:rate=2"
) -> list[dict[str, Any]]:
    """Rows of a strategy for each value, whose means are told apart."""
    means = {value: 0.5 + i for i, value in enumerate(values)}
    return [
        row(
            form.format(v),
            workers,
            law,
            mean=mean,
            expected=mean + 0.01,
            ci95_low=mean - 0.1,
            ci95_high=mean + 0.1,
        )
        for v, mean in means.items()
    ]


def chosen(rows: list[dict[str, Any]], wanted: str = "auto") -> Axis:
    return choose_axis([to_point(each) for each in rows], wanted)


class Specs(unittest.TestCase):
    def test_parameters(self) -> None:
        text = "local-sgd:steps=4:communication=0.5"
        self.assertEqual(spec.parameter(text, "steps"), "4")
        self.assertEqual(spec.parameter(text, "communication"), "0.5")
        self.assertIsNone(spec.parameter(text, "step"))
        self.assertIsNone(spec.parameter("sync", "k"))
        self.assertEqual(spec.without(text, ("steps",)), "local-sgd:communication=0.5")
        self.assertEqual(spec.without("k-sync:k=2", ("k",)), "k-sync")

    def test_percentages_are_rounded_up_exactly(self) -> None:
        for text, workers, expected in (
            ("8", 20, 8),
            ("10%", 20, 2),
            ("50%", 5, 3),
            ("100%", 7, 7),
            ("28%", 25, 7),  # 0.28 * 25 is above 7 in floating point
            ("12.3%", 1000, 123),
            ("0.000001%", 16777215, 1),
            ("4.1%", 200561, 8224),  # 8223.001; 4.1 * 10^6 is below 4100000 in floating point
            ("99.999999%", 16777215, 16777215),
        ):
            self.assertEqual(spec.workers_of(text, workers), expected, text)
        for text in ("", "x", "-1", "1.5", "%", "1e9%", "10.0000001%", "9" * 40):
            with self.assertRaisesRegex(ValueError, "neither a number nor a percentage"):
                spec.workers_of(text, 20)


class Choice(unittest.TestCase):
    def test_is_what_varies(self) -> None:
        ks = family("k-sync:k={}", range(1, 5))
        for rows, key in (
            ([row("sync", m) for m in (1, 2)], "workers"),
            (family("ssp:staleness={}", (0, 1, 4)), "staleness"),
            (family("deadline:time={}:k=2", (0.5, 1.25)), "time"),
            (family("speculate:after={}", (1, 2.5)), "after"),
            ([row("k-sync:k=2", m) for m in (2, 3)], "workers"),
            ([row("k-sync:k=2", 3)], "workers"),
            (ks, "k"),
            ([*ks, row("sync", 20), row("async", 20)], "k"),
            ([*ks, *family("k-sync:k={}", range(1, 5), 10)], "k"),
            (family("k-async:k={}", range(1, 5)), "k"),
            (family("backup:spare={}", range(4)), "spare"),
            (family("gradient-coding:stragglers={}", range(4)), "stragglers"),
            (family("local-sgd:steps={}:communication=1", (1, 2, 4)), "steps"),
            ([*ks, *family("backup:spare={}", range(4))], "k"),
            ([*ks[:2], *family("local-sgd:steps={}:communication=1", (1, 2, 4))], "steps"),
            ([row(f"k-sync:k={k}", m) for k in (1, 2) for m in range(2, 22)], "workers"),
            ([row("k-sync:k=90%", m) for m in range(2, 22)], "workers"),
        ):
            self.assertEqual(chosen(rows).key, key, [each["strategy"] for each in rows])

    def test_may_be_wanted(self) -> None:
        rows = [row(f"k-sync:k={k}", m) for k in (1, 2) for m in range(2, 22)]
        self.assertEqual(chosen(rows, "k").key, "k")
        self.assertEqual(chosen(family("k-sync:k={}", range(1, 5)), "workers").key, "workers")
        with self.assertRaisesRegex(Failure, "--x steps .* use --x workers or k"):
            chosen(rows, "steps")

    def test_is_in_percent_where_all_are(self) -> None:
        percent = family("k-sync:k={}%", (10, 50))
        self.assertTrue(chosen(percent).percent)
        self.assertTrue(chosen([*percent, row("sync", 20)]).percent)
        self.assertFalse(chosen([*percent, *family("k-sync:k={}", (3, 4))]).percent)
        self.assertFalse(chosen([*percent, *family("backup:spare={}%", (10, 50))]).percent)

    def test_refuses_what_is_no_number(self) -> None:
        with self.assertRaisesRegex(ValueError, "'two'"):
            draw(family("k-sync:k={}", (1, "two")))


class Drawing(unittest.TestCase):
    def assert_curve(self, axes: Any, label: str, x: list[float], y: list[float]) -> None:
        self.assertEqual(shown(line(axes, label).get_xdata()), x)
        self.assertEqual(shown(line(axes, label).get_ydata()), y)

    def test_over_k(self) -> None:
        axes = draw(family("k-sync:k={}", (2, 3, 10)))
        self.assertEqual(legend(axes), ["k-sync", "95 % interval", "exact"])
        self.assertEqual(title(axes), "Runtime of k-sync\nexponential:rate=2, m = 20")
        self.assertEqual(axes.get_xlabel(), "Arrivals Waited For (k)")
        self.assert_curve(axes, "k-sync", [2, 3, 10], [0.5, 1.5, 2.5])
        self.assert_curve(axes, "exact", [2, 3, 10], [0.51, 1.51, 2.51])
        self.assertEqual([each[0] for each in bar_ends(axes.containers[0])], [2, 3, 10])

    def test_curves_are_sorted_by_value_not_by_text(self) -> None:
        axes = draw(family("k-sync:k={}", (10, 9, 2)))
        self.assert_curve(axes, "k-sync", [2, 9, 10], [2.5, 1.5, 0.5])

    def test_over_steps(self) -> None:
        axes = draw(family("local-sgd:steps={}:communication=0.5", (1, 2, 4, 8, 16)))
        self.assertEqual(title(axes), "Runtime of local-sgd:communication=0.5\nexponential:rate=2, m = 20")
        self.assertEqual(axes.get_xlabel(), "Local Steps between Meetings (τ)")
        self.assertEqual([tick.get_text() for tick in axes.get_xticklabels()], ["1", "2", "4", "8", "16"])

    def test_workers_are_whole(self) -> None:
        """Also where there is one number of them."""
        for sizes in ((8,), (8, 9), (2, 3, 4)):
            axes = draw([row(strategy, m) for strategy in ("sync", "async") for m in sizes])
            low, high = axes.get_xlim()
            ticks = [tick for tick in axes.get_xticks() if low <= tick <= high]
            self.assertEqual(ticks, list(sizes))
        axes = draw(family("deadline:time={}", (0.5, 0.75)))
        self.assertGreaterEqual(sum(0.5 <= tick <= 0.75 for tick in axes.get_xticks()), 2)  # times need not be whole

    def test_over_times_has_their_unit(self) -> None:
        rows = family("deadline:time={}", (1, 1.5, 2))
        self.assertEqual(draw(rows).get_xlabel(), "Deadline (unit of the law)")
        self.assertEqual(draw(rows, design=Design(unit="ms")).get_xlabel(), "Deadline (ms)")

    def test_over_percentages(self) -> None:
        axes = draw(family("k-sync:k={}%", (10, 12.5, 100)))
        self.assert_curve(axes, "k-sync", [10, 12.5, 100], [0.5, 1.5, 2.5])
        self.assertEqual(axes.get_xlabel(), "Arrivals Waited For (k), in % of the Workers")
        mixed = draw([*family("k-sync:k={}%", (10, 50)), *family("k-sync:k={}", (3,))])
        self.assert_curve(mixed, "k-sync", [2, 3, 10], [0.5, 0.5, 1.5])

    def test_who_does_without_some_waits_for_the_others(self) -> None:
        rows = [
            *family("k-sync:k={}", (1, 20)),
            *family("backup:spare={}", (0, 19)),
            *family("gradient-coding:stragglers={}", (0, 5)),
        ]
        axes = draw(rows)
        self.assertEqual(legend(axes)[:3], ["k-sync", "backup", "gradient-coding"])
        self.assert_curve(axes, "backup", [1, 20], [1.5, 0.5])
        self.assert_curve(axes, "gradient-coding", [15, 20], [1.5, 0.5])
        alone = draw(family("backup:spare={}", (0, 19)))
        self.assertEqual(alone.get_xlabel(), "Workers Not Waited For (spare)")
        self.assert_curve(alone, "backup", [0, 19], [0.5, 1.5])

    def test_strategies_without_the_key_are_levels(self) -> None:
        axes = draw(
            [*family("k-sync:k={}", (1, 2, 3)), row("sync", 20, mean=2.5, ci95_low=2.0, ci95_high=3.0)]
        )
        self.assertEqual(legend(axes), ["k-sync", "Synchronous SGD", "95 % interval", "exact"])
        level = line(axes, "Synchronous SGD")
        self.assertEqual(set(level.get_ydata()), {2.5})
        self.assertEqual((level.get_xdata()[0], level.get_xdata()[-1]), (0, 1))  # of the width
        band = axes.patches[0].get_path().transformed(axes.patches[0].get_patch_transform())
        self.assertEqual({y for _, y in band.vertices}, {2.0, 3.0})
        self.assertEqual(axes.get_xlim()[0] > 0 and axes.get_xlim()[1] < 4, True)

    def test_markers_of_levels_are_clear_of_the_frame(self) -> None:
        """And of the last position, whatever the size of the figure."""
        for inches in (2.5, 3.5, 8.0):
            axes = draw([*family("backup:spare={}", (1, 2)), row("sync", 20, mean=2.5)], design=Design(width=inches))
            level = line(axes, "Synchronous SGD")
            (place,) = [level.get_xdata()[i] for i in level.get_markevery()]
            half = 0.5 * (level.get_markersize() + level.get_markeredgewidth()) / 72 * axes.figure.dpi
            box = axes.get_window_extent()
            self.assertLess(box.x0 + place * box.width + half, box.x1)
            last = axes.transData.transform((2, 0))[0]
            self.assertGreater(box.x0 + place * box.width, last + half / 2)

    def test_laws_and_workers_are_told_apart(self) -> None:
        rows = [
            each
            for law in ("exponential:rate=2", "pareto:scale=1:shape=3")
            for m in (10, 20)
            for each in family("k-sync:k={}", range(1, 9), m, law)
        ]
        self.assertEqual(
            legend(draw(rows, x="k"))[:4],
            [
                "1: exponential:rate=2, m = 10",
                "2: exponential:rate=2, m = 20",
                "3: pareto:scale=1:shape=3, m = 10",
                "4: pareto:scale=1:shape=3, m = 20",
            ],
        )
        self.assertEqual(title(draw(rows, x="k")), "Runtime of k-sync")


if __name__ == "__main__":
    unittest.main()
