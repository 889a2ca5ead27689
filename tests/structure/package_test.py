"""What `cmake --install` leaves is complete: another project finds the model by find_package, and the program runs.
Usage: package_test.py BUILD_FOLDER CXX_COMPILER"""

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
            self.assertTrue((root / "installed/share/dsgd/plot.py").exists())


if __name__ == "__main__":
    unittest.main()
