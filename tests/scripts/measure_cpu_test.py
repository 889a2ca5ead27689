"""scripts/measure cpu, with a fake of dsgd and of the probe."""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import sys
import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace
from typing import Callable
from unittest import mock

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
sys.path.insert(0, str(SCRIPTS))

from measuring import cpu, machine  # noqa: E402
from measuring.program import Broken  # noqa: E402

# A draw takes 10^-15 s, those of a strategy as much longer as $0.json says; and each run as long as "start".
DSGD = f"""#!{sys.executable} -S
import json, os, pathlib, sys
costs = json.loads(pathlib.Path(sys.argv[0] + ".json").read_text())
words = sys.argv[2:]
options = dict(zip(words[::2], words[1::2]))
assert options["--engine"] == "cpu"
if sys.argv[1] == "bench":
    if os.environ["DSGD_ISA"] == costs.get("lacks"):
        sys.exit(print("dsgd: DSGD_ISA=... is not available here", file=sys.stderr) or 4)
    if costs.get("status"):
        sys.exit(costs["status"])
    rows = [dict(workers=int(m), cycles_per_draw=costs.get(os.environ["DSGD_ISA"], 0.9)) for m in options["-m"].split(",")]
    sys.exit(print(json.dumps(dict(measurements=rows))))
assert sys.argv[1] == "sweep"
strategy = options.get("--strategy", "both").split(":")[0]
workers = int(options.get("-m", "210").split(":")[-1])
steps = 8 if strategy == "local-sgd" else 1
cost = costs.get(strategy, 1) * costs.get(options.get("--draws"), 1) / int(options["--threads"]) ** costs["power"]
draws = (1 if "--sampling" in options or strategy == "async" else workers) * steps * float(options.get("-n", 5000))
if costs.get("status"):
    sys.exit(print("dsgd: this is broken", file=sys.stderr) or costs["status"])
print(json.dumps(dict(provenance=dict(seconds=costs["start"] + 1e-15 * cost * draws, version="1.2", commit="abc"))))
"""


def wait(process: int, options: int, wait4: Callable = os.wait4) -> tuple[int, int, object]:
    """As os.wait4, but the fake's own processor time, which is more than it says it took, counts for nothing."""
    process, status, usage = wait4(process, options)
    return process, status, SimpleNamespace(ru_utime=1e9, ru_stime=0, ru_maxrss=usage.ru_maxrss)


class MeasureCpu(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.program = Path(folder.name) / "dsgd"
        self.program.write_text(DSGD)
        self.program.chmod(0o755)
        self.output = Path(folder.name) / "cpu.json"

    def measure(self, *arguments: str, share: float = 1.0, **costs: float | str) -> int:
        """Exit status; what was printed is in self.printed."""
        self.program.with_name("dsgd.json").write_text(json.dumps({"start": 0, "power": 1, **costs}))
        parser = argparse.ArgumentParser()
        cpu.add_options(parser)
        parser.set_defaults(program=self.program, fail=parser.error)
        options = parser.parse_args(["--rounds", "1", "--output", str(self.output), *arguments])
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), mock.patch("os.wait4", wait):
            with mock.patch.object(machine, "free_share", lambda cores: share):
                status = cpu.run(options)
        self.printed = printed.getvalue()
        return status

    def verdicts(self) -> dict[str, str]:
        return {row["name"]: row["verdict"] for row in json.loads(self.output.read_text())["figures"]}

    def test_everything_met(self) -> None:
        names = "cycles,order-statistics,strategies,clocks,common-draws,two-threads,linearity,memory"
        self.assertEqual(self.measure("--only", names), 0, self.printed)
        document = json.loads(self.output.read_text())
        self.assertEqual(document["schema"], "dsgd.cpu-figures/1")
        self.assertEqual(document["machine"]["commit"], "abc")
        self.assertEqual(set(self.verdicts().values()), {"met"})
        self.assertIn("two threads, times one: 2 x (wanted: at least 1.9 x)", self.printed)

    def test_a_figure_that_is_missed(self) -> None:
        self.assertEqual(self.measure("--only", "strategies", **{"k-sync": 2.6}), 1)
        missed = [name for name, verdict in self.verdicts().items() if verdict == "MISSED"]
        self.assertEqual(len(missed), 5)  # at most 2.5 times sync; 3 times are wanted of the sixth
        self.assertIn("MISSED  k-sync / sync per draw, m = 20, k = 2: 2.6 x (wanted: at most 2.5 x)", self.printed)

    def test_each_kind_of_figure_can_be_missed(self) -> None:
        for name, costs in {
            "order-statistics": {"both": 1e8},
            "clocks": {"async": 1e8},
            "strategies": {"local-sgd": 3.1},
            "common-draws": {"common": 3.1},
            "two-threads": {"power": 0.5},
            "cycles": {"avx2": 1.6},
            "linearity": {"start": 1e-9},  # as much as a million draws take
        }.items():
            with self.subTest(name):
                self.assertEqual(self.measure("--only", name, **costs), 1, self.printed)

    def test_instructions_that_are_not_there_are_left_out(self) -> None:
        self.assertEqual(self.measure("--only", "cycles", lacks="avx512"), 0, self.printed)
        self.assertEqual(len(self.verdicts()), 3)
        self.assertIn("skipped cycles, avx512", self.printed)
        with self.assertRaises(Broken):  # another reason for the same exit status is no lack
            self.measure("--only", "cycles", status=4)

    def test_two_ranks_where_there_is_mpi(self) -> None:
        self.assertEqual(self.measure("--only", "two-ranks"), 77)
        self.assertIn("skipped two-ranks", self.printed)
        mpirun = self.program.with_name("mpirun")
        mpirun.write_text('#!/bin/bash\nshift 5 && exec "$@"\n')  # two ranks take as long as one
        mpirun.chmod(0o755)
        self.program.with_name("dsgd_mpi.so").touch()
        with mock.patch.dict(os.environ, PATH=f"{mpirun.parent}:{os.environ['PATH']}"):
            self.assertEqual(self.measure("--only", "two-ranks"), 1)
        self.assertIn("MISSED  two ranks, times one: 1 x (wanted: at least 1.85 x)", self.printed)

    def test_a_busy_machine_is_said(self) -> None:
        self.assertEqual(self.measure("--only", "common-draws", share=0.5, common=3.1), 77)
        self.assertIn("busy", self.printed)
        self.assertIn("a probe got 50% of its core", self.printed)
        self.assertEqual(self.measure("--only", "common-draws", share=0.5), 0)  # met all the same

    def test_what_dsgd_says_goes_on(self) -> None:
        with self.assertRaisesRegex(Broken, "this is broken") as caught:
            self.measure("--only", "common-draws", status=4)
        self.assertEqual(caught.exception.status, 4)

    def test_unknown_names_are_refused(self) -> None:
        with self.assertRaises(SystemExit), contextlib.redirect_stderr(io.StringIO()):
            self.measure("--only", "speed")


class Probe(unittest.TestCase):
    def test_gets_a_share_of_a_core(self) -> None:
        self.assertTrue(0 < machine.free_share(1) <= 1.01)


if __name__ == "__main__":
    unittest.main()
