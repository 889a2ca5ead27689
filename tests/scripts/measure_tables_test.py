"""scripts/measure tables: it runs, and notices a reader that reads something else.

Usage: measure_tables_test.py TABLE_SPEED"""

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else ""


def measure(program):
    command = [sys.executable, SCRIPTS / "measure", "tables", "--program", program, "--rows", "1e4", "--rounds", "1"]
    environment = {**os.environ, "DSGD_PYTHON": sys.executable}
    return subprocess.run(command, capture_output=True, text=True, timeout=250, check=False, env=environment)


class MeasureTables(unittest.TestCase):
    def test_every_table_is_measured(self):
        result = measure(PROGRAM)
        self.assertIn(result.returncode, (0, 1, 77), result.stdout + result.stderr)  # as fast as this machine happens to be
        for columns in ("ms", "rank, ms", "rank, step, ms"):
            self.assertIn(f"1e+04 rows of {columns}: pandas / reader", result.stdout)

    def test_another_sum_is_noticed(self):
        with tempfile.TemporaryDirectory() as folder:
            fake = Path(folder) / "table_speed"
            fake.write_text('#!/bin/sh\necho \'{"seconds": 1, "rows": 10000, "sum": 7}\'\n')
            fake.chmod(0o755)
            result = measure(fake)
        self.assertEqual(result.returncode, 1, result.stdout + result.stderr)
        self.assertIn("are not those of pandas", result.stderr)


if __name__ == "__main__":
    unittest.main()
