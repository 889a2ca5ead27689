"""scripts/with_python: which Python it takes."""

from __future__ import annotations

import shlex
import sys
import unittest

from sandbox import Sandbox

# Has the modules in $STATE/NAME.modules; says its name where the real one would run a script.
PYTHON = """
name=${0##*/}
if [[ $1 == -c ]]; then [[ " $(cat "$STATE/$name.modules") " == *" $3 "* ]]; exit; fi
echo "$name runs $*"
"""


class WithPython(Sandbox):
    def setUp(self) -> None:
        super().setUp()
        for name in ("python3", "my python"):
            self.fake(name, PYTHON)
            self.set(f"{name}.modules")

    def test_takes_the_first_that_has_the_module(self) -> None:
        mine = str(self.bin / "my python")
        self.set("python3.modules", "drawing")
        self.assertEqual(self.output("drawing", "a", "b c"), "python3 runs a b c\n")
        self.assertEqual(self.output("drawing", "a", DSGD_PYTHON=mine), "python3 runs a\n")
        self.set("my python.modules", "drawing")
        self.assertEqual(self.output("drawing", "a", DSGD_PYTHON=mine), "my python runs a\n")
        self.assertEqual(self.output("drawing", "a", DSGD_PYTHON="/no/such/python"), "python3 runs a\n")

    def output(self, *arguments: str, **environment: str) -> str:
        result = self.run_script("with_python", *arguments, **environment)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        return result.stdout

    def test_asks_a_real_python_rightly(self) -> None:
        self.bin.joinpath("python3").write_text(f'#!/bin/bash\nexec {shlex.quote(sys.executable)} "$@"\n')
        for modules in ("json", "json,csv"):
            self.assertEqual(self.output(modules, "-c", "print(6 * 7)"), "42\n")
        for modules in ("json,no_such_module", "no_such_module,json"):
            self.assert_fails(self.run_script("with_python", modules, "-c", ""), 77, modules)

    def test_exits_as_a_skipped_test_when_none_has_it(self) -> None:
        self.assert_fails(self.run_script("with_python", "no_such_module", "a"), 77, "no_such_module")


if __name__ == "__main__":
    unittest.main()
