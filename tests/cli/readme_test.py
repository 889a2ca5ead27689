"""The README's commands print what stands below them, and its links lead somewhere."""

import pathlib
import re
import shlex
import subprocess
import unittest

from command import PROGRAM, Case, dsgd

ROOT = pathlib.Path(__file__).resolve().parents[2]
TEXT = (ROOT / "README.md").read_text()


def shown():
    """Commands that the README shows with their output: words and lines."""
    for block in re.findall(r"(?m)^    \$ build/dsgd ((?:.*\\\n)*.*)\n\n((?:    .*\n)+)", TEXT):
        command, output = block
        yield shlex.split(command.replace("\\\n", " ")), [line[4:] for line in output.splitlines()]


class Readme(Case):
    def test_commands_print_what_is_shown(self):
        blocks = list(shown())
        self.assertEqual(len(blocks), 3)
        for words, lines in blocks:
            printed = dsgd(*words).stdout.splitlines()
            for line in lines:
                self.assertIn(line, printed)

    def test_pages(self):
        """Their commands, one after the other; what stands below them is what the last of them print."""
        for name, least in (("measured-times", 30), ("choosing", 17), ("rl-post-training", 11), ("speculation", 15)):
            with self.subTest(name):
                self.assertGreater(self.checked_lines((ROOT / f"docs/{name}.md").read_text()), least)

    def checked_lines(self, page):
        """Runs the commands of a page. Returns how many lines of what it shows they have printed."""
        page = page.replace(" --plot times.png", "")  # needs matplotlib
        printed, checked = [], 0
        for block in re.findall(r"(?m)(?:^    .*\n)+", page):
            block = "".join(line[4:] + "\n" for line in block.splitlines()).replace("\\\n", "")
            lines = block.splitlines()
            commands = [line[2:] for line in lines if line.startswith("$ ")] or ([block] if block.startswith("python3") else [])
            if commands:
                words = ["bash", "-ec", 'dsgd() { "$0" "$@"; }\n' + "\n".join(commands), PROGRAM]
                result = subprocess.run(words, cwd=self.folder, capture_output=True, text=True, check=False)
                self.assertEqual(result.returncode, 0, result.stderr)
                printed = result.stdout.splitlines()
            for line in lines:
                if not line.startswith("$ ") and commands != [block]:
                    self.assertIn(line, printed)
                    checked += 1
        return checked

    def test_links_lead_somewhere(self):
        for document in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/**/*.md")]:
            for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", document.read_text()):
                if not link.startswith("http"):
                    self.assertTrue((document.parent / link).exists(), f"{document}: {link}")

    def test_it_is_short(self):
        self.assertLess(len(TEXT.split()), 1200)


if __name__ == "__main__":
    unittest.main()
