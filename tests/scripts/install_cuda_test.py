"""scripts/install_cuda, with a fake of pip."""

from __future__ import annotations

import shutil
import subprocess
import unittest
from pathlib import Path

from sandbox import Sandbox

# A Python that has pip: installs what scripts/install_cuda looks for into the folder after --target.
PYTHON = """
has no_pip && exit 1
[[ $1 == -c ]] && exit 0
[[ $1 == -m && $2 == pip ]] || exit 2
has offline && { echo 'ERROR: Could not find a version that satisfies the requirement'; exit 1; }
target=; for word; do [[ $last == --target ]] && target=$word; last=$word; done
mkdir -p "$target/nvidia/cu13/bin" "$target/nvidia/cu13/lib" "$target/nvidia_cuda_nvcc-13.0.88.dist-info"
echo licence >"$target/nvidia_cuda_nvcc-13.0.88.dist-info/License.txt"
{ echo '#!/bin/bash'; has old_glibc && echo 'exit 1'; echo 'echo V13.0.88'; } >"$target/nvidia/cu13/bin/nvcc"
chmod +x "$target/nvidia/cu13/bin/nvcc"
"""
WHEELS = ("cuda-nvcc", "cuda-crt", "nvvm", "cuda-runtime", "cuda-cccl", "curand")


class InstallCuda(Sandbox):
    def setUp(self) -> None:
        super().setUp()
        for name in ("ln", "mv", "realpath", "rmdir"):
            self.bin.joinpath(name).symlink_to(shutil.which(name))
        self.fake("python3", PYTHON)
        self.fake("uname", "cat $STATE/platform")
        self.set("platform", "Linux x86_64\n")
        self.prefix = self.top / ".local/share/dsgd/cuda-13.0"

    def install(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        python = str(self.bin / "python3")
        return self.run_script("install_cuda", *arguments, DSGD_PYTHON=python, **environment)

    def fetches(self) -> list[str]:
        return [call for call in self.calls("python3") if call.startswith("python3 -m pip install")]

    def assert_installs(self, prefix: Path, *arguments: str, **environment: str) -> None:
        result = self.install(*arguments, **environment)
        self.assertEqual(result.returncode, 0, result.stderr)
        nvcc = str(prefix / "bin/nvcc").replace(" ", "\\ ")
        self.assertEqual(result.stdout, f"rm -rf build && CUDACXX={nvcc} scripts/run\n")
        self.assertTrue((prefix / "bin/nvcc").is_file())

    def assert_leaves_nothing(self) -> None:
        self.assertEqual([*self.prefix.parent.glob("*")], [])

    def test_installs_pinned_wheels_without_what_they_depend_on(self) -> None:
        self.assert_installs(self.prefix)
        (call,) = self.fetches()
        self.assertIn(" --no-deps ", call)
        for wheel in WHEELS:
            self.assertRegex(call, rf" nvidia-{wheel}==\d+\.\d+\.\d+")

    def test_makes_the_folder_a_toolkit(self) -> None:
        self.assert_installs(self.prefix)
        self.assertEqual((self.prefix / "lib64").readlink(), Path("lib"))
        self.assertEqual((self.prefix / "lib/libcudart.so").readlink(), Path("libcudart.so.13"))
        self.assertEqual((self.prefix / "lib/libcurand.so").readlink(), Path("libcurand.so.10"))
        self.assertTrue(any(self.prefix.glob("licences/*/License.txt")))
        self.assertEqual([*self.prefix.parent.iterdir()], [self.prefix])

    def test_a_second_time_it_fetches_nothing(self) -> None:
        self.assert_installs(self.prefix)
        self.calls()
        self.set("offline")
        self.assert_installs(self.prefix)
        self.assertEqual(self.calls("python3", "uname"), [])

    def test_replaces_other_versions_of_its_own(self) -> None:
        self.assert_installs(self.prefix)
        (self.prefix / "wheels.txt").write_text("nvidia-cuda-nvcc==13.0.1\n")
        (self.prefix / "stale").touch()
        self.assert_installs(self.prefix)
        self.assertFalse((self.prefix / "stale").exists())

    def test_installs_where_it_is_told(self) -> None:
        self.assert_installs(self.top / "data/dsgd/cuda-13.0", XDG_DATA_HOME=str(self.top / "data"))
        self.assert_installs(self.top / "my cuda", "--prefix", "my cuda")

    def test_leaves_alone_what_is_not_its_own(self) -> None:
        mine = self.top / "mine"
        mine.mkdir()
        self.assert_installs(mine, "--prefix", str(mine))
        self.calls()
        (mine / "wheels.txt").unlink()
        self.assert_fails(self.install("--prefix", str(mine)), 2, str(mine), "holds something else")
        self.assertTrue((mine / "bin/nvcc").exists())
        self.assertEqual(self.fetches(), [])

    def test_says_what_is_missing(self) -> None:
        self.set("offline")
        result = self.install()
        self.assert_fails(result, 1, "pip could not fetch", "network")
        self.assertIn("Could not find a version", result.stderr)
        self.assert_leaves_nothing()
        self.set("platform", "Darwin arm64\n")
        self.assert_fails(self.install(), 1, "Darwin arm64", "Linux x86_64")
        self.set("platform", "Linux x86_64\n")
        # with_python falls back to this one, which has a real pip on many machines
        with_python = self.root / "scripts/with_python"
        text = with_python.read_text()
        self.assertEqual(text.count(" /usr/bin/python3;"), 1)
        with_python.write_text(text.replace(" /usr/bin/python3;", ";"))
        self.set("no_pip")
        self.assert_fails(self.install(), 1, "no Python with pip", "python3-pip")

    def test_does_not_install_what_does_not_run(self) -> None:
        self.set("old_glibc")
        self.assert_fails(self.install(), 1, "does not run here")
        self.assert_leaves_nothing()

    def test_says_that_the_folder_cannot_be_made(self) -> None:
        (self.top / "file").touch()
        self.assert_fails(self.install("--prefix", "file/cuda"), 6, "--prefix")

    def test_refuses_what_it_does_not_know(self) -> None:
        for arguments in (["--prefix"], ["--prefix", ""], ["--for", "run"], ["here"]):
            self.assert_fails(self.install(*arguments), 2)


if __name__ == "__main__":
    unittest.main()
