#!/usr/bin/env python3
"""Draws the results of `dsgd sweep` (runtime, throughput, distributions), of `dsgd exact`, of `dsgd bench`, `dsgd fit` and `dsgd race`.

Needs Python 3.9 and matplotlib. Equal results give equal bytes (with the same matplotlib).
"""

import importlib.util
import os
import runpy
import subprocess
import sys


def another_python() -> "str | None":
    """One that has matplotlib where this one has not, so that a figure does not depend on which python3 comes first."""
    for python in (os.environ.get("DSGD_PYTHON"), "/usr/bin/python3"):
        if python and os.access(python, os.X_OK) and subprocess.run([python, "-c", "import matplotlib"], capture_output=True).returncode == 0:
            return python
    return None


if __name__ == "__main__":
    # The program asks by --check whether this very Python will do.
    if importlib.util.find_spec("matplotlib") is None and "--check" not in sys.argv:
        python = another_python()
        if python is not None:
            os.execv(python, [python, *sys.argv])
    sys.argv.insert(1, "drawing.command")
    runpy.run_path(os.path.join(os.path.dirname(os.path.realpath(__file__)), "alone.py"), run_name="__main__")
