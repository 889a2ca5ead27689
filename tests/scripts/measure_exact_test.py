"""scripts/measure exact: it measures every law, and it notices values that take too long.

Usage: measure_exact_test.py PROGRAM"""

import os
import subprocess
import sys
import unittest
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else ""


def measure(*arguments):
    command = [sys.executable, SCRIPTS / "measure", "exact", "--program", PROGRAM, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=250, check=False)


class MeasureExact(unittest.TestCase):
    def test_all_laws_are_measured(self):
        """A tenth of the speed is asked for, as tests run beside others and builds for tests are slower."""
        result = measure("--exponential", "1000", "--others", "10")
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertGreater(result.stdout.count("points per second"), 10)
        self.assertRegex(result.stdout, r"exponential .*\(10000 points, 10000 means\)")

    def test_slow_values_are_noticed(self):
        self.assertEqual(measure("--exponential", "1e12").returncode, 1)


if __name__ == "__main__":
    unittest.main()
