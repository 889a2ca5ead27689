"""Figures as bytes, equal for equal figures."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# What would differ between equal figures (dates) or between machines (versions) stays out of the files.
METADATA: dict[str, dict[str, None]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}


def render(figure: Figure, extension: str) -> bytes:
    """@param extension  of METADATA"""
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a sign that the font lacks is drawn as a box, without a word
        figure.savefig(buffer, format=extension, metadata=METADATA[extension])
    return buffer.getvalue()
