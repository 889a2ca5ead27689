"""What figures of plot.py say that they leave out, and what they call laws and curves."""

from __future__ import annotations

import json
import unittest
from typing import Any

from figure_checks import note
from plotting import legend, line, notebook, row, shown  # before dsgd.drawing

from dsgd.drawing.command import draw
from dsgd.drawing.curve_names import unique
from dsgd.drawing.naming import law_name, law_names, plain, shortened, tell_apart
from dsgd.drawing.results import SWEEP, Results, from_json, strategies_of
from dsgd.drawing.tags import spread, tagged

ABSENT = {"mean": None, "ci95_low": None, "ci95_high": None, "expected": None}


def said(rows: list[dict[str, Any]], requested: tuple[str, ...] = (), complete: bool = True, **options: str) -> str:
    return note(draw(Results("results", SWEEP, rows, "", requested, complete), **options))


class LeftOut(unittest.TestCase):
    def test_nothing(self) -> None:
        self.assertEqual(said(notebook(), ("sync", "async")), "")

    def test_a_strategy_without_a_mean(self) -> None:
        rows = [row("sync", m, **ABSENT) for m in (1, 2)] + [row("fastest", m) for m in (1, 2)]
        self.assertEqual(said(rows), "Left out: sync (no mean).")
        rows[0] = row("sync", 1)
        self.assertEqual(said(rows), "Left out: sync at 1 of 2 points (no mean).")

    def test_a_strategy_that_was_asked_for_and_has_no_point(self) -> None:
        requested = ("sync", "async", "k-sync:k=30", "backup:spare=1")
        self.assertEqual(
            said(notebook(), requested), "Left out: k-sync:k=30 (no point of it); backup:spare=1 (no point of it)."
        )
        rows = [row("k-sync:k=2", m) for m in (20, 21)]
        self.assertEqual(said(rows, ("k-sync:k=2", "k-sync:k=30")), "Left out: k-sync:k=30 (no point of it).")
        self.assertEqual(said(rows, ("k-sync:k=1..2", "k-sync:k=90%")), "")  # of which some may be there
        self.assertEqual(said(notebook(), ("sync", "fastest"), points="1,2,3"), "")  # left out on purpose

    def test_values_that_are_not_known(self) -> None:
        rows = [row("sync", m) for m in (1, 2)] + [row("k-async:k=2", m, expected=None) for m in (2, 3)]
        self.assertEqual(said(rows), "No exact value: k-async:k=2.")
        rows = [row("sync", m, law, ci95_low=None, ci95_high=None) for m in (1, 2) for law in ("a", "b")]
        rows += [row("fastest", m, law) for m in (1, 2) for law in ("a", "b")]
        self.assertEqual(said(rows), "No 95 % interval: sync.")
        rows = [row("sync", m, law, expected=None if law == "a" else 1) for m in (1, 2) for law in ("a", "b")]
        self.assertEqual(said(rows), "No exact value: sync under a at 2 of 4 points.")

    def test_many_are_counted(self) -> None:
        requested = tuple(f"k-sync:k={k}" for k in range(30, 40))
        self.assertTrue(said(notebook(), requested).endswith("k-sync:k=33 (no point of it); 6 more."))

    def test_distributions(self) -> None:
        bins = [[0, 1, 60, None], [1, 3, 40, None]]
        rows = [row("sync", 2, distribution=bins), row("async", 2)]
        expected = "Left out: async (no distribution). No exact distribution: sync."
        self.assertEqual(said(rows, kind="distribution"), expected)

    def test_a_sweep_that_was_stopped(self) -> None:
        self.assertEqual(said(notebook(), complete=False), "The sweep was stopped early.")

    def test_requests_are_read_from_the_command_line(self) -> None:
        argv = ["dsgd", "sweep", "--strategy", "sync,k-sync:k=1,2,4..8,async", "--strategy=fastest", "-n", "5"]
        found = strategies_of({"provenance": {"argv": argv}})
        self.assertEqual(found, ("sync", "k-sync:k=1", "async", "fastest"))
        for document in ({}, {"provenance": None}, {"provenance": {"argv": 7}}, {"provenance": {"argv": ["--strategy"]}}):
            self.assertEqual(strategies_of(document), ())


class Names(unittest.TestCase):
    def test_laws(self) -> None:
        for law, name in (
            ("exponential:rate=2", "exponential:rate=2"),
            ("lognormal:mu=0.123456789:sigma=1e-05", "lognormal:mu=0.1235:sigma=1e-05"),
            (f"empirical:file=/a/folder/times.csv:column=s:sha256={'a' * 64}", "times.csv:column=s"),
            ("15*exponential:rate=2+1*exponential:rate=1", "15 \xd7 exponential:rate=2 + 1 \xd7 exponential:rate=1"),
            ("1*gamma:shape=1:rate=2+3*constant:value=1+4*gamma:shape=2:rate=2", "fleet of 8 workers (5 gamma, 3 constant)"),
        ):
            self.assertEqual(law_name(law), name)
        self.assertLessEqual(len(law_name(f"empirical:file={'x' * 500}.csv:column={'y' * 500}")), 48)

    def test_of_different_laws_differ(self) -> None:
        close = ["exponential:rate=2.000001", "exponential:rate=2.000002"]
        self.assertEqual(law_names(close), close)
        fleets = [f"1*constant:value={i}+2*constant:value=3+1*constant:value=4" for i in (1, 2)]
        self.assertEqual(law_names(fleets), [f"fleet of 4 workers (4 constant) ({i})" for i in (1, 2)])

    def test_what_is_common_is_said_once(self) -> None:
        self.assertEqual(tell_apart(["pareto:scale=1:shape=2", "pareto:scale=1:shape=3"]), ("pareto:scale=1", ["shape=2", "shape=3"]))
        self.assertEqual(tell_apart(["sync", "async"]), ("", ["sync", "async"]))
        rows = [row("k-sync:k=2", m, f"pareto:scale=1:shape={shape}") for m in (2, 3) for shape in (2, 3)]
        figure = draw(Results("results", SWEEP, rows), x="workers")
        self.assertEqual(legend(figure.axes[0]), ["shape=2", "shape=3", "95 % interval", "exact"])

    def test_short_texts(self) -> None:
        self.assertEqual(shortened("abcdefgh", 8), "abcdefgh")
        self.assertEqual(shortened("abcdefgh", 5), "ab\N{HORIZONTAL ELLIPSIS}gh")
        self.assertEqual(plain("$a\n"), "\\$a\N{HORIZONTAL ELLIPSIS}")
        self.assertEqual(unique([2, 1, 2]), [2, 1])


class Tags(unittest.TestCase):
    def test_stand_where_a_strategy_has_many_curves(self) -> None:
        ks = [f"k={k}" for k in range(4)]
        self.assertEqual(tagged(["k-sync"] * 4 + ["sync"], [*ks, "sync"], [*ks, ""]), ([*ks, ""], [*ks, "sync"]))
        self.assertEqual(tagged(["k-sync"] * 3, ks[:3], ks[:3]), ([""] * 3, ks[:3]))
        long = ["a law with a long name"] * 4
        self.assertEqual(tagged(["sync"] * 4, long, long)[0], ["1", "2", "3", "4"])

    def test_do_not_lie_on_each_other(self) -> None:
        self.assertEqual(spread([0.25, 0.75], 0.125), [0.25, 0.75])
        for wanted in ([0.5] * 5, [0.0] * 3, [1.0] * 3, [0.1, 0.11, 0.12, 0.9], [i / 8 for i in range(8)]):
            places = spread(wanted, 0.125)
            self.assertGreaterEqual(min(places), 0.0624)
            self.assertLessEqual(max(places), 0.9376)
            for before, after in zip(places, places[1:]):
                self.assertGreaterEqual(after - before, 0.1249)
        self.assertAlmostEqual(sum(spread([0.5] * 3, 0.125)) / 3, 0.5)



class ExactValues(unittest.TestCase):
    def test_have_curves_without_intervals(self) -> None:
        own = {"law": "exponential:rate=2", "strategy": "sync", "standard_deviation": 1}
        points = [{**own, "workers": m, "gradients": m, "mean": 1.0 * m} for m in (1, 2, 3)]
        points.append({**own, "workers": 4, "gradients": 4, "mean": None})
        text = json.dumps({"schema": "dsgd.exact/1", "points": points, "run": {"unit": "ms"}})
        figure = draw(from_json("exact.json", text))
        self.assertEqual(legend(figure.axes[0]), ["Synchronous SGD"])
        self.assertEqual(shown(line(figure.axes[0], "Synchronous SGD").get_ydata()), [1, 2, 3])
        self.assertIn("(ms)", figure.axes[0].get_ylabel())
        self.assertEqual(note(figure), "All values are exact. Left out: sync at 1 of 4 points (no finite mean).")
        throughput = draw(from_json("exact.json", text), "throughput").axes[0]
        self.assertEqual(shown(line(throughput, "Synchronous SGD").get_ydata()), [1, 1, 1])


if __name__ == "__main__":
    unittest.main()
