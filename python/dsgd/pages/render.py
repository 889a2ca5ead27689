"""A page made of documents."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .given import Given
from .registry import section_of
from .section import Fact, Section, Table

HERE = Path(__file__).parent
MOST_ROWS = 100  # of a table that are in the page as they are; the others come from what is compressed beside
MOST_BYTES = 10**7  # of a document that is in the page as it was given; packed they are a third
FIELDS = {
    "version": "version of dsgd",
    "commit": "commit",
    "engine": "engine",
    "device": "device",
    "host": "machine",
    "start": "begun",
    "seconds": "seconds",
    "draws_per_second": "draws per second",
    "compiler": "compiler",
    "cuda": "CUDA",
    "mpi": "MPI",
    "ranks": "processes",
    "shards": "shards",
}


@dataclass(frozen=True)
class View:
    """A document as the template takes it."""

    id: str
    name: str
    section: Section
    command: str
    provenance: list[Fact]
    data: str  # the document's bytes, gzip in base64
    size: str
    rows: str  # the table's, as JSON, gzip in base64; empty where it has none
    first_distribution: int | None  # row whose distribution is shown first


def page(documents: Sequence[Given], title: str = "") -> str:
    """HTML that shows the documents in their order. Raises Failure for one that is damaged, or of no known kind.
    @pre documents are at least one. @throws ImportError without matplotlib or Jinja2"""
    import jinja2
    import matplotlib

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    with matplotlib.rc_context():  # figures have their own settings; those of others stay
        views = [view(each, [other for other in documents if other is not each]) for each in documents]
    script = (HERE / "page.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return environment.get_template("template.html").render(
        title=title or f"Report on {views[0].name}" + (f" and {len(views) - 1} more" if len(views) > 1 else ""),
        views=views,
        style=(HERE / "style.css").read_text(encoding="utf-8"),
        script=script,
        script_hash=f"sha256-{digest}",
        most_rows=MOST_ROWS,
    )


def view(given: Given, others: Sequence[Given]) -> View:
    """A document with all that the page says of it."""
    section = section_of(given, others)
    embedded = given.data if len(given.data) <= MOST_BYTES else without_distributions(given)
    distributions = [picture.row for picture in section.of_points]
    first = section.best if section.best in distributions else distributions[0] if distributions else None
    return View(
        given.name_id,
        given.name,
        section,
        command_of(given),
        facts_of(given),
        packed(embedded),
        readable_size(len(embedded)) + (", without distributions" if embedded is not given.data else ""),
        packed(json.dumps(rows_of(section.points)).encode()) if section.points else "",
        first,
    )


def without_distributions(given: Given) -> bytes:
    """A document whose points have distributions may be too large for a page: without them, it is as it was given."""
    points = given.document.get("points")
    if not isinstance(points, list) or not any("distribution" in point for point in points):
        return given.data
    short = [{key: value for key, value in point.items() if key != "distribution"} for point in points]
    return json.dumps({**given.document, "points": short}, ensure_ascii=False).encode()


def rows_of(table: Table) -> dict[str, object]:
    """What the page's script takes."""
    return {"columns": [{"label": each.label, "numeric": each.numeric} for each in table.columns], "rows": table.rows}


def packed(data: bytes) -> str:
    """gzip in base64, the same for the same bytes. Neither can end an element of HTML."""
    return base64.b64encode(gzip.compress(data, 9, mtime=0)).decode()


def readable_size(count: int) -> str:
    """A number of bytes, in words."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(count / 1e3, 0.1):.3g} kB"


def command_of(given: Given) -> str:
    """What gives the document again, as a shell takes it; empty where that is not known."""
    words = given.argv
    return shlex.join([os.path.basename(words[0]), *words[1:]]) if words else ""


def facts_of(given: Given) -> list[Fact]:
    """Where the document comes from."""
    found = [("file", given.name), ("schema", given.schema)]
    run = given.document.get("run")
    if isinstance(run, dict):
        told = [(key, value) for key, value in run.items() if isinstance(value, (str, int, float))]
        found += [(key.replace("_", " "), str(value)) for key, value in told if value != "" and value is not True]
    for key, name in FIELDS.items():
        value = given.provenance.get(key)
        if isinstance(value, float):
            value = f"{value:.4g}"
        if value not in (None, ""):
            found.append((name, str(value)))
    return found
