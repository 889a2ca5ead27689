"""scripts/completions: what each shell offers after some words. Its own program says which options, laws and values there are."""

from __future__ import annotations

import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "scripts/completions"


def said(*words: str) -> str:
    return subprocess.run([PROGRAM, *words], capture_output=True, text=True, check=True).stdout


COMMANDS = re.findall(r"(?m)^  ([a-z]+)  ", said("help").split("Subcommands:")[1])
OPTIONS = {command: set(re.findall(r"(?m)^  (?:-\w,)?(--[\w-]+)", said("help", command).split("Options:")[1].split("\n\n")[0])) for command in COMMANDS}


def setUpModule() -> None:
    folder = tempfile.TemporaryDirectory()
    unittest.addModuleCleanup(folder.cleanup)
    Completions.folder = pathlib.Path(folder.name)
    subprocess.run([sys.executable, SCRIPT, PROGRAM, folder.name], check=True)
    (Completions.folder / "a b.json").touch()


class Completions(unittest.TestCase):
    folder: pathlib.Path  # the files of all shells, and one to be found

    def run_shell(self, *command: str) -> str:
        result = subprocess.run(command, cwd=self.folder, capture_output=True, text=True)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        return result.stdout


class Bash(Completions):
    def offered(self, *words: str) -> list[str]:
        """What bash offers for the last word."""
        script = (
            "source bash/dsgd; compopt() { :; }; "
            f"COMP_WORDS=(dsgd {shlex.join(words)}); COMP_CWORD={len(words)}; _dsgd; printf '%s\\n' \"${{COMPREPLY[@]}}\""
        )
        return self.run_shell("bash", "-c", script).splitlines()

    def test_commands(self) -> None:
        self.assertEqual(set(self.offered("")), {*COMMANDS, "--help", "--version"})
        self.assertEqual(self.offered("rec"), ["recommend"])
        self.assertEqual(set(self.offered("help", "")), {*COMMANDS, "--help"})

    def test_options_of_every_command(self) -> None:
        for command, options in OPTIONS.items():
            self.assertEqual(set(self.offered(command, "--")), options, command)

    def test_values(self) -> None:
        for words, texts in (
            (("sweep", "--law", "log"), ["lognormal:mu=", "log-logistic:scale="]),
            (("sweep", "--law", "=", "pare"), ["pareto:scale="]),  # --law=pare
            (("sweep", "--strategy", "sync,k-b"), ["sync,k-batch-sync:k=", "sync,k-batch-async:k="]),
            (("sweep", "--draws", ""), ["independent", "common"]),
            (("sweep", "--engine", "cpu"), ["cpu", "cpu-materialized"]),
            (("resume", "s.db", "--engine", "au"), ["auto"]),
            (("fit", "t.csv", "--missing", ""), ["refuse", "skip"]),
            (("recommend", "--goal", "n"), ["noise-scale="]),
            (("sweep", "-n", ""), [""]),
            (("sweep", "-o", "a"), ["a b.json"]),
            (("report", "a"), ["a b.json"]),
            (("report", "a b.json", "-o", "a"), ["a b.json"]),
        ):
            self.assertEqual(self.offered(*words), texts, words)


@unittest.skipUnless(shutil.which("fish"), "no fish here: apt-get install fish")
class Fish(Completions):
    def offered(self, line: str) -> list[str]:
        out = self.run_shell("fish", "--no-config", "-c", f"source fish/dsgd.fish; complete -C {shlex.quote(line)}")
        return [each.partition("\t")[0] for each in out.splitlines()]

    def test_commands(self) -> None:
        self.assertEqual(set(self.offered("dsgd ")), set(COMMANDS))
        self.assertLessEqual({"--help", "--version"}, set(self.offered("dsgd --")))

    def test_options_of_every_command(self) -> None:
        for command, options in OPTIONS.items():
            self.assertEqual(set(self.offered(f"dsgd {command} --")), options, command)

    def test_values(self) -> None:
        self.assertEqual(set(self.offered("dsgd sweep --law log")), {"lognormal:mu=", "log-logistic:scale="})
        self.assertIn("sync,k-sync:k=", self.offered("dsgd sweep --strategy sync,k-s"))
        self.assertEqual(self.offered("dsgd sweep --draws com"), ["common"])
        self.assertIn("a b.json", [each.replace("\\", "") for each in self.offered("dsgd report ")])
        self.assertEqual(self.offered("dsgd sweep -n "), [])


@unittest.skipUnless(shutil.which("zsh"), "no zsh here: apt-get install zsh")
class Zsh(Completions):
    def specs(self, command: str) -> list[str]:
        """What the file hands to _arguments after a command, which is zsh's own and needs a terminal."""
        script = (
            "_arguments() { if [[ $1 == -C ]] { state=argument } else { print -rl -- \"$@\" } }; "
            f"words=({command} x) CURRENT=2; run() {{ source zsh/_dsgd }}; run"
        )
        return self.run_shell("zsh", "-f", "-c", script).splitlines()

    def test_commands(self) -> None:
        script = "_arguments() { state=command }; _describe() { print -rl -- \"${commands[@]}\" }; words=(x) CURRENT=1; run() { source zsh/_dsgd }; run"
        self.assertEqual([line.partition(":")[0] for line in self.run_shell("zsh", "-f", "-c", script).splitlines()], COMMANDS)

    def test_options_of_every_command(self) -> None:
        for command, options in OPTIONS.items():
            found = {match[1] for each in self.specs(command) if (match := re.match(r"(?:\*|\(.*?\))(--[\w-]+)\[", each))}
            self.assertEqual(found, options, command)

    def test_values(self) -> None:
        specs = {re.match(r"(?:\*|\(.*?\))(--?[\w-]+)\[", each)[1]: each for each in self.specs("sweep")}
        self.assertTrue(specs["--draws"].endswith(":choice:(independent common)"))
        self.assertIn("exponential\\:rate=", specs["--law"])
        self.assertTrue(specs["--output"].startswith("*--output[") and specs["--output"].endswith(":file:_files"))
        self.assertTrue(specs["-n"].startswith("(-n --iterations)-n["))
        self.assertEqual(self.specs("report")[-1], "*:file:_files")


if __name__ == "__main__":
    unittest.main()
