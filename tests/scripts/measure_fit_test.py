"""scripts/measure fit: it passes, and it notices fits that take too long.

Usage: measure_fit_test.py PROGRAM"""

import os
import subprocess
import sys
import unittest
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else ""


def measure(*arguments):
    command = [sys.executable, SCRIPTS / "measure", "fit", "--program", PROGRAM, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=250, check=False)


class MeasureFit(unittest.TestCase):
    def test_all_laws_are_fitted(self):
        """With time to spare, as tests run beside others."""
        result = measure("--values", "5000", "--repeat", "1", "--seconds", "10")
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertIn("5000 values, 15 laws", result.stdout)

    def test_slow_fits_are_noticed(self):
        result = measure("--values", "5000", "--repeat", "1", "--seconds", "0.001")
        self.assertEqual(result.returncode, 1, result.stdout + result.stderr)


if __name__ == "__main__":
    unittest.main()
