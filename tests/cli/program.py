"""The program as tests call it: shared by the tests of the command line."""

import hashlib
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

PROGRAM = os.path.abspath(os.environ["DSGD_PROGRAM"])


def dsgd(*arguments, **options):
    options = {"capture_output": True, "text": True, "timeout": 300, "stdin": subprocess.DEVNULL, **options}
    return subprocess.run([PROGRAM, *map(str, arguments)], check=False, **options)


def engines():
    """Names of the engines that this machine can use."""
    lines = dsgd("devices").stdout.split("\n\n")[0].splitlines()[1:]
    return [line.split()[0] for line in lines if line.split()[1] == "yes"]


def canonical(path):
    """A JSON result without what may differ between equal runs."""
    document = json.loads(pathlib.Path(path).read_text())
    del document["provenance"]
    return json.dumps(document)


def digest(path):
    return hashlib.sha256(canonical(path).encode()).hexdigest()


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.store = self.folder / "s.db"
        self.result = self.folder / "r.json"

    def assert_error(self, result, code, *parts):
        """One line on stderr that holds the parts, the exit code, and nothing on stdout."""
        self.assertEqual(result.returncode, code, result.stderr)
        self.assertEqual(result.stderr.count("\n"), 1, result.stderr)
        self.assertTrue(result.stderr.startswith("dsgd: "), result.stderr)
        for part in parts:
            self.assertIn(part, result.stderr)
        self.assertFalse(result.stdout)

    def run_to(self, result, *arguments):
        """Runs a command to its end; returns its result, canonical."""
        done = dsgd(*arguments, "-o", result)
        self.assertEqual(done.returncode, 0, done.stderr)
        return canonical(result)

    def fresh(self, *arguments):
        """What the same command gives without a store."""
        return self.run_to(self.folder / "fresh.json", *arguments)
