"""The documents that a page shows: read, and known to be results."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any

from ..drawing.failure import EXIT_FILE, Failure
from ..drawing.results import decoded, parsed

EXIT_DAMAGED = 7  # as dsgd itself
MAX_BYTES = 1 << 28  # a result larger than this is no page
ADVICE = "give a JSON file that dsgd sweep, exact, recommend, race or fit wrote"


@dataclass(frozen=True)
class Given:
    """A document, and the bytes that it was read from."""

    name: str  # of its file, without the folder
    data: bytes
    document: dict[str, Any]
    place: int = 1  # on the page, from 1
    path: str = ""  # of its file, as it was given; empty where there is none

    @property
    def called(self) -> str:
        """What messages call it."""
        return self.path or self.name

    @property
    def name_id(self) -> str:
        """What ids of its elements begin with."""
        return f"document-{self.place}"

    @property
    def schema(self) -> str:
        """What kind of document it is."""
        return str(self.document["schema"])

    @property
    def provenance(self) -> dict[str, Any]:
        """How it came to be; empty where it does not say so."""
        return object_of(self.document, "provenance")

    @property
    def argv(self) -> list[str]:
        """The command that gives it; empty where that is not known."""
        words = self.provenance.get("argv")
        return words if isinstance(words, list) and all(isinstance(each, str) for each in words) else []


def object_of(document: dict[str, Any], key: str) -> dict[str, Any]:
    """An object within a document; empty where there is none."""
    value = document.get(key)
    return value if isinstance(value, dict) else {}


def damaged(name: str, why: str) -> Failure:
    """What is said of a file that holds no result."""
    return Failure(EXIT_DAMAGED, f"cannot report {name} ({why}): {ADVICE}")


def read_given(path: str, place: int) -> Given:
    """Reads a file. Raises Failure for one that cannot be read, or is no JSON document with a schema."""
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Failure(EXIT_FILE, f"cannot read {path} ({error.strerror}): {ADVICE}") from None
    return to_given(os.path.basename(path), data, place, path)


def to_given(name: str, data: bytes, place: int, path: str = "") -> Given:
    """The document in some bytes. Raises Failure."""
    if len(data) > MAX_BYTES:
        raise damaged(path or name, f"it is larger than {MAX_BYTES >> 20} MiB")
    try:
        document = parsed(decoded(data))
    except ValueError as error:
        raise damaged(path or name, str(error)) from None
    if not isinstance(document, dict) or not isinstance(document.get("schema"), str):
        raise damaged(path or name, "it has no schema")
    return Given(name, data, document, place, path)
