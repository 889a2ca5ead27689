"""Specs of strategies, `name:key=value:key=value`, taken apart."""

from __future__ import annotations

import re


def name_in(spec: str) -> str:
    """The name before the parameters."""
    return spec.partition(":")[0]


def parameter(strategy: str, key: str) -> str | None:
    """The text of a key's value, None where the strategy has no such key."""
    for part in strategy.split(":")[1:]:
        if part.startswith(f"{key}="):
            return part[len(key) + 1 :]
    return None


def without(strategy: str, keys: tuple[str, ...]) -> str:
    """The spec without these keys."""
    name, *parts = strategy.split(":")
    return ":".join([name, *(part for part in parts if part.partition("=")[0] not in keys)])


def workers_of(text: str, workers: int) -> int:
    """What "8" or "12.5%" is of so many workers; a percentage is rounded up, as dsgd does."""
    if re.fullmatch(r"[0-9]{1,9}", text):
        return int(text)
    return -(-micropercent(text) * workers // 10**8)


def micropercent(text: str) -> int:
    """Millionths of a percent of a percentage such as "12.5%"."""
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,6})?%", text):
        raise ValueError(f"a strategy has the value {text!r}, neither a number nor a percentage")
    return round(float(text[:-1]) * 10**6)
