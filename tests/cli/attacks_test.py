"""What others may hand to the program: stores, files of measured times, benchmarks, places for results. Each
attack ends by an exit code that is documented, in one line, soon, and changes no other file; none gives a wrong result."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

from command import PROGRAM, Case, canonical
from stores_to_refuse import OF_ANOTHER_SWEEP, STORES

SWEEP = ["sweep", "-m", "2,3", "-n", "50", "--strategy", "sync,async", "--law", "shifted-exponential:shift=1:rate=1"]
SECONDS = 60  # that an attack may take: it would hang otherwise, as most take milliseconds
NESTED = "[" * 100_000

# name: (the file `h`, or what makes it, the arguments, exit codes)
FILES = {
    "times of NUL": (bytes(100_000), ["sweep", "--law", "empirical:file=h"], {2}),
    "times of an endless device": (lambda path: path.symlink_to("/dev/zero"), ["sweep", "--law", "empirical:file=h"], {2}),
    "times of a folder": (lambda path: path.mkdir(), ["sweep", "--law", "empirical:file=h"], {6}),
    "times of a loop": (lambda path: path.symlink_to("h"), ["sweep", "--law", "empirical:file=h"], {6}),
    "times of one row": (b"1" * 3_000_000, ["sweep", "--law", "empirical:file=h"], {2}),
    "times of commas": (b"," * 1_000_000, ["sweep", "--law", "empirical:file=h"], {2}),
    "times of quotes": (b'"' * 1_000_001, ["sweep", "--law", "empirical:file=h"], {2}),
    "times of all numbers that are none": (b"1\nnan\ninf\n-1\n1e999\n", ["sweep", "--law", "empirical:file=h"], {2}),
    "times in UTF-16": ("1\n2\n".encode("utf-16"), ["sweep", "--law", "empirical:file=h"], {2}),
    "times that steer a terminal": (b"a\x1b[2J\n1\n2\n", ["sweep", "--law", "empirical:file=h"], {2}),
    "figures nested too deep": (NESTED.encode(), ["plan", "--bench", "h"], {7}),
    "figures of NUL": (bytes(1000), ["plan", "--bench", "h"], {7}),
    "figures of an endless device": (lambda path: path.symlink_to("/dev/zero"), ["plan", "--bench", "h"], {7}),
    "figures of a folder": (lambda path: path.mkdir(), ["plan", "--bench", "h"], {6}),
    "figures of a huge number": (b'{"schema": "dsgd.bench/1", "measurements": [{"workers": 1e999}]}', ["plan", "--bench", "h"], {7}),
    "figures that are null": (b'{"schema": "dsgd.bench/1", "measurements": null}', ["plan", "--bench", "h"], {7}),
    "a result in a folder's place": (lambda path: path.mkdir(), ["sweep", "-o", "h", "--format", "csv"], {6}),
    "a result in a loop's place": (lambda path: path.symlink_to("h"), ["sweep", "-o", "h", "--format", "csv"], {6}),
    "a result on a full device": (b"", ["sweep", "-o", "/dev/full", "--format", "csv"], {6}),
    "a result beyond a file": (b"", ["sweep", "-o", "h/a.csv"], {6}),
    "a result of too long a name": (b"", ["sweep", "-o", "x" * 300 + ".csv"], {6}),
    "a result whose name steers a terminal": (b"", ["sweep", "-o", "no/\x1b[2J\n.csv"], {6}),
    "a result that replaces a store": (b"", ["sweep", "--store", "s.db", "-o", "s.db", "--format", "json"], {2}),
    "a result named twice": (lambda path: path.symlink_to("good.csv"), ["sweep", "-o", "h", "--format", "csv", "-o", "good.csv"], {2}),
    "a result in a system's folder": (b"", ["sweep", "-o", "/proc/self/a.csv"], {6}),
    "a figure in a folder's place": (lambda path: path.mkdir(), ["sweep", "--plot", "h/../h"], {2, 6}),
}


def state(folder):
    """Every file, and what it holds."""
    result = {}
    for path in folder.rglob("*"):
        status = path.lstat()
        result[path.name] = status.st_mode, path.read_bytes() if path.is_file() and not path.is_symlink() else b""
    return result


class Attacks(Case):
    @classmethod
    def setUpClass(cls):
        cls.origin = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.origin.cleanup)
        folder = pathlib.Path(cls.origin.name)
        subprocess.run([PROGRAM, *SWEEP, "--store", "s.db", "-o", "r.json", "-o", "good.csv"], cwd=folder, check=True, capture_output=True)
        cls.expected = canonical(folder / "r.json")
        (folder / "r.json").unlink()
        os.mkfifo(folder / "pipe")
        (folder / "loop").symlink_to("loop")

    def copy(self):
        """A fresh folder with the good store and what lies beside it."""
        folder = self.folder / str(len(list(self.folder.iterdir())))
        folder.mkdir()
        for file in ("s.db", "good.csv"):
            shutil.copy(pathlib.Path(self.origin.name) / file, folder)
        os.mkfifo(folder / "pipe")
        (folder / "loop").symlink_to("loop")
        return folder

    def attack(self, folder, arguments, codes):
        """Runs the program in the folder. @return its exit code"""
        before = state(folder)
        run = subprocess.run([PROGRAM, *arguments], cwd=folder, capture_output=True, text=True, errors="replace", timeout=SECONDS,
                             stdin=subprocess.DEVNULL, start_new_session=True, check=False)
        self.assertIn(run.returncode, codes, run.stderr[:500])
        if run.returncode != 0:
            self.assertRegex(run.stderr, r"\Adsgd: [^\x00-\x1f]+\n\Z")
            self.assertLess(len(run.stderr), 5000)
            self.assertEqual(run.stdout, "")
            self.assertEqual(state(folder), before)
        return run.returncode

    def test_stores(self):
        for name, (make, merge_codes, sweep_codes) in STORES.items():
            for arguments, codes in ((["merge", "s.db"], merge_codes), ([*SWEEP, "--store", "s.db"], sweep_codes)):
                with self.subTest(store=name, command=arguments[0]):
                    folder = self.copy()
                    make(folder)
                    if self.attack(folder, [*arguments, "-o", "r.json"], codes) == 0:
                        self.assertEqual(canonical(folder / "r.json"), self.expected)

    def test_stores_that_speak_for_themselves(self):
        """As merge, which asks for more: that all is done, and that nothing else is there."""
        for name, (make, codes, _) in STORES.items():
            for command in ("status", "resume"):
                with self.subTest(store=name, command=command):
                    folder = self.copy()
                    make(folder)
                    before = state(folder)
                    if self.attack(folder, [command, "s.db", "-o", "r.json"], OF_ANOTHER_SWEEP.get(name, codes)) != 0:
                        continue
                    if command == "status":
                        self.assertEqual({file: held for file, held in state(folder).items() if file != "r.json"}, before)
                    elif name not in OF_ANOTHER_SWEEP:
                        self.assertEqual(canonical(folder / "r.json"), self.expected)

    def test_files(self):
        for name, (content, arguments, codes) in FILES.items():
            with self.subTest(file=name):
                folder = self.copy()
                if callable(content):
                    content(folder / "h")
                else:
                    (folder / "h").write_bytes(content)
                self.attack(folder, arguments, codes)

    def test_they_are_many(self):
        self.assertGreater(len(STORES) + len(FILES), 50)


if __name__ == "__main__":
    unittest.main()
