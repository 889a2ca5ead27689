"""scripts/gallery draws the pictures of a document, and leaves those alone that would be the same.

Usage: gallery_test.py PROGRAM
"""

import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = sys.argv.pop()


def gallery(*arguments):
    return subprocess.run([sys.executable, ROOT / "scripts/gallery", "--program", PROGRAM, *arguments], capture_output=True, text=True, check=False)


class Gallery(unittest.TestCase):
    def test_draws_what_a_document_shows(self):
        with tempfile.TemporaryDirectory() as folder:
            words = ["--into", folder, "docs/asynchronous.md"]
            picture = pathlib.Path(folder) / "docs/figures/asynchronous.png"
            for said in ("docs/figures/asynchronous.png: ", "", "docs/figures/asynchronous.png: "):
                done = gallery(*words)
                self.assertEqual((done.returncode, done.stdout[: len("docs/figures/asynchronous.png: ")]), (0, said), done.stderr)
                self.assertEqual(picture.read_bytes()[:4], b"\x89PNG")
                if not said:
                    picture.write_bytes(b"\x89PNG of another day")

    def test_says_what_is_wrong(self):
        done = gallery("docs/no-such.md")
        self.assertEqual((done.returncode, done.stdout, done.stderr.count("\n")), (1, "", 1), done.stderr)
        self.assertIn("no-such.md", done.stderr)


if __name__ == "__main__":
    unittest.main()
