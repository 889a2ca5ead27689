"""What the tests of pages share: documents that the program writes, the code without the compiled module, and pages taken apart."""

from __future__ import annotations

import base64
import gzip
import html.parser
import json
import pathlib
import random
import runpy
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field

PACKAGE = pathlib.Path(__file__).resolve().parents[2] / "python/dsgd"
PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve()) if len(sys.argv) > 1 and not sys.argv[1].startswith("-") else "dsgd"
runpy.run_path(str(PACKAGE / "alone.py"))["stand_in"]()  # dsgd.pages can be imported from here on

from dsgd.pages.given import Given, to_given  # noqa: E402
from dsgd.pages.render import page  # noqa: E402

LAW = "replay:file=times.csv:column=ms:worker=rank:step=step"
COMMANDS = {
    "sweep": "sweep -m 4,8 --strategy sync,k-sync:k=1..4,async --quantiles 0.5,0.99 --unit ms -n 2000",
    "many": "sweep -m 1:80 --strategy sync,async -n 200",
    "traces": f"sweep --law {LAW} --strategy sync,backup:spare=1..2 --unit ms -n 2000",
    "exact": "exact -m 1:8 --strategy sync,async",
    "recommend": f"recommend --law {LAW} --unit ms",
    "raced": "recommend -m 4 --rate 1 --strategy sync,async --goal time=5 --unit ms",
    "race": "race -m 4 --strategy sync,async --times 1,5,20 --target 0.1 -n 2000",
    "curves": "race -m 4 --strategy sync,async --times 1,5 --plot curves.png -n 2000",
    "updates": "race -m 4 --strategy sync,async --updates 5,20 -n 2000",
    "both": "race -m 4 --strategy sync,async --times 1,5,20 --updates 5,20 -n 2000",
    "fit": "fit times.csv --column ms --worker rank --step step --unit ms --bootstrap 39",
}


def times(path: pathlib.Path) -> None:
    """Measured times of 6 workers, one of which is slow."""
    draw = random.Random(11)
    rows = [f"{rank},{step},{50 * draw.lognormvariate(0, 0.3) * (2 if rank == 4 else 1):.3f}" for step in range(60) for rank in range(6)]
    path.write_text("rank,step,ms\n" + "\n".join(rows) + "\n")


def documents() -> dict[str, bytes]:
    """The document of each command."""
    with tempfile.TemporaryDirectory() as folder:
        times(pathlib.Path(folder) / "times.csv")
        for name, command in COMMANDS.items():
            subprocess.run([PROGRAM, *command.split(), "-o", f"{name}.json"], cwd=folder, check=True, capture_output=True)
        return {name: (pathlib.Path(folder) / f"{name}.json").read_bytes() for name in COMMANDS}


def page_of(*given: tuple[str, bytes], title: str = "") -> str:
    """A page of documents and their names."""
    return page([to_given(name, data, place) for place, (name, data) in enumerate(given, 1)], title)


def changed(data: bytes, **changes: object) -> bytes:
    """A sweep whose first point has other values."""
    document = json.loads(data)
    document["points"][0].update(changes)
    return json.dumps(document).encode()


def unpacked(text: str) -> bytes:
    """What the page holds as gzip in base64."""
    return gzip.decompress(base64.b64decode(text))


@dataclass
class Element:
    """An element of a page; texts are among its children."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    def all(self, *names: str) -> list["Element"]:
        """Those of these names within, all without names, in the order of the page."""
        found = []
        for child in self.children:
            if isinstance(child, Element):
                found += [child] if not names or child.name in names else []
                found += child.all(*names)
        return found

    def text(self) -> str:
        """All that it says."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def of_class(self, name: str) -> list["Element"]:
        return [each for each in self.all() if name in each.attributes.get("class", "").split()]


class Parser(html.parser.HTMLParser):
    """Builds elements, and names what is not closed as it was opened."""

    EMPTY = {"meta", "link", "input", "br", "img", "hr", "source"}

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("")
        self.open = [self.root]
        self.mistakes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {key: value or "" for key, value in attrs})
        if len(element.attributes) != len(attrs):
            self.mistakes.append(f"<{tag}> has an attribute twice")
        self.open[-1].children.append(element)
        if tag not in self.EMPTY:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].name != tag:
            self.mistakes.append(f"</{tag}> closes <{self.open[-1].name}>")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parsed(text: str) -> Element:
    """The page's root. Raises AssertionError where elements are not closed as they were opened."""
    parser = Parser()
    parser.feed(text)
    parser.close()
    if parser.mistakes or len(parser.open) > 1:
        raise AssertionError(f"{parser.mistakes[:5]}, open: {[each.name for each in parser.open[1:]]}")
    return parser.root


__all__ = ["PACKAGE", "PROGRAM", "Element", "Given", "changed", "documents", "page_of", "parsed", "unpacked"]
