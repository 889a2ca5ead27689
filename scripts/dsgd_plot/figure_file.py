"""Figures as bytes, equal for equal figures, and into files."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

from .failure import EXIT_FILE, Failure

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
    figure.savefig(buffer, format=extension, metadata=METADATA[extension])
    return buffer.getvalue()


def write(path: str, data: bytes) -> None:
    """Writes the whole file or none of it. What exists and is no regular file (a pipe) is written to."""
    target = os.path.realpath(path)
    try:
        if os.path.exists(target) and not os.path.isfile(target):
            with open(target, "wb") as file:
                file.write(data)
            return
        folder, name = os.path.split(target)
        temporary = os.path.join(folder, f".{name}.{os.getpid()}")
        with open(temporary, "xb") as file:
            try:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
                os.replace(temporary, target)
            except BaseException:
                os.unlink(temporary)
                raise
    except OSError as error:
        raise Failure(EXIT_FILE, f"cannot write {path} ({error.strerror}): choose another place") from None
