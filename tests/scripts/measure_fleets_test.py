"""scripts/measure fleets: it runs, with means that are those of NumPy, and notices means that are not.

Usage: measure_fleets_test.py PROGRAM"""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else ""


def measure(program, *arguments):
    command = [sys.executable, SCRIPTS / "measure", "fleets", "--program", program, "--rounds", "1", "--workers", "4", *arguments]
    environment = {**os.environ, "DSGD_PYTHON": sys.executable}
    return subprocess.run(command, capture_output=True, text=True, timeout=250, check=False, env=environment)


class MeasureFleets(unittest.TestCase):
    def test_every_law_is_measured(self):
        result = measure(PROGRAM, "--draws", "2e6")
        self.assertIn(result.returncode, (0, 1, 77), result.stdout + result.stderr)  # as fast as this machine happens to be
        for law in ("exponential", "lognormal", "empirical", "replay"):
            for strategy in ("sync", "k-sync, k = 90 %"):
                self.assertIn(f"{law}, m = 4, {strategy}: NumPy / dsgd", result.stdout)

    def test_another_mean_is_noticed(self):
        with tempfile.TemporaryDirectory() as folder:
            fake = Path(folder) / "dsgd"
            answer = {"provenance": {"seconds": 1}, "points": [{"mean": 7, "standard_error": 0.01}]}
            fake.write_text(f"#!/bin/sh\ncat <<'end'\n{json.dumps(answer)}\nend\n")
            fake.chmod(0o755)
            result = measure(fake, "--only", "exponential", "--draws", "2e6")
        self.assertEqual(result.returncode, 1, result.stdout + result.stderr)
        self.assertIn("is not dsgd's 7", result.stderr)


if __name__ == "__main__":
    unittest.main()
