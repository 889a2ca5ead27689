"""Colours and markers belong to strategies and engines, in every figure, and are seen on white."""

from __future__ import annotations

import re
import unittest
from pathlib import Path
from typing import Any

from figure_checks import CONTRAST, contrast, pale
from plotting import line, measurement, row  # before dsgd.drawing

from dsgd.drawing import bench, curves, distribution
from dsgd.drawing.palette import ENGINES, NOTE_COLOR, STRATEGIES, looks, owned
from dsgd.drawing.points import to_point

ROOT = Path(__file__).resolve().parents[2]
BINS = [[0, 1, 60, 0.5], [1, 3, 40, 0.5]]


def strategies_of_the_program() -> list[str]:
    """Names of the list that the command line and the writers iterate over."""
    folder = ROOT / "include"
    headers = re.findall(r'"(dsgd/strategy/\w+\.hpp)"', (folder / "dsgd/strategy/list.hpp").read_text())
    return [re.search(r'name = "([a-z-]+)"', (folder / header).read_text())[1] for header in headers]


def engines_of_the_program() -> list[str]:
    text = (ROOT / "host/engines/table.cpp").read_text()
    return re.findall(r'[.]name = "([a-z-]+)"', text)


def without_colour(names: list[str], owners: dict[str, tuple[str, str]]) -> list[str]:
    return [name for name in names if name not in owners]


class Palette(unittest.TestCase):
    def test_every_colour_is_seen_on_white(self) -> None:
        self.assertAlmostEqual(contrast("black"), 21)
        self.assertAlmostEqual(contrast("white"), 1)
        self.assertLess(contrast("#ff7f0e"), CONTRAST)  # the notebook's orange, which is too pale
        for color, _ in (*STRATEGIES.values(), *ENGINES.values(), (NOTE_COLOR, "")):
            self.assertGreaterEqual(contrast(color), CONTRAST, color)

    def test_no_two_have_the_same(self) -> None:
        for owners in (STRATEGIES, ENGINES):
            self.assertEqual(len({color for color, _ in owners.values()}), len(owners))
            self.assertEqual(len({marker for _, marker in owners.values()}), len(owners))

    def test_every_strategy_of_the_program_has_one(self) -> None:
        names = strategies_of_the_program()
        self.assertGreaterEqual(len(names), 10)
        self.assertIn("sync", names)
        self.assertEqual(without_colour(names, STRATEGIES), [])
        self.assertEqual(without_colour([*names, "a-new-one"], STRATEGIES), ["a-new-one"])

    def test_every_engine_of_the_program_has_one(self) -> None:
        names = engines_of_the_program()
        self.assertIn("reference", names)
        self.assertEqual(without_colour(names, ENGINES), [])

    def test_an_unknown_one_depends_on_its_name_alone(self) -> None:
        color, marker = owned("a-new-one", STRATEGIES)
        for names in (["a-new-one"], ["sync", "a-new-one"], ["another", "a-new-one"]):
            look = looks(names, STRATEGIES)[-1]
            self.assertEqual((look.color, look.marker), (color, marker))


def seen(axes: Any, label: str) -> tuple[str, str]:
    curve = line(axes, label)
    return curve.get_color(), curve.get_marker()


def strays(figures: dict[str, tuple[str, str]]) -> set[str]:
    """Figures in which a strategy has not the look of the first one."""
    first = next(iter(figures.values()))
    return {name for name, look in figures.items() if look != first}


class SameInEveryFigure(unittest.TestCase):
    def looks_of_async(self) -> dict[str, tuple[str, str]]:
        """Its look in figures that have little else in common."""
        others = [row(each, m) for each in strategies_of_the_program() if each != "async" for m in (2, 3)]
        own = [row("async", m) for m in (2, 3)]
        ks = [row(f"k-sync:k={k}", 20) for k in range(1, 5)]
        bins = [row("async", 2, distribution=[[1, 1, 9, 0.5]])]
        label = "Asynchronous SGD"

        def draw(rows: list[dict[str, Any]], **options: str) -> Any:
            return curves.draw([to_point(each) for each in rows], **options).axes[0]

        figures = {
            "alone": seen(draw(own), label),
            "first": seen(draw([*own, *others], x="workers"), label),
            "last": seen(draw([*others, *own], x="workers"), label),
            "a level": seen(draw([*ks, row("async", 20)]), label),
            "throughput": seen(draw([*others, *own], kind="throughput", x="workers"), label),
            "two laws": seen(draw([row("async", m, law) for law in ("a", "b") for m in (1, 2)]), "b"),
        }
        axes = distribution.draw([to_point(each) for each in bins]).axes[0]
        figures["distribution"] = seen(axes, "observed single value")
        return figures

    def test_strategies(self) -> None:
        figures = self.looks_of_async()
        self.assertEqual(strays(figures), set())
        self.assertEqual(figures["alone"], STRATEGIES["async"])
        color, marker = figures["last"]
        self.assertEqual(strays(figures | {"last": ("#1f77b4", marker), "first": (color, "o")}), {"last", "first"})

    def test_engines(self) -> None:
        for engines in (("cpu",), ("reference", "cpu"), ("cuda", "cpu", "reference")):
            rows = [measurement(engine, m, 1e8) for engine in engines for m in (1, 2)]
            axes = bench.draw(bench.to_measurements(rows)).axes[0]
            self.assertEqual(seen(axes, "cpu (2 threads)"), ENGINES["cpu"])

    def test_figures_have_no_pale_lines(self) -> None:
        rows = [row(each, m) for each in strategies_of_the_program() for m in (2, 3)]
        figure = curves.draw([to_point(each) for each in rows], x="workers")
        self.assertEqual(pale(figure), [])
        figure.axes[0].lines[0].set_color("#ff7f0e")
        self.assertEqual(pale(figure), ["#ff7f0e"])


if __name__ == "__main__":
    unittest.main()
