"""Sweeps shared by the ranks of mpirun. Usage: ranks_test.py PROGRAM. Exits 77 where there is no MPI."""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from launching import PROGRAM, lines_of_dsgd, mpirun, skip_without_mpi

SWEEP = ["sweep", "-m", "1:60:7,1000", "-n", "20000", "--strategy", "sync,fastest,k-sync:k=50%", "--quantiles", "0.5"]


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

    def test_a_store_alone_is_refused_with_the_options_to_type(self):
        store = str(self.folder / "s.db")
        self.assertEqual(mpirun(2, "sweep", "-m", "2:3", "-n", "50", "--store", store).returncode, 0)
        result = mpirun(2, "sweep", "--store", store)
        self.assertEqual(result.returncode, 2, result.stderr)
        (line,) = lines_of_dsgd(result.stderr)
        options = line.partition("): add these: ")[2].split()
        self.assertEqual(options[:4], ["-m", "2,3", "-n", "50"])
        self.assertEqual(mpirun(2, "sweep", "--store", store, *options).returncode, 0)

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

    def test_a_process_alone_loads_no_mpi(self):
        environment = {**os.environ, "LD_DEBUG": "libs"}
        result = subprocess.run([PROGRAM, "sweep"], capture_output=True, text=True, check=True, env=environment)
        self.assertNotIn("libmpi", result.stderr)
        self.assertIn("libc.so", result.stderr)


if __name__ == "__main__":
    skip_without_mpi()
    unittest.main()
