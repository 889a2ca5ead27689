"""scripts/wheel, with fakes of Python, pip and auditwheel: a wheel that needs this machine's libraries is not handed out."""

from __future__ import annotations

import shutil
import unittest

from sandbox import Sandbox

# Makes wheels, repairs them and makes environments whose programs tell what they loaded, as LD_DEBUG lets them.
PYTHON = r"""
case $* in
  *' wheel '*) has no_compiler && exit 1; [[ $6 == --wheel-dir ]] && touch "$7/dsgd-0.whl" ;;
  *' repair '*) has too_new && exit 1; mkdir "$5"; mv "$6" "$5" ;;
  *venv*)
    mkdir -p "$3/bin"
    for program in pip dsgd python; do
      printf '#!/bin/bash\ncat "$STATE/loaded" >"loaded.$$"\n' >"$3/bin/$program"
      chmod +x "$3/bin/$program"
    done ;;
esac
"""


class Wheel(Sandbox):
    def setUp(self) -> None:
        super().setUp()
        for tool in ("grep", "mv", "realpath", "touch"):
            self.bin.joinpath(tool).symlink_to(shutil.which(tool))
        self.fake("python3", PYTHON)
        environment = self.root / "build-python"
        (environment / "bin").mkdir(parents=True)
        shutil.copy(self.bin / "python3", environment / "bin/python")
        (self.root / "tests/python").mkdir(parents=True)
        for folder in (environment, self.root / "tests/python"):
            (folder / "requirements.txt").write_text("auditwheel\n")
        self.load("libc.so.6", "libnlopt-8ad3bfb1.so.0")

    def load(self, *libraries: str) -> None:
        """What programs of the empty environment then ask for."""
        program = "/tmp/work/empty/lib/python3/site-packages/dsgd_program/dsgd"
        self.set("loaded", "".join(f"      12:\tfile={library} [0];  needed by {program} [0]\n" for library in libraries))

    def test_makes_a_wheel(self) -> None:
        result = self.run_script("wheel")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual([path.name for path in (self.root / "dist").iterdir()], ["dsgd-0.whl"])
        calls = self.calls("python")
        self.assertEqual([call.split()[2] for call in calls], ["pip", "auditwheel", "venv"])

    def test_notices_libraries_of_this_machine(self) -> None:
        self.load("libnlopt.so.0")
        self.assert_fails(self.run_script("wheel", str(self.top / "wheels")), 1, "libnlopt", "inside")
        self.assertFalse((self.top / "wheels").exists())

    def test_says_what_failed(self) -> None:
        for fault, words in (("no_compiler", "built"), ("too_new", "elsewhere")):
            self.set(fault)
            self.assert_fails(self.run_script("wheel"), 1, words)
            (self.state / fault).unlink()
        self.assert_fails(self.run_script("wheel", "--fast"), 2, "folder")


if __name__ == "__main__":
    unittest.main()
