"""What the tests of the program share: how it is started, and what an error looks like.

A test of the command line is a file NAME_test.py here, listed in CMakeLists.txt and run as: NAME_test.py PROGRAM [CLASS...]
"""

import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else ""


def dsgd(*arguments, **options):
    options = {"capture_output": True, "text": True, "timeout": 300, "stdin": subprocess.DEVNULL, **options}
    return subprocess.run([PROGRAM, *map(str, arguments)], check=False, **options)


def engines():
    """Names of the engines that this machine can use."""
    lines = dsgd("devices").stdout.split("\n\n")[0].splitlines()[1:]
    return [line.split()[0] for line in lines if line.split()[1] == "yes"]


def shell(command, *arguments):
    """Runs a command of bash, in which $0 is the program and $1 the first of the arguments."""
    return subprocess.run(["bash", "-c", command, PROGRAM, *arguments], capture_output=True, text=True, check=False)


def draws_of(path):
    """Draws that a run has computed, about."""
    provenance = json.loads(path.read_text())["provenance"]
    return provenance["draws_per_second"] * provenance["seconds"]


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

    def assert_error(self, result, code, *parts):
        """One line on stderr that holds the parts, the exit code, and nothing on stdout."""
        self.assertEqual(result.returncode, code, result.stderr)
        self.assertEqual(result.stderr.count("\n"), 1, result.stderr)
        self.assertTrue(result.stderr.startswith("dsgd: "), result.stderr)
        for part in parts:
            self.assertIn(part, result.stderr)
        self.assertFalse(result.stdout)

    def sweep_json(self, *arguments):
        result = dsgd(*arguments, "-o", "-", "--format", "json")
        self.assertEqual(result.returncode, 0, result.stderr)
        document = json.loads(result.stdout)
        del document["provenance"]
        return json.dumps(document, indent=2) + "\n"


class StoreCase(Case):
    """With the names of a store and of a result."""

    def setUp(self):
        super().setUp()
        self.store = self.folder / "s.db"
        self.result = self.folder / "r.json"

    def run_to(self, result, *arguments):
        """Runs a command to its end; returns its result, canonical."""
        done = dsgd(*arguments, "-o", result)
        self.assertEqual(done.returncode, 0, done.stderr)
        return canonical(result)

    def fresh(self, *arguments):
        """What the same command gives without a store."""
        return self.run_to(self.folder / "fresh.json", *arguments)
