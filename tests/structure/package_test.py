"""What `cmake --install` leaves is complete: another project finds the model by find_package, and the program runs.
Usage: package_test.py BUILD_FOLDER CXX_COMPILER"""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

COMPILER = sys.argv.pop()
BUILD = pathlib.Path(sys.argv.pop()).resolve()
PROJECT = """cmake_minimum_required(VERSION 3.22)
project(user CXX)
find_package(dsgd REQUIRED)
add_executable(user user.cpp)
target_link_libraries(user PRIVATE dsgd::model)
"""
SOURCE = """#include <dsgd/sweep.hpp>
#include <cstdio>
int main() {
  dsgd::Sweep sweep;
  sweep.workers = {3, 4};
  std::printf("%zu points", dsgd::expand(sweep).size());
}
"""


def run(*command, **options):
    result = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False, **options)
    if result.returncode != 0:
        raise AssertionError(f"{command}: {result.stdout[-2000:]}{result.stderr[-2000:]}")
    return result.stdout


SHELL_FILES = {
    "man/dsgd-sweep.1": "man/man1/dsgd-sweep.1",
    "completions/bash/dsgd": "bash-completion/completions/dsgd",
    "completions/zsh/_dsgd": "zsh/site-functions/_dsgd",
    "completions/fish/dsgd.fish": "fish/vendor_completions.d/dsgd.fish",
}


def files(folder):
    """Those that lie in it, by their paths."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")


class Package(unittest.TestCase):
    def test_another_project_builds_against_what_is_installed(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            run("cmake", "--install", BUILD, "--prefix", root / "installed")
            (root / "CMakeLists.txt").write_text(PROJECT)
            (root / "user.cpp").write_text(SOURCE)
            run("cmake", "-S", root, "-B", root / "build", "-G", "Ninja", f"-DCMAKE_CXX_COMPILER={COMPILER}", f"-DCMAKE_PREFIX_PATH={root / 'installed'}")
            run("cmake", "--build", root / "build")
            self.assertEqual(run(root / "build/user"), "4 points")
            run(root / "installed/bin/dsgd", "sweep", "-m", "3", "-n", "9", "-o", root / "r.csv")
            self.assertTrue((root / "r.csv").exists())
            self.assertEqual({each.name for each in (root / "installed").iterdir()} - {"lib64"}, {"bin", "include", "lib", "share"})
            share = root / "installed/share"
            self.assertEqual(files(share / "dsgd"), files(BUILD / "share/dsgd"))  # what draws and makes pages
            self.assertIn("pages/template.html", files(share / "dsgd"))
            self.assertTrue(os.access(share / "dsgd/plot.py", os.X_OK))
            for built, place in SHELL_FILES.items():  # a build of the program alone has none
                self.assertEqual((share / place).exists(), (BUILD / built).exists(), place)


if __name__ == "__main__":
    unittest.main()
