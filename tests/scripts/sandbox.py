"""A copy of scripts/ in a temporary folder, with nothing on PATH but fakes and a few harmless tools."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
REAL_TOOLS = ("bash", "cat", "chmod", "dirname", "env", "mkdir", "mktemp", "nproc", "rm", "sed", "tail")

# Fakes keep their state in files of $STATE and note each call, with its arguments, in $STATE/calls.
PREAMBLE = '#!/bin/bash\necho "${0##*/} $*" >>"$STATE/calls"\nhas() { [[ -e $STATE/$1 ]]; }\n'

# Knows the packages in $STATE/packages, "NAME STATUS" a line; fails, as the real one, if one is unknown.
DPKG_QUERY = """
[[ $1 == -W && $2 == -f && $3 == '${Package} ${db:Status-Status}\\n' ]] || exit 2
shift 3; status=0
for package; do
  line=$(sed -n "/^$package /p" "$STATE/packages")
  if [[ $line ]]; then echo "$line"; else status=1; echo "no packages found matching $package" >&2; fi
done
exit $status
"""


class Sandbox(unittest.TestCase):
    """The copy lies in a folder whose name has a space; all packages are installed; the user is no root."""

    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.top = Path(temporary.name)
        self.root = self.top / "a clone"
        self.bin = self.top / "bin"
        self.state = self.top / "state"
        for folder in (self.root / "scripts", self.bin, self.state):
            folder.mkdir(parents=True)
        for script in SCRIPTS.iterdir():
            if script.is_file():
                shutil.copy(script, self.root / "scripts")
        self.hide_cuda()

        for name in REAL_TOOLS:
            self.bin.joinpath(name).symlink_to(shutil.which(name))
        self.fake("dpkg-query", DPKG_QUERY)
        self.fake("id", "cat $STATE/uid")
        self.set("uid", "1000")
        self.set("packages", "".join(f"{name} installed\n" for name in self.listed()))

    def hide_cuda(self) -> None:
        """The machine's own toolkit is not part of the test."""
        common = self.root / "scripts/common.sh"
        text = common.read_text()
        self.assertEqual(text.count("/usr/local/cuda/"), 1)
        common.write_text(text.replace("/usr/local/cuda/", "/no/such/folder/"))

    def listed(self, *groups: str) -> list[str]:
        """Packages of the given groups, or of all."""
        lines = (SCRIPTS / "packages.txt").read_text().splitlines()
        rows = [line.split() for line in lines if line and not line.startswith("#")]
        return [row[1] for row in rows if not groups or row[0] in groups]

    def fake(self, name: str, body: str) -> None:
        path = self.bin / name
        path.write_text(PREAMBLE + body)
        path.chmod(0o755)

    def set(self, name: str, text: str = "") -> None:
        (self.state / name).write_text(text)

    def calls(self, *names: str) -> list[str]:
        """Calls of these fakes since the last question, in order, with their arguments."""
        log = self.state / "calls"
        lines = log.read_text().splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return [line for line in lines if line.split()[0] in names]

    def run_script(self, name: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Runs a script of the copy from elsewhere, without a terminal."""
        return subprocess.run(
            [self.root / "scripts" / name, *arguments],
            env={"PATH": str(self.bin), "HOME": str(self.top), "STATE": str(self.state), **environment},
            cwd=self.top,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=250,
        )

    def assert_fails(self, result: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
        """It ended with this code and with one line that says all of these."""
        self.assertEqual(result.returncode, code, result.stderr)
        lines = [line for line in result.stderr.splitlines() if line.startswith("dsgd: ")]
        self.assertEqual(len(lines), 1, result.stderr)
        self.assertEqual(result.stderr.splitlines()[-1], lines[0])
        for word in words:
            self.assertIn(word, lines[0])
