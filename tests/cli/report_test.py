"""dsgd report: a page, whole or not at all, and errors as one line."""

import os
import pathlib
import shutil
import stat
import subprocess
import unittest

from command import PROGRAM, Case, dsgd


class Report(Case):
    def setUp(self):
        super().setUp()
        for command, name in (("sweep -m 1:3 -n 100", "r.json"), ("exact -m 1:3", "e.json")):
            self.assertEqual(dsgd(*command.split(), "-o", name, cwd=self.folder).returncode, 0)

    def report(self, *arguments, **options):
        return dsgd("report", *arguments, cwd=self.folder, **options)

    def names(self):
        return sorted(each.name for each in self.folder.iterdir())

    def test_a_page(self):
        result = self.report("r.json", "e.json", "-o", "a.html", "--title", "Two <results>")
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "", ""))
        text = (self.folder / "a.html").read_text()
        self.assertTrue(text.startswith("<!DOCTYPE html>"))
        self.assertIn("<title>Two &lt;results&gt;</title>", text)
        for name in ("r.json", "e.json"):
            self.assertIn(f'data-name="{name}"', text)
        self.assertEqual(self.names(), ["a.html", "e.json", "r.json"])
        again = self.report("r.json", "e.json", "-o", "-", "--title", "Two <results>")
        self.assertEqual((again.returncode, again.stdout), (0, text))

    def test_an_existing_page_is_replaced_whole_and_keeps_its_mode(self):
        page = self.folder / "a.html"
        page.write_text("old")
        page.chmod(0o600)
        self.assertEqual(self.report("r.json", "-o", "a.html").returncode, 0)
        self.assertTrue(page.read_text().endswith("</html>\n") or page.read_text().endswith("</html>"))
        self.assertEqual(stat.S_IMODE(page.stat().st_mode), 0o600)

    def test_mistakes_are_one_line_and_leave_nothing(self):
        (self.folder / "bad.json").write_text('{"schema": "dsgd.sweep/2", "points": []}')
        (self.folder / "bench.json").write_text('{"schema": "dsgd.bench/1"}')
        (self.folder / "none.json").write_text("no JSON")
        (self.folder / "folder").mkdir()
        (self.folder / "folder/none.json").write_text('{"a": 1,\n x')
        (self.folder / "folder/part1.db").write_bytes(b"SQLite format 3\0\x9d\x9d")
        (self.folder / "folder/figure.png").write_bytes(b"\x89PNG\r\n\x1a\n\x9d")
        (self.folder / "folder/empty.json").write_text("")
        (self.folder / "folder/bench.json").write_text('{"schema": "dsgd.bench/1"}')
        (self.folder / "folder/bad.json").write_text('{"schema": "dsgd.recommend/1", "goal": "throughput", "laws": [7]}')
        before = self.names()
        for arguments, code, part in (
            (("missing.json", "-o", "a.html"), 6, "cannot read missing.json (No such file"),
            (("folder", "-o", "a.html"), 6, "cannot read folder (Is a directory)"),
            (("bad.json", "-o", "a.html"), 7, "cannot report bad.json (it has no points)"),
            (("bench.json", "-o", "a.html"), 7, "its schema is 'dsgd.bench/1', not dsgd.exact/1 or"),
            (("none.json", "-o", "a.html"), 7, "cannot report none.json (it is no JSON from line 1, column 1 on):"),
            (("folder/none.json", "-o", "a.html"), 7, "cannot report folder/none.json (it is no JSON from line 2, column 2 on):"),
            (("folder/part1.db", "-o", "a.html"), 7, "cannot report folder/part1.db (it is a store: 'dsgd resume' writes its results):"),
            (("folder/figure.png", "-o", "a.html"), 7, "cannot report folder/figure.png (it is no text):"),
            (("folder/empty.json", "-o", "a.html"), 7, "cannot report folder/empty.json (it is empty):"),
            (("folder/bench.json", "-o", "a.html"), 7, "cannot report folder/bench.json (its schema is"),
            (("folder/bad.json", "-o", "a.html"), 7, "cannot report folder/bad.json (its laws are no list of objects):"),
            (("r.json", "missing.json", "-o", "a.html"), 6, "missing.json"),
            (("--", "-x.json"), 2, "report has no --output (it writes one page of HTML): give -o report.html"),
            (("r.json",), 2, "report has no --output (it writes one page of HTML): give -o report.html"),
            (("-o", "a.html"), 2, "RESULT is missing"),
            (("r.json", "-o", "a.txt"), 2, "--output 'a.txt' is no .html file"),
            (("r.json", "-o", ""), 2, "--output"),
            (("r.json", "-o", "no/a.html"), 6, "no/a.html"),
            (("r.json", "-o", "a.html", "--titel", "x"), 2, "--titel"),
        ):
            with self.subTest(arguments):
                self.assert_error(self.report(*arguments), code, part)
                self.assertEqual(self.names(), before)

    def test_no_result_is_replaced(self):
        shutil.copy(self.folder / "r.json", self.folder / "r.html")
        (self.folder / "link.html").symlink_to("r.json")
        for name, result in (("r.html", "r.html"), ("link.html", "r.json")):
            before = (self.folder / name).read_bytes()
            self.assert_error(self.report(result, "-o", name), 2, f"'{name}' is a result that is read too")
            self.assertEqual((self.folder / name).read_bytes(), before)

    def test_python_is_found(self):
        """/usr/bin/python3 is tried in the end; where it has no Jinja2, the error says what to install."""
        result = self.report("r.json", "-o", "a.html", env={"PATH": str(self.folder), "DSGD_PYTHON": "/nonexistent"})
        has_it = subprocess.run(["/usr/bin/python3", "-c", "import matplotlib, jinja2"], capture_output=True, check=False)
        if has_it.returncode == 0:
            self.assertEqual((result.returncode, result.stderr), (0, ""))
        else:
            self.assert_error(result, 6, "install python3-matplotlib and python3-jinja2")

    def test_a_python_that_breaks_is_noticed(self):
        for body, part in (("exit 0", "ended with status 0"), ("echo oops >&2; exit 1", "status 1: oops"), ("kill -9 $$", "status 137")):
            python = self.folder / "python"
            python.write_text(f'#!/bin/sh\ncase "$*" in *--check) exit 0 ;; esac\n{body}\n')
            python.chmod(0o755)
            result = self.report("r.json", "-o", "a.html", env={**os.environ, "DSGD_PYTHON": str(python)})
            self.assert_error(result, 1, "dsgd report made no page", part)
            self.assertFalse((self.folder / "a.html").exists())

    def test_a_program_without_its_parts_says_so(self):
        program = pathlib.Path(shutil.copy(PROGRAM, self.folder / "alone"))
        result = subprocess.run([program, "report", "r.json", "-o", "a.html"], cwd=self.folder, capture_output=True, text=True, check=False)
        self.assertEqual(result.returncode, 6)
        self.assertIn("dsgd: dsgd report cannot find share/dsgd/alone.py beside the program", result.stderr)


if __name__ == "__main__":
    unittest.main()
