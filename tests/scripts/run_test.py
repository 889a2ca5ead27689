"""scripts/run and scripts/test, with fakes of CMake, ctest and the compilers."""

from __future__ import annotations

import sys
import unittest

from sandbox import Sandbox

# Configures and builds as far as the scripts look: the cache, Ninja's file, the compiler's record, a program.
CMAKE = """
if [[ $1 == --preset ]]; then
  has no_configure && { echo 'CMake Error' >&2; exit 1; }
  mkdir -p build/CMakeFiles/3.25.1
  record=build/CMakeFiles/3.25.1/CMakeCXXCompiler.cmake
  compiler=$(command -v "${CXX:-c++}")
  { echo "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD"; echo 'CMAKE_GENERATOR:INTERNAL=Ninja'
    echo "CMAKE_CXX_COMPILER:FILEPATH=$compiler"
    for argument; do [[ $argument != -D* ]] || { argument=${argument#-D}; echo "${argument/=/:BOOL=}"; }; done
  } >build/CMakeCache.txt
  echo "set(CMAKE_CXX_COMPILER_VERSION \\"$("$compiler" -dumpversion)\\")" >"$record"
  echo >build/build.ninja
else
  has no_build && { echo 'error: expected ;' >&2; exit 1; }
  cat "$STATE/program" >"$2/dsgd"; chmod +x "$2/dsgd"
fi
echo 'chatter of CMake'
"""
# Reports one test that was skipped, and counts those of a label.
CTEST = """
has no_tests && exit 8
while (($#)); do
  case $1 in
    --output-junit) mkdir -p "${2%/*}"; cat "$STATE/report" >"$2" ;;
    --show-only) echo 'Total Tests: 7' ;;
  esac
  shift
done
echo 'chatter of ctest'
"""
REPORT = """<testsuite><testcase name="Cuda.Runs" status="notrun"><skipped message=""/>
<system-out>[ RUN      ] Cuda.Runs
no device
[  SKIPPED ] Cuda.Runs (0 ms)</system-out></testcase></testsuite>
"""
COMPILER = 'cat "$STATE/${0##*/}.version"'
PROGRAM = """#!/bin/bash
echo "dsgd $*" >>"$STATE/calls"
[[ -e $STATE/no_sweep ]] && { echo 'dsgd: the disk is full: make room' >&2; exit 6; }
echo the table
"""
MODULE = "-DDSGD_PYTHON_MODULE=ON -DPython_EXECUTABLE=/environment/python"
SWEEP = "dsgd sweep -o results/results.csv -o results/results.json --plot results/figure.png"


class Scripts(Sandbox):
    def setUp(self) -> None:
        super().setUp()
        self.fake("cmake", CMAKE)
        self.fake("ctest", CTEST)
        self.set("report", REPORT)
        self.bin.joinpath("python3").symlink_to(sys.executable)
        for name, version in (("c++", "12.2.0"), ("clang++", "14.0.6")):
            self.fake(name, COMPILER)
            self.set(f"{name}.version", version)
        self.set("program", PROGRAM)
        environment = self.root / "scripts/python_environment"
        environment.write_text("#!/bin/bash\necho /environment/python\n")
        environment.chmod(0o755)

    def configured(self) -> list[str]:
        """Calls of CMake that configure."""
        return [call for call in self.calls("cmake") if "--preset" in call]

    def assert_works(self, script: str, *arguments: str, **environment: str) -> str:
        result = self.run_script(script, *arguments, **environment)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout


class Run(Scripts):
    def test_configures_builds_and_runs_the_sweep(self) -> None:
        self.assertEqual(self.assert_works("run", JOBS="3"), "the table\n")
        self.assertEqual(
            self.calls("cmake", "dsgd"),
            [
                "cmake --preset default -DDSGD_TESTS=OFF -DDSGD_UNITY=ON",
                f"cmake --build {self.root}/build --parallel 3 --target dsgd",
                SWEEP,
            ],
        )
        self.assertTrue((self.root / "results").is_dir())

    def test_a_second_time_only_builds_and_runs(self) -> None:
        self.assert_works("run")
        self.calls()
        self.assert_works("run")
        self.assertEqual(self.configured(), [])
        self.assert_works("run")
        self.assertEqual(len(self.calls("cmake", "dsgd")), 2)

    def assert_starts_afresh(self, change, **environment: str) -> None:
        self.assert_works("run")
        self.calls()
        leftover = self.root / "build/object.o"
        leftover.touch()
        change()
        self.assert_works("run", **environment)
        self.assertEqual(len(self.configured()), 1)
        self.assertFalse(leftover.exists())
        self.assert_works("run", **environment)
        self.assertEqual(self.configured(), [])

    def edit_cache(self, old: str, new: str) -> None:
        cache = self.root / "build/CMakeCache.txt"
        self.assertIn(old, cache.read_text())
        cache.write_text(cache.read_text().replace(old, new))

    def test_starts_afresh_for_another_compiler_folder_or_generator(self) -> None:
        same_version = lambda: self.set("clang++.version", "13.1.0")  # noqa: E731
        for change, environment in (
            (lambda: self.set("c++.version", "13.1.0"), {}),
            (lambda: None, {"CXX": "clang++"}),
            (same_version, {"CXX": "clang++"}),
            (lambda: self.edit_cache(str(self.root), "/home/someone/else"), {}),
            (lambda: self.edit_cache("=Ninja", "=Unix Makefiles"), {}),
            (lambda: (self.root / "build/build.ninja").unlink(), {}),  # an unfinished configuration
        ):
            self.assert_starts_afresh(change, **environment)

    def test_keeps_a_folder_that_has_tests(self) -> None:
        self.assert_works("test")
        self.calls()
        self.assert_works("run")
        self.assertEqual(self.configured(), [])

    def test_stops_at_missing_packages(self) -> None:
        self.set("packages", "")
        self.fake("apt-get", "")
        self.assert_fails(self.run_script("run"), 1, "ninja-build")
        self.assertEqual(self.calls("cmake"), [])

    def test_says_what_failed(self) -> None:
        self.set("no_configure")
        self.assert_fails(self.run_script("run"), 1, "CMake could not configure")
        (self.state / "no_configure").unlink()
        self.set("no_build")
        self.assert_fails(self.run_script("run"), 1, "the build failed")
        (self.state / "no_build").unlink()
        self.set("no_sweep")
        self.assert_fails(self.run_script("run"), 6, "the disk is full")

    def test_says_that_results_cannot_be_written(self) -> None:
        (self.root / "results").write_text("in the way")
        self.assert_fails(self.run_script("run"), 6, "results/")

    def test_takes_no_arguments(self) -> None:
        self.assert_fails(self.run_script("run", "--workers"), 2, "dsgd sweep --help")
        self.assertIn("scripts/run", self.assert_works("run", "--help"))
        self.assertEqual(self.calls("cmake"), [])


class Test(Scripts):
    def test_builds_everything_and_passes_arguments_to_ctest(self) -> None:
        self.assert_works("test", "-LE", "slow|gpu", JOBS="2")
        self.assertEqual(
            self.calls("cmake", "ctest"),
            [
                f"cmake --preset default -DDSGD_TESTS=ON {MODULE} -DDSGD_UNITY=ON",
                f"cmake --build {self.root}/build --parallel 2 --target all",
                "ctest --test-dir build --output-on-failure --no-tests=error --parallel 2 -LE slow|gpu",
            ],
        )
        self.assert_works("test")
        self.assertEqual(self.configured(), [])

    def test_without_arguments_runs_the_quick_ones_and_says_what_it_leaves_out(self) -> None:
        result = self.run_script("test", JOBS="2")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn(f"cmake --build {self.root}/build --parallel 2 --target dsgd_quick_tests", self.calls("cmake"))
        self.assertIn("skipped 1: no device (Cuda.Runs)", result.stderr)
        self.assertIn("left out: 7 tests that take minutes", result.stderr)

    def test_adds_the_tests_to_a_folder_without(self) -> None:
        self.assert_works("run")
        self.calls()
        kept = self.root / "build/object.o"
        kept.touch()
        self.assert_works("test")
        self.assertEqual(self.configured(), [f"cmake --preset default -DDSGD_TESTS=ON {MODULE}"])
        self.assertTrue(kept.exists())

    def test_makes_warnings_errors_in_ci(self) -> None:
        self.assert_works("test")
        self.calls()
        for times in (1, 0):
            self.assert_works("test", CI="true")
            self.assertEqual(
                self.configured(), [f"cmake --preset default -DDSGD_TESTS=ON {MODULE} -DDSGD_WERROR=ON"] * times
            )

    def test_fails_when_tests_fail(self) -> None:
        self.set("no_tests")
        self.assert_fails(self.run_script("test"), 1, "tests failed")


if __name__ == "__main__":
    unittest.main()
