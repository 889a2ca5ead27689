#!/usr/bin/env python3
"""Draws the results of `dsgd sweep` (runtime, throughput, distributions), of `dsgd bench`, `dsgd fit` and `dsgd race`.

Needs Python 3.9 and matplotlib. Equal results give equal bytes (with the same matplotlib).
"""

import os
import runpy
import sys

if __name__ == "__main__":
    sys.argv.insert(1, "drawing.command")
    runpy.run_path(os.path.join(os.path.dirname(os.path.realpath(__file__)), "alone.py"), run_name="__main__")
