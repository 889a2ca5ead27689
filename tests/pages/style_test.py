"""Colours of a page: texts have a contrast of 4.5 to 1 and marks of 3 to 1 against what they stand on, in both schemes and on
paper (WCAG 2.1, success criteria 1.4.3 and 1.4.11), computed from the style sheet."""

from __future__ import annotations

import re
import unittest

from documents import PACKAGE

from dsgd.drawing.palette import ENGINES, EXACT_COLOR, NOTE_COLOR, STRATEGIES

CSS = (PACKAGE / "pages/style.css").read_text()
TEXTS = [
    ("ink", "page"), ("ink", "paper"), ("ink", "code"), ("ink", "chosen"), ("muted", "page"), ("muted", "paper"), ("accent", "page"),
    ("accent", "paper"), ("on-accent", "accent"), ("warn-ink", "warn"), ("fine-ink", "fine"),
]  # fmt: skip
MARKS = [("share-1", "paper"), ("share-2", "paper"), ("share-3", "paper"), ("muted", "paper"), ("accent", "page"), ("accent", "paper")]
Rgb = tuple[float, float, float]


def schemes(css: str) -> dict[str, dict[str, str]]:
    """The colours of each scheme by their names; those that a scheme does not name are the light one's."""
    light = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", css.partition("@media")[0]))
    dark = css.partition("prefers-color-scheme: dark")[2].partition("}")[0]
    paper = css.partition("@media print")[2].partition("}")[0]
    return {name: light | dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", part)) for name, part in (("light", ""), ("dark", dark), ("print", paper))}


def rgb(text: str) -> Rgb:
    """0 to 1 each."""
    return tuple(int(text[i : i + 2], 16) / 255 for i in (1, 3, 5))  # type: ignore[return-value]


def luminance(color: Rgb) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Rgb, other: Rgb) -> float:
    """By the definition of WCAG."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def in_the_dark(color: Rgb) -> Rgb:
    """What the filter of the dark scheme makes of a drawing's colour (Filter Effects, invert and hue-rotate)."""
    found = re.search(r"filter: invert\(([0-9.]+)\) hue-rotate\(180deg\)", CSS)
    assert found
    amount = float(found[1])
    r, g, b = (amount + c * (1 - 2 * amount) for c in color)
    rows = [(-0.574, 1.43, 0.144), (0.426, 0.43, 0.144), (0.426, 1.43, -0.856)]  # of the specification, for 180 degrees
    return tuple(min(max(x * r + y * g + z * b, 0.0), 1.0) for x, y, z in rows)  # type: ignore[return-value]


def too_pale(colors: dict[str, str], pairs: list[tuple[str, str]], least: float) -> list[str]:
    return [f"{one} on {other}" for one, other in pairs if contrast(rgb(colors[one]), rgb(colors[other])) < least]


class Contrast(unittest.TestCase):
    def test_texts_and_marks(self) -> None:
        for name, colors in schemes(CSS).items():
            with self.subTest(name):
                self.assertEqual(too_pale(colors, TEXTS, 4.5), [])
                self.assertEqual(too_pale(colors, MARKS, 3.0), [])

    def test_schemes_differ_and_every_colour_is_checked(self) -> None:
        found = schemes(CSS)
        self.assertNotEqual(found["light"], found["dark"])
        self.assertEqual(set(found["light"]) - {"line"}, {name for pair in TEXTS + MARKS for name in pair})
        self.assertEqual(set(re.findall(r"var\(--([a-z0-9-]+)\)", CSS)), set(found["light"]))
        bare = re.sub(r"--[a-z0-9-]+: #[0-9a-f]{6};", "", CSS)
        self.assertEqual(re.findall(r"#[0-9a-f]{3,6}\b", bare), ["#ffffff"])  # the paper of drawings

    def test_pale_ones_are_noticed(self) -> None:
        colors = {**schemes(CSS)["light"], "muted": "#8a949e"}
        self.assertEqual(too_pale(colors, TEXTS, 4.5), ["muted on page", "muted on paper"])

    def test_drawings_in_the_dark(self) -> None:
        white = in_the_dark((1.0, 1.0, 1.0))
        colors = [color for owners in (STRATEGIES, ENGINES) for color, _ in owners.values()]
        self.assertEqual([each for each in colors if contrast(in_the_dark(rgb(each)), white) < 3], [])
        self.assertGreater(contrast(in_the_dark((0, 0, 0)), white), 4.5)
        self.assertEqual((EXACT_COLOR, contrast(in_the_dark(rgb(NOTE_COLOR)), white) > 4.5), ("black", True))
        paper = rgb(schemes(CSS)["dark"]["paper"])
        self.assertLess(max(abs(a - b) for a, b in zip(white, paper)), 0.01)  # no frame is seen around a drawing


if __name__ == "__main__":
    unittest.main()
