"""Engines `cuda` and `cuda-materialized` on the emulated GPU: all that engine `reference` says, in the same digits.

    sweeps_test.py DSGD_EMULATED [ARGUMENTS OF UNITTEST]

FEW_LAWS=1 in the environment leaves what a translation for sweeps.FEW_LAWS can run."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor

from sweeps import FEW_LAWS, LAWS, STEPS, TIMES, commands

PROGRAM = pathlib.Path(sys.argv.pop(1)).resolve()


def setting(number: int) -> dict[str, str]:
    """Each sweep has another order of threads and blocks. Half of them have streams that wait for as long as they may, a third so
    little memory that stored delays go in several tiles, and a third so few blocks that threads take several turns."""
    return {
        "EMULATED_GPU_ORDER": str(number),
        "EMULATED_GPU_DEFER": str(number % 2),
        "EMULATED_GPU_MEMORY": str((1024, 32, 1024)[number % 3] << 20),
        "EMULATED_GPU_MULTIPROCESSORS": str((4, 4, 1)[number % 3]),
    }


def answer(text: str) -> dict:
    """A document without what may differ between equal runs, its numbers as they are written."""
    document = json.loads(text, parse_float=str, parse_int=str)
    del document["provenance"]
    return document


class Sweeps(unittest.TestCase):
    def run_one(self, folder: str, engine: str, words: str, **environment: str) -> subprocess.CompletedProcess:
        command = [PROGRAM, *words.split(), "--engine", engine, "--format", "json"]
        environment = os.environ | environment
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=600)

    def test_have_the_bytes_of_the_reference(self):
        everything = commands(FEW_LAWS if os.environ.get("FEW_LAWS") == "1" else LAWS)
        with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
            pathlib.Path(folder, "times.csv").write_text(TIMES)
            pathlib.Path(folder, "steps.csv").write_text(STEPS)
            settings = [setting(i) for i in range(len(everything))]
            got = pool.map(lambda s, e: self.run_one(folder, *s, **e), everything, settings)
            expected = pool.map(lambda s: self.run_one(folder, "reference", s[1]), everything)
            for one, emulated, reference in zip(everything, got, expected, strict=True):
                with self.subTest(one):
                    self.assertEqual(emulated.stderr, reference.stderr)
                    self.assertEqual((emulated.returncode, reference.returncode), (0, 0))
                    self.assertGreater(len(answer(reference.stdout)["points"]), 0)
                    self.assertEqual(answer(emulated.stdout), answer(reference.stdout))


if __name__ == "__main__":
    unittest.main()
