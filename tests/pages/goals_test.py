"""The figure of a recommendation: what its goal is, with the intervals that it has."""

from __future__ import annotations

import json
import math
import subprocess
import tempfile
import unittest
from pathlib import Path
from typing import Any

from documents import LAW, PROGRAM, Element, page_of, parsed, times

from dsgd.pages.goals import COMPARED, Goal, points_of

STRATEGIES = "--strategy sync,backup:spare=1..2 --unit ms -n 400"
GOALS = {
    "throughput": ("Gradients per time", "Gradients per ms", "more is better"),
    "cost": ("Time of all workers per gradient", "Time of all workers per gradient (ms)", "less is better"),
    "noise-scale=8": ("Time to the same progress at a noise scale of 8", "Time to the same progress at a noise scale of 8 (ms)", "shorter is better"),
    "error=0.2": ("Time until the mean error is 0.2", "Time until the mean error is 0.2 (ms)", "shorter is better"),
    "time=300": ("Mean error at 300 ms", "Mean error at 300 ms", "less is better"),
}


def candidate(strategy: str, value: float, ratio: float, low: float | None = None, high: float | None = None, **values: Any) -> dict[str, Any]:
    return {"strategy": strategy, "workers": 4, "value": value, "ratio": {"value": ratio, "low": low, "high": high}, **values}


def words(text: str) -> str:
    """Without the ends of lines."""
    return " ".join(text.split())


class Points(unittest.TestCase):
    def test_of_times(self) -> None:
        """A candidate with the progress p of the best takes 1 / p as long."""
        rows = [candidate("sync", 10.0, 1.0), candidate("async", 20.0, 0.5, 0.4, 0.625)]
        best, other = points_of(LAW, rows, Goal.of("error=0.1", "ms"))
        self.assertEqual((best.mean, other.mean), (10, 20))
        self.assertTrue(math.isnan(best.low) and math.isnan(best.high))
        self.assertAlmostEqual(other.low, 16)  # 10 / 0.625
        self.assertAlmostEqual(other.high, 25)  # 10 / 0.4

    def test_of_rates(self) -> None:
        """They are drawn as gradients per mean."""
        rows = [candidate("async", 2.0, 1.0, mean=0.5, gradients=1.0), candidate("sync", 1.0, 0.5, 0.4, 0.625, mean=4.0, gradients=4.0)]
        _, other = points_of(LAW, rows, Goal.of("throughput", "ms"))
        self.assertEqual((other.mean, other.gradients), (4, 4))
        self.assertAlmostEqual(other.gradients / other.high, 0.8)  # 0.4 of the best one's 2
        self.assertAlmostEqual(other.gradients / other.low, 1.25)

    def test_exact_values_have_no_intervals(self) -> None:
        rows = [candidate("sync", 10.0, 1.0), candidate("async", 20.0, 0.5, 0.5 - 1e-12, 0.5), candidate("fastest", 40.0, 0.25)]
        self.assertTrue(all(math.isnan(each.low) for each in points_of(LAW, rows, Goal.of("cost", ""))))

    def test_a_progress_that_may_be_none_has_no_end(self) -> None:
        rows = [candidate("sync", 10.0, 1.0), candidate("async", 20.0, 0.5, 0.0, 0.625)]
        self.assertTrue(math.isnan(points_of(LAW, rows, Goal.of("time=5", ""))[1].high))


class Pages(unittest.TestCase):
    def page(self, goal: str) -> tuple[Element, dict[str, Any]]:
        """The section of a recommendation under measured steps, and its document."""
        with tempfile.TemporaryDirectory() as folder:
            times(Path(folder) / "times.csv")
            command = [PROGRAM, "recommend", "--law", LAW, "--goal", goal, *STRATEGIES.split(), "-o", "r.json"]
            subprocess.run(command, cwd=folder, check=True, capture_output=True)
            data = (Path(folder) / "r.json").read_bytes()
        return parsed(page_of(("r.json", data))).of_class("document")[0], json.loads(data)

    def test_of_each_goal_of_the_program(self) -> None:
        for goal, (title, label, better) in GOALS.items():
            with self.subTest(goal):
                section, document = self.page(goal)
                self.assertEqual(document["goal"], goal)
                (figure,) = section.of_class("pictures")[0].all("figure")
                self.assertEqual(figure.all("h3")[0].text(), title)
                self.assertEqual(words(figure.all("p")[0].text()), f"{title} over the workers not waited for (spare); {better}. {COMPARED}")
                drawn = words(" ".join(each.text() for each in figure.all("text")))
                for part in (label, "95 % interval", "backup", "Synchronous SGD"):
                    self.assertIn(part, drawn)
        help_text = subprocess.run([PROGRAM, "recommend", "--help"], capture_output=True, text=True, check=True).stdout
        told = words(help_text).partition("--goal GOAL ")[2].partition("[")[0].replace(" or ", ", ").replace(",,", ",")
        self.assertEqual({each.strip().partition("=")[0] for each in told.split(",")}, {goal.partition("=")[0] for goal in GOALS})

    def test_sentences_begin_with_capitals_but_for_names(self) -> None:
        document = self.page("throughput")[1]
        document["decision"] = "choose async: 2 gradients per ms; only the exponential tail favours it; sync, fastest cannot be told apart; backup:spare=1 is near"
        section = parsed(page_of(("r.json", json.dumps(document).encode())))
        said = [each.text() for name in ("answer", "more") for each in section.of_class(name)]
        self.assertEqual([each.split(" ")[0] for each in said], ["Choose", "Only", "sync,", "backup:spare=1"])


if __name__ == "__main__":
    unittest.main()
