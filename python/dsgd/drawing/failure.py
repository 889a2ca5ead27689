"""What goes wrong, and how it is said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

EXIT_USAGE, EXIT_FILE, EXIT_NO_MATPLOTLIB = 2, 6, 77  # the first two as dsgd itself; 77 is a skip for ctest
ADVICE = "give a file that dsgd sweep, exact, bench, fit or race wrote"


class Failure(Exception):
    """What is wrong and what to do, in one line, and the exit code."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(" ".join(message.split()))
        self.code = code


@contextmanager
def blaming(name: str) -> Iterator[None]:
    """What a file holds is its own fault: a ValueError becomes a Failure that names the file."""
    try:
        yield
    except (ValueError, RecursionError) as error:
        raise Failure(EXIT_FILE, f"cannot plot {name} ({error}): {ADVICE}") from None
