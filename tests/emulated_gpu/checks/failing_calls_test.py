"""Calls of CUDA's runtime fail in turn, of each function the first ones and the last, once and for ever: the right bytes, or one
line and the right status.

    failing_calls_test.py DSGD_EMULATED [ARGUMENTS OF UNITTEST]"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

from sweeps import EMPIRICAL, TIMES

PROGRAM = pathlib.Path(sys.argv.pop(1)).resolve()
COMMANDS = (
    ("cuda", "sweep -m 3,20 -n 300 --strategy sync,k-sync:k=2"),
    ("cuda", f"sweep -m 5 -n 200 --strategy k-batch-async:k=2,local-sgd:steps=2:communication=0 --law {EMPIRICAL}"),
    ("cuda-materialized", "sweep -m 3,20 -n 300"),
    ("cuda", "race -m 3 -n 50 --times 1,5 --target 0.1 --strategy sync,async"),
)
CODES = {"out of memory": 2, "launch failure": 719}
# What asks whether there is a device: where it fails, the engine is not available, which is another status.
INVENTORY = ("cudaGetDeviceCount", "cudaGetDeviceProperties", "cudaDriverGetVersion", "cudaRuntimeGetVersion")
MOST_CALLS = 4  # of one function that fail in turn: its first ones and its last


class FailingCalls(unittest.TestCase):
    def answer(self, engine: str, words: str, **environment: str) -> subprocess.CompletedProcess:
        command = [PROGRAM, *words.split(), "--engine", engine, "--format", "csv"]
        environment = os.environ | environment
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "times.csv").write_text(TIMES)
            return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=300)

    def counts(self, engine: str, words: str) -> dict[str, int]:
        with tempfile.TemporaryDirectory() as folder:
            calls = pathlib.Path(folder, "calls")
            self.answer(engine, words, EMULATED_GPU_CALLS=str(calls))
            return {name: int(count) for name, count in map(str.split, calls.read_text().splitlines()) if name != "any"}

    def check(self, engine: str, words: str, name: str, number: int, code: int, once: bool, expected: str) -> str | None:
        """What became of the command; None where it was wrong."""
        plan = f"{name}:{number}:{code}{':once' if once else ''}"
        done = self.answer(engine, words, EMULATED_GPU_FAIL=plan)
        with self.subTest(engine=engine, words=words, plan=plan):
            if done.returncode == 0:
                self.assertEqual(done.stdout, expected)
                return "right"
            others = (4,) if name in INVENTORY else ()
            self.assertIn(done.returncode, (5, *others), done.stderr)
            self.assertEqual(done.stdout, "")
            self.assertRegex(done.stderr, re.compile(r"\A(?:[^\n]*\n)*dsgd: [^\n]+\n\Z"))
            self.assertLessEqual(done.stderr.count("\n"), 2)  # one more where an engine or a device goes on without it
            return "refused"
        return None

    def test_give_the_right_bytes_or_one_line(self):
        for engine, words in COMMANDS:
            expected = self.answer("reference", words).stdout
            seen = {"right": 0, "refused": 0}
            for name, count in self.counts(engine, words).items():
                for number in sorted({*range(1, min(count, MOST_CALLS) + 1), count}):
                    for code in CODES.values():
                        for once in (False, True):
                            if outcome := self.check(engine, words, name, number, code, once, expected):
                                seen[outcome] += 1
            print(engine, words, seen)
            self.assertGreater(seen["refused"], 0)

    def test_refused_memory_changes_no_bit(self):
        for engine, words in COMMANDS:
            expected = self.answer("reference", words).stdout
            for megabytes in (0, 1, 4, 16, 64):
                done = self.answer(engine, words, EMULATED_GPU_MEMORY=str(megabytes << 20))
                with self.subTest(engine=engine, words=words, megabytes=megabytes):
                    self.assertEqual((done.returncode, done.stdout), (5, "") if done.returncode else (0, expected), done.stderr)
                    self.assertTrue(megabytes != 0 or done.returncode == 5, "no memory is not enough")
                    self.assertTrue(megabytes != 64 or done.returncode == 0, done.stderr)

    def test_several_devices_share_a_sweep_and_do_without_one(self):
        _, words = COMMANDS[0]
        expected = self.answer("reference", words).stdout
        for failure in ("", "cudaLaunchKernel:2:719:once", "cudaStreamCreateWithFlags:1:46:once"):
            done = self.answer("cuda", words, EMULATED_GPU_DEVICES="3", EMULATED_GPU_FAIL=failure)
            with self.subTest(failure=failure):
                self.assertEqual((done.returncode, done.stdout), (0, expected), done.stderr)


if __name__ == "__main__":
    unittest.main()
