"""What the user may choose about a figure's looks, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTHS = {"column": 3.5, "page": 7.0}  # inches, as journals have them
NARROWEST, WIDEST, USUAL = 2.5, 20.0, 8.0
SCREEN_DPI, PRINT_DPI = 160, 300  # pixels per inch of a .png


@dataclass(frozen=True)
class Design:
    """Choices; those of the default look are None or empty."""

    width: float | None = None  # inches
    title: str | None = None
    unit: str = ""  # of times
    log: str = "auto"  # auto, none, x, y or xy: the logarithmic axes
    join: bool = False  # points that are far apart, too

    @property
    def inches(self) -> float:
        """Width of the figure."""
        return self.width or USUAL

    @property
    def font_size(self) -> float:
        """Points. A narrow figure is printed as it is, and not enlarged."""
        return 7 if self.inches < 5 else 9 if self.inches < 7.5 else 10

    @property
    def mark_size(self) -> float:
        """Points, of a marker."""
        return 0.5 * self.font_size

    @property
    def line_width(self) -> float:
        """Points, of a curve."""
        return 0.12 * self.font_size

    def with_unit(self, quantity: str, alone: bool = False) -> str:
        """@param alone  is the unit left out where the user names none?"""
        unit = self.unit or ("" if alone else "unit of the law")
        return f"{quantity} ({unit})" if unit else quantity

    def new_figure(self) -> Figure:
        """An empty figure, whatever the user's own settings; its height follows when all is in it."""
        import matplotlib
        from matplotlib.figure import Figure

        matplotlib.rcdefaults()
        line = 0.07 * self.font_size
        matplotlib.rcParams.update(
            {
                "svg.hashsalt": "dsgd",
                "pdf.fonttype": 42,  # TrueType: publishers refuse Type 3
                "ps.fonttype": 42,
                "font.size": self.font_size,
                "axes.titlesize": self.font_size,
                "axes.linewidth": line,
                "grid.linewidth": line,
                "xtick.major.width": line,
                "ytick.major.width": line,
            }
        )
        return Figure(figsize=(self.inches, self.inches), dpi=PRINT_DPI if self.width else SCREEN_DPI)
