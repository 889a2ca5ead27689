"""Tables and files of results."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Sequence


def markdown(head: Sequence[object], rows: Sequence[Sequence[object]], rule: str = "---") -> list[str]:
    """Lines of a table. @param rule  of all columns but the first: how they are aligned"""
    rules = ["---", *[rule] * (len(head) - 1)]
    return ["| " + " | ".join(str(cell).replace("|", "/") for cell in line) + " |" for line in (head, rules, *rows)]


def write_json(path: Path, document: dict) -> None:
    """Into a folder that need not exist."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=2) + "\n")
