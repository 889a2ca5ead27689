"""How wide texts are, and texts cut into lines that fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .naming import ELLIPSIS, plain, printable, shortened

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LINE_HEIGHT = 1.3  # of a line of text, in font sizes
TIED = "\N{NO-BREAK SPACE}"
LONGEST = 1000  # letters of a line: no page holds more, and a name from a file may have a million
RESERVE = 0.97  # of a width: .svg and .pdf set letters a little wider than .png


class Ruler:
    """Measures texts of a figure, in inches."""

    def __init__(self, figure: Figure) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        canvas: Any = FigureCanvasAgg(figure)  # some methods of which have no types
        self.renderer = canvas.get_renderer()
        self.dpi = figure.dpi

    def width(self, text: str, size: float) -> float:
        """Width of one line. @param size  of the font, points"""
        from matplotlib.font_manager import FontProperties

        font = FontProperties(size=size)
        pixels: float = self.renderer.get_text_width_height_descent(text, font, ismath=False)[0]
        return pixels / self.dpi / RESERVE

    def fit(self, text: str, size: float, width: float) -> str:
        """One line that is no wider; its middle is left out where it must be."""
        for most in range(min(len(text), LONGEST), 0, -1):
            line = shortened(text, most)
            if self.width(line, size) <= width:
                return line
        return ELLIPSIS

    def wrap(self, text: str, size: float, width: float, most: int) -> str:
        """So many lines at most; a text that is longer ends with an ellipsis. "m = 8" and "1 / ms" stay together."""
        lines: list[str] = []
        if not text:
            return ""
        text = printable(text)
        for sign in "=/":
            text = text.replace(f" {sign} ", f"{TIED}{sign}{TIED}")
        for word in text.split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer, size) <= width:
                lines[-1] = longer
            else:
                lines.append(self.fit(word, size, width))
        if len(lines) > most:
            last = lines[most - 1]
            while last and self.width(last + f" {ELLIPSIS}", size) > width:
                last = last[:-1]
            lines = [*lines[: most - 1], f"{last} {ELLIPSIS}"]
        return plain_lines(lines)


def plain_lines(lines: list[str]) -> str:
    """Lines as matplotlib takes them."""
    return "\n".join(plain(line.replace(TIED, " ")) for line in lines)


def height(text: str, size: float) -> float:
    """Height of all lines of a text, in inches; 0 of none."""
    return (text.count("\n") + 1) * LINE_HEIGHT * size / 72 if text else 0.0
