"""What tests ask of a document's section on a page."""

from __future__ import annotations

import json

from documents import Element, page_of, parsed

LAW = "exponential:rate=1"


def row(strategy: str, workers: int, **values: object) -> dict[str, object]:
    """A point of a sweep."""
    point = {"law": LAW, "strategy": strategy, "workers": workers, "iterations": 100, "gradients": workers, "mean": 2.0, "standard_error": 0.01,
             "ci95_low": 1.98, "ci95_high": 2.02, "expected": 2.0, "z": 0.0, "throughput": workers / 2, "throughput_low": workers / 2.02,
             "throughput_high": workers / 1.98}  # fmt: skip
    return {**point, **values}


def sweep(rows: list[dict[str, object]], **run: object) -> bytes:
    return json.dumps({"schema": "dsgd.sweep/2", "points": rows, "run": {"complete": True, **run}}).encode()


def section_of(data: bytes, *others: bytes) -> Element:
    """The section of the first document."""
    root = parsed(page_of(*((f"{i}.json", each) for i, each in enumerate((data, *others)))))
    return root.of_class("document")[0]


def answer_of(data: bytes) -> str:
    return section_of(data).of_class("answer")[0].text()


def checks_of(data: bytes, *others: bytes) -> list[tuple[str, str]]:
    """Each check's verdict and text."""
    (part,) = section_of(data, *others).of_class("checks")
    return [(each.attributes["class"], " ".join(each.text().split())) for each in part.all("li")]
