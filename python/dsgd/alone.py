"""Runs a part of the package by itself: without the compiled module, which a Python that draws for the program may not have.

    alone.py PART ARGUMENTS...      alone.py drawing.command r.json

It lies where the parts lie: in the package, and in share/dsgd beside the program, where the parts are all there is of the package.
"""

import importlib
import os
import sys
from types import ModuleType
from typing import cast

HERE = os.path.dirname(os.path.realpath(__file__))


def stand_in() -> None:
    """Makes `dsgd` a package of what lies here whose own __init__, which imports the compiled module, is not run. What may lie
    elsewhere, as of another version, is not looked at."""
    package = ModuleType("dsgd")
    package.__path__ = [HERE]
    sys.modules["dsgd"] = package


def main(part: str, arguments: list[str]) -> int:
    """@return exit code of the part"""
    sys.dont_write_bytecode = True  # nothing is left beside an installed script
    sys.path[:] = [path for path in sys.path if os.path.realpath(path) != HERE]  # its files are no modules of that name
    stand_in()
    return cast(int, importlib.import_module(f"dsgd.{part}").main(arguments))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
