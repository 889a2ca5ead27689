"""Every fault of scripts/mutate still is one: its text occurs once, its tests exist, and there are enough."""

import pathlib
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from mutation.device_faults import DEVICE_FAULTS, DEVICE_SURVIVORS  # noqa: E402
from mutation.faults import FAULTS, SURVIVORS  # noqa: E402


class Table(unittest.TestCase):
    def test_every_text_occurs_once(self):
        for group in ([], ["--device"]):
            command = [sys.executable, ROOT / "scripts/mutate", "--check", *group]
            result = subprocess.run(command, capture_output=True, text=True, check=False)
            self.assertEqual(result.returncode, 0, result.stdout)

    def test_there_are_enough_and_few_may_survive(self):
        self.assertGreaterEqual(len(FAULTS), 40)
        self.assertLessEqual(len(SURVIVORS), 0.05 * len(FAULTS))
        self.assertGreaterEqual(len(DEVICE_FAULTS), 40)
        self.assertLessEqual(len(DEVICE_SURVIVORS), 0.05 * len(DEVICE_FAULTS))

    def test_a_replacement_changes_something(self):
        for fault in (*FAULTS, *DEVICE_FAULTS):
            self.assertNotEqual(fault.text, fault.replacement, fault.what)


if __name__ == "__main__":
    unittest.main()
