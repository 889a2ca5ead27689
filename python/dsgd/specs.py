"""Laws and strategies as objects. Each is a spec, as the command line takes it, that was checked when it was made."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import Union

from . import _core

Number = Union[int, float]


class Spec:
    """Text as the command line takes it, checked. Equal texts are equal."""

    __slots__ = ("_spec",)

    def __init__(self, spec: str) -> None:
        """:raises ValueError: for an unknown name or key, or a value out of its range
        :raises OSError: where a file of measured times cannot be read
        """
        self._check(spec)
        self._spec = spec

    @staticmethod
    def _check(spec: str) -> None:
        raise NotImplementedError

    @property
    def spec(self) -> str:
        """The text."""
        return self._spec

    def __str__(self) -> str:
        return self._spec

    def __repr__(self) -> str:
        return f"dsgd.{type(self).__name__}({self._spec!r})"

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and str(other) == self._spec

    def __hash__(self) -> int:
        return hash(self._spec)


class Law(Spec):
    """The law of one worker's delays, or a fleet of workers with several laws, as `--law` takes it.

    ``15 * dsgd.exponential(2) + dsgd.exponential(0.2)`` is a fleet of 16 workers, one of them slow.
    """

    __slots__ = ()

    @staticmethod
    def _check(spec: str) -> None:
        _core.canonical_law(spec)

    def __mul__(self, workers: int) -> Law:
        return Law(f"{workers}*({self._spec})" if _is_fleet(self._spec) else f"{workers}*{self._spec}")

    __rmul__ = __mul__

    def __add__(self, other: Law) -> Law:
        return Law("+".join(each._spec if _is_fleet(each._spec) else f"1*{each._spec}" for each in (self, other)))


def _is_fleet(spec: str) -> bool:
    """True where numbers of workers stand before laws."""
    return re.match(r"[0-9_]+\*", spec) is not None


class Strategy(Spec):
    """Whom the server waits for, as `--strategy` takes it. With lists as parameters it stands for several strategies."""

    __slots__ = ()

    @staticmethod
    def _check(spec: str) -> None:
        _core.canonical_strategies(spec)


def text(value: object) -> str:
    """A value as the command line takes it: numbers in the shortest form that gives them back."""
    if isinstance(value, (str, Spec)):
        return str(value)
    if isinstance(value, os.PathLike):
        return os.fsdecode(value)
    if isinstance(value, bool):
        raise ValueError(f"{value!r} is no number")
    index = getattr(value, "__index__", None)
    if index is not None:
        return str(index())
    if not isinstance(value, Iterable) and hasattr(value, "__float__"):
        number = float(value)
        return str(int(number)) if number.is_integer() and abs(number) < 2**63 else repr(number)
    raise ValueError(f"{value!r} is no number and no text")


def texts(value: object) -> str:
    """A value, or values with commas between them; a range of whole numbers as one."""
    if isinstance(value, range) and value.step > 0 and len(value) > 1:
        return f"{value[0]}:{value[-1]}:{value.step}" if value.step != 1 else f"{value[0]}:{value[-1]}"
    return ",".join(text(each) for each in listed(value))


def listed(value: object) -> list[object]:
    """One thing, or several, as a list.

    :raises ValueError: for an empty one
    """
    if isinstance(value, (str, Spec)) or not isinstance(value, Iterable):
        return [value]
    several = list(value)
    if not several:
        raise ValueError(f"{value!r} is empty (it asks for nothing): name one or more, or leave it out")
    return several


def spec(name: str, **parameters: object) -> str:
    """A spec ``name:key=value``. Parameters that are None are left out."""
    given = (f":{key}={texts(value)}" for key, value in parameters.items() if value is not None)
    return name + "".join(given)
