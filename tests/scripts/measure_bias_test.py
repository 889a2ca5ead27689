"""scripts/measure bias over real sweeps: it passes, and it notices a bias that is planted.

Usage: measure_bias_test.py PROGRAM"""

import math
import os
import subprocess
import sys
import unittest
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else ""
sys.path.insert(0, str(SCRIPTS))

from measuring import bias  # noqa: E402


def measure(*arguments):
    command = [sys.executable, SCRIPTS / "measure", "bias", "--program", PROGRAM, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=250, check=False)


class MeasureBias(unittest.TestCase):
    def test_means_are_not_biased(self):
        result = measure("--points", "40", "--iterations", "5000")
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertRegex(result.stdout, r"40 points, [123]\d with a z: 0 beyond")

    def test_planted_bias_is_noticed(self):
        result = measure("--points", "40", "--iterations", "2000", "--plant", "5")
        self.assertEqual(result.returncode, 1, result.stdout + result.stderr)
        self.assertGreater(result.stdout.count(": BIASED"), 5)
        self.assertIn("with another seed and 16 times the iterations: z = +", result.stdout)
        self.assertIn("dsgd sweep -m ", result.stdout)

    def test_how_many_chance_explains(self):
        most = bias.most_by_chance
        self.assertEqual(most(100), 0)
        self.assertEqual(most(5000), 1)  # 0.034 are expected: two come once in 1800 campaigns
        self.assertEqual(most(1_000_000), 16)

    def test_tail_of_student_t(self):
        two_sided, degrees_of_freedom = bias.student_t.two_sided, bias.student_t.degrees_of_freedom
        self.assertAlmostEqual(two_sided(4.5, 1), 2 * math.atan(1 / 4.5) / math.pi, places=12)  # Cauchy's law
        for z, degrees, probability in ((12.706204736, 1, 0.05), (2.228138852, 10, 0.05), (1.959963985, math.inf, 0.05), (4.5869, 10, 0.001)):
            self.assertAlmostEqual(two_sided(z, degrees) / probability, 1, places=4)
        for half_width, degrees in ((2.5706, 5), (2.0423, 30), (2.0003, 60)):
            self.assertAlmostEqual(degrees_of_freedom(half_width, 1.0, 1e-4), degrees, delta=1)


if __name__ == "__main__":
    unittest.main()
