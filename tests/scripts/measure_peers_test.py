"""scripts/measure peers, with fakes of dsgd and of two libraries; and the real peers that need no GPU."""

from __future__ import annotations

import json
import math
import os
import shutil
import subprocess
import sys
import unittest

from sandbox import SCRIPTS, Sandbox

LIBRARIES = SCRIPTS / "measuring/libraries"
RATE = 2
# Means of the largest and the smallest of m delays of rate 2.
EXACT = {m: (sum(1 / i for i in range(1, m + 1)) / RATE, 1 / (m * RATE)) for m in (1, 20)}

# bench: draws_per_second of $STATE/speed. sweep: the exact means, the first of them times $STATE/factor.
DSGD = f"""#!{sys.executable} -S
import json, os, pathlib, sys
state = pathlib.Path(os.environ["STATE"])
command, *words = sys.argv[1:]
options = dict(zip(words[::2], words[1::2]))
assert options["--threads"] == "1" and os.environ["OMP_NUM_THREADS"] == "1"
engine, m, n = options["--engine"], int(options["-m"]), int(options["-n"])
if engine.startswith("cuda"):
    sys.exit(print("dsgd: there is no GPU", file=sys.stderr) or 4)
if (state / "broken").exists():
    sys.exit(print("dsgd: engine differs from reference", file=sys.stderr) or 3)
if command == "bench":
    speed = float((state / "speed").read_text()) if engine == "cpu-materialized" else 1e12
    row = dict(workers=m, iterations=n, draws_per_second=speed, device="1 thread")
    document = dict(measurements=[row], provenance=dict(version="1.2", commit="abc", compiler="g++ 12"))
else:
    means = {EXACT!r}[m]
    assert options["--rate"] == "{RATE}"
    factor = float((state / "factor").read_text())
    points = dict(sync=means[0] * factor)
    points["async"] = means[1]
    document = dict(points=[dict(strategy=name, mean=mean) for name, mean in points.items()])
print(json.dumps(document))
"""
# In place of with_numpy.py and with_ctypes.py: a draw takes 50 ns; float32 knows one worker alone; C++'s first sum is times
# $STATE/cpp_factor.
LIBRARY = f"""
import operator, os, pathlib, time
VERSION = "fake 12.2"

class Pair(tuple):
    def __add__(self, other):
        return Pair(map(operator.add, self, other))

def device():
    print("a library that talks")
    return "1 thread"

def float64(m, rate, factor=1):
    def draw():
        time.sleep(1000 * m * 50e-9)
        return Pair(1000 * mean * scale for mean, scale in zip({EXACT!r}[m], (factor, 1)))
    return 1000, draw

notebook = float64

def float32(m, rate):
    if m > 1:
        raise MemoryError("out of memory")
    return float64(m, rate)

def exponential(m, rate):
    return float64(m, rate, float(pathlib.Path(os.environ["STATE"], "cpp_factor").read_text()))
"""


class MeasurePeers(Sandbox):
    def setUp(self) -> None:
        super().setUp()
        shutil.copytree(SCRIPTS / "measuring", self.root / "scripts/measuring")
        with_python = self.root / "scripts/with_python"
        text = with_python.read_text()
        self.assertEqual(text.count(" /usr/bin/python3; do"), 1)
        with_python.write_text(text.replace(" /usr/bin/python3; do", " /no/such/python3; do"))
        self.fake("python3", f'exec "{sys.executable}" -S "$@"')  # has no libraries but the fakes
        for name, text in (("speed", "1e9"), ("factor", "1"), ("cpp_factor", "1")):
            self.set(name, text)
        self.modules = self.top / "modules"
        self.modules.mkdir()
        self.modules.joinpath("numpy.py").touch()
        for module in ("numpy", "ctypes"):
            (self.root / f"scripts/measuring/libraries/with_{module}.py").write_text(LIBRARY)
        program = self.root / "build/dsgd"
        program.parent.mkdir()
        program.write_text(DSGD)
        program.chmod(0o755)
        self.output = self.top / "output"

    def compare(self, *arguments: str, workers: str = "20", code: int = 0) -> subprocess.CompletedProcess[str]:
        arguments = ("peers", "--workers", workers, "--rounds", "2", "--seconds", "0.01", *arguments)
        environment = {"PYTHONPATH": str(self.modules), "PYTHONDONTWRITEBYTECODE": "1"}
        result = self.run_script("measure", *arguments, **environment)
        self.assertEqual(result.returncode, code, result.stderr)
        return result

    def cells(self, result: subprocess.CompletedProcess[str], name: str) -> list[str]:
        """Cells of the row of this program: time relative to the best of dsgd, both z, and the answer."""
        (line,) = (line for line in result.stdout.splitlines() if line.startswith(name + "  "))
        return line.split()[-4:]

    def document(self) -> dict:
        return json.loads((self.output / "peers.json").read_text())

    def test_one_table_of_what_there_is(self) -> None:
        self.modules.joinpath("torch.py").touch()
        result = self.compare()
        self.assertIn("m = 20\n", result.stdout)
        self.assertIn("time / dsgd reference", result.stdout)  # as fast as cpu, and before it
        self.assertEqual(self.cells(result, "dsgd cpu")[0], "1")
        self.assertEqual(self.cells(result, "dsgd cpu-materialized")[0], "1,000")
        for name in ("dsgd cpu", "the notebook's loop", "NumPy float64", "C++ standard library"):
            self.assertEqual(self.cells(result, name)[-1], "right")
        for line in (
            "skipped dsgd cuda: there is no GPU",
            "skipped dsgd cuda-materialized: there is no GPU",
            "skipped CuPy: no Python here has the module cupy",
            "skipped NumPy float32: it ended: MemoryError: out of memory",
            "skipped PyTorch eager: it ended: AttributeError",
        ):
            self.assertIn(f"\n{line}", result.stdout)

    def test_a_wrong_peer_is_shown_by_its_z(self) -> None:
        self.set("cpp_factor", "1.2")
        result = self.compare("--output", str(self.output))
        _, z_largest, z_smallest, answer = self.cells(result, "C++ standard library")
        variance = sum(1 / i**2 for i in range(1, 21)) / RATE**2
        n = next(row["iterations"] for row in self.document()["rows"] if row["name"].startswith("C++"))
        self.assertAlmostEqual(float(z_largest), 0.2 * EXACT[20][0] / math.sqrt(variance / (2 * n)), delta=0.051)
        self.assertEqual((z_smallest.lstrip("+-"), answer), ("0.0", "WRONG"))
        self.assertIn("| WRONG |", (self.output / "README.md").read_text())

    def test_a_wrong_dsgd_is_a_failure(self) -> None:
        self.set("factor", "0.9")
        result = self.compare(code=3)
        self.assert_fails(result, 3, "dsgd cpu at m = 20", "z")
        self.assertEqual(self.cells(result, "dsgd cpu")[-1], "WRONG")

    def test_check_holds_dsgd_against_numpy(self) -> None:
        self.assertIn("at most the 2 x that are wanted", self.compare("--check").stdout)
        self.set("speed", "4e6")  # 250 ns a draw, NumPy at least 50
        self.assertIn("MORE THAN the 2 x", self.compare("--check", code=3).stdout)
        self.compare()  # only a check fails
        (self.modules / "numpy.py").unlink()
        result = self.compare("--check", code=4)
        self.assert_fails(result, 4, "--check cannot compare")
        self.assertIn("Not compared", result.stdout)

    def test_writes_a_page_and_figures(self) -> None:
        result = self.compare("--output", str(self.output), workers="1,20")
        self.assertIn("skipped NumPy float32 from m = 20 on: it ended: MemoryError", result.stdout)
        document = self.document()
        self.assertEqual(document["schema"], "dsgd.peers/1")
        self.assertEqual(document["machine"]["commit"], "abc")
        self.assertEqual(document["check"]["wanted"], 2)
        rows = {(row["name"], row["workers"]): row for row in document["rows"]}
        self.assertEqual(len(rows), 3 + 1 + 3 + 3 + 1 + 2)
        row = rows["dsgd cpu-materialized", 1]
        self.assertEqual(len(row["nanoseconds_per_draw"]), 2)
        self.assertAlmostEqual(row["median_nanoseconds_per_draw"], 1)
        self.assertAlmostEqual(row["time_relative_to"]["dsgd reference"], 1000)
        page = (self.output / "README.md").read_text()
        for text in ("commit abc", "g++ 12", "## m = 1\n", "## m = 20\n", "fake 12.2, Python 3.", "- skipped CuPy: "):
            self.assertIn(text, page)

    def test_refuses_what_it_cannot_do(self) -> None:
        for arguments in (["--rounds", "0"], ["--seconds", "0"], ["--workers", "0"], ["--workers", "x"]):
            self.assertIn("usage", self.compare(*arguments, code=2).stderr)
        self.assertIn("--check needs 20", self.compare("--check", workers="1", code=2).stderr)
        self.assert_fails(self.compare("--program", "nowhere", code=6), 6, "nowhere")
        self.output.touch()
        self.assert_fails(self.compare("--output", str(self.output), code=6), 6, str(self.output))
        self.set("broken")
        self.assert_fails(self.compare(code=3), 3, "engine differs from reference")


class RealPeers(unittest.TestCase):
    """Right is within 6.5 standard errors of the exact mean: a false alarm in 10^10."""

    def serve(self, module: str, function: str, **environment: str) -> subprocess.CompletedProcess[str]:
        requests = "".join(json.dumps(one) + "\n" for m in EXACT for one in ({"workers": m}, {"chunks": 3}))
        command = [sys.executable, LIBRARIES / "worker.py", f"with_{module}", function, str(RATE)]
        return subprocess.run(command, input=requests, capture_output=True, text=True, env={**os.environ, **environment})

    def test_their_means(self) -> None:
        for module, function in (
            ("numpy", "notebook"),
            ("numpy", "float64"),
            ("numpy", "float32"),
            ("ctypes", "exponential"),
        ):
            result = self.serve(module, function)
            first, *answers = map(json.loads, result.stdout.splitlines())
            self.assertRegex(first["version"], "NumPy|-O3")
            for m, prepared, answer in zip(EXACT, answers[::2], answers[1::2]):
                with self.subTest(function=function, m=m):
                    self.assertGreater(answer["seconds"], 0)
                    iterations = 3 * prepared["chunk"]
                    deviation = math.sqrt(sum(1 / i**2 for i in range(1, m + 1))) / RATE
                    for total, exact, sigma in (
                        (answer["largest"], EXACT[m][0], deviation),
                        (answer["smallest"], EXACT[m][1], EXACT[m][1]),
                    ):
                        self.assertLess(abs(total / iterations - exact), 6.5 * sigma / math.sqrt(iterations))

    def test_the_compiler_says_what_is_wrong(self) -> None:
        self.assertIn("no/such cannot be run (No such", self.serve("ctypes", "exponential", CXX="no/such").stderr)
        self.assertIn("ended with status 1", self.serve("ctypes", "exponential", CXX="false").stderr)


if __name__ == "__main__":
    unittest.main()
