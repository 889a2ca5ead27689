"""Files that are replaced whole."""

from __future__ import annotations

import os
import threading
from typing import Union

Path = Union[str, os.PathLike[str]]


def write_whole(path: Path, text: str) -> None:
    """Writes a text file. An existing one is replaced whole, or stays as it is.

    :raises OSError: where it cannot be written
    """
    target = os.path.realpath(path)  # a link stays, and what it names is replaced
    if os.path.exists(target) and not os.path.isfile(target):
        with open(target, "w", encoding="utf-8") as device:  # a pipe or a device is written to
            device.write(text)
        return
    temporary = f"{target}.{os.getpid()}.{threading.get_ident()}.tmp"
    try:
        with open(temporary, "x", encoding="utf-8") as file:
            file.write(text)
        os.replace(temporary, target)
    except BaseException:
        if os.path.exists(temporary):
            os.unlink(temporary)
        raise
