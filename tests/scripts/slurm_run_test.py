"""The batch scripts for Slurm over real sweeps: stand-ins for sbatch, srun and scontrol start the program, end it by the time limit, and
start it again where the script asks for that.

Usage: slurm_run_test.py PROGRAM. The job of ranks is left out where there is no MPI."""

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

SCRIPTS = pathlib.Path(__file__).resolve().parents[2] / "scripts/slurm"
PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else ""
SWEEP = "-m 100,1000 -n 1e7 --law exponential:rate=1"  # seconds, on one core

SCONTROL = '#!/bin/sh\n[ "$1" = requeue ] && echo "$2" >>"$REQUEUED"\n'
SRUN = """#!/bin/bash
while [[ $1 == --* ]]; do shift; done
echo $$ >"$STEP"
exec mpirun --allow-run-as-root --oversubscribe --quiet -n 2 "$@"
"""


def canonical(path):
    document = json.loads(path.read_text())
    del document["provenance"]
    return json.dumps(document)


class Cluster:
    """One node, one job at a time. Each job gets its first signal soon, and twice the time whenever it is queued again."""

    def __init__(self, folder):
        self.folder = folder
        for name, text in (("scontrol", SCONTROL), ("srun", SRUN)):
            (folder / name).write_text(text)
            (folder / name).chmod(0o755)
        self.requeued = folder / "requeued"
        self.requeued.touch()
        self.step = folder / "step"
        self.environment = {
            **os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "DSGD": PROGRAM, "SWEEP": SWEEP, "STORES": str(folder / "stores"),
            "STORE": str(folder / "m.db"), "REQUEUED": str(self.requeued), "STEP": str(self.step), "SLURM_CPUS_PER_TASK": "1",
        }

    def process(self):
        """The process of the program that this cluster runs now, once it listens to SIGUSR1."""
        for process in pathlib.Path("/proc").iterdir():
            try:
                mine = f"REQUEUED={self.requeued}" in (process / "environ").read_text().split("\0")
                if not mine or os.readlink(process / "exe") != PROGRAM:
                    continue
                caught = next(line.split()[1] for line in (process / "status").read_text().splitlines() if line.startswith("SigCgt"))
                if int(caught, 16) >> (signal.SIGUSR1 - 1) & 1:
                    return process.name
            except (OSError, StopIteration, ValueError):
                continue
        return None

    def submit(self, script, variables):
        """Runs a job, and again as often as it is queued again. The exit code of the last time, and how often that was."""
        limit = 0.2
        for times in range(1, 20):
            before = self.requeued.read_text()
            with subprocess.Popen(["bash", SCRIPTS / script], cwd=self.folder, env={**self.environment, **variables},
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True) as job:
                while job.poll() is None and self.process() is None:
                    time.sleep(0.01)
                try:
                    job.wait(limit)
                except subprocess.TimeoutExpired:  # B: the script itself, else the step
                    os.kill(int(self.step.read_text()) if self.step.exists() else job.pid, signal.SIGUSR1)
                code = job.wait(120)
            if code != 0 or self.requeued.read_text() == before:
                return code, times
            limit *= 2
        raise AssertionError("the job never ends")


class SlurmRuns(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            files = [pathlib.Path(folder) / name for name in ("r.json", "r.csv")]
            subprocess.run([PROGRAM, "sweep", *SWEEP.split(), "-o", files[0], "-o", files[1]], check=True, capture_output=True)
            cls.expected = canonical(files[0]), files[1].read_bytes()

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.cluster = Cluster(self.folder)

    def test_an_array_gives_the_bytes_of_one_process(self):
        starts = []
        stores = self.folder / "stores"
        for task in (4, 2, 3):  # sbatch --array=2-4
            code, times = self.cluster.submit("array.sh", {
                "SLURM_ARRAY_JOB_ID": "7", "SLURM_ARRAY_TASK_COUNT": "3", "SLURM_ARRAY_TASK_MIN": "2", "SLURM_ARRAY_TASK_ID": str(task)})
            self.assertEqual(code, 0)
            starts.append(times)
        self.assertGreater(max(starts), 1, "no job met its limit")
        self.assertEqual(len(self.cluster.requeued.read_text().splitlines()), sum(starts) - 3)
        self.assertEqual((canonical(stores / "results.json"), (stores / "results.csv").read_bytes()), self.expected)

    def test_a_signal_that_comes_when_the_sweep_has_ended_fails_no_job(self):
        program = self.folder / "dsgd"
        program.write_text('#!/bin/sh\n[ "$1" = merge ] && kill -USR1 $PPID\nexit 0\n')
        program.chmod(0o755)
        variables = {"DSGD": str(program), "SLURM_ARRAY_JOB_ID": "7", "SLURM_ARRAY_TASK_COUNT": "1", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_ID": "1"}
        job = subprocess.run(["bash", SCRIPTS / "array.sh"], cwd=self.folder, env={**self.cluster.environment, **variables}, capture_output=True)
        self.assertEqual((job.returncode, job.stderr), (0, b""))

    def test_a_job_of_ranks_gives_the_bytes_of_one_process(self):
        if shutil.which("mpirun") is None or not (pathlib.Path(PROGRAM).parent / "dsgd_mpi.so").exists():
            self.skipTest("no MPI (scripts/install_packages --for test brings one)")
        code, times = self.cluster.submit("mpi.sh", {"SLURM_JOB_ID": "9"})
        self.assertEqual(code, 0)
        self.assertGreater(times, 1, "the job never met its limit")
        self.assertEqual(self.cluster.requeued.read_text().split(), ["9"] * (times - 1))
        self.assertEqual(canonical(self.folder / "m.json"), self.expected[0])


if __name__ == "__main__":
    unittest.main()
