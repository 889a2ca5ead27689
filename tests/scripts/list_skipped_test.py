"""scripts/list_skipped: reports as CTest writes them."""

from __future__ import annotations

import subprocess
import tempfile
import unittest
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "scripts/list_skipped"


def case(name: str, output: str, skipped: bool = True) -> str:
    mark = '<skipped message="SKIP_RETURN_CODE=77"/>' if skipped else ""
    return f'<testcase name="{name}" status="notrun">{mark}<system-out>{output}</system-out></testcase>'


def listed(*cases: str) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        report.write_text(f'<?xml version="1.0"?><testsuite name="x">{"".join(cases)}</testsuite>')
        result = subprocess.run([SCRIPT, report], capture_output=True, text=True, check=True)
    return result.stderr.splitlines()


class ListSkipped(unittest.TestCase):
    def test_one_line_a_reason(self) -> None:
        google = "[ RUN      ] Cuda.{0}\ncuda_test.cpp:31: Skipped\nno GPU (it has no driver)\n\n[  SKIPPED ] Cuda.{0} (1 ms)"
        names = [f"Cuda.{i}" for i in range(4)]
        lines = listed(
            *(case(name, google.format(name[5:])) for name in names),
            case("ranks", "SKIPPED: no MPI"),
            case("passes", "no word of it", skipped=False),
        )
        self.assertEqual(
            lines,
            [
                "scripts/test: skipped 4: no GPU (it has no driver) (Cuda.0, Cuda.1, Cuda.2, ...)",
                "scripts/test: skipped 1: SKIPPED: no MPI (ranks)",
            ],
        )

    def test_a_test_that_says_nothing(self) -> None:
        self.assertEqual(listed(case("mute", "")), ["scripts/test: skipped 1: it gave no reason (mute)"])

    def test_nothing_was_skipped(self) -> None:
        self.assertEqual(listed(case("passes", "", skipped=False)), [])


if __name__ == "__main__":
    unittest.main()
