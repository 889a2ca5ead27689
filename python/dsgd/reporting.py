"""One page of HTML about results."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Union

from .document import Document
from .files import Path, write_whole

if TYPE_CHECKING:
    from .pages.given import Given

Shown = Union[Document, str, os.PathLike[str]]


def report(results: Union[Shown, Sequence[Shown]], path: Path, *, title: str = "") -> None:
    """Writes one page of HTML that needs no network and no other file: what `dsgd report RESULT... -o FILE.html` writes.

    The page has the answer, the command that gives it, figures, values that can be sorted, whether to trust them, where they
    come from, and the JSON itself. Where a law is made of measured times, give their fit, too: the page compares both.

    :param results: one or several of sweep, exact, recommend, race and fit, or paths of their JSON, in the order of the page
    :param path: of the page; an existing one is replaced whole
    :param title: of the page; made of the results' names if not given
    :raises ImportError: without matplotlib or Jinja2
    :raises OSError: where a file cannot be read or written
    :raises ValueError: for a file that holds no result, and for no results

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     dsgd.report(dsgd.sweep(workers=range(1, 5)), f"{folder}/report.html", title="Four workers")
    """
    from .drawing.failure import EXIT_FILE, Failure
    from .pages.render import page

    listed = [results] if isinstance(results, (Document, str, os.PathLike)) else list(results)
    if not listed:
        raise ValueError("results are empty (a page shows at least one): give a result")
    try:
        text = page([_given(each, place) for place, each in enumerate(listed, 1)], title)
    except Failure as failure:
        raise (OSError if failure.code == EXIT_FILE else ValueError)(str(failure)) from None
    write_whole(path, text)


def _given(result: Shown, place: int) -> Given:
    from .pages.given import read_given, to_given

    if not isinstance(result, Document):
        return read_given(os.fspath(result), place)
    text = result._text or json.dumps(result.document, ensure_ascii=False)
    return to_given(f"{result.COMMAND}-{place}.json", text.encode(), place)
