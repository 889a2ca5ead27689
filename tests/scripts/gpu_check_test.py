"""scripts/gpu_check, with fakes of nvidia-smi, compute-sanitizer, CMake, nvcc, dsgd and the GPU tests."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
import unittest
from pathlib import Path

from sandbox import PREAMBLE, SCRIPTS, Sandbox

NVIDIA_SMI = """
has no_device && { echo 'No devices were found'; exit 6; }
echo 'NVIDIA Fake, 580.1, 9.0, 81559, 345, 2619, 1980, 2619, 700.00'
"""
# An engine can have a mean of its own. A sweep takes 50 ns an iteration. A bench measures each number of workers.
DSGD = """
command=$1 engine=; iterations=5000 workers=20
while (($#)); do
  case $1 in --engine) engine=$2 ;; -n) iterations=$2 ;; -m) workers=$2 ;; esac
  shift
done
has "no_$engine" && { echo "dsgd: --engine $engine is not available here" >&2; exit 4; }
mean=1.50; has "mean_$engine" && mean=$(cat "$STATE/mean_$engine")
has mute && exit 0
if [[ $command == bench ]]; then
  has wrong && { echo "dsgd: engine $engine differs from reference" >&2; exit 3; }
  rows=
  for m in ${workers//,/ }; do
    rows+=${rows:+,}"{\\"engine\\": \\"$engine\\", \\"workers\\": $m, \\"iterations\\": $iterations,
      \\"draws_per_second\\": 2e12, \\"draws_per_second_slowest\\": 1.9e12, \\"iterations_per_second\\": 1e11,
      \\"ceiling_fraction\\": $(has unbound && echo null || echo 0.875), \\"calibration\\": [{\\"device\\": 0,
      \\"multiprocessors\\": 132, \\"clock_hertz\\": 1.98e9, \\"wide_multiplies_per_second\\": 8.36352e12,
      \\"logic_per_second\\": 1.67e13, \\"minima_per_second\\": 1.67e13, \\"copy_bytes_per_second\\": 4.3e12}]}"
  done
  echo "{\\"measurements\\": [$rows]}"
  exit
fi
echo "{\\"points\\": [{\\"mean\\": $mean}], \\"provenance\\": {\\"version\\": \\"1.2\\",
  \\"commit\\": null, \\"compiler\\": \\"g++\\", \\"cuda\\": \\"13.0\\", \\"draws_per_second\\": 2e7,
  \\"seconds\\": $((iterations / 20))e-6}}"
"""
GPU_TEST = """
if [[ $1 == --gtest_list_tests ]]; then
  echo 'Running main() from gtest_main.cc'
  echo 'Cuda.'
  echo '  EqualsTheDefinitionAround32BitIterations'
  echo '  AnyNumberOfStreamsGivesTheDefinition'
  echo 'CudaMaterialized.'
  echo '  EqualsTheDefinitionAround32BitIterations'
  has renamed || echo '  ServesBatchesOfSeveralRatesAndWorkers'
  echo 'PortableLogOnDevice.'
  echo '  HasTheHostsBitsForEvery256thWord  # a comment'
  exit
fi
[[ $DSGD_REQUIRE_GPU == 1 ]] || exit 1
[[ $* == *Word ]] && {
  has hanging && { sleep 600 & echo $! >"$STATE/child"; wait; }
  has failing && { echo 'Which is: 3'; exit 1; }
  has skipping && { echo '[  SKIPPED ] 1 test.'; exit 0; }
}
echo '[  PASSED  ] 1 test.'
"""
SANITIZER = """
tool=$2; shift 4
has unsupported && { echo '========= Error: Device not supported'; exit 1; }
"$@" || exit
has "finds_$tool" || exit 0
echo '========= Invalid __global__ write of size 4'; exit 86
"""
CMAKE = """
has no_build && { echo 'CMake Error at x: CUDA=ON, but' >&2; echo 'a lot more' >&2; exit 1; }
[[ $1 == --build ]] || exit 0
mkdir -p "$2/tests/gpu"
for name in dsgd tests/gpu/gpu_test; do
  cat "$STATE/${name##*/}" >"$2/$name"; chmod +x "$2/$name"
done
"""
# Stands for scripts/compare_peers, which has a test of its own.
PEERS = """
program= output=
while (($#)); do
  case $1 in --program) program=$2 ;; --output) output=$2 ;; esac
  shift
done
has no_peers && { echo 'dsgd: a wrong mean (see its z) of dsgd cuda' >&2; exit 3; }
[[ -x $program ]] || exit 6
echo '{"rows": [{"name": "dsgd cuda", "workers": 20, "draws_per_second": 1.5e12, "device": "a GPU", "version": "1"}],
  "skipped": [{"name": "JAX", "reason": "no Python here has the module jax"}]}' >"$output/peers.json"
"""
STEPS = ("device", "build", "tests", "equality", "bench", "throughput", "peers", "sanitizers")


class GpuCheck(Sandbox):
    def setUp(self) -> None:
        super().setUp()
        shutil.copytree(SCRIPTS / "gpu_check_steps", self.root / "scripts/gpu_check_steps")
        for name in ("realpath", "sleep"):
            self.bin.joinpath(name).symlink_to(shutil.which(name))
        self.fake("python3", f'exec "{sys.executable}" "$@"')
        self.fake("nvidia-smi", NVIDIA_SMI)
        self.fake("compute-sanitizer", SANITIZER)
        self.fake("nvcc", "echo 'Cuda compilation tools, release 13.0, V13.0.88'")
        self.fake("cmake", CMAKE)
        self.set("dsgd", PREAMBLE + DSGD)
        self.set("gpu_test", PREAMBLE + GPU_TEST)
        # the script is started by the Python that runs the check
        self.set("peers", PREAMBLE + PEERS)
        (self.root / "scripts/compare_peers").write_text(
            "import os, sys\nos.execv('/bin/bash', ['bash', os.environ['STATE'] + '/peers', *sys.argv[1:]])\n"
        )
        self.output = self.top / "output"
        self.folder = self.top / "a build"
        subprocess.run(
            [self.bin / "cmake", "--build", self.folder],
            env={"PATH": str(self.bin), "STATE": str(self.state)},
            check=True,
        )
        self.calls()

    def check(self, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        if not arguments:
            arguments = ("--build", str(self.folder))
        environment = {"PYTHONDONTWRITEBYTECODE": "1"}
        result = self.run_script("gpu_check", *arguments, "--output", str(self.output), **environment)
        self.assertEqual(result.returncode, code, result.stderr)
        return result

    def record(self, step: str) -> dict:
        return json.loads((self.output / f"{step}.json").read_text())

    def results(self) -> dict[str, str]:
        """Of each step, as the summary has them."""
        summary = json.loads((self.output / "summary.json").read_text())
        return {step["step"]: step["result"] for step in summary["steps"]}

    def assert_only_fails(self, failing: str, *words: str) -> None:
        expected = {step: "failed" if step == failing else "passed" for step in STEPS}
        self.assertEqual(self.results(), expected)
        for word in words:
            self.assertIn(word, self.record(failing)["reason"])
        self.assertIn("NVIDIA Fake: FAILED", (self.output / "README.md").read_text())

    def test_passes(self) -> None:
        result = self.check()
        self.assertEqual(self.results(), dict.fromkeys(STEPS, "passed"))
        self.assertEqual(result.stdout, "")
        self.assertIn("passed; wrote", result.stderr)
        page = (self.output / "README.md").read_text()
        facts = ("# NVIDIA Fake: passed\n", "driver 580.1", "CUDA 13.0", "nvcc: 13.0.88")
        multiplies = "| wide multiplies | 8.364e+12 | 32.0 |"
        for text in (*facts, "1:20", "racecheck", multiplies, "87.5%", "4.300 TB/s", "skipped JAX: no Python"):
            self.assertIn(text, page)
        self.assertEqual(self.calls("cmake"), [])

    def test_writes_figures_that_programs_can_read(self) -> None:
        self.check("--build", str(self.folder), "--commit", "abc123")
        summary = json.loads((self.output / "summary.json").read_text())
        self.assertTrue(summary["passed"])
        self.assertEqual(
            [summary[key] for key in ("device", "driver", "cuda", "commit")],
            ["NVIDIA Fake", "580.1", "13.0", "abc123"],
        )
        self.assertEqual(len(self.record("tests")["figures"]["tests"]), 5)
        self.assertEqual(len(self.record("sanitizers")["figures"]["runs"]), 9)
        rows = self.record("throughput")["figures"]["measurements"]
        self.assertEqual(len(rows), 3 * 3)
        for row in rows:
            self.assertEqual((row["runs"], row["draws_per_second"]), (3, {"best": 2e7, "median": 2e7}))
        bench = self.record("bench")["figures"]
        self.assertEqual(bench["calibration"][0]["multiprocessors"], 132)
        self.assertEqual(len(bench["measurements"]), 2 * (6 + 3 * 2))
        self.assertEqual({row["engine"] for row in bench["measurements"]}, {"cuda", "cuda-materialized"})
        self.assertEqual(self.record("peers")["figures"]["rows"][0]["name"], "dsgd cuda")

    def test_all_its_limits_are_within_eight_minutes(self) -> None:
        text = (SCRIPTS / "gpu_check").read_text()
        limits = re.findall(r'^    Step\("(\w+)", (\d+),', text, re.MULTILINE)
        self.assertEqual([name for name, _ in limits], list(STEPS))
        self.assertLessEqual(sum(int(limit) for _, limit in limits), 480)

    def test_builds_with_the_given_dependencies(self) -> None:
        (self.top / "deps/usr/lib/x86_64-linux-gnu/cmake").mkdir(parents=True)
        self.check("--dependencies", "deps")
        configure, build = self.calls("cmake")
        deps = f"{self.top}/deps"
        self.assertIn("-DCUDA=ON", configure)
        self.assertIn(
            f"-DCMAKE_PREFIX_PATH={deps};{deps}/usr;{deps}/usr/lib/x86_64-linux-gnu/cmake", configure
        )
        self.assertRegex(build, f"^cmake --build {self.root}/build-gpu .*--target dsgd gpu_test$")

    def test_stops_when_the_build_fails(self) -> None:
        self.set("no_build")
        (self.top / "deps").mkdir()
        self.check("--dependencies", "deps", code=3)
        expected = {"device": "passed", "build": "failed"}
        self.assertEqual(self.results(), {step: expected.get(step, "not run") for step in STEPS})
        self.assertIn("CMake Error at x: CUDA=ON, but", self.record("build")["reason"])
        self.assertIn("a lot more", self.record("build")["figures"]["output"])

    def test_stops_when_the_build_folder_lacks_a_program(self) -> None:
        (self.folder / "tests/gpu/gpu_test").chmod(0o644)
        self.check(code=3)
        self.assertEqual(self.results()["build"], "failed")
        self.assertIn("gpu_test", self.record("build")["reason"])

    def test_fails_when_an_engine_differs(self) -> None:
        for mean in ("1.51", "1.5"):  # the second is the same number in other bytes
            self.set("mean_cuda-materialized", mean)
            self.check(code=3)
            self.assert_only_fails("equality", "cuda-materialized in 'dsgd sweep'")
            self.assertNotIn("cpu", self.record("equality")["reason"])

    def test_fails_when_an_engine_is_missing(self) -> None:
        self.set("no_cpu-materialized")
        self.check(code=3)
        self.assert_only_fails("equality", "--engine cpu-materialized is not available here")

    def test_fails_when_a_test_fails(self) -> None:
        self.set("failing")
        self.check(code=3)
        self.assertEqual(self.results()["tests"], "failed")
        self.assertEqual(self.results()["throughput"], "passed")
        self.assertIn("HasTheHostsBitsForEvery256thWord failed", self.record("tests")["reason"])
        results = self.record("tests")["figures"]["tests"]
        self.assertEqual([one["result"] for one in results], [*["passed"] * 4, "failed"])
        self.assertIn("Which is: 3", results[-1]["output"])

    def test_fails_when_a_test_is_skipped(self) -> None:
        self.set("skipping")
        self.check(code=3)
        self.assert_only_fails("tests", "1 of 5 tests: PortableLogOnDevice", "skipped")

    def test_fails_when_there_are_no_tests(self) -> None:
        (self.folder / "tests/gpu/gpu_test").write_text("#!/bin/bash\n")
        self.check(code=3)
        self.assertIn("has no tests", self.record("tests")["reason"])

    def test_a_step_that_hangs_is_killed_and_the_others_run(self) -> None:
        script = self.root / "scripts/gpu_check"
        text = script.read_text()
        self.assertEqual(len(re.findall(r'Step\("tests", \d+', text)), 1)
        script.write_text(re.sub(r'Step\("tests", \d+', 'Step("tests", 1', text))
        (self.bin / "compute-sanitizer").unlink()
        self.set("hanging")
        start = time.monotonic()
        self.check(code=3)
        self.assertLess(time.monotonic() - start, 50)  # run_script would wait for 60
        self.assertEqual(self.results()["tests"], "failed")
        self.assertIn("time limit", self.record("tests")["reason"])
        self.assertEqual(len(self.record("tests")["figures"]["tests"]), 4)
        self.assertEqual(self.results()["throughput"], "passed")
        child = Path("/proc", (self.state / "child").read_text().strip(), "cmdline")
        self.assertFalse(child.exists() and child.read_bytes(), "a process of the step still runs")

    def test_fails_when_a_sanitizer_finds_something(self) -> None:
        self.set("finds_racecheck")
        self.check(code=3)
        self.assert_only_fails("sanitizers", "racecheck of the sweep of cuda (status 86)", "racecheck of the tests")
        runs = self.record("sanitizers")["figures"]["runs"]
        self.assertEqual([run["status"] for run in runs], [0, 0, 0, 86, 86, 86, 0, 0, 0])
        self.assertEqual(runs[3]["report"], ["========= Invalid __global__ write of size 4"])

    def test_fails_when_a_bench_is_wrong(self) -> None:
        self.set("wrong")
        self.check(code=3)
        self.assert_only_fails("bench", "dsgd: engine cuda differs from reference")

    def test_shows_a_bench_without_a_ceiling(self) -> None:
        self.set("unbound")
        self.check()
        self.assertIn("| cuda | 20 | 5,000 | 2e+12 | 1.9e+12 | 1e+11 | - |", (self.output / "README.md").read_text())

    def test_fails_when_a_peer_shows_a_wrong_answer(self) -> None:
        self.set("no_peers")
        self.check(code=3)
        self.assert_only_fails("peers", "a wrong mean")

    def test_fails_when_the_sanitized_tests_are_gone(self) -> None:
        self.set("renamed")
        self.check(code=3)
        self.assert_only_fails("sanitizers", "has no CudaMaterialized.ServesBatches")

    def assert_without_sanitizers(self, *words: str) -> None:
        result = self.check()
        self.assertEqual(self.results()["sanitizers"], "not run")
        for word in words:
            self.assertIn(word, result.stderr)
        self.assertIn("passed, without sanitizers", result.stderr)
        self.assertIn("# NVIDIA Fake: passed, without sanitizers\n", (self.output / "README.md").read_text())

    def test_says_that_there_is_no_sanitizer(self) -> None:
        (self.bin / "compute-sanitizer").unlink()
        self.assert_without_sanitizers("compute-sanitizer is not found")

    def test_says_that_the_sanitizer_does_not_know_the_machine(self) -> None:
        self.set("unsupported")
        self.assert_without_sanitizers("Device not supported")

    def test_finds_the_sanitizer_beside_nvcc(self) -> None:
        toolkit = self.top / "toolkit"
        toolkit.mkdir()
        for name in ("nvcc", "compute-sanitizer"):
            (self.bin / name).rename(toolkit / name)
        (self.bin / "nvcc").symlink_to(toolkit / "nvcc")
        self.check()
        self.assertEqual(self.results()["sanitizers"], "passed")

    def test_output_that_it_does_not_understand_is_a_failure(self) -> None:
        self.set("mute")
        self.check(code=3)
        self.assertIn("not understood", self.record("build")["reason"])

    def test_without_a_gpu_it_says_so_and_writes_nothing(self) -> None:
        self.set("no_device")
        self.assert_fails(self.check(code=4), 4, "no NVIDIA GPU", "No devices were found")
        (self.bin / "nvidia-smi").unlink()
        self.assert_fails(self.check(code=4), 4, "no NVIDIA GPU", "nvidia-smi")
        self.assertFalse(self.output.exists())

    def test_says_that_it_cannot_write(self) -> None:
        self.output.touch()
        self.assert_fails(self.check(code=6), 6, "cannot write results", "--output")

    def test_refuses_what_it_does_not_know(self) -> None:
        for arguments in (["--build", "nowhere"], ["--quick"], ["--build", ".", "--dependencies", "."]):
            self.assertIn("usage", self.check(*arguments, code=2).stderr)


if __name__ == "__main__":
    unittest.main()
