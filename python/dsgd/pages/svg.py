"""Figures of the project's drawing code as SVG within a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..drawing.figure_file import render

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH = 3.5  # inches: of a phone's screen; what is drawn for it is larger on others, and nothing is too small


def to_svg(figure: Figure, prefix: str) -> str:
    """The element alone, without the head of a file. Texts stay texts, which can be searched and read aloud.
    @param prefix  of all ids, so that figures of one page do not share them"""
    import matplotlib

    with matplotlib.rc_context({"svg.fonttype": "none"}):
        text = render(figure, "svg").decode()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)  # names the addresses of its vocabularies
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    text = re.sub(r'\bid="', f'id="{prefix}', text)
    text = re.sub(r'((?:xlink:)?href=")#', rf"\1#{prefix}", text)
    text = re.sub(r"url\(#", f"url(#{prefix}", text)
    text = re.sub(r' (?:width|height)="[0-9.]+pt"', "", text, count=2)  # the page says how wide
    return re.sub(r"\n\s*", "\n", text).strip()
