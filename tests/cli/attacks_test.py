"""What others may hand to the program: stores, files of measured times, benchmarks, places for results, results to draw. Each
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

ROOT = pathlib.Path(__file__).resolve().parents[2]
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

GOOD_POINT = {"law": "exponential:rate=2", "strategy": "sync", "workers": 2, "mean": 1, "ci95_low": 0.5, "ci95_high": 2, "expected": 1}
SWEEP_FILE = {"schema": "dsgd.sweep/1", "points": [GOOD_POINT]}
BENCH_FILE = {"schema": "dsgd.bench/1", "measurements": [{}]}


def point(**changes):
    return json.dumps({**SWEEP_FILE, "points": [GOOD_POINT, {**GOOD_POINT, **changes}]})


# Results to draw, which plot.py draws or refuses by 6.
RESULTS = {
    "nested too deep": NESTED, "a list": "[]", "NUL": "\0" * 100, "not UTF-8": b"{\xff", "nothing": "", "a number": '{"schema": 1}',
    "no points": json.dumps({**SWEEP_FILE, "points": []}), "null points": json.dumps({**SWEEP_FILE, "points": None}),
    "points of lists": json.dumps({**SWEEP_FILE, "points": [[]]}), "no fields": json.dumps(BENCH_FILE),
    "a number of 10,000 digits": point(workers=1).replace("1", "1" * 10_000), "a mean of infinity": point(mean=float("inf")),
    "a mean of 1e308": point(mean=1e308, ci95_low=-1e308, ci95_high=1e308), "the smallest mean": point(mean=5e-324, ci95_low=0),
    "10^300 workers": point(workers=1e300), "half a worker": point(workers=0.5), "true workers": point(workers=True),
    "a law of half a character": point(law="\ud800"), "a strategy of half a character": point(strategy="\udfff"),
    "a law of formulas": point(law="$\\frac{$"), "a law of line ends": point(law="\n\r\u2028"), "a law of NUL": point(law="\0"),
    "a law that is long": point(law="x" * 100_000), "a strategy that is long": point(strategy="x" * 100_000),
    "a law that is a list": point(law=[]), "gradients of text": point(gradients="x"),
    "bins that overlap": point(distribution=[[0, 2, 1, None], [1, 3, 1, None]]), "bins without end": point(distribution=[[0, 1e999, 1, 1]]),
    "bins of nothing": point(distribution=[[]]), "command of numbers": json.dumps({**SWEEP_FILE, "provenance": {"argv": [1, None]}}),
    "command of half a character": json.dumps({**SWEEP_FILE, "provenance": {"argv": ["--strategy", "k\ud800"]}}),
    "communication of half a character": json.dumps({**SWEEP_FILE, "run": {"communication": "x\ud800"}}),
    "CSV of quotes": 'law,strategy\n"', "CSV of one column": "law\n1\n",
}

# Draws each file named, by the code that plot.py itself runs, and says how that ended.
DRAW_ALL = """
import contextlib, io, json, runpy, sys
sys.dont_write_bytecode = True
runpy.run_path(sys.argv[1])["stand_in"]()
from dsgd.drawing.command import main
for name in sys.argv[2:]:
    for kind in ("auto", "throughput", "distribution"):
        words = io.StringIO()
        with contextlib.redirect_stderr(words):
            try:
                code = main([name, "-o", "f.svg", "--kind", kind])
            except BaseException as error:
                code = f"{type(error).__name__}: {error!r}"
        print(json.dumps([name, kind, code, words.getvalue()]))
"""


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

    def test_results_to_draw(self):
        names = {f"{number}.json": name for number, name in enumerate(RESULTS)}
        for file, name in names.items():
            content = RESULTS[name]
            (self.folder / file).write_bytes(content if isinstance(content, bytes) else content.encode())
        run = subprocess.run([ROOT / "scripts/with_python", "matplotlib", "-c", DRAW_ALL, ROOT / "python/dsgd/alone.py", *names], cwd=self.folder,
                             capture_output=True, text=True, timeout=300, check=False)
        if run.returncode == 77:
            self.skipTest(run.stderr)
        self.assertEqual(run.returncode, 0, run.stderr)
        ends = [json.loads(line) for line in run.stdout.splitlines()]
        self.assertEqual(len(ends), 3 * len(names))
        for file, kind, code, words in ends:
            with self.subTest(results=names[file], kind=kind):
                self.assertIn(code, (0, 6) if kind == "auto" else (0, 2, 6), words)  # 2: benchmarks are of one kind
                self.assertRegex(words, r"\A(dsgd: [^\x00-\x1f]+\n)?\Z" if code == 0 else r"\Adsgd: [^\x00-\x1f]+\n\Z")

    def test_they_are_many(self):
        self.assertGreater(len(STORES) + len(FILES) + len(RESULTS), 50)


if __name__ == "__main__":
    unittest.main()
