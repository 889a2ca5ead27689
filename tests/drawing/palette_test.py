"""Colours and markers belong to strategies and engines, in every figure, and are seen on white."""

from __future__ import annotations

import re
import unittest
from pathlib import Path
from typing import Any

from figure_checks import CONTRAST, alike, contrast, handles_of, pale
from plotting import line, measurement, row  # before dsgd.drawing

from dsgd.drawing import bench, curves, distribution, fit, race
from dsgd.drawing.palette import ENGINES, LAW_COLOR, LAWS, MODELS, NOTE_COLOR, STRATEGIES, looks, owned
from dsgd.drawing.points import to_point

ROOT = Path(__file__).resolve().parents[2]
BINS = [[0, 1, 60, 0.5], [1, 3, 40, 0.5]]


def strategies_of_the_program() -> list[str]:
    """Names of the list that the command line and the writers iterate over."""
    folder = ROOT / "include"
    headers = re.findall(r'"(dsgd/strategy/\w+\.hpp)"', (folder / "dsgd/strategy/list.hpp").read_text())
    return [re.search(r'name = "([a-z-]+)"', (folder / header).read_text())[1] for header in headers]


def fitted_laws_of_the_program() -> list[str]:
    """Names of the laws that have a density, and of those whose fit is known in closed form."""
    densities = (ROOT / "host/fit/density").glob("*.hpp")
    known = [ROOT / f"include/dsgd/law/{each.name}" for each in densities]
    laws = [each for each in known if each.exists() and each.name != "list.hpp"]
    names = [re.search(r'name = "([a-z-]+)"', each.read_text())[1] for each in laws]
    return [*names, "exponential", "shifted-exponential"]


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
        for color, _ in (*STRATEGIES.values(), *ENGINES.values(), *LAWS.values(), *MODELS, (LAW_COLOR, ""), (NOTE_COLOR, "")):
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

    def test_every_fitted_law_of_the_program_has_one(self) -> None:
        names = fitted_laws_of_the_program()
        self.assertGreaterEqual(len(names), 8)
        self.assertEqual(without_colour(names, LAWS), [])
        colors = [LAW_COLOR, *(color for color, _ in (*LAWS.values(), *MODELS))]
        self.assertEqual(len(set(colors)), len(colors))
        self.assertLessEqual(set(colors), {color for color, _ in STRATEGIES.values()})  # which are far enough apart

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


class NoTwoEntriesAlike(unittest.TestCase):
    """In the legend of any figure."""

    def figures(self) -> dict[str, Any]:
        """One of each kind, with all that may be in it."""
        names = strategies_of_the_program()
        points = [to_point(row(each, m)) for each in names for m in (2, 3, 4)]
        several = [to_point(row(f"k-sync:k={k}", m)) for k in range(1, 9) for m in (20, 30)]
        bins = [to_point(row(each, 2, distribution=[[1, 1, 9, 0.25], [2, 3, 9, 0.75]])) for each in ("async", "sync")]
        shares, quantiles = [0.1, 0.5, 0.9], [1.0, 2.0, 4.0]
        fitted = [*(name + end for name in fitted_laws_of_the_program() for end in ("", " + shift")), "new", "newer", "newest"]
        slowest = {"times": [1, 2], **dict.fromkeys(("measured", *fit.MODELS), [0.5, 0.9])}
        described = {"shares": shares, **dict.fromkeys(("measured", "low", "high"), quantiles), "slowest": slowest,
                     "laws": [{"law": name, "quantiles": quantiles} for name in fitted], "workers": [{"worker": "0", "quantiles": [1, 2, 3, 4, 5]}]}  # fmt: skip
        raced = [{"law": "x", "workers": 8, "learning_rate": 0.1, "strategy": each, "time": time, "error": 1 / (time + i), "ci95_low": 0.1,
                  "ci95_high": 0.9, "expected": 0.5} for i, each in enumerate(names) for time in (1, 2, 20)]  # fmt: skip
        measured = [measurement(engine, m, 1e8, ceiling_fraction=0.5) for engine in engines_of_the_program() for m in (1, 2)]
        return {
            "runtime": curves.draw(points, x="workers"),
            "throughput": curves.draw(points, kind="throughput", x="workers"),
            "one strategy": curves.draw(several, x="workers"),
            "distribution": distribution.draw(bins),
            "bench": bench.draw(bench.to_measurements(measured)),
            "fit": fit.draw({"curves": described}),
            "race": race.draw(raced),
        }

    def test_no_two_entries_of_a_legend_are_alike(self) -> None:
        figures = self.figures()
        for name, figure in figures.items():
            self.assertEqual(alike(figure), [], name)
            self.assertGreater(len(handles_of(figure.legends[0])), 2)
        first, second, *_ = handles_of(figures["fit"].legends[0])
        second.set(color=first.get_color(), linestyle=first.get_linestyle())
        self.assertEqual(len(alike(figures["fit"])), 1)


if __name__ == "__main__":
    unittest.main()
