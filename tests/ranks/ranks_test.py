"""Sweeps shared by the ranks of mpirun. Usage: ranks_test.py PROGRAM. Exits 77 where there is no MPI."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM = ""
SWEEP = ["sweep", "-m", "1:60:7,1000", "-n", "20000", "--strategy", "sync,fastest,k-sync:k=50%", "--quantiles", "0.5"]


def mpirun(ranks, *arguments, program=None, **options):
    command = ["mpirun", "--allow-run-as-root", "--oversubscribe", "--quiet", "-n", str(ranks), program or PROGRAM, *arguments]
    return subprocess.run(command, check=False, **{"capture_output": True, "text": True, "timeout": 120, **options})


def lines_of_dsgd(text):
    """mpirun has words of its own for launches that fail."""
    return [line for line in text.splitlines() if line.startswith("dsgd: ")]


class Ranks(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def test_any_number_of_ranks_gives_the_same_bytes(self):
        alone = subprocess.run([PROGRAM, *SWEEP, "-o", "-", "--format", "csv"], capture_output=True, text=True, check=True)
        for ranks in (1, 2, 3):
            target = self.folder / "r.json"
            result = mpirun(ranks, *SWEEP, "-o", "-", "--format", "csv", "-o", str(target))
            # --format overrides the extension: both are CSV
            self.assertEqual((result.returncode, result.stderr), (0, ""))
            self.assertEqual(result.stdout, alone.stdout, f"{ranks} ranks")
            self.assertEqual(target.read_text(), alone.stdout)

    def test_all_ranks_take_part(self):
        target = self.folder / "r.json"
        self.assertEqual(mpirun(3, *SWEEP, "-o", str(target)).returncode, 0)
        self.assertTrue(json.loads(target.read_text())["provenance"]["device"].startswith("3 ranks"))

    def test_only_rank_0_speaks(self):
        result = mpirun(3, "sweep", "-m", "0")
        self.assertEqual(result.returncode, 2)
        self.assertEqual(len(lines_of_dsgd(result.stderr)), 1, result.stderr)
        self.assertIn("--workers", result.stderr)
        result = mpirun(3, "sweep", "-m", "1:3", "--strategy", "k-sync:k=2", "-n", "10")  # one point is left out
        self.assertEqual(result.returncode, 0)
        self.assertEqual(len(lines_of_dsgd(result.stderr)), 1, result.stderr)

    def test_other_commands_run_once(self):
        result = mpirun(3, "draw", "-m", "2")
        self.assertEqual(result.returncode, 0)
        self.assertEqual(result.stdout.count("worker"), 1, result.stdout)

    def test_a_rank_with_other_files_is_refused(self):
        """Each rank reads a file of its own, as if the machines had different ones."""
        for rank in range(2):
            (self.folder / f"{rank}").mkdir()
            (self.folder / f"{rank}" / "t.csv").write_text(f"1\n2\n{3 + rank}\n")
        script = self.folder / "dsgd"
        script.write_text(f'#!/bin/sh\ncd "{self.folder}/$OMPI_COMM_WORLD_RANK" && exec "{PROGRAM}" "$@"\n')
        script.chmod(0o755)
        result = mpirun(2, "sweep", "-m", "1000", "-n", "1e7", "--law", "empirical:file=t.csv", program=str(script))
        self.assertEqual(result.returncode, 2, result.stderr)
        self.assertIn("rank 1 has another sweep", result.stderr)

    def test_a_rank_that_fails_ends_the_launch(self):
        script = self.folder / "dsgd"
        script.write_text(f'#!/bin/sh\n[ "$OMPI_COMM_WORLD_RANK" = 0 ] || export DSGD_ISA=sse9\nexec "{PROGRAM}" "$@"\n')
        script.chmod(0o755)
        result = mpirun(2, "sweep", "-m", "1000", "-n", "1e8", "--engine", "cpu", program=str(script))
        self.assertEqual(result.returncode, 2, result.stderr)
        self.assertEqual(len(lines_of_dsgd(result.stderr)), 1, result.stderr)
        self.assertIn("rank 1: ", result.stderr)

    def test_a_rank_that_is_killed_ends_the_launch(self):
        command = ["mpirun", "--allow-run-as-root", "--oversubscribe", "-n", "2", PROGRAM, "sweep", "-m", "1000", "-n", "1e12"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as launch:
            victim = None
            deadline = time.monotonic() + 60
            while victim is None and time.monotonic() < deadline:
                victim = next(iter(self.children_of(launch.pid, "OMPI_COMM_WORLD_RANK=1")), None)
                time.sleep(0.1)
            time.sleep(1)
            os.kill(victim, signal.SIGKILL)
            error = launch.communicate(timeout=60)[1]
            self.assertNotEqual(launch.returncode, 0, error)

    def test_a_process_alone_loads_no_mpi(self):
        environment = {**os.environ, "LD_DEBUG": "libs"}
        result = subprocess.run([PROGRAM, "sweep"], capture_output=True, text=True, check=True, env=environment)
        self.assertNotIn("libmpi", result.stderr)
        self.assertIn("libc.so", result.stderr)

    @staticmethod
    def children_of(parent, variable):
        found = []
        for process in pathlib.Path("/proc").iterdir():
            try:
                status = (process / "stat").read_text().rsplit(")", 1)[1].split()
                if int(status[1]) == parent and variable in (process / "environ").read_text().split("\0"):
                    found.append(int(process.name))
            except (OSError, ValueError, IndexError):
                continue
        return found


if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    if shutil.which("mpirun") is None or not (pathlib.Path(PROGRAM).parent / "dsgd_mpi.so").exists():
        print("SKIPPED: no MPI (scripts/install_packages --for check brings one)")
        sys.exit(77)
    unittest.main()
