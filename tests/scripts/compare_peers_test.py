"""scripts/compare_peers, with fakes of dsgd, a compiler and NumPy; and the real peers that need no GPU."""

from __future__ import annotations

import json
import math
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from sandbox import SCRIPTS, Sandbox

PEERS = SCRIPTS / "peers"
LIBRARIES = PEERS / "libraries"
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
    row = dict(workers=m, iterations=n, draws_per_second=speed, device="1 thread", machine_share=0.5)
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
# The program that the fake compiler makes: exact sums, the first of them times $STATE/cpp_factor.
CPP_PROGRAM = f"""#!{sys.executable} -S
import os, pathlib, sys
m, n = int(sys.argv[1]), int(sys.argv[2])
means = {EXACT!r}[m]
factor = float(pathlib.Path(os.environ["STATE"], "cpp_factor").read_text())
print(n * 1e-3, n * means[0] * factor, n * means[1])
"""
COMPILER = """
if [[ $1 == --version ]]; then echo 'fake 12.2'; exit; fi
has no_compiler && { echo 'error: expected ;' >&2; exit 1; }
while [[ $1 != -o ]]; do shift; done
cat "$STATE/cpp_program" >"$2"; chmod +x "$2"
"""
# In place of with_numpy.py: a draw takes 50 ns; float32 knows one worker alone.
NUMPY = f"""
import operator, time
VERSION = "NumPy fake"

class Pair(tuple):
    def __add__(self, other):
        return Pair(map(operator.add, self, other))

def device():
    print("a library that talks")
    return "1 thread"

def float64(m, rate):
    def draw():
        time.sleep(1000 * m * 50e-9)
        return Pair(1000 * mean for mean in {EXACT!r}[m])
    return 1000, draw

notebook = float64

def float32(m, rate):
    if m > 1:
        raise MemoryError("out of memory")
    return float64(m, rate)
"""


class ComparePeers(Sandbox):
    def setUp(self) -> None:
        super().setUp()
        shutil.copytree(PEERS, self.root / "scripts/peers")
        with_python = self.root / "scripts/with_python"
        text = with_python.read_text()
        self.assertEqual(text.count(" /usr/bin/python3; do"), 1)
        with_python.write_text(text.replace(" /usr/bin/python3; do", " /no/such/python3; do"))
        self.fake("python3", f'exec "{sys.executable}" -S "$@"')  # has no libraries but the fakes
        self.fake("c++", COMPILER)
        self.set("cpp_program", CPP_PROGRAM)
        for name, text in (("speed", "1e9"), ("factor", "1"), ("cpp_factor", "1")):
            self.set(name, text)
        self.modules = self.top / "modules"
        self.modules.mkdir()
        self.modules.joinpath("numpy.py").touch()
        (self.root / "scripts/peers/libraries/with_numpy.py").write_text(NUMPY)
        program = self.root / "build/dsgd"
        program.parent.mkdir()
        program.write_text(DSGD)
        program.chmod(0o755)
        self.output = self.top / "output"

    def compare(
        self, *arguments: str, workers: str = "20", code: int = 0
    ) -> subprocess.CompletedProcess[str]:
        arguments = ("--workers", workers, "--rounds", "2", "--seconds", "0.01", *arguments)
        environment = {"PYTHONPATH": str(self.modules), "PYTHONDONTWRITEBYTECODE": "1"}
        result = self.run_script("compare_peers", *arguments, **environment)
        self.assertEqual(result.returncode, code, result.stderr)
        return result

    def cells(self, result: subprocess.CompletedProcess[str], name: str) -> list[str]:
        """Of the row of this program: time relative to the best of dsgd, both z, and the answer."""
        (line,) = (line for line in result.stdout.splitlines() if line.startswith(name + "  "))
        return line.split()[-4:]

    def document(self) -> dict:
        return json.loads((self.output / "peers.json").read_text())

    def test_one_table(self) -> None:
        result = self.compare()
        self.assertIn("m = 20\n", result.stdout)
        self.assertIn("time / dsgd reference", result.stdout)  # as fast as cpu, and before it
        self.assertEqual(self.cells(result, "dsgd cpu")[0], "1")
        self.assertEqual(self.cells(result, "dsgd cpu-materialized")[0], "1,000")
        self.assertEqual(self.cells(result, "C++ standard library")[0], "50,000,000")
        for name in ("dsgd cpu", "the notebook's loop", "NumPy float64", "C++ standard library"):
            self.assertEqual(self.cells(result, name)[-1], "right")

    def test_names_what_is_skipped_and_why(self) -> None:
        self.modules.joinpath("torch.py").touch()
        (self.bin / "c++").unlink()
        lines = self.compare().stdout.splitlines()
        self.assertIn("skipped dsgd cuda: there is no GPU", lines)
        self.assertIn("skipped dsgd cuda-materialized: there is no GPU", lines)
        self.assertIn("skipped C++ standard library: c++ cannot be run (No such file or directory)", lines)
        for name, module in (("CuPy", "cupy"), ("JAX", "jax"), ("Numba", "numba")):
            self.assertIn(f"skipped {name}: no Python here has the module {module}", lines)
        self.assertIn("skipped NumPy float32: it ended: MemoryError: out of memory", lines)
        self.assertTrue(
            any(line.startswith("skipped PyTorch eager: it ended: AttributeError") for line in lines)
        )

    def test_what_fails_later_stays_in_the_tables_before(self) -> None:
        result = self.compare(workers="1,20")
        self.assertIn("skipped NumPy float32 from m = 20 on: it ended: MemoryError", result.stdout)
        self.assertEqual(self.cells(result, "NumPy float32")[-1], "right")

    def test_says_that_it_cannot_compile(self) -> None:
        self.set("no_compiler")
        self.assertIn("c++ ended with status 1: error: expected ;", self.compare().stdout)

    def test_a_wrong_peer_is_shown_by_its_z(self) -> None:
        self.set("cpp_factor", "1.2")
        result = self.compare("--output", str(self.output))
        _, z_largest, z_smallest, answer = self.cells(result, "C++ standard library")
        variance = sum(1 / i**2 for i in range(1, 21)) / RATE**2
        n = next(row["iterations"] for row in self.document()["rows"] if row["name"].startswith("C++"))
        self.assertAlmostEqual(
            float(z_largest), 0.2 * EXACT[20][0] / math.sqrt(variance / (2 * n)), delta=0.051
        )
        self.assertEqual((z_smallest.lstrip("+-"), answer), ("0.0", "WRONG"))
        self.assertIn("| WRONG |", (self.output / "README.md").read_text())

    def test_a_wrong_dsgd_is_a_failure(self) -> None:
        self.set("factor", "0.9")
        result = self.compare(code=3)
        self.assert_fails(result, 3, "dsgd cpu at m = 20", "z")
        self.assertEqual(self.cells(result, "dsgd cpu")[-1], "WRONG")

    def test_check_passes_what_is_fast_enough(self) -> None:
        self.assertIn("at most the 2 x that are wanted", self.compare("--check").stdout)

    def test_check_fails_what_is_too_slow(self) -> None:
        self.set("speed", "4e6")  # 250 ns a draw, NumPy at least 50
        self.assertIn("MORE THAN the 2 x", self.compare("--check", code=3).stdout)
        self.compare()  # only a check fails

    def test_check_wants_both(self) -> None:
        (self.modules / "numpy.py").unlink()
        result = self.compare("--check", code=4)
        self.assert_fails(result, 4, "--check cannot compare")
        self.assertIn("skipped NumPy float64: no Python here has the module numpy", result.stdout)
        self.assertIn("Not compared", self.compare().stdout)

    def test_writes_a_page_and_figures(self) -> None:
        self.compare("--output", str(self.output), workers="1,20")
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
        self.assertAlmostEqual(rows["C++ standard library", 20]["draws_per_second"], 20e3)
        page = (self.output / "README.md").read_text()
        for text in (
            "commit abc",
            "g++ 12",
            "## m = 1\n",
            "## m = 20\n",
            "fake 12.2",
            "fake, Python 3.",
            "50%",
            "- skipped CuPy: ",
        ):
            self.assertIn(text, page)

    def test_passes_on_what_dsgd_says(self) -> None:
        self.set("broken")
        self.assert_fails(self.compare(code=3), 3, "engine differs from reference")

    def test_refuses_what_it_cannot_do(self) -> None:
        for arguments in (["--rounds", "0"], ["--seconds", "0"], ["--workers", "0"], ["--workers", "x"]):
            self.assertIn("usage", self.compare(*arguments, code=2).stderr)
        self.assertIn("--check needs 20", self.compare("--check", workers="1", code=2).stderr)
        self.assert_fails(self.compare("--program", "nowhere", code=6), 6, "nowhere")
        self.output.touch()
        self.assert_fails(self.compare("--output", str(self.output), code=6), 6, str(self.output))


class RealPeers(unittest.TestCase):
    """Right is within 6.5 standard errors of the exact mean: a false alarm in 10^10."""

    def assert_right(self, m: int, iterations: int, largest: float, smallest: float) -> None:
        deviation = math.sqrt(sum(1 / i**2 for i in range(1, m + 1))) / RATE
        self.assertGreaterEqual(iterations, 30)
        for total, exact, sigma in ((largest, EXACT[m][0], deviation), (smallest, *[EXACT[m][1]] * 2)):
            self.assertLess(abs(total / iterations - exact), 6.5 * sigma / math.sqrt(iterations))

    def test_numpy(self) -> None:
        for function in ("notebook", "float64", "float32"):
            requests = "".join(
                json.dumps(one) + "\n" for m in EXACT for one in ({"workers": m}, {"chunks": 3})
            )
            command = [sys.executable, LIBRARIES / "worker.py", "with_numpy", function, str(RATE)]
            result = subprocess.run(command, input=requests, capture_output=True, text=True, check=True)
            first, *answers = map(json.loads, result.stdout.splitlines())
            self.assertIn("NumPy", first["version"])
            for m, prepared, answer in zip(EXACT, answers[::2], answers[1::2]):
                with self.subTest(function=function, m=m):
                    self.assertGreater(answer["seconds"], 0)
                    self.assert_right(m, 3 * prepared["chunk"], answer["largest"], answer["smallest"])

    def test_cpp(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder, "std_random")
            subprocess.run(["c++", "-O2", "-std=c++17", PEERS / "std_random.cpp", "-o", program], check=True)
            for m in EXACT:
                words = [program, str(m), "20000", str(RATE), "1"]
                output = subprocess.run(words, capture_output=True, text=True, check=True).stdout
                _, largest, smallest = map(float, output.split())
                self.assert_right(m, 20000, largest, smallest)
                for wrong in ((largest * 1.1, smallest), (largest, smallest * 1.1)):
                    self.assertRaises(AssertionError, self.assert_right, m, 20000, *wrong)


if __name__ == "__main__":
    unittest.main()
