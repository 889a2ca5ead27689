"""The batch scripts for Slurm: what they do with mistakes, and their examples. slurm_run_test.py has whole jobs."""

import os
import pathlib
import re
import subprocess
import tempfile
import unittest

SCRIPTS = pathlib.Path(__file__).resolve().parents[2] / "scripts/slurm"
JOB = {"SLURM_JOB_ID": "7", "SLURM_ARRAY_JOB_ID": "7", "SLURM_ARRAY_TASK_COUNT": "1", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_ID": "1"}
STAND_INS = {
    "dsgd": "exit 2",
    "scontrol": 'echo "scontrol $*" >>log',
    "srun": 'while [[ $1 == --* ]]; do shift; done; exec "$@"',
}


class Slurm(unittest.TestCase):
    def test_mistakes_are_not_requeued(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in STAND_INS.items():
                path = pathlib.Path(folder, name)
                path.write_text(f"#!/bin/bash\n{text}\n")
                path.chmod(0o755)
            environment = {**os.environ, **JOB, "PATH": f"{folder}:{os.environ['PATH']}", "SWEEP": "wrong"}
            for script in ("array.sh", "mpi.sh"):
                job = subprocess.run(["bash", SCRIPTS / script], cwd=folder, env=environment, timeout=60, check=False)
                self.assertEqual(job.returncode, 2)
            self.assertFalse(pathlib.Path(folder, "log").exists())

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
