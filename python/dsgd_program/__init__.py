"""The command `dsgd` of an environment: becomes the program that is installed in this package.

A package of its own, so that the command does not wait for NumPy. The program lies in a package and not in the environment's
folder of programs because the libraries that a wheel brings are found from there.
"""

import os
import sys


def main() -> None:
    """Becomes the program: same process, same arguments, so that signals and exit codes are the program's."""
    os.environ.setdefault("DSGD_PYTHON", sys.executable)  # draws figures, where it has matplotlib
    os.execv(os.path.join(os.path.dirname(os.path.abspath(__file__)), "dsgd"), sys.argv)
