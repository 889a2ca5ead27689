"""What figures call laws and strategies: short, and still apart."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

from .spec import name_in

STRATEGIES = {"sync": "Synchronous SGD", "async": "Asynchronous SGD", "fastest": "Fastest worker"}
ELLIPSIS, TIMES = "\N{HORIZONTAL ELLIPSIS}", "\N{MULTIPLICATION SIGN}"
LONGEST = 48  # characters of a law's name
LONGEST_FILE = 28
LISTED = 2  # most groups of a fleet that are named one by one


def printable(text: str) -> str:
    """Text without signs that would break the line or show nothing."""
    return "".join(sign if sign.isprintable() else ELLIPSIS for sign in text)


def plain(text: str) -> str:
    """Text that matplotlib shows as it is: dollars begin no formula."""
    return printable(text).replace("$", r"\$")


def shortened(text: str, most: int) -> str:
    """So many characters at most; what is left out is the middle, as names tend to differ at their ends."""
    if len(text) <= most:
        return text
    end = most // 2
    return text[: most - end - 1] + ELLIPSIS + text[-end:]


def strategy_name(strategy: str) -> str:
    """The notebook's words for its strategies."""
    return STRATEGIES.get(strategy, strategy)


def law_name(law: str) -> str:
    """A law's spec with numbers rounded, files without their folders and hashes; a fleet by its groups."""
    groups = re.findall(r"(\d+)\*(.*?)(?=\+\d+\*|$)", law) if re.match(r"\d+\*", law) else []
    if len(groups) > LISTED:
        kinds: dict[str, int] = {}
        for count, each in groups:
            kinds[name_in(each)] = kinds.get(name_in(each), 0) + int(count)
        listed = ", ".join(f"{count} {kind}" for kind, count in list(kinds.items())[:3])
        more = f", {ELLIPSIS}" if len(kinds) > 3 else ""
        return f"fleet of {sum(kinds.values())} workers ({listed}{more})"
    if groups:
        return " + ".join(f"{count} {TIMES} {law_name(each)}" for count, each in groups)
    file = re.search(r"\bfile=(.*?)(?=:[a-z]+=|$)", law)
    if file:
        rest = re.sub(r":sha256=[0-9a-f]*", "", law[file.end() :])
        law = shortened(os.path.basename(file[1]), LONGEST_FILE) + rest
    else:
        law = re.sub(r"[0-9]+\.[0-9]{4,}(e[+-]?[0-9]+)?", lambda number: f"{float(number[0]):.4g}", law)
    return shortened(law, LONGEST)


def law_names(laws: Sequence[str]) -> list[str]:
    """Names of different laws that differ, too."""
    names = [law_name(law) for law in laws]
    clear = [law if names.count(name) > 1 and len(law) <= LONGEST else name for law, name in zip(laws, names)]
    return [f"{name} ({i})" if clear.count(name) > 1 else name for i, name in enumerate(clear, 1)]


def tell_apart(specs: Sequence[str]) -> tuple[str, list[str]]:
    """What different specs have in common, as a spec, and what is left of each: "shape=2" of some Pareto laws.
    Nothing is in common where names or keys differ."""
    fields = [spec.split(":") for spec in specs]
    keys = {tuple(part.partition("=")[0] for part in each) for each in fields}
    if len(specs) < 2 or len(keys) > 1 or any(TIMES in spec for spec in specs):
        return "", list(specs)
    varies = [len(set(values)) > 1 for values in zip(*fields)]
    common = [part for part, differs in zip(fields[0], varies) if not differs]
    rest = [", ".join(part for part, differs in zip(each, varies) if differs) for each in fields]
    return ":".join(common), rest


def join(*parts: str) -> str:
    """The parts that are not empty."""
    return ", ".join(part for part in parts if part)
