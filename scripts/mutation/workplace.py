"""Copies of the tree in which scripts/mutate plants faults, one after another."""

import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SUITE = re.compile(r"^TEST(?:_[PF])?\(\s*(\w+),|^TYPED_TEST\(\s*(\w+),", re.MULTILINE)


class Workplace:
    """A copy of the tree that is built and tested."""

    def __init__(self, folder: pathlib.Path, build: str, options: list[str]):
        self.tree, self.build = (folder / "tree").resolve(), (folder / build).resolve()
        names = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
        for name in names:
            target = self.tree / name
            if (ROOT / name).is_file() and not (target.exists() and target.read_bytes() == (ROOT / name).read_bytes()):
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, target)
                os.utime(target)
        languages = ("CXX", "CUDA") if shutil.which("ccache") else ()
        launcher = [f"-DCMAKE_{language}_COMPILER_LAUNCHER=ccache" for language in languages]
        command = ["cmake", "-G", "Ninja", "-S", self.tree, "-B", self.build, "-DMPI=OFF", "-DDSGD_TESTS=ON", *options, *launcher]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    def ninja(self, *arguments):
        jobs = ["-j", os.environ["JOBS"]] if "JOBS" in os.environ else []
        return subprocess.run(["ninja", *jobs, *arguments], cwd=self.build, capture_output=True, text=True, check=False)

    def link_command(self, program):
        commands = self.ninja("-t", "commands", program).stdout.splitlines()
        return next(part for part in commands[-1].split(" && ") if f" -o {program} " in part)

    def link(self, words):
        result = subprocess.run(words, cwd=self.build, capture_output=True, text=True, check=False)
        return result.stderr[-2000:] if result.returncode else ""

    @staticmethod
    def ends_well(command, patience, **environment):
        """What a command printed, or None where it failed."""
        try:
            result = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False, timeout=patience,
                                    errors="replace")
        except subprocess.TimeoutExpired:
            print(f"  after {patience} s: a fault that never ends counts as noticed", flush=True)
            return None
        return result.stdout if result.returncode == 0 else None


class UnitTests(Workplace):
    """Without optimization: compiled with a fault are the unit tests that must notice it, and then all else."""

    PROGRAM = "tests/unit/dsgd_unit_tests"
    PATIENCE = 90  # s, for the tests of a fault

    def __init__(self, folder, faults):
        tests = sorted({name for fault in faults for name in fault.tests})
        super().__init__(folder, "build", ["-DCUDA=OFF", "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_CXX_FLAGS_DEBUG=-O0",
                                           f"-DDSGD_UNIT_TESTS={';'.join(tests)}"])
        self.link_words = self.link_command(self.PROGRAM).split()

    @staticmethod
    def exists(test):
        return (ROOT / "tests/unit" / test).exists()

    @staticmethod
    def gtest_filter(tests):
        suites = set()
        for name in tests:
            for match in SUITE.finditer((ROOT / "tests/unit" / name).read_text()):
                suite = match[1] or match[2]
                suites |= {f"{suite}.*", f"*/{suite}.*", f"{suite}/*.*"}
        return ":".join(sorted(suites))

    def steps(self, fault):
        """What is compiled in turn, until the fault is noticed: is the library, too?"""
        return (False, True) if fault.file.endswith(".hpp") else (True,)

    def compile(self, tests, library):
        """Builds the program of some test files, and the library if wanted. The compiler's words where that fails, else nothing."""
        objects = [f"tests/unit/CMakeFiles/dsgd_unit_tests.dir/{name}.o" for name in tests]
        result = self.ninja(*objects, *(["dsgd_host", "dsgd_definition", "dsgd_engines", "dsgd_kernels"] if library else []))
        if result.returncode:
            return result.stdout[-2000:]
        words = [word for word in self.link_words if not word.startswith("tests/unit/CMakeFiles/")]
        words[1:1] = objects  # before the library's: the linker keeps the first of several inline functions
        return self.link(words)

    def compile_all(self, tests):
        return self.compile(tests, library=True)

    def passes(self, tests, patience=900):
        command = [self.build / self.PROGRAM, f"--gtest_filter={self.gtest_filter(tests)}-*Nightly*", "--gtest_brief=1",
                   "--gtest_fail_fast"]
        output = self.ends_well(command, patience)
        if output is not None and "Running 0 tests" in output:
            sys.exit(f"mutate: no test in {tests}")
        return output is not None


class EmulatedGpu(Workplace):
    """The program with an emulated GPU, whose kernels know two laws: a fifth of the time. Of a fault only that part is compiled
    which it is in: the PTX, or the host's part."""

    PROGRAM = "tests/emulated_gpu/dsgd_emulated"
    PATIENCE = 1800
    LAWS = "Exponential, Empirical"  # those of FEW_LAWS in tests/emulated_gpu/checks/sweeps.py
    PARTS = {"device": ["dsgd_emulated_fused", "dsgd_emulated_materialized", "dsgd_emulated_race"], "host": ["dsgd_kernels"]}

    def __init__(self, folder, _faults):
        headers = folder / "few_laws"
        laws = headers / "dsgd/law/list.hpp"
        laws.parent.mkdir(parents=True, exist_ok=True)
        text, count = re.subn(r"(?s)using Law = std::variant<.*?>;", f"using Law = std::variant<{self.LAWS}>;",
                              (ROOT / "include/dsgd/law/list.hpp").read_text())
        if count != 1:
            sys.exit("mutate: include/dsgd/law/list.hpp has no list of laws where it was")
        if not laws.exists() or laws.read_text() != text:
            laws.write_text(text)
        super().__init__(folder, "build-device", [
            "-DCUDA=ON", "-DCMAKE_CUDA_ARCHITECTURES=90-virtual", "-DCMAKE_BUILD_TYPE=Release", "-DDSGD_UNITY=ON",
            "-DCMAKE_CUDA_FLAGS_RELEASE=-O1 -DNDEBUG", f"-DDSGD_EMULATED_INCLUDE={headers}",
        ])  # fmt: skip
        self.link_words = self.link_command(self.PROGRAM).split()
        self.part = "device"  # that of the last fault, which is in the objects still

    @staticmethod
    def exists(test):
        return (ROOT / "tests/emulated_gpu/checks" / test).exists()

    def steps(self, fault):
        return (fault.part,)

    def compile(self, _tests, part):
        targets = [target for name in {part, self.part} for target in self.PARTS[name]]
        self.part = part
        result = self.ninja(*targets)
        return result.stdout[-2000:] if result.returncode else self.link(self.link_words)

    def compile_all(self, _tests):
        result = self.ninja(self.PROGRAM)
        return result.stdout[-2000:] if result.returncode else ""

    def passes(self, tests, patience=900):
        program = self.build / self.PROGRAM
        checks = self.tree / "tests/emulated_gpu/checks"
        return all(
            self.ends_well([sys.executable, "-B", checks / name, program, "--failfast"], patience, FEW_LAWS="1") is not None
            for name in tests
        )
