"""Specs of strategies, `name:key=value:key=value`, and how figures call them."""

from __future__ import annotations

import re
import textwrap

NAMES = {"sync": "Synchronous SGD", "async": "Asynchronous SGD", "fastest": "Fastest worker"}


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


def shortened(law: str) -> str:
    """Without most of the hashes of measured delays."""
    return re.sub(r"(sha256=[0-9a-f]{8})[0-9a-f]{56}", "\\1\N{HORIZONTAL ELLIPSIS}", law)


def label(strategy: str, law: str = "", workers: int = 0) -> str:
    """What is told apart in a figure: a strategy, and a law and a number of workers where they are given."""
    return ", ".join(
        [NAMES.get(strategy, strategy), *([shortened(law)] if law else []), *([f"m = {workers}"] if workers else [])]
    )


def shared(laws: list[str], workers: list[int], communication: str = "") -> str:
    """What a figure has in common: the law and the number of workers where there is one, communication."""
    parts = [*(map(shortened, laws) if len(laws) == 1 else []), *(f"m = {m}" for m in workers if len(workers) == 1)]
    return ", ".join(parts + ([f"communication {communication}"] if communication else []))


def wrapped(text: str, width: int) -> str:
    """On lines of so many characters, as specs and paths may be long; "m = 8" stays together."""
    tied = text.replace(" = ", "\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}")
    return "\n".join(textwrap.wrap(tied, width)).replace("\N{NO-BREAK SPACE}", " ")


def heading(title: str, common: str) -> str:
    """A title above what all of the figure has in common."""
    return f"{title}\n{wrapped(common, 80)}" if common else title
