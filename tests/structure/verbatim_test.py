"""Custom commands of CMake say VERBATIM: without it a shell reads spaces, brackets, quotes and $ in the path of a build."""

import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(sys.argv.pop(1))
COMMAND = re.compile(r"\badd_custom_(?:command|target)\s*\(((?:[^()]|\([^()]*\))*)\)")


def without_verbatim(text):
    """What runs a command and does not say it."""
    text = re.sub(r"(?m)^\s*#.*$", "", text)
    return [body for body in COMMAND.findall(text) if re.search(r"\bCOMMAND\b", body) and not re.search(r"\bVERBATIM\b", body)]


class Verbatim(unittest.TestCase):
    def test_every_custom_command(self):
        files = [path for folder in ("cmake", "host", "kernels", "tests") for path in (ROOT / folder).rglob("*")
                 if path.name == "CMakeLists.txt" or path.suffix == ".cmake"]
        files.append(ROOT / "CMakeLists.txt")
        texts = {path: path.read_text() for path in files}
        self.assertGreater(sum(len(COMMAND.findall(text)) for text in texts.values()), 1)
        self.assertEqual({str(path): found for path, text in texts.items() if (found := without_verbatim(text))}, {})

    def test_one_without_it_is_noticed(self):
        self.assertTrue(without_verbatim("add_custom_command(OUTPUT a COMMAND b $<x(y)>)"))
        self.assertFalse(without_verbatim("add_custom_target(a)\nadd_custom_target(b COMMAND c COMMENT \"(d)\" VERBATIM)"))


if __name__ == "__main__":
    unittest.main()
