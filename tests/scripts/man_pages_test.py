"""scripts/man_pages: a page for the program and for each of its commands, which groff takes without a word."""

from __future__ import annotations

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "scripts/man_pages"


@unittest.skipUnless(shutil.which("help2man"), "no help2man here: apt-get install help2man")
class ManPages(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name) / "man"
        subprocess.run([SCRIPT, PROGRAM, cls.folder], check=True)
        cls.help = subprocess.run([PROGRAM, "help"], capture_output=True, text=True, check=True).stdout
        cls.pages = {path.name: path.read_text() for path in cls.folder.iterdir()}

    def test_every_command_has_one(self) -> None:
        commands = re.findall(r"(?m)^  ([a-z]+)  ", self.help.split("Subcommands:")[1])
        self.assertEqual(set(self.pages), {"dsgd.1", *(f"dsgd-{command}.1" for command in commands)})

    def test_they_say_what_the_help_says(self) -> None:
        version = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True).stdout.split()[1]
        for name, text in self.pages.items():
            stem = name.removesuffix(".1")
            self.assertRegex(text, rf'(?m)^\.TH {stem.upper()} "1" ".*" "{stem} {re.escape(version)}" "User Commands"$')
            self.assertRegex(text, rf"(?m)^\.SH NAME\n{stem} \\- \S")
            self.assertIn(".SH SYNOPSIS\n.B dsgd\n", text)
            self.assertIn("\\fB\\-h\\fR, \\fB\\-\\-help\\fR", text)
        plain = self.pages["dsgd-sweep.1"].replace("\\-", "-").replace("\\fB", "").replace("\\fR", "")
        for option in re.findall(r"(?m)^  (?:-\w,)?(--[\w-]+)", subprocess.run([PROGRAM, "help", "sweep"], capture_output=True, text=True).stdout):
            self.assertIn(option, plain)

    @unittest.skipUnless(shutil.which("groff"), "no groff here: apt-get install groff-base")
    def test_groff_takes_them_without_a_word(self) -> None:
        for name in self.pages:
            ended = subprocess.run(["groff", "-man", "-Tutf8", "-ww", "-z", self.folder / name], capture_output=True, text=True)
            self.assertEqual((ended.returncode, ended.stderr), (0, ""), name)

    def test_mistakes(self) -> None:
        ended = subprocess.run([SCRIPT], capture_output=True, text=True)
        self.assertEqual((ended.returncode, ended.stderr.count("\n")), (2, 1))


if __name__ == "__main__":
    unittest.main()
