"""Several things timed in turn: once each, then all again, so that what disturbs the machine disturbs all."""

from __future__ import annotations

from typing import Any, Callable, NamedTuple, Sequence

from . import machine


class Round(NamedTuple):
    values: list[Any]  # what each piece of work returned
    free: float  # share of its core that a probe got before and after


def in_turn(works: Sequence[Callable[[], Any]], rounds: int, cores: int = 1) -> list[Round]:
    """@param works  each runs once and returns what it measured. @param cores  that they use, and that are probed"""
    found = []
    after = machine.free_share(cores)
    for _ in range(rounds):
        before = after
        values = [work() for work in works]
        after = machine.free_share(cores)
        found.append(Round(values, min(before, after)))
    return found


def quiet(rounds: list[Round]) -> list[Round]:
    """The rounds in which nobody else used the cores; all of them where there is none."""
    return [one for one in rounds if one.free >= machine.QUIET] or rounds
