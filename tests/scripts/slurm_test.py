"""The batch scripts for Slurm, with stand-ins for Slurm and the program: what is requeued, when shards are merged."""

import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time
import unittest

SCRIPTS = pathlib.Path(__file__).resolve().parents[2] / "scripts/slurm"

# Ends well at once where the sweep is "quick", by exit code 75 on SIGUSR1 else.
PROGRAM = """#!/bin/bash
echo "dsgd $*" >>"$LOG"
case "$*" in
  merge*) echo merged >"$STORES/results.json" ;;
  *quick*) ;;
  *wrong*) exit 2 ;;
  *) trap 'exit 75' USR1; echo "waiting $$" >>"$LOG"; while :; do sleep 0.05; done ;;
esac
"""
SCONTROL = '#!/bin/bash\necho "scontrol $*" >>"$LOG"\n'
SRUN = '#!/bin/bash\nwhile [[ $1 == --* ]]; do shift; done\nexec "$@"\n'


class Slurm(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        for name, text in (("dsgd", PROGRAM), ("scontrol", SCONTROL), ("srun", SRUN)):
            (self.folder / name).write_text(text)
            (self.folder / name).chmod(0o755)
        self.log = self.folder / "log"
        self.log.touch()

    def start(self, script, sweep, task=1, tasks=1):
        environment = {
            **os.environ, "PATH": f"{self.folder}:{os.environ['PATH']}", "LOG": str(self.log), "SWEEP": sweep,
            "STORES": str(self.folder / "stores"), "SLURM_JOB_ID": "7", "SLURM_ARRAY_JOB_ID": "7",
            "SLURM_ARRAY_TASK_COUNT": str(tasks), "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_ID": str(task),
        }
        return subprocess.Popen(["bash", SCRIPTS / script], cwd=self.folder, env=environment, start_new_session=True)

    def await_line(self, line):
        deadline = time.monotonic() + 120
        while line not in self.log.read_text():
            self.assertLess(time.monotonic(), deadline, self.log.read_text())
            time.sleep(0.02)

    def test_an_array_job_at_its_time_limit_is_requeued(self):
        with self.start("array.sh", "long", task=3, tasks=4) as job:
            self.await_line("waiting")
            job.send_signal(signal.SIGUSR1)
            self.assertEqual(job.wait(30), 0)
        self.assertIn("scontrol requeue 7_3", self.log.read_text())
        self.assertIn("--shard 3/4", self.log.read_text())
        self.assertNotIn("merge", self.log.read_text())

    def test_the_last_shard_merges(self):
        for task in (2, 1, 3):
            self.assertNotIn("merge", self.log.read_text())
            with self.start("array.sh", "quick", task, 3) as job:
                self.assertEqual(job.wait(30), 0)
        self.assertEqual(self.log.read_text().count("dsgd merge"), 1)

    def test_an_mpi_job_at_its_time_limit_is_requeued(self):
        with self.start("mpi.sh", "long") as job:
            self.await_line("waiting")
            rank = int(self.log.read_text().rsplit("waiting ", 1)[1])
            os.kill(rank, signal.SIGUSR1)  # Slurm signals the ranks
            self.assertEqual(job.wait(30), 0)
        self.assertIn("scontrol requeue 7", self.log.read_text())

    def test_mistakes_are_not_requeued(self):
        for script in ("array.sh", "mpi.sh"):
            with self.start(script, "wrong") as job:
                self.assertEqual(job.wait(30), 2)
        self.assertNotIn("scontrol", self.log.read_text())

    def test_examples_hand_on_sweeps_with_commas(self):
        """sbatch cuts --export at a comma, and another sweep would run."""
        for script in ("array.sh", "mpi.sh"):
            text = (SCRIPTS / script).read_text()
            examples = re.findall(r"^#   (.*\bsbatch\b.*)$", text, re.MULTILINE)
            self.assertTrue(examples)
            for example in examples:
                self.assertRegex(example, r"^SWEEP='[^']*' sbatch ")
                self.assertNotIn("--export", example)
            self.assertIn("--strategy sync,async", text)


if __name__ == "__main__":
    unittest.main()
