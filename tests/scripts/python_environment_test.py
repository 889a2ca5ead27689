"""scripts/python_environment, with fakes of Python and pip."""

from __future__ import annotations

import unittest

from sandbox import Sandbox

# An interpreter that has every module, and makes environments whose pip can be told to fail.
PYTHON = """
[[ $1 == -c ]] && { [[ $2 != *sys.executable* ]] || command -v python3; exit 0; }
folder=${!#}
mkdir -p "$folder/bin"
printf '#!/bin/bash\\necho "pip $*" >>%q/calls\\n[[ ! -e %q/no_network ]]\\n' "$STATE" "$STATE" >"$folder/bin/pip"
chmod +x "$folder/bin/pip"
"""


class PythonEnvironment(Sandbox):
    def setUp(self) -> None:
        super().setUp()
        self.fake("python3", PYTHON)
        self.list = self.root / "tests/python/requirements.txt"
        self.list.parent.mkdir(parents=True)
        self.list.write_text("numpy\n")

    def installs(self) -> int:
        result = self.run_script("python_environment")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(result.stdout, f"{self.root}/build-python/bin/python\n")
        return len(self.calls("pip"))

    def test_installs_once_for_each_list(self) -> None:
        self.assertEqual([self.installs(), self.installs()], [1, 0])
        self.list.write_text("numpy\npandas\n")
        self.assertEqual([self.installs(), self.installs()], [1, 0])

    def test_says_that_packages_could_not_be_had_and_tries_again(self) -> None:
        self.set("no_network")
        self.assert_fails(self.run_script("python_environment"), 1, "network")
        (self.state / "no_network").unlink()
        self.calls("pip")
        self.assertEqual(self.installs(), 1)


if __name__ == "__main__":
    unittest.main()
