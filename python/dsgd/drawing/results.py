"""Result files: bytes into rows, whatever they are rows of."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from dataclasses import dataclass
from typing import Any

from .failure import ADVICE, EXIT_FILE, Failure, blaming

SWEEP, BENCH, FIT, RACE = "dsgd.sweep/2", "dsgd.bench/1", "dsgd.fit/1", "dsgd.race/1"
SWEEP_1 = "dsgd.sweep/1"  # without the columns after z
EXACT = "dsgd.exact/1"  # means alone
ROWS = {SWEEP: "points", SWEEP_1: "points", EXACT: "points", BENCH: "measurements", RACE: "points"}
NOT_DRAWN: dict[str, None] = {"ci95_low": None, "ci95_high": None, "expected": None}  # of an exact value
STORE = b"SQLite format 3\0"
MAX_BYTES = 1 << 28  # a result larger than this is no figure

Row = dict[str, Any]


@dataclass(frozen=True)
class Results:
    """A result file, its rows not yet checked."""

    name: str  # as messages call it
    schema: str
    rows: list[Row]
    communication: str = ""  # spec of the sweep's communication; empty where there is none
    requested: tuple[str, ...] = ()  # specs of strategies on the command line, where it is known
    complete: bool = True  # unless the sweep was stopped early
    unit: str = ""  # of times; empty where the sweep was given none


def read_results(source: str) -> Results:
    """A file of dsgd sweep, JSON or CSV, of dsgd exact, bench, fit or race; stdin for "-"."""
    name = "stdin" if source == "-" else source
    try:
        with open(0 if source == "-" else source, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Failure(EXIT_FILE, f"cannot read {name} ({error.strerror}): {ADVICE}") from None
    with blaming(name):
        if len(data) > MAX_BYTES:
            raise ValueError(f"it is larger than {MAX_BYTES >> 20} MiB")
        text = decoded(data)
        if text.lstrip().startswith(("{", "[")):
            return from_json(name, text)
        return Results(name, SWEEP, csv_rows(text))


def decoded(data: bytes) -> str:
    """A file's text. @throws ValueError for what is no text"""
    if data.startswith(STORE):
        raise ValueError("it is a store: 'dsgd resume' writes its results")
    try:
        return data.decode(json.detect_encoding(data))
    except UnicodeDecodeError:
        raise ValueError("it is no text") from None


def parsed(text: str) -> Any:
    """What a text of JSON holds. @throws ValueError for another text"""
    if not text.strip():
        raise ValueError("it is empty")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"it is no JSON from line {error.lineno}, column {error.colno} on") from None
    except (ValueError, RecursionError):  # a number of thousands of digits, or lists within lists
        raise ValueError("it is no JSON of dsgd") from None


def from_json(name: str, text: str) -> Results:
    """Results of a JSON document of any of the schemas."""
    return from_document(name, parsed(text))


def from_document(name: str, document: Any) -> Results:
    """Results of what a JSON document holds. A fit is one row."""
    schema = document.get("schema") if isinstance(document, dict) else None
    if schema == FIT:
        return Results(name, FIT, [document])
    if not isinstance(schema, str) or schema not in ROWS:
        raise ValueError(f"its schema is {schema!r}, not {SWEEP!r}, {SWEEP_1!r}, {EXACT!r}, {BENCH!r}, {FIT!r} or {RACE!r}")
    key = "curves" if schema == RACE and document.get("curves") else ROWS[schema]
    rows = document.get(key)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError(f"its {key} are no list of objects")
    if key == "curves":  # what they leave out is said
        rows = rows + [row for row in document.get("points") or [] if isinstance(row, dict) and row.get("time", 0) is None]
    if schema == EXACT:
        rows = [NOT_DRAWN | row for row in rows]
    run = document.get("run")
    run = run if isinstance(run, dict) else {}
    communication = run.get("communication")
    communication = communication if isinstance(communication, str) else ""
    unit = run.get("unit")
    unit = unit if isinstance(unit, str) and unit.isprintable() and len(unit) <= 16 else ""  # dsgd writes no other
    complete = run.get("complete") is not False
    return Results(name, schema, rows, communication, strategies_of(document), complete, unit)


def strategies_of(document: Row) -> tuple[str, ...]:
    """What stood after each --strategy of the program's command line; nothing where that is not known."""
    provenance = document.get("provenance")
    argv = provenance.get("argv") if isinstance(provenance, dict) else None
    words = [word for word in argv if isinstance(word, str)] if isinstance(argv, list) else []
    texts = [after for word, after in zip(words, words[1:]) if word == "--strategy"]
    texts += [word.partition("=")[2] for word in words if word.startswith("--strategy=")]
    specs = [spec for text in texts for spec in text.split(",")]  # those of values in a list begin with digits
    return tuple(spec for spec in specs if re.match("[a-z]", spec))


def csv_rows(text: str) -> list[Row]:
    """Rows of a CSV file by their columns' names; all values are strings."""
    try:
        rows = list(csv.DictReader(io.StringIO(text), strict=True))
    except csv.Error as error:
        raise ValueError(str(error)) from None
    for row in rows:
        if None in row or None in row.values():  # DictReader's marks of a row too long or too short
            raise ValueError("a row has not as many fields as the header")
    return rows


# The fields of a row, checked. All raise ValueError naming the column.


def require(row: Row, columns: tuple[str, ...]) -> None:
    """The row must have these."""
    missing = [column for column in columns if column not in row]
    if missing:
        raise ValueError(f"no column {missing[0]!r}")


def to_number(value: Any, what: str) -> float:
    """A finite number, or NaN where the value is null or empty."""
    if value is None or value == "":
        return math.nan
    try:
        result = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        result = math.nan
    if not math.isfinite(result):
        raise ValueError(f"{what} is {value!r}, not a finite number")
    return result


def number(row: Row, column: str) -> float:
    """A finite number, or NaN where the field is null or empty."""
    return to_number(row[column], column)


def count(row: Row, column: str) -> int:
    """A whole number from 1."""
    value = number(row, column)
    if not (value >= 1 and value.is_integer()):
        raise ValueError(f"{column} is {row[column]!r}, not a whole number from 1")
    return int(value)


def name_of(row: Row, column: str) -> str:
    """A text that is not empty."""
    value = row[column]
    if not (isinstance(value, str) and value):
        raise ValueError(f"{column} is {value!r}, not a name")
    return value
