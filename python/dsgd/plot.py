#!/usr/bin/env python3
"""Draws the results of `dsgd sweep` (runtime, throughput, distributions), of `dsgd bench` and of `dsgd fit`.

Needs Python 3.9 and matplotlib. Equal results give equal bytes (with the same matplotlib).
"""

import os
import sys

sys.dont_write_bytecode = True  # nothing is left beside an installed script
sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))  # also under python3 -I

from dsgd_plot.command import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
