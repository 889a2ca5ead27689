"""plot.py as a process: what it reads and writes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import unittest
from pathlib import Path

from plot_process import BENCH, DISTRIBUTIONS, GOOD, Process
from plotting import PLOT, document, notebook, row, table  # before dsgd.drawing

from dsgd.drawing.points import to_point, with_mean
from dsgd.drawing.results import read_results

BEGINNINGS = {"png": b"\x89PNG\r\n\x1a\n", "svg": b"<?xml", "pdf": b"%PDF-"}


class Files(Process):
    def test_equal_results_give_equal_bytes_whatever_the_user_has_set(self) -> None:
        name = self.file("results.json", GOOD.decode())
        for kind, beginning in BEGINNINGS.items():
            first = self.figure(name, output=f"1.{kind}")
            self.assertTrue(first.startswith(beginning))
            settings = self.folder / "settings"
            settings.mkdir(exist_ok=True)
            (settings / "matplotlibrc").write_text("lines.linewidth: 9\nsavefig.dpi: 30\n")
            other = {
                "MATPLOTLIBRC": str(settings),
                "MPLBACKEND": "none such",
                "SOURCE_DATE_EPOCH": "1000000000",
            }
            self.assertEqual(self.figure(name, output=f"2.{kind}", HOME="/dev/null", **other), first)

    def test_equal_results_give_equal_bytes_of_every_kind(self) -> None:
        figures = set()
        for text, options in (
            (GOOD, ["--kind", "throughput"]),
            (GOOD, ["--kind=runtime"]),
            (GOOD, ["--points", "1,2,40"]),
            (DISTRIBUTIONS, ["--kind", "distribution", "--points", "1,3,7"]),
            (document([row(f"k-sync:k={k}", 4) for k in range(1, 5)]).encode(), ["--x", "k"]),
            (BENCH, []),
        ):
            first = self.figure("-", *options, stdin=text, output="1.svg")
            self.assertEqual(
                self.figure("-", *options, stdin=text, output="2.svg", PYTHONHASHSEED="7"), first
            )
            figures.add(first)
        self.assertEqual(len(figures), 6)

    def test_the_kind_is_runtime_unless_it_is_named(self) -> None:
        expected = self.figure("-", stdin=GOOD)
        for kind in ("auto", "runtime"):
            self.assertEqual(self.figure("-", "--kind", kind, stdin=GOOD), expected)

    def test_leaves_nothing_beside_the_script(self) -> None:
        copy = self.folder / "copy"
        shutil.copytree(PLOT.parent / "drawing", copy / "drawing", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(PLOT.parent / "alone.py", copy)
        script = Path(shutil.copy(PLOT, copy))
        before = sorted(copy.rglob("*"))
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        for options in ([], ["-I"]):  # -I leaves the script's folder out of the path
            command = [sys.executable, *options, str(script), "-", f"--output={self.folder / 'figure.png'}"]
            result = subprocess.run(command, input=GOOD, env=environment, capture_output=True)
            self.assertEqual((result.returncode, result.stderr), (0, b""))
        self.assertEqual(sorted(copy.rglob("*")), before)

    def test_csv_and_json_are_read_alike(self) -> None:
        comma = table(notebook())
        foreign = "\ufeff" + comma.replace("\n", "\r\n")  # as spreadsheets save it
        expected = [to_point(each) for each in notebook()]
        absent = row("async", 21, mean=None, ci95_low=None, ci95_high=None)
        for text in (
            GOOD.decode(),
            comma,
            foreign,
            document([absent, *notebook()]),
            table([absent, *notebook()]),
        ):
            (self.folder / "results").write_bytes(text.encode())
            results = read_results(str(self.folder / "results"))
            self.assertEqual(with_mean(list(map(to_point, results.rows))), expected)

    def test_reads_either_from_stdin(self) -> None:
        self.file("results.json", GOOD.decode())
        expected = self.figure("results.json")
        self.assertEqual(self.figure("-", stdin=GOOD), expected)
        self.assertEqual(self.figure("-", stdin=table(notebook()).encode()), expected)
        self.assertNotEqual(self.figure("-", stdin=document(notebook()[:-1]).encode()), expected)

    def test_is_named_figure_png_beside_the_results_by_default(self) -> None:
        (self.folder / "saved").mkdir()
        self.file("saved/results.json", GOOD.decode())
        self.assertEqual(self.plot("saved/results.json").returncode, 0)
        self.assertTrue((self.folder / "saved/figure.png").exists())
        self.assertEqual(self.plot("-", stdin=GOOD).returncode, 0)
        self.assertTrue((self.folder / "figure.png").exists())

    def test_has_the_permissions_of_any_new_file(self) -> None:
        self.figure("-", stdin=GOOD, prepare=lambda: os.umask(0o027))
        self.assertEqual((self.folder / "figure.png").stat().st_mode & 0o777, 0o640)

    def test_follows_links_and_writes_to_pipes_and_devices(self) -> None:
        (self.folder / "figure.png").symlink_to("real.png")
        result = self.plot("-", "-o", "figure.png", stdin=GOOD)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertTrue((self.folder / "figure.png").is_symlink())
        figure = (self.folder / "real.png").read_bytes()

        os.mkfifo(self.folder / "pipe.png")
        received: list[bytes] = []
        pipe = self.folder / "pipe.png"
        reader = threading.Thread(target=lambda: received.append(pipe.read_bytes()), daemon=True)
        reader.start()
        self.assertEqual(self.plot("-", "-o", "pipe.png", stdin=GOOD).returncode, 0)
        self.assertTrue(pipe.is_fifo())
        reader.join(60)
        self.assertEqual(received, [figure])

        # Only after the pipe: a fault shown there could replace the machine's own device here.
        (self.folder / "full.png").symlink_to("/dev/full")
        self.assert_fails(self.plot("-", "-o", "full.png", stdin=GOOD), 6, "full.png", "No space left")
        self.assertTrue(Path("/dev/full").is_char_device())


if __name__ == "__main__":
    unittest.main()
