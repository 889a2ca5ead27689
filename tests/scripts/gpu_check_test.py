"""scripts/gpu_check, with fakes of nvidia-smi, compute-sanitizer, CMake, nvcc, dsgd and the GPU tests."""

from __future__ import annotations

import json
import re
import sys
import unittest
from pathlib import Path

from gpu_checking import STEPS, GpuCheckCase
from sandbox import SCRIPTS

sys.path.insert(0, str(SCRIPTS))
from gpu_check_steps.check import Failed, NotRun, judged_by  # noqa: E402


class JudgedBy(unittest.TestCase):
    @staticmethod
    def end(over: bool, bad: bool) -> None:
        def judge() -> None:
            if bad:
                raise Failed("bad")

        with judged_by(judge):
            if over:
                raise NotRun("the time limit was reached")

    def test_what_was_found_counts_although_the_time_is_over(self) -> None:
        self.end(over=False, bad=False)
        self.assertRaises(NotRun, self.end, over=True, bad=False)
        self.assertRaises(Failed, self.end, over=False, bad=True)
        self.assertRaises(Failed, self.end, over=True, bad=True)


class GpuCheck(GpuCheckCase):
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
        self.assertEqual({path.name for path in self.output.iterdir()}, {"README.md", "results.json"})
        summary = self.summary()
        self.assertTrue(summary["passed"])
        self.assertEqual(
            [summary[key] for key in ("device", "driver", "cuda", "commit")],
            ["NVIDIA Fake", "580.1", "13.0", "abc123"],
        )
        self.assertEqual(len(self.record("tests")["figures"]["tests"]), 9)
        self.assertEqual(len(self.record("sanitizers")["figures"]["runs"]), 2)
        rows = self.record("throughput")["figures"]["measurements"]
        self.assertEqual(len(rows), 3 * 3 + 11)
        for row in rows:
            self.assertEqual((row["runs"], row["draws_per_second"]), (3, {"best": 2e7, "median": 2e7}))
        bench = self.record("bench")["figures"]
        self.assertEqual(bench["calibration"][0]["multiprocessors"], 132)
        self.assertEqual(len(bench["measurements"]), 2 * (6 + 3 * 2))
        self.assertEqual({row["engine"] for row in bench["measurements"]}, {"cuda", "cuda-materialized"})
        self.assertEqual(self.record("peers")["figures"]["rows"][0]["name"], "dsgd cuda")

    def test_its_limits_are_within_five_minutes_and_two_for_the_build(self) -> None:
        text = (SCRIPTS / "gpu_check").read_text()
        limits = re.findall(r'^    Step\("(\w+)", (\d+),', text, re.MULTILINE)
        self.assertEqual([name for name, _ in limits], list(STEPS))
        self.assertLessEqual(sum(int(limit) for name, limit in limits if name != "build"), 300)
        self.assertLessEqual(int(dict(limits)["build"]), 120)

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
        self.assertEqual(self.results(), {step: "failed" if step == "build" else "not run" for step in STEPS})
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

    def test_fails_by_one_step(self) -> None:
        for state, step, *words in (
            ("no_cpu-materialized", "equality", "--engine cpu-materialized is not available here"),
            ("skipping", "tests", "1 of 9 tests: PortableLogOnDevice", "skipped"),
            ("wrong", "bench", "dsgd: engine cuda differs from reference"),
            ("no_peers", "peers", "a wrong mean"),
            ("renamed", "sanitizers", "has no CudaMaterialized.ServesBatches"),
        ):
            with self.subTest(state):
                self.set(state)
                self.check(code=3)
                self.assert_only_fails(step, *words)
                (self.state / state).unlink()

    def test_fails_when_a_test_fails(self) -> None:
        self.set("failing")
        self.check(code=3)
        self.assertEqual(self.results()["tests"], "failed")
        self.assertEqual(self.results()["throughput"], "passed")
        self.assertIn("HasTheHostsBitsForEvery256thWord failed", self.record("tests")["reason"])
        results = self.record("tests")["figures"]["tests"]
        self.assertEqual([one["result"] for one in results], [*["passed"] * 8, "failed"])
        self.assertIn("Which is: 3", results[-1]["output"])

    def test_fails_when_there_are_no_tests(self) -> None:
        (self.folder / "tests/gpu/gpu_test").write_text("#!/bin/bash\n")
        self.check(code=3)
        self.assertIn("has no tests", self.record("tests")["reason"])

    def test_a_step_that_hangs_is_not_run_and_the_others_are(self) -> None:
        script = self.root / "scripts/gpu_check"
        text = script.read_text()
        self.assertEqual(len(re.findall(r'Step\("tests", \d+', text)), 1)
        script.write_text(re.sub(r'Step\("tests", \d+', 'Step("tests", 1', text))
        (self.bin / "compute-sanitizer").unlink()
        self.set("hanging")
        result = self.check(code=75)  # answers that were not checked are no success
        self.assertIn("NOT CHECKED, without tests, sanitizers", result.stderr)
        self.assertFalse(self.summary()["passed"])
        self.assertEqual(self.results()["tests"], "not run")
        self.assertIn("time limit", self.record("tests")["reason"])
        self.assertEqual(len(self.record("tests")["figures"]["tests"]), 8)
        self.assertEqual(self.results()["throughput"], "passed")
        child = Path("/proc", (self.state / "child").read_text().strip(), "cmdline")
        self.assertFalse(child.exists() and child.read_bytes(), "a process of the step still runs")

    def test_fails_when_a_sanitizer_finds_something(self) -> None:
        self.set("finds_racecheck")
        self.check(code=3)
        self.assert_only_fails("sanitizers", "racecheck (status 86)")
        runs = self.record("sanitizers")["figures"]["runs"]
        self.assertEqual([run["status"] for run in runs], [0, 86])
        self.assertEqual(runs[1]["report"], ["========= Invalid __global__ write of size 4"])

    def test_shows_a_bench_without_a_ceiling(self) -> None:
        self.set("unbound")
        self.check()
        self.assertIn("| cuda | 20 | 5,000 | 2e+12 | 1.9e+12 | 1e+11 | - |", (self.output / "README.md").read_text())

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
        self.assert_fails(self.check(code=4), 4, "no NVIDIA GPU", "no CUDA-capable device is detected")
        self.assertFalse(self.output.exists())

    def test_needs_no_nvidia_smi(self) -> None:
        (self.bin / "nvidia-smi").unlink()
        self.check()
        summary = self.summary()
        self.assertEqual((summary["device"], summary["driver"]), ("NVIDIA Fake", "for CUDA 13.0"))

    def test_finds_libraries_beside_the_programs_and_the_tests_wherever_they_are(self) -> None:
        (self.folder / "tests/gpu/gpu_test").rename(self.folder / "gpu_test")
        (self.folder / "dsgd").write_text(
            (self.folder / "dsgd").read_text().replace("\ncommand=", '\necho "$LD_LIBRARY_PATH" >"$STATE/path"\ncommand=')
        )
        self.check()
        self.assertIn(str(self.folder), (self.state / "path").read_text().strip().split(":"))

    def test_unpacks_debian_packages(self) -> None:
        (self.top / "deps").mkdir()
        (self.top / "deps/libx-dev_1_amd64.deb").touch()
        self.fake("dpkg-deb", 'mkdir -p "$3/usr/lib/x86_64-linux-gnu/cmake"')
        self.check("--dependencies", "deps")
        target = f"{self.root}/build-gpu/dependencies"
        unpack, configure, _ = self.calls("dpkg-deb", "cmake")
        self.assertEqual(unpack, f"dpkg-deb --extract {self.top}/deps/libx-dev_1_amd64.deb {target}")
        self.assertIn(f"{target}/usr/lib/x86_64-linux-gnu/cmake", configure)

    def test_says_that_it_cannot_write(self) -> None:
        self.output.touch()
        self.assert_fails(self.check(code=6), 6, "cannot write results", "--output")

    def test_refuses_what_it_does_not_know(self) -> None:
        for arguments in (["--build", "nowhere"], ["--quick"], ["--build", ".", "--dependencies", "."]):
            self.assertIn("usage", self.check(*arguments, code=2).stderr)


if __name__ == "__main__":
    unittest.main()
