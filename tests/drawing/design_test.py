"""Choices about a figure's looks: its width, title, unit, axes and fonts."""

from __future__ import annotations

import re
import unittest
import zlib
from typing import Any

from figure_checks import cut
from plot_process import BENCH, DISTRIBUTIONS, GOOD, Process
from plotting import document, notebook, row, words  # before dsgd.drawing

from dsgd.drawing import command, curves, distribution
from dsgd.drawing.design import Design
from dsgd.drawing.failure import EXIT_USAGE, Failure
from dsgd.drawing.figure_file import render
from dsgd.drawing.points import to_point
from dsgd.drawing.results import from_json

BINS = [[0.5, 1, 60, 0.5], [1, 3, 40, 0.5]]


def draw(rows: list[dict[str, Any]] | None = None, **choices: Any) -> Any:
    points = [to_point(each) for each in rows or notebook()]
    return curves.draw(points, design=Design(**choices))


def fonts(pdf: bytes) -> set[bytes]:
    """Kinds of the fonts in a PDF: Type3, or what TrueType fonts are embedded as. Streams are looked into."""
    parts = [pdf]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            parts.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return {kind for part in parts for kind in re.findall(rb"/Subtype\s*/(Type3|Type0|CIDFontType2|TrueType)\b", part)}


class Fonts(unittest.TestCase):
    def test_a_pdf_has_truetype_fonts(self) -> None:
        heavy = [[4**i, 4 ** (i + 1), 2 ** (20 - i), None] for i in range(21)]  # powers of ten along the axes
        figures = [draw(), distribution.draw([to_point(row("sync", 2, distribution=heavy))])]
        for figure in figures:
            self.assertIn(b"CIDFontType2", fonts(render(figure, "pdf")))
            self.assertNotIn(b"Type3", fonts(render(figure, "pdf")))

    def test_type_3_fonts_are_noticed(self) -> None:
        import matplotlib

        figure = draw()
        self.assertEqual((matplotlib.rcParams["pdf.fonttype"], matplotlib.rcParams["ps.fonttype"]), (42, 42))
        with matplotlib.rc_context({"pdf.fonttype": 3}):
            self.assertIn(b"Type3", fonts(render(figure, "pdf")))


class Widths(unittest.TestCase):
    def test_is_that_of_the_file(self) -> None:
        for width, dpi, pixels in ((None, 160, 1280), (3.5, 300, 1050), (7.0, 300, 2100)):
            figure = draw(width=width)
            self.assertEqual((figure.dpi, figure.get_figwidth()), (dpi, width or 8))
            self.assertEqual(int.from_bytes(render(figure, "png")[16:20], "big"), pixels)

    def test_letters_of_a_narrow_figure_are_no_smaller_than_print_allows(self) -> None:
        for width in (2.5, 3.5, 7.0):
            figure = draw(width=width)
            sizes = [text.get_fontsize() for text in (*figure.texts, *figure.legends[0].get_texts())]
            self.assertGreaterEqual(min(sizes), 5.9)
            self.assertEqual(cut(figure), [])


class Words(unittest.TestCase):
    def test_title(self) -> None:
        figure = draw(title="Of $5 and a_b")
        self.assertEqual(words(figure, "title"), r"Of \$5 and a_b")  # as matplotlib wants it: no formula
        self.assertEqual(words(figure, "common"), "exponential:rate=2")
        self.assertEqual(words(draw(title=""), "title"), "")

    def test_unit(self) -> None:
        self.assertEqual(draw(unit="ms").axes[0].get_ylabel(), "Average Runtime per Iteration (ms)")
        points = [to_point(each) for each in notebook()]
        throughput = curves.draw(points, curves.THROUGHPUT, design=Design(unit="ms"))
        self.assertEqual(throughput.axes[0].get_ylabel(), "Gradients per ms")
        axes = distribution.draw([to_point(row("sync", 2, distribution=BINS))], design=Design(unit="ms")).axes[0]
        self.assertEqual(axes.get_xlabel(), "Runtime of an Iteration (ms)")
        self.assertEqual(axes.get_ylabel(), "Probability Density (1 / ms)")

    def test_the_unit_is_that_of_the_results_unless_told(self) -> None:
        for version in ("1", "2"):
            results = from_json("r.json", document(notebook(), f"dsgd.sweep/{version}", unit="ms"))
            self.assertEqual(command.draw(results).axes[0].get_ylabel(), "Average Runtime per Iteration (ms)")
            told = command.draw(results, design=Design(unit="h"))
            self.assertEqual(told.axes[0].get_ylabel(), "Average Runtime per Iteration (h)")
        for none in ("", "a\tb", "x" * 17):
            results = from_json("r.json", document(notebook(), unit=none))
            self.assertEqual(command.draw(results).axes[0].get_ylabel(), draw().axes[0].get_ylabel())


class Logarithms(unittest.TestCase):
    def test_are_on_the_axes_that_are_named(self) -> None:
        for log, scales in (("auto", ("linear", "linear")), ("none", ("linear", "linear")), ("x", ("log", "linear")),
                            ("y", ("linear", "log")), ("xy", ("log", "log"))):
            axes = draw(log=log).axes[0]
            self.assertEqual((axes.get_xscale(), axes.get_yscale()), scales)
            panel = distribution.draw([to_point(row("sync", 2, distribution=BINS))], design=Design(log=log)).axes[0]
            self.assertEqual((panel.get_xscale(), panel.get_yscale()), scales)
        wide = [row("sync", 2**i, mean=10.0**i) for i in range(5)]
        self.assertEqual(draw(wide, log="none").axes[0].get_yscale(), "linear")

    def test_need_values_above_0(self) -> None:
        backup = [row(f"backup:spare={spare}", 9) for spare in range(4)]
        with self.assertRaisesRegex(Failure, "--log x: a value on the x axis is 0, not above 0") as raised:
            draw(backup, log="x")
        self.assertEqual(raised.exception.code, EXIT_USAGE)
        with self.assertRaisesRegex(Failure, "y axis"):
            draw([row("sync", 1, mean=0.0), row("sync", 2)], log="xy")


class Options(Process):
    def test_are_taken(self) -> None:
        plain = self.figure("-", stdin=GOOD)
        for options in (
            ("--width", "column"), ("--width", "page"), ("--width=5.25",), ("--title", "A title"), ("--title", ""),
            ("--unit", "ms"), ("--log", "xy"),
        ):
            self.assertNotEqual(self.figure("-", *options, stdin=GOOD), plain, options)
        self.assertEqual(self.figure("-", "--width", "3.5", stdin=GOOD), self.figure("-", "--width", "column", stdin=GOOD))
        for text in (BENCH, DISTRIBUTIONS):
            options = ("--kind", "distribution", "--points", "1,2") if text is DISTRIBUTIONS else ()
            self.figure("-", *options, "--width", "column", "--title", "T", "--log", "x", "--join", stdin=text)

    def test_are_refused(self) -> None:
        for options, word in (
            (("--width", "2"), "2.5 to 20"), (("--width", "nan"), "column"), (("--width", "wide"), "page"),
            (("--title", "x" * 121), "120"), (("--title", "a\nb"), "printable"), (("--unit", "x" * 17), "16"),
            (("--log", "z"), "--help"),
        ):
            self.assert_fails(self.plot("-", "-o", "a.png", *options, stdin=GOOD), 2, word)
        self.assert_fails(self.plot("-", "-o", "a.png", "--unit", "ms", stdin=BENCH), 2, "dsgd bench")
        for options in (("-o", "-"), ("-o", "a.png", "--format", "pdf")):
            self.assert_fails(self.plot("-", *options, stdin=GOOD), 2, "--format")


if __name__ == "__main__":
    unittest.main()
