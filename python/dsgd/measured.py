"""Measured times in memory as files that the program reads: one reader for arrays, data frames and files.

What only such times need is imported where they are: it takes longer than all else of `import dsgd`.
"""

from __future__ import annotations

import atexit
import os
import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Optional, Union

import numpy as np

Times = Union[str, os.PathLike[str], Mapping[str, Iterable[Any]], Any]
Columns = Optional[Union[str, Sequence[Union[str, int]]]]  # of a wide table

_lock = threading.Lock()
_folder: Optional[str] = None


def path_of(times: Times) -> str:
    """The path of a file that holds the times; of one made for them where they are no path.

    A file that was made keeps every bit of the numbers. It is named by its contents, serves all calls that are given
    equal times, and is removed when Python ends.

    :param times: a path; an array of times, or [step, worker]; a data frame or a mapping of columns
    :raises ValueError: for what is none of these
    """
    if isinstance(times, (str, os.PathLike)):
        return os.fsdecode(times)
    text = (_frame_text if hasattr(times, "columns") or isinstance(times, Mapping) else _array_text)(times)
    return _kept(text.encode())


def columns_of(times: Times, columns: Columns) -> Columns:
    """The columns that are asked for; all of an array [step, worker] where none are."""
    if columns is not None or isinstance(times, (str, os.PathLike, Mapping)) or hasattr(times, "columns"):
        return columns
    return "*" if np.ndim(times) == 2 else None


def _array_text(times: Any) -> str:
    """One number per line, or a column per worker with its name."""
    array = np.asarray(times, dtype=np.float64)
    if array.ndim == 1:
        return "".join(f"{time!r}\n" for time in array.tolist())
    if array.ndim != 2:
        raise ValueError(f"times have the shape {array.shape} (an array holds times, or [step, worker]): give one of these")
    names = ",".join(f"w{worker}" for worker in range(array.shape[1]))
    return "".join([names, "\n", *(",".join(map(repr, step)) + "\n" for step in array.tolist())])


def _frame_text(frame: Any) -> str:
    """Columns with their names; an empty cell where a value is absent.

    A first row that may be values is marked as a header: names may be numbers, as of the columns of an array.
    """
    import csv
    import io

    names = list(frame if isinstance(frame, Mapping) else frame.columns)
    columns = [_values(frame[name]) for name in names]
    if len({len(column) for column in columns}) != 1:
        raise ValueError("times have columns of several lengths, or none (a row holds one value of each): give equal lengths")
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    text.write("#" if any(map(_is_number, names)) else "")
    rows.writerow(names)
    rows.writerows(zip(*columns))
    return text.getvalue()


def _values(column: Any) -> list[Any]:
    values = column.to_list() if hasattr(column, "to_list") else np.asarray(column).tolist()
    return ["" if _is_absent(value) else value for value in values]


def _is_absent(value: Any) -> bool:
    """NaN differs from itself, and pandas.NA does not say."""
    try:
        return value is None or bool(value != value)
    except TypeError:
        return True


def _is_number(name: object) -> bool:
    """Would a header be taken for a row of times?"""
    try:
        float(str(name))
    except ValueError:
        return False
    return True


def _kept(content: bytes) -> str:
    """A file of this content in a folder that lives as long as this process."""
    import hashlib
    import tempfile

    global _folder
    with _lock:
        if _folder is None:
            _folder = tempfile.mkdtemp(prefix="dsgd-")
            atexit.register(_remove, _folder, os.getpid())
        path = os.path.join(_folder, f"times-{hashlib.sha256(content).hexdigest()[:12]}.csv")
        if not os.path.exists(path):
            with open(path, "wb") as file:
                file.write(content)
    return path


def _remove(folder: str, owner: int) -> None:
    import shutil

    if os.getpid() == owner:  # a child that was forked uses its parent's files
        shutil.rmtree(folder, ignore_errors=True)
