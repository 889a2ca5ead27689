"""What `cmake --install` leaves is complete: another project finds the model by find_package, and the program runs, also elsewhere
and out of packages; scripts/uninstall takes away what came, and nothing else.
Usage: package_test.py BUILD_FOLDER CXX_COMPILER"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

COMPILER = sys.argv.pop()
BUILD = pathlib.Path(sys.argv.pop()).resolve()
SCRIPTS = pathlib.Path(__file__).resolve().parents[2] / "scripts"
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


class Folder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def assert_it_works(self, prefix):
        """The program computes, draws where matplotlib is, and has its manual, in a place where it was not installed."""
        environment = {"PATH": "/usr/bin:/bin", "HOME": str(self.root)}
        text = run(prefix / "bin/dsgd", "sweep", "-m", "3", "-n", "9", "--format", "csv", env=environment)
        self.assertTrue(text.startswith("law,strategy,workers"), text)
        if subprocess.run(["/usr/bin/python3", "-c", "import matplotlib"], capture_output=True, check=False).returncode == 0:
            run(prefix / "bin/dsgd", "sweep", "-m", "1:3", "-n", "9", "--plot", self.root / "moved.svg", env=environment)
            self.assertIn("<svg", (self.root / "moved.svg").read_text())
            (self.root / "moved.svg").unlink()
        if (BUILD / "man").exists():
            page = prefix / "share/man/man1/dsgd-sweep.1"
            self.assertIn("\\-\\-strategy", page.read_text())
            if shutil.which("man"):
                self.assertEqual(run("man", "-M", prefix / "share/man", "-w", "dsgd-sweep").strip(), str(page))
        for document in ("README.md", "docs/README.md", "docs/figures/notebook.png", "scripts/slurm/array.sh"):
            self.assertTrue((prefix / "share/doc/dsgd" / document).exists(), document)


class Package(Folder):
    def test_another_project_builds_against_what_is_installed(self):
        root = self.root
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

    def test_it_runs_where_it_is_moved(self):
        run("cmake", "--install", BUILD, "--prefix", self.root / "here")
        (self.root / "else where").mkdir()
        moved = (self.root / "here").rename(self.root / "else where/dsgd")
        self.assert_it_works(moved)

    def test_an_archive_runs_where_it_is_unpacked(self):
        made = run(SCRIPTS / "package", "--of", BUILD, self.root / "made").split()
        (archive,) = [each for each in made if each.endswith(".tar.gz")]
        run("tar", "-xf", archive, "-C", self.root)
        (unpacked,) = self.root.glob("dsgd-*")
        self.assert_it_works(unpacked)
        libraries = run("ldd", unpacked / "bin/dsgd")
        for name in ("libnlopt", "libsqlite3", "libcrypto"):
            self.assertRegex(libraries, rf"{name}\S* => {self.root}/\S+/lib/dsgd/{name}")
        self.assertEqual(files(unpacked / "share/dsgd"), files(BUILD / "share/dsgd"))

    def test_a_debian_package_comes_and_goes(self):
        made = run(SCRIPTS / "package", "--of", BUILD, self.root / "made").split()
        (package,) = [each for each in made if each.endswith(".deb")]
        about = run("dpkg-deb", "--field", package)
        self.assertRegex(about, r"(?m)^Depends: .*libnlopt0.*libsqlite3-0")
        self.assertNotRegex(about, r"(?m)^Depends: .*openmpi")  # mpirun brings it
        system = self.root / "system"
        (system / "var/lib/dpkg/updates").mkdir(parents=True)
        (system / "var/lib/dpkg/info").mkdir()
        (system / "var/lib/dpkg/status").touch()
        dpkg = ["dpkg", f"--root={system}", "--force-not-root,depends,bad-path", f"--log={self.root / 'log'}"]
        run(*dpkg, "--install", package)
        self.assert_it_works(system / "usr")
        run(*dpkg, "--purge", "dsgd")
        self.assertFalse((system / "usr").exists())


class Uninstall(Folder):
    def setUp(self):
        super().setUp()
        self.prefix = self.root / "a prefix"
        run("cmake", "--install", BUILD, "--prefix", self.prefix)
        self.manifest = shutil.copy(BUILD / "install_manifest.txt", self.root)

    def uninstall(self, manifest):
        return subprocess.run([SCRIPTS / "uninstall", manifest], capture_output=True, text=True, check=False)

    def test_takes_all_that_came_and_nothing_else(self):
        others = [self.prefix / "share/dsgd/of mine.txt", self.prefix / "bin/other"]
        for other in others:
            other.write_text("mine")
        count = len(files(self.prefix)) - len(others)
        result = self.uninstall(self.manifest)
        self.assertEqual((result.returncode, result.stderr), (0, f"scripts/uninstall: removed {count} files from {self.prefix}\n"))
        self.assertEqual([self.prefix / each for each in files(self.prefix)], sorted(others))
        for other in others:
            other.unlink()
        self.assertEqual(self.uninstall(self.manifest).returncode, 0)  # once more takes the folders
        self.assertEqual(list(self.prefix.iterdir()), [])

    def test_refuses_other_lists(self):
        foreign = self.root / "foreign.txt"
        for text, code, words in (("", 7, "names no bin/dsgd"), (f"{self.prefix}/bin/dsgd\n/etc/passwd", 7, "'/etc/passwd' (it lies outside"),
                                  (f"{self.prefix}/bin/dsgd\n{self.prefix}/../escaped", 7, "escaped")):
            foreign.write_text(text)
            result = self.uninstall(foreign)
            self.assertEqual((result.returncode, result.stderr.count("\n")), (code, 1), result.stderr)
            self.assertIn(words, result.stderr)
        self.assertEqual(self.uninstall(self.root / "missing.txt").returncode, 6)
        self.assertTrue((self.prefix / "bin/dsgd").exists())


if __name__ == "__main__":
    unittest.main()
