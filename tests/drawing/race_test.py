"""Races in figures of plot.py."""

from __future__ import annotations

import json
import unittest
from typing import Any

from figure_checks import leaps, note
from plotting import bar_ends, legend, line, shown, title  # before dsgd.drawing

from dsgd.drawing import command, race
from dsgd.drawing.failure import Failure
from dsgd.drawing.results import from_json

OWN = {"law": "exponential:rate=1", "workers": 8, "learning_rate": 0.1}


def point(strategy: str, time: float | None, error: float | None, **changes: Any) -> dict[str, Any]:
    """A point whose interval is a tenth to either side."""
    low, high = (None, None) if error is None else (0.9 * error, 1.1 * error)
    values = {"time": time, "error": error, "ci95_low": low, "ci95_high": high, "expected": error}
    return {**OWN, "strategy": strategy, **values, **changes}


POINTS = [
    point("sync", 1, 0.5),
    point("sync", 10, 0.1),
    point("sync", 100, 0.01),
    point("async", 1, 0.3, expected=None),
    point("async", 10, 0.2, expected=None),
    point("async", 100, 0.2, expected=None),
]
CURVE = {**OWN, "strategy": "sync", "time": [1, 10], "error": [0.5, 0.1], "ci95_low": [0.4, 0.05]}
CURVE |= {"ci95_high": [0.6, 0.2], "expected": [None, 0.11]}


def document(points: list[dict[str, Any]], curves: list[dict[str, Any]] | None = None) -> str:
    return json.dumps({"schema": "dsgd.race/1", "points": points, "curves": curves or [], "run": {"unit": "ms"}})


class Race(unittest.TestCase):
    def test_errors_stand_over_times(self) -> None:
        axes = race.draw(POINTS).axes[0]
        drawn = line(axes, "sync")
        self.assertEqual((shown(drawn.get_xdata()), shown(drawn.get_ydata())), ([1, 10, 100], [0.5, 0.1, 0.01]))
        self.assertEqual((axes.get_xscale(), axes.get_yscale()), ("log", "log"))
        self.assertEqual(title(axes), "Error Against Time\nexponential:rate=1, 8 workers, learning rate 0.1")
        self.assertEqual(shown(line(axes, "exact").get_ydata()), [0.5, 0.1, 0.01])
        bars = {tuple(round(each, 6) for each in bar) for bar in bar_ends(axes.containers[0])}
        self.assertEqual(bars, {(1.0, 0.45, 0.55), (10.0, 0.09, 0.11), (100.0, 0.009, 0.011)})

    def test_only_dense_curves_are_lines(self) -> None:
        """Between single points errors were not computed; between those of a curve nothing is to be seen."""
        self.assertEqual(line(race.draw(POINTS).axes[0], "sync").get_linestyle(), "None")
        self.assertEqual(leaps(race.draw(POINTS).axes[0]), [])
        axes = race.draw([CURVE]).axes[0]
        self.assertEqual(line(axes, "sync").get_linestyle(), "-")
        band = {(x, round(y, 6)) for x, y in axes.collections[0].get_paths()[0].vertices.tolist()}
        self.assertLessEqual({(1.0, 0.4), (1.0, 0.6), (10.0, 0.2)}, band)
        self.assertEqual(len(race.draw([point("sync", 5, 0.5)]).axes[0].containers), 1)  # of one time, too

    def test_errors_after_updates(self) -> None:
        """They have a figure of their own, and are said to be left out of one over times."""
        after = [point(each, None, error / count, updates=count) for each, error in (("sync", 1), ("async", 2)) for count in (5, 50, 500)]
        figure = race.draw(after)
        axes = figure.axes[0]
        self.assertEqual(shown(line(axes, "async").get_xdata()), [5, 50, 500])
        self.assertEqual((axes.get_xlabel(), axes.get_xscale()), ("Updates", "log"))
        self.assertTrue(title(axes).startswith("Error After Updates\n"))
        self.assertEqual(note(figure), "")
        both = race.draw([*POINTS, *after])
        self.assertEqual(shown(line(both.axes[0], "sync").get_xdata()), [1, 10, 100])
        self.assertEqual(note(both), "Left out: errors after numbers of updates.")
        dense = command.draw(from_json("race.json", document([*POINTS, *after], [CURVE])))
        self.assertEqual(shown(line(dense.axes[0], "sync").get_xdata()), [1, 10])
        self.assertEqual(note(dense), "Left out: errors after numbers of updates.")
        self.assertEqual(note(command.draw(from_json("race.json", document(POINTS, [CURVE])))), "")

    def test_the_bar_tells_who_is_ahead(self) -> None:
        axes = race.draw(POINTS).axes[0]
        colors = {name: line(axes, name).get_color() for name in ("sync", "async")}
        corners = [patch.get_patch_transform().transform_path(patch.get_path()).vertices for patch in axes.patches]
        bars = [(min(each[:, 0]), patch.get_facecolor()) for each, patch in zip(corners, axes.patches)]
        for found, wanted in zip([begin for begin, _ in bars], (1, 10**0.5, 10**1.5), strict=True):  # halfway on the axis
            self.assertAlmostEqual(found, wanted)
        ahead = ["#%02x%02x%02x" % tuple(round(255 * part) for part in color[:3]) for _, color in bars]
        self.assertEqual(ahead, [colors["async"], colors["sync"], colors["sync"]])
        linear = [point(each, time, error) for each in ("sync", "async") for time, error in ((0, 1), (1, 0.5), (3, 0.2))]
        self.assertEqual([patch.get_path().get_extents(patch.get_patch_transform()).x0 for patch in race.draw(linear).axes[0].patches], [0, 0.5, 2])
        self.assertIn(race.AHEAD, legend(axes))
        self.assertEqual(axes.get_xlabel(), "Time (unit of the law)")
        self.assertEqual(len(race.draw(POINTS[:3]).axes[0].patches), 0)

    def test_nobody_is_ahead_where_all_have_diverged(self) -> None:
        ends = [point(each, 100, None, expected=None) for each in ("sync", "async")]
        axes = race.draw([*POINTS[:2], *POINTS[3:5], *ends]).axes[0]
        self.assertEqual(len(axes.patches), 2)  # near 1 and 10 alone

    def test_a_bar_of_several_colours_has_none_in_the_legend(self) -> None:
        axes = race.draw([*POINTS[:3], point("async", 1, 0.6), point("async", 10, 0.001), point("async", 100, 0.2)]).axes[0]
        colors = {patch.get_facecolor() for patch in axes.patches}
        self.assertEqual(len(colors), 2)
        (box,) = axes.figure.legends
        (handle,) = box.get_patches()
        self.assertIn(race.AHEAD, legend(axes))
        self.assertNotIn(handle.get_facecolor(), colors)

    def test_dense_curves_go_before_points(self) -> None:
        results = from_json("race.json", document(POINTS, [CURVE]))
        axes = command.draw(results).axes[0]
        self.assertEqual(shown(line(axes, "sync").get_xdata()), [1, 10])
        self.assertEqual(axes.get_xlabel(), "Time (ms)")

    def test_curves_are_called_by_what_they_differ_in(self) -> None:
        more = [{**each, "learning_rate": 0.2, "workers": 16} for each in POINTS[:3]]
        axes = race.draw([*POINTS[:3], *more]).axes[0]
        self.assertIn("sync, 8 workers, learning rate 0.1", legend(axes))
        self.assertIn("sync, 16 workers, learning rate 0.2", legend(axes))

    def test_errors_that_diverge_leave_a_gap(self) -> None:
        axes = race.draw([*POINTS[:2], point("sync", 100, None)]).axes[0]
        self.assertEqual(shown(line(axes, "sync").get_ydata())[:2], [0.5, 0.1])

    def test_what_is_no_race_is_refused(self) -> None:
        for points, curves in (
            ([point("sync", None, 0.5)], None),
            ([point("sync", None, None, updates=5)], None),
            ([{"strategy": "sync"}], None),
            (POINTS, [{**CURVE, "error": [1]}]),
            (POINTS, [{**CURVE, "error": ["x", "y"]}]),
        ):
            with self.assertRaises(Failure):
                command.draw(from_json("race.json", document(points, curves)))
        with self.assertRaises(Failure):
            command.draw(from_json("race.json", document(POINTS)), kind="throughput")


if __name__ == "__main__":
    unittest.main()
