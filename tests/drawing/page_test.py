"""Titles, legends and labels of plot.py: never cut, never on each other, never more than a fifth of the figure."""

from __future__ import annotations

import unittest
from typing import Any

from figure_checks import cut, overlapping, too_large, unnamed
from plotting import measurement, row, words  # before dsgd.drawing

from dsgd.drawing import bench, curves, distribution
from dsgd.drawing.design import Design
from dsgd.drawing.points import to_point

FILE = "empirical:file=measured times of a cluster/" + "a very long name of a file, " * 6 + "{}.csv:column=seconds:sha256=" + 64 * "a"
FLEET = "+".join(f"1*lognormal:mu=0.{i}123456:sigma=0.{i}" for i in range(1, 17))
SMALL_FLEET = f"15*{FILE.format(1)}+1*exponential:rate=0.5"
DESIGNS = (Design(width=3.5), Design(width=7.0, unit="ms", title="A title that is as long as titles of figures tend to be, " * 2))
BINS = [[i / 10, (i + 1) / 10, 100, 0.1] for i in range(10)]


def of_strategies(count: int, law: str) -> list[dict[str, Any]]:
    """Rows of so many curves over the workers."""
    names = ("sync", "async", "fastest", "backup:spare=2", "k-async:k=2", "local-sgd:steps=4:communication=0.125")
    names = (*names, *(f"k-sync:k={k}" for k in range(1, 17)))[:count] if count < 16 else [f"k-sync:k={k}" for k in range(1, 17)]
    return [row(name, m, law) for name in names for m in (20, 21, 22)]


def figures(count: int, design: Design) -> dict[str, Any]:
    """Figures of every kind with so many curves."""
    laws = [FILE.format(i) if i % 2 else f"1*exponential:rate={i}+19*pareto:scale=1:shape=2.5" for i in range(count)]
    of_laws = [row("sync", m, law) for law in laws for m in (20, 21)]
    engines = ("reference", "cpu", "cpu-materialized", "cuda")
    made = {}
    for law in {1: (FILE.format(1),), 2: (FLEET,), 7: (FLEET, SMALL_FLEET)}.get(count, (FILE.format(1),)):
        points = [to_point(each) for each in of_strategies(count, law)]
        made[f"runtime {law:.20}"] = curves.draw(points, x="workers", design=design)
    made["throughput"] = curves.draw(points, curves.THROUGHPUT, x="workers", design=design)
    made["laws"] = curves.draw([to_point(each) for each in of_laws], design=design)
    rates = [
        measurement(engines[i % 4], m, 1e8, device=f"{i} threads, avx512", ceiling_fraction=0.5)
        for i in range(count)
        for m in (1, 64)
    ]
    made["bench"] = bench.draw(bench.to_measurements(rates), design)
    panels = [row("sync", 20 + i, (FLEET, SMALL_FLEET)[i % 2], distribution=BINS) for i in range(min(count, 6))]
    made["distribution"] = distribution.draw([to_point(each) for each in panels], design=design)
    return made


class Page(unittest.TestCase):
    def assert_good(self, count: int, *designs: Design) -> None:
        for design in designs:
            for name, figure in figures(count, design).items():
                with self.subTest(figure=name, width=design.inches):
                    self.assertEqual(cut(figure), [])
                    self.assertEqual(too_large(figure), [])
                    self.assertEqual(overlapping(figure), [])
                    if name.startswith(("runtime", "throughput", "laws")):
                        self.assertEqual(unnamed(figure, count, 2), 0)

    def test_one_curve(self) -> None:
        self.assert_good(1, Design())

    def test_two_curves(self) -> None:
        self.assert_good(2, DESIGNS[1])

    def test_seven_curves(self) -> None:
        self.assert_good(7, *DESIGNS)

    def test_sixteen_curves(self) -> None:
        self.assert_good(16, *DESIGNS)

    def test_sixteen_curves_are_all_named_where_names_are_short(self) -> None:
        for design in DESIGNS:
            points = [to_point(each) for each in of_strategies(16, "exponential:rate=2")]
            figure = curves.draw(points, x="workers", design=design)
            entries = [text.get_text() for text in figure.legends[0].get_texts()]
            self.assertEqual(entries, [*(f"k={k}" for k in range(1, 17)), "95 % interval", "exact"])

    def test_eighty_curves_are_counted(self) -> None:
        for name in ("k-sync:k={}", "local-sgd:steps={}:communication=0.125"):
            points = [to_point(row(name.format(k), m)) for k in range(1, 81) for m in (100, 101)]
            figure = curves.draw(points, x="workers", design=Design(width=3.5))
            self.assertEqual((cut(figure), too_large(figure), overlapping(figure)), ([], [], []))
            self.assertEqual(unnamed(figure, 80, 2), 0)


class Violations(unittest.TestCase):
    """What the checks must notice."""

    def setUp(self) -> None:
        points = [to_point(each) for each in of_strategies(7, FLEET)]
        self.figure = curves.draw(points, x="workers", notes=["Left out: sync."])
        self.title = next(text for text in self.figure.texts if text.get_gid() == "title")

    def test_a_text_that_is_cut(self) -> None:
        self.title.set_text(SMALL_FLEET)
        self.assertEqual(len(cut(self.figure)), 1)
        self.figure.axes[0].set_ylabel("Average Runtime per Iteration " * 4)
        self.assertEqual(len(cut(self.figure)), 2)

    def test_a_large_title(self) -> None:
        self.title.set_text("\n".join([FLEET[i : i + 80] for i in range(0, len(FLEET), 80)]))
        self.assertIn("title", too_large(self.figure))

    def test_a_large_legend(self) -> None:
        axes = self.figure.axes[0]
        self.figure.legends[0].remove()
        self.figure.legend(*axes.get_legend_handles_labels(), ncol=1)
        self.assertTrue(too_large(self.figure))
        self.assertTrue(overlapping(self.figure))

    def test_a_note_on_the_legend(self) -> None:
        next(text for text in self.figure.texts if text.get_gid() == "note").set_y(0.1)
        self.assertIn("legend on note", overlapping(self.figure))

    def test_a_curve_that_is_not_named(self) -> None:
        self.assertEqual(unnamed(self.figure, 7, 2), 0)
        self.assertEqual(unnamed(self.figure, 8, 2), 1)

    def test_a_name_beside_the_axes(self) -> None:
        self.figure.axes[0].text(1.02, 0.5, "x" * 40, transform=self.figure.axes[0].transAxes)
        self.assertEqual(len(cut(self.figure)), 1)


class Words(unittest.TestCase):
    def test_a_fleet_has_a_short_name(self) -> None:
        figure = curves.draw([to_point(row("sync", 16, FLEET))])
        self.assertEqual(words(figure, "common"), "fleet of 16 workers (16 lognormal)")

    def test_dollars_and_newlines_are_no_formula(self) -> None:
        law = "empirical:file=$a\n$b_{.csv:column=1"
        figure = curves.draw([to_point(row("sync", m, each)) for m in (1, 2) for each in (law, "constant:value=1")])
        self.assertEqual(cut(figure), [])
        self.assertIn("$b_{.csv".replace("$", r"\$"), figure.legends[0].get_texts()[0].get_text())


if __name__ == "__main__":
    unittest.main()
