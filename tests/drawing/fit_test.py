"""Fits of measured times in figures of plot.py."""

from __future__ import annotations

import copy
import json
import unittest
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from plotting import legend, line, shown, title  # before dsgd.drawing

from dsgd.drawing import command, fit
from dsgd.drawing.design import Design
from dsgd.drawing.failure import Failure
from dsgd.drawing.results import from_json

VALUES = {
    "shares": [0.1, 0.5, 0.9],
    "measured": [1.0, 2.5, 4.0],
    "low": [0.5, 1.5, 3.0],
    "high": [1.5, 2.5, 6.0],
    "laws": [{"law": "gamma", "quantiles": [1.0, 2.0, 4.5]}, {"law": "lognormal + shift", "quantiles": [1.1, 2.1, 4.2]}],
    "workers": [{"worker": f"rank${i}", "quantiles": [1.0, 2.0, 3.0 + i, 90.0, 95.0]} for i in range(3)],
    "slowest": {
        "times": [2.0, 3.0],
        "measured": [0.5, 1.0],
        "pooled": [0.3, 0.8],
        "per_worker": [0.4, 0.9],
        "law": [0.2, 0.7],
    },
}


def document(unit: str | None = None, **changes: Any) -> dict[str, Any]:
    """A fit, with other curves where they are given."""
    return {"schema": "dsgd.fit/1", "data": {"unit": unit}, "curves": {**copy.deepcopy(VALUES), **changes}}


class Fit(unittest.TestCase):
    def test_values_stand_over_those_of_the_first_law(self) -> None:
        axes = fit.draw(document("ms")).axes[0]
        measured = line(axes, "measured")
        self.assertEqual((shown(measured.get_xdata()), shown(measured.get_ydata())), ([1, 2, 4.5], [1, 2.5, 4]))
        self.assertEqual((axes.get_xlabel(), axes.get_ylabel()), ("Time by gamma (ms)", "Measured Time (ms)"))
        (band,) = axes.collections
        ends = {(x, y) for x, y in band.get_paths()[0].vertices.tolist()}
        self.assertLessEqual({(4.5, 3.0), (4.5, 6.0), (1.0, 0.5)}, ends)

    def test_labels_of_ticks_are_apart(self) -> None:
        """Those of five digits beside each other in a narrow panel nearly touched."""
        quantiles = [3000 + 8000 * i / 40 for i in range(41)]
        values = {"shares": [(i + 0.5) / 41 for i in range(41)], "measured": quantiles, "low": quantiles, "high": quantiles}
        for width in (3.5, 8.0):
            figure = fit.draw(document("ms", **values, laws=[{"law": "gamma", "quantiles": quantiles}]), Design(width=width))
            renderer = FigureCanvasAgg(figure).get_renderer()
            for axes in figure.axes[:2]:
                low, high = axes.get_xlim()
                shown = [text for text in axes.get_xticklabels() if low <= text.get_position()[0] <= high]
                boxes = sorted((text.get_window_extent(renderer) for text in shown), key=lambda box: box.x0)
                self.assertGreaterEqual(len(boxes), 3)
                size = shown[0].get_fontsize() / 72 * figure.dpi
                self.assertTrue(all(after.x0 - before.x1 > 0.6 * size for before, after in zip(boxes, boxes[1:])), [text.get_text() for text in shown])

    def test_survival_of_each_law(self) -> None:
        figure = fit.draw(document())
        axes = figure.axes[1]
        self.assertEqual(axes.get_yscale(), "log")
        curve = line(axes, "lognormal + shift")
        self.assertEqual(shown(curve.get_xdata()), [1.1, 2.1, 4.2])
        self.assertEqual([round(share, 6) for share in curve.get_ydata()], [0.9, 0.5, 0.1])
        self.assertEqual(title(axes), "Measured Times and Laws")
        self.assertIn("95 % of samples of the law", legend(axes))

    def test_boxes_and_the_slowest(self) -> None:
        figure = fit.draw(document())
        self.assertEqual(len(figure.axes), 4)
        labels = [tick.get_text() for tick in figure.axes[2].get_xticklabels()]
        self.assertEqual(labels, [r"rank\$0", r"rank\$1", r"rank\$2"])
        measured = line(figure.axes[3], "measured")
        self.assertEqual((shown(measured.get_xdata()), shown(measured.get_ydata())), ([2, 3], [0.5, 1]))
        self.assertEqual(shown(line(figure.axes[3], "each worker's own times").get_ydata()), [0.4, 0.9])

    def test_many_workers(self) -> None:
        workers = [{"worker": str(i), "quantiles": [1.0, 2.0, 3.0 + i, 400.0, 500.0]} for i in range(100)]
        figure = fit.draw(document(workers=workers))
        texts = [text.get_text() for text in figure.texts]
        self.assertIn("Boxes: the 40 slowest of 100 workers.", texts)
        self.assertEqual(figure.axes[2].get_xticklabels()[0].get_text(), "60")

    def test_times_without_workers(self) -> None:
        self.assertEqual(len(fit.draw(document(workers=[], slowest=None)).axes), 2)
        self.assertEqual(len(fit.draw(document(), Design(width=3.5)).axes), 4)

    def test_what_is_for_sweeps_alone(self) -> None:
        results = from_json("fit.json", json.dumps(document()))
        self.assertEqual(len(command.draw(results).axes), 4)
        for other in ({"kind": "throughput"}, {"x": "workers"}, {"points": "1"}):
            with self.assertRaisesRegex(Failure, "fit.json is of dsgd fit"):
                command.draw(results, **other)

    def test_what_is_no_fit(self) -> None:
        for changes, part in (
            ({"measured": [1.0]}, "several lengths"),
            ({"measured": []}, "no list of numbers"),
            ({"low": [1.0, None, 2.0]}, "no list of numbers"),
            ({"laws": []}, "no quantiles at its shares"),
            ({"workers": []}, "five quantiles"),
            ({"slowest": {}}, "no column 'times'"),
        ):
            with self.subTest(changes=changes), self.assertRaisesRegex(ValueError, part):
                fit.draw(document(**changes))
        with self.assertRaisesRegex(ValueError, "no curves"):
            fit.draw({"schema": "dsgd.fit/1"})


if __name__ == "__main__":
    unittest.main()
