"""What a page says of one document: the same parts for every kind of document, so that one template shows them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

Fact = tuple[str, str]  # what it is, and its value


@dataclass(frozen=True)
class Picture:
    """A drawing as SVG, which the project's own code has made."""

    svg: str
    title: str
    caption: str  # one that sees no drawing reads it, too
    row: int | None = None  # of the table, whose point it shows


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    label: str
    meaning: str = ""
    numeric: bool = True


@dataclass(frozen=True)
class Table:
    """Rows of texts. What is the same in all rows stands above them."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    common: Sequence[Fact] = ()


@dataclass(frozen=True)
class Share:
    """A part of a whole."""

    label: str
    value: float  # 0 to 1


@dataclass(frozen=True)
class Check:
    """Something that was looked at. A problem is one that a reader should act on."""

    text: str
    is_problem: bool = False


@dataclass(frozen=True)
class Part:
    """A part with a heading of its own."""

    title: str
    lines: Sequence[str] = ()
    shares: Sequence[Share] = ()  # of one whole
    table: Table | None = None
    commands: Sequence[str] = ()


@dataclass
class Section:
    """All of one document."""

    kind: str  # what the document is, in a word or two
    answer: list[str]  # sentences, the most important first
    pictures: list[Picture] = field(default_factory=list)
    of_points: list[Picture] = field(default_factory=list)  # each of one row of the points
    points: Table | None = None  # that can be sorted
    points_title: str = "All values"
    best: int | None = None  # row of the points that the answer is about
    explored: dict[str, int] = field(default_factory=dict)  # law, strategy, workers: columns of points to choose by
    parts: list[Part] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def common_of(columns: Sequence[Column], rows: Sequence[Sequence[str]], kept: Sequence[str] = ()) -> tuple[Table, list[int]]:
    """Takes out columns that are empty, and those that are the same in all of several rows. @param kept  labels of columns
    that stay unless they are empty. @return the table, and the places of its columns among those given"""
    places, common = [], []
    for place, column in enumerate(columns):
        values = {row[place] for row in rows}
        if values <= {""}:
            continue
        if len(values) == 1 and len(rows) > 1 and column.label not in kept:
            common.append((column.label, values.pop()))
        else:
            places.append(place)
    return Table([columns[i] for i in places], [[row[i] for i in places] for row in rows], common), places
