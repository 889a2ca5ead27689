"""Somebody who does what a document says."""

import os
import pathlib
import re
import subprocess
import sys

from . import differences
from .blocks import blocks_of


SCRIPTS = pathlib.Path(__file__).resolve().parents[1]


class Wrong(AssertionError):
    pass


class Reader:
    """Who follows a document in an empty folder, their home, in which build/ is that of the program, to the letter but for `differences`."""

    def __init__(self, program, document, folder, not_run=differences.NOT_RUN):
        """@param program, folder  paths  @param document  its path from the project's folder  @param not_run  beginnings of commands"""
        self.document, self.folder, self.not_run = document, folder, tuple(not_run)
        self.environment = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}", "DSGD_PYTHON": sys.executable}
        self.environment |= {"HOME": str(folder), "SCRIPTS": str(SCRIPTS)}
        (folder / "build").symlink_to(program.parent)
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
            if line.startswith(self.not_run):
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


def pictures_of(text):
    """The paths of the pictures that a document shows, from its folder."""
    return re.findall(r"!\[[^\]]*\]\(([^)\s]+)\)", text)
