"""Engines `cuda` and `cuda-materialized` on the emulated GPU: the bytes of engine `reference`.

    sweeps_test.py DSGD_EMULATED [ARGUMENTS OF UNITTEST]

FEW_LAWS=1 in the environment leaves what a translation for sweeps.FEW_LAWS can run."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor

from sweeps import FEW_LAWS, LAWS, TIMES, sweeps

PROGRAM = pathlib.Path(sys.argv.pop(1)).resolve()


def setting(number: int) -> dict[str, str]:
    """Each sweep has another order of threads and blocks. Half of them have streams that wait for as long as they may, a third so
    little memory that iterations go in chunks, and a third so few blocks that threads take several turns."""
    return {
        "EMULATED_GPU_ORDER": str(number),
        "EMULATED_GPU_DEFER": str(number % 2),
        "EMULATED_GPU_MEMORY": str((1024, 32, 1024)[number % 3] << 20),
        "EMULATED_GPU_MULTIPROCESSORS": str((4, 4, 1)[number % 3]),
    }


class Sweeps(unittest.TestCase):
    def run_sweep(self, folder: str, engine: str, sweep: str, **environment: str) -> subprocess.CompletedProcess:
        command = [PROGRAM, "sweep", "--engine", engine, "--format", "csv", *sweep.split()]
        environment = os.environ | environment
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=600)

    def test_have_the_bytes_of_the_reference(self):
        all_sweeps = sweeps(FEW_LAWS if os.environ.get("FEW_LAWS") == "1" else LAWS)
        with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
            pathlib.Path(folder, "times.csv").write_text(TIMES)
            settings = [setting(i) for i in range(len(all_sweeps))]
            got = pool.map(lambda s, e: self.run_sweep(folder, *s, **e), all_sweeps, settings)
            expected = pool.map(lambda s: self.run_sweep(folder, "reference", s[1]), all_sweeps)
            for sweep, emulated, reference in zip(all_sweeps, got, expected, strict=True):
                with self.subTest(sweep):
                    self.assertEqual(emulated.stderr, reference.stderr)
                    self.assertEqual((emulated.returncode, reference.returncode), (0, 0))
                    self.assertGreater(reference.stdout.count("\n"), 1)
                    self.assertEqual(emulated.stdout, reference.stdout)


if __name__ == "__main__":
    unittest.main()
