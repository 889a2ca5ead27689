"""What `dsgd report` runs: reads documents, and writes the page to standard output."""

from __future__ import annotations

import argparse
import importlib.util
import logging
import os
import sys
import warnings
from typing import NoReturn

from ..drawing.failure import EXIT_NO_MATPLOTLIB, EXIT_USAGE, Failure
from ..drawing.output import Output
from .given import read_given
from .render import page

NEEDED = ("matplotlib", "jinja2")
ADVICE = "apt-get install python3-matplotlib python3-jinja2, or let DSGD_PYTHON name a Python that has both"


class Parser(argparse.ArgumentParser):
    """Mistakes are Failures, and not argparse's own lines and exit."""

    def error(self, message: str) -> NoReturn:
        raise Failure(EXIT_USAGE, f"{message}: see dsgd report --help")


def parse(arguments: list[str]) -> argparse.Namespace:
    """What the program gives."""
    parser = Parser(prog="dsgd report", allow_abbrev=False)
    parser.add_argument("results", nargs="*")
    parser.add_argument("--title", default="")
    parser.add_argument("--check", action="store_true")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """@return exit code"""
    os.environ["MPLBACKEND"] = "Agg"  # no window, whatever the user's setting
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # its font cache is nobody's concern here
    try:
        options = parse(arguments)
        for name in NEEDED:
            if importlib.util.find_spec(name) is None:
                raise ImportError(f"{name} is not installed")
        if not options.check:
            documents = [read_given(path, place) for place, path in enumerate(options.results, 1)]
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of extreme numbers, which are drawn or refused all the same
                text = page(documents, options.title)
            Output("-").write(text.encode("utf-8", "replace"))
    except ImportError as error:
        print(f"dsgd: {sys.executable} makes no reports ({error}): {ADVICE}", file=sys.stderr)
        return EXIT_NO_MATPLOTLIB
    except Failure as failure:
        print(f"dsgd: {failure}", file=sys.stderr)
        return failure.code
    except KeyboardInterrupt:
        return 130
    return 0
