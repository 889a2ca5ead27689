"""The commands of a document do what it says: they are run in the order of the page, and print what stands below them.

Usage: documents_test.py PROGRAM [DOCUMENT...]: paths from the project's folder. Without one, the test tests itself, and the links.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import differences
from blocks import blocks_of

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM, DOCUMENTS = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:]


class Wrong(AssertionError):
    pass


class Reader:
    """Who follows a document in an empty folder, in which build/ is that of the program, to the letter but for `differences`."""

    def __init__(self, document, folder):
        self.document, self.folder = document, folder
        self.environment = {**os.environ, "PATH": f"{PROGRAM.parent}:{os.environ['PATH']}", "DSGD_PYTHON": sys.executable}
        (folder / "build").symlink_to(PROGRAM.parent)
        self.printed, self.by_form = [], False
        self.commands = self.compared = self.named = 0
        self.run(differences.FILES.get(document, "true"))

    def run(self, commands):
        done = subprocess.run(["bash", "-euc", commands], cwd=self.folder, env=self.environment, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=300)
        if done.returncode != 0:
            raise Wrong(f"{commands.strip()}\nexits with {done.returncode}: {done.stderr}")
        return done.stdout.splitlines()

    def follow(self, text):
        for block in blocks_of(text):
            try:
                self.follow_block(block)
            except Wrong as wrong:
                raise Wrong(f"{self.document}:{block.line}: {wrong}") from None

    def follow_block(self, block):
        if block.language == "python":
            return  # tests/python/documents_test.py follows these, with the module
        if block.language:
            raise Wrong(f"a fence of {block.language} is not run: indent the block, or write Python in it")
        commands = self.to_be_run(block.commands)
        if commands.strip():
            self.printed, self.by_form = self.run(commands), block.commands.startswith(differences.COMPARED_BY_FORM)
        if not any(document == self.document and part in block.shown[0] for document, part, _ in differences.NOT_PRINTED if block.shown):
            self.compare(block.shown)

    def to_be_run(self, commands):
        if "<<" in commands:
            self.commands += 1
            return commands
        lines = []
        for line in filter(None, commands.splitlines()):
            if line.startswith(tuple(differences.NOT_RUN)):
                self.named += 1
            else:
                lines.append(line)
        self.commands += len(lines)
        text = "\n".join(lines)
        for pattern, replacement, _ in differences.IN_PLACE:
            text = re.sub(f"(?m){pattern}", replacement, text)
        return text

    def compare(self, shown):
        """Lines that are shown must have been printed, in this order; others may lie between them."""
        for line in filter(None, map(self.form, shown)):
            while self.printed and self.form(self.printed[0]) != line:
                self.printed.pop(0)
            if not self.printed:
                raise Wrong(f"is not printed there: {line}")
            self.printed.pop(0)
            self.compared += 1

    def form(self, line):
        return re.sub(" +", " ", re.sub(r"\d.*", "", line)) if self.by_form else line


def follow(document, text):
    with tempfile.TemporaryDirectory() as folder:
        reader = Reader(document, pathlib.Path(folder))
        reader.follow(text)
        return reader


class Documents(unittest.TestCase):
    def test_commands_do_what_is_said(self):
        for document in DOCUMENTS:
            with self.subTest(document):
                reader = follow(document, (ROOT / document).read_text())
                print(f"{document}: {reader.commands} commands run, {reader.compared} lines compared, {reader.named} named")


def documents():
    return [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]


class Itself(unittest.TestCase):
    def test_a_command_and_what_it_prints_are_followed(self):
        text = "Text\n\n    $ dsgd draw -m 2 \\\n           --law constant:value=2 | grep -o '2$'\n\n    2\n    2\n"
        reader = follow("none", text)
        self.assertEqual((reader.commands, reader.compared, reader.named), (1, 2, 0))

    def test_what_is_wrong_is_noticed(self):
        for text, part in (("    $ dsgd exact -m 1\n    no such line\n", "none:1: is not printed there: no such line"),
                           ("    $ echo b; echo a\n    a\n    b\n", "is not printed there: b"),
                           ("Text\n\n    dsgd sweep --no-such-option\n", "none:3: dsgd sweep --no-such-option\nexits with 2"),
                           ("    $ dsgd plan -n 1e3\n    engine  no such column\n", "is not printed there"),
                           ("    unknown words\n", "is not printed there: unknown words"),
                           ("```sh\ndsgd sweep\n```\n", "a fence of sh is not run")):
            with self.subTest(text), self.assertRaisesRegex(Wrong, re.escape(part)):
                follow("none", text)

    def test_differences_are_of_what_is_there(self):
        texts = {path.relative_to(ROOT).as_posix(): path.read_text() for path in documents()}
        commands = "\n".join(block.commands for text in texts.values() for block in blocks_of(text))
        self.assertEqual([each for each in differences.NOT_RUN if not re.search(f"(?m)^{re.escape(each)}", commands)], [])
        self.assertEqual([each for each, *_ in differences.IN_PLACE if not re.search(f"(?m){each}", commands)], [])
        self.assertEqual([each for each in differences.COMPARED_BY_FORM if each not in commands], [])
        self.assertEqual([(name, part) for name, part, _ in differences.NOT_PRINTED if part not in texts[name]], [])
        self.assertEqual(set(differences.FILES) - set(texts), set())


class Words(unittest.TestCase):
    def test_links_lead_somewhere(self):
        for document in documents():
            for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", document.read_text()):
                if not link.startswith("http"):
                    self.assertTrue((document.parent / link).exists(), f"{document}: {link}")

    def test_the_readme_is_short(self):
        self.assertLess(len((ROOT / "README.md").read_text().split()), 1200)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *(["Documents"] if DOCUMENTS else ["Itself", "Words"])])
