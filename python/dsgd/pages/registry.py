"""Which kind of document is shown how: each module of kinds/ names its schemas, so that another kind is one file there."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from typing import Protocol

from . import kinds
from .given import Given, damaged
from .section import Section


class Kind(Protocol):
    """A module of kinds/."""

    SCHEMAS: tuple[str, ...]

    def section(self, given: Given, others: Sequence[Given]) -> Section:
        """What a page says of a document. @param others  documents beside it. @throws ValueError for a damaged one"""


def kinds_by_schema() -> dict[str, Kind]:
    """All kinds that there are."""
    modules = [importlib.import_module(f"{kinds.__name__}.{each.name}") for each in pkgutil.iter_modules(kinds.__path__)]
    return {schema: module for module in modules for schema in module.SCHEMAS}


def schemas() -> list[str]:
    """Schemas of documents that a page can show."""
    return sorted(kinds_by_schema())


def section_of(given: Given, others: Sequence[Given]) -> Section:
    """What a page says of a document. Raises Failure for one that no kind knows, or that is damaged."""
    known = kinds_by_schema()
    kind = known.get(given.schema)
    if kind is None:
        raise damaged(given.called, f"its schema is {given.schema!r}, not {' or '.join(sorted(known))}")
    try:
        return kind.section(given, others)
    except ValueError as error:
        raise damaged(given.called, str(error)) from None
    except KeyError as error:
        raise damaged(given.called, f"it lacks {error}") from None
    except (TypeError, IndexError, AttributeError, ArithmeticError, RecursionError):
        raise damaged(given.called, f"its parts are not those of {given.schema}") from None
