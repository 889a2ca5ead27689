"""Launches with a store that are stopped, or lose a rank: the next one gives the bytes of the undisturbed sweep.

Usage: stop_test.py PROGRAM. Exits 77 where there is no MPI."""

import json
import os
import pathlib
import signal
import subprocess
import tempfile
import time
import unittest

from launching import PROGRAM, command, lines_of_dsgd, mpirun, process_of, skip_without_mpi

SWEEP = ["sweep", "-m", "100,1000", "-n", "1.2e6", "--strategy", "sync,k-sync:k=50%", "--threads", "1"]  # seconds, on one core
STOPPED = 75


def canonical(path):
    document = json.loads(path.read_text())
    del document["provenance"]
    return json.dumps(document)


class Stopped(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            result = pathlib.Path(folder) / "r.json"
            subprocess.run([PROGRAM, *SWEEP, "-o", result], check=True, capture_output=True)
            cls.expected = canonical(result)

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.store, self.result = (pathlib.Path(folder.name) / name for name in ("s.db", "r.json"))
        self.arguments = [*SWEEP, "--store", self.store, "-o", self.result]

    def interrupted(self, number, receiver):
        """Exit code and lines of a launch that gets a signal once it has begun; receiver: a rank, or None for mpirun. One that does
        not stop fails here."""
        with subprocess.Popen(command(2, *self.arguments), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as launch:
            process = launch.pid if receiver is None else process_of(launch.pid, receiver)
            while not self.store.exists():
                self.assertIsNone(launch.poll(), "the launch ended by itself")
                time.sleep(0.01)
            time.sleep(0.2)
            os.kill(process, number)
            error = launch.communicate(timeout=100)[1]
            return launch.returncode, lines_of_dsgd(error)

    def goes_on(self, ranks=2):
        """The same command, by any number of ranks, until it is done."""
        done = mpirun(ranks, *self.arguments)
        self.assertEqual((done.returncode, lines_of_dsgd(done.stderr)), (0, []), done.stderr)
        self.assertEqual(canonical(self.result), self.expected)

    def test_a_signal_to_rank_0_stops_the_launch(self):
        for number in (signal.SIGTERM, signal.SIGUSR1):
            code, lines = self.interrupted(number, receiver=0)
            self.assertEqual((code, len(lines)), (STOPPED, 1), lines)
            self.assertIn(signal.Signals(number).name, lines[0])
            self.assertFalse(json.loads(self.result.read_text())["run"]["complete"])
            self.goes_on()
            self.store.unlink()
            self.result.unlink()  # a stopped run would leave what is complete

    def test_what_mpirun_hands_on_stops_the_launch(self):
        code, lines = self.interrupted(signal.SIGUSR1, receiver=None)
        self.assertEqual((code, len(lines)), (STOPPED, 1), lines)
        self.goes_on(ranks=3)

    def test_mpirun_that_is_told_to_end_leaves_a_store_that_goes_on(self):
        for number in (signal.SIGINT, signal.SIGTERM):  # then mpirun leaves the ranks a second
            code, _ = self.interrupted(number, receiver=None)
            self.assertNotEqual(code, 0)
            self.goes_on()
            self.store.unlink()

    def test_max_time_stops_the_launch_and_the_same_command_goes_on(self):
        stops = 0
        # No machine is done within the first of them, however fast it is.
        for limit in (["--max-time", "0.001s"], ["--max-time", "0.2s"], ["--max-time", "0.6s"], []):
            run = mpirun(2, *self.arguments, *limit)
            if run.returncode == 0:
                break
            self.assertEqual((run.returncode, len(lines_of_dsgd(run.stderr))), (STOPPED, 1), run.stderr)
            stops += 1
        self.assertGreater(stops, 0, "it was never stopped")
        self.assertEqual(canonical(self.result), self.expected)

    def test_a_rank_that_is_killed_ends_the_launch_and_loses_nothing(self):
        for rank in (1, 0):
            code, _ = self.interrupted(signal.SIGKILL, receiver=rank)
            self.assertNotEqual(code, 0)
            self.assertFalse(self.result.exists(), "no result of a launch that lost a rank")
            self.goes_on(ranks=1 + rank)
            self.store.unlink()
            self.result.unlink()

    def test_a_rank_whose_memory_runs_out_ends_the_launch_and_loses_nothing(self):
        failing_new = pathlib.Path(PROGRAM).parent / "tests/cli/libfailing_new.so"
        if not failing_new.exists():
            self.skipTest("there is no operator new that fails (a sanitizer has its own)")
        script = self.store.parent / "dsgd"
        script.write_text(f'#!/bin/sh\n[ "$OMPI_COMM_WORLD_RANK" != "$RANK" ] || export LD_PRELOAD="{failing_new}"\nexec "{PROGRAM}" "$@"\n')
        script.chmod(0o755)
        for rank in (1, 0):
            for failing in ("600", "2600", "2000+", "3000+"):  # from then on there may be none for the last words
                run = mpirun(2, *self.arguments, program=str(script), env={**os.environ, "RANK": str(rank), "FAILING_NEW": failing}, timeout=60)
                self.assertEqual(run.returncode, 1, (rank, failing, run.stderr))
                if self.result.exists():  # mpirun told rank 0 to end, or the ranks were taking leave of each other
                    if json.loads(self.result.read_text())["run"]["complete"]:
                        self.assertEqual(canonical(self.result), self.expected)
                    self.store.unlink()
                    self.result.unlink()
                if rank == 0 or not failing.endswith("+"):
                    self.assertEqual(len(lines_of_dsgd(run.stderr)), 1, (rank, failing, run.stderr))
                    self.assertIn("rank 1: memory ran out" if rank else "dsgd: memory ran out", run.stderr)
        self.goes_on()


if __name__ == "__main__":
    skip_without_mpi()
    unittest.main()
