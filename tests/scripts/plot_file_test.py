"""plot.py as a process: what it reads and writes, and how it fails."""

from __future__ import annotations

import math
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import unittest
from pathlib import Path
from typing import Any, Callable

from plotting import (
    PLOT,
    bench_document,
    document,
    measurement,
    notebook,
    row,
    table,
)  # dsgd_plot on the path

from dsgd_plot.points import to_point, with_mean
from dsgd_plot.results import read_results

BEGINNINGS = {"png": b"\x89PNG\r\n\x1a\n", "svg": b"<?xml", "pdf": b"%PDF-"}
GOOD = document(notebook()).encode()
BINS = [[0, 1, 60, 0.5], [1, 3, 40, 0.5]]
DISTRIBUTIONS = document([row("sync", m, distribution=BINS) for m in range(1, 8)]).encode()
BENCH = bench_document([measurement("cpu", m, 1e8 * m) for m in (1, 8)]).encode()


class Process(unittest.TestCase):
    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name) / "a folder"
        self.folder.mkdir()

    def plot(
        self,
        *arguments: str,
        stdin: bytes = b"",
        options: tuple[str, ...] = (),
        prepare: Callable[[], Any] | None = None,
        **environment: str,
    ) -> subprocess.CompletedProcess[bytes]:
        """Runs plot.py in the folder; `options` are Python's own."""
        return subprocess.run(
            [sys.executable, *options, str(PLOT), *arguments],
            cwd=self.folder,
            input=stdin,
            env={**os.environ, **environment},
            preexec_fn=prepare,
            capture_output=True,
            timeout=120,
        )

    def file(self, name: str, text: str) -> str:
        (self.folder / name).write_text(text)
        return name

    def figure(self, *arguments: str, output: str = "figure.png", **more: Any) -> bytes:
        """Bytes of the figure, which alone is written, without a word."""
        before = set(self.folder.iterdir())
        result = self.plot(*arguments, "-o", output, **more)
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, b"", b""))
        self.assertEqual(set(self.folder.iterdir()) - before, {self.folder / output} - before)
        return (self.folder / output).read_bytes()

    def assert_fails(self, result: subprocess.CompletedProcess[bytes], code: int, *words: str) -> None:
        text = result.stderr.decode()
        self.assertEqual((result.returncode, result.stdout), (code, b""), text)
        self.assertRegex(text, r"\Adsgd: [^\n]+\n\Z")
        for word in words:
            self.assertIn(word, text)


class Rows(unittest.TestCase):
    """What a row may hold, without a process for each."""

    def test_good_fields(self) -> None:
        to_point(row("sync", 1))
        for name in ("mean", "ci95_low", "ci95_high", "expected"):
            for value in (None, ""):
                to_point(row("sync", 1, **{name: value}))

    def test_bad_fields(self) -> None:
        for name in ("workers", "mean", "ci95_low", "ci95_high", "expected"):
            for value in (math.nan, math.inf, -math.inf, "inf", "x", [1], {}, True, 10**400, "1e999"):
                self.assert_rejected({name: value})
        for value in (0, -1, 1.5, None, "", "1.5"):
            self.assert_rejected({"workers": value})
        for name in ("law", "strategy"):
            for value in ("", None, 7):
                self.assert_rejected({name: value})
        self.assert_rejected({"ci95_low": 3.0, "ci95_high": 2.0})

    def assert_rejected(self, changes: dict[str, Any]) -> None:
        with self.assertRaisesRegex(ValueError, next(iter(changes)), msg=changes):
            to_point(row("sync", 1) | changes)


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
        shutil.copytree(
            PLOT.parent / "dsgd_plot", copy / "dsgd_plot", ignore=shutil.ignore_patterns("__pycache__")
        )
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


class Failures(Process):
    def assert_rejected(self, text: bytes, *words: str) -> None:
        """One line, and nothing is written."""
        self.assert_fails(self.plot("-", "-o", "figure.png", stdin=text), 6, "stdin", *words)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_no_results(self) -> None:
        self.assert_rejected(b"")
        self.assert_rejected(b"\n")
        self.assert_rejected(GOOD.replace(b"exponential", b"\xe9"), "utf-8")
        self.assert_rejected(b"hello\nworld\n", "no column 'law'")

    def test_bad_json(self) -> None:
        self.assert_rejected(GOOD[:-5])
        self.assert_rejected(b"[" * 100_000)
        self.assert_rejected(b"[]", "schema")
        self.assert_rejected(b'{"points": []}', "schema")
        both = ("dsgd.sweep/1", "dsgd.bench/1")
        self.assert_rejected(document(notebook(), "dsgd.sweep/2").encode(), "dsgd.sweep/2", *both)
        self.assert_rejected(b'{"schema": ["dsgd.sweep/1"], "points": []}', "schema", *both)
        self.assert_rejected(b'{"schema": "dsgd.sweep/1"}', "points")
        self.assert_rejected(b'{"schema": "dsgd.sweep/1", "points": [1]}', "points")
        self.assert_rejected(document([]).encode(), "mean")

    def test_bad_bench(self) -> None:
        self.assert_rejected(b'{"schema": "dsgd.bench/1", "points": []}', "measurements")
        self.assert_rejected(bench_document([]).encode(), "no measurement")
        damaged = measurement("cpu", 1, 1e8) | {"workers": 0}
        self.assert_rejected(bench_document([damaged]).encode(), "workers")

    def test_bad_strategies(self) -> None:
        self.assert_rejected(document([row(f"k-sync:k={k}", 4) for k in ("1", "x")]).encode(), "'x'")

    def assert_unfit(self, text: bytes, code: int, options: tuple[str, ...], *words: str) -> None:
        self.assert_fails(self.plot("-", "-o", "figure.png", *options, stdin=text), code, *words)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_kinds_that_the_results_have_not(self) -> None:
        self.assert_unfit(GOOD, 6, ("--kind", "distribution"), "no point in it has a distribution")
        comma = table(notebook()).encode()
        self.assert_unfit(comma, 6, ("--kind", "distribution"), "no point in it has a distribution")
        self.assert_unfit(DISTRIBUTIONS, 2, ("--kind", "distribution"), "7 points", "6", "--points")
        older = [{key: value for key, value in each.items() if key != "gradients"} for each in notebook()]
        self.assert_unfit(document(older).encode(), 6, ("--kind", "throughput"), "gradients")
        for options in (("--kind", "throughput"), ("--x", "k"), ("--points", "1")):
            self.assert_unfit(BENCH, 2, options, "dsgd bench", "leave")
        self.assert_unfit(GOOD, 2, ("--x", "k"), "--x k", "--x workers")

    def test_points_that_the_results_have_not(self) -> None:
        for points in ("0", "41", "1,", "", "-1", "x", "1..2", "9" * 5000, "\N{SUPERSCRIPT TWO}"):
            self.assert_unfit(GOOD, 2, (f"--points={points}",), "from 1 to 40")

    def test_bad_csv(self) -> None:
        comma = table(notebook())
        self.assert_rejected(comma.splitlines()[0].encode(), "mean")
        self.assert_rejected(comma.replace("expected", "exact").encode(), "no column 'expected'")
        self.assert_rejected(comma[: comma.rindex(",")].encode(), "fields")
        self.assert_rejected((comma.rstrip() + ",1\n").encode(), "fields")
        self.assert_rejected(comma.replace("sync", '"sy"nc').encode())

    def test_bad_rows(self) -> None:
        missing = row("sync", 1)
        del missing["ci95_low"]
        self.assert_rejected(document([missing]).encode(), "no column 'ci95_low'")
        self.assert_rejected(document([row("sync", 1, mean=float("nan"))]).encode(), "mean")
        self.assert_rejected(document([row("sync", 1, mean=10**400)]).encode(), "mean")
        self.assert_rejected(table([row("sync", 1, mean="1e999")]).encode(), "mean")

    def test_files_that_cannot_be_read(self) -> None:
        self.assert_fails(self.plot("results.json"), 6, "results.json", "No such file")
        self.assert_fails(self.plot("."), 6, "directory")
        self.assert_fails(self.plot("two\nlines"), 6, "No such file")
        self.assert_fails(self.plot(self.file("results.json", "{")), 6, "results.json")

    def test_figures_that_cannot_be_written(self) -> None:
        (self.folder / "folder.png").mkdir()
        for name, reason in (
            ("missing/figure.png", "No such file"),
            ("/proc/figure.png", "No such file"),
            ("folder.png", "directory"),
        ):
            self.assert_fails(self.plot("-", "-o", name, stdin=GOOD), 6, name, reason)
        self.assertEqual([each.name for each in self.folder.iterdir()], ["folder.png"])

    def test_an_earlier_figure_survives_a_failure(self) -> None:
        self.file("figure.png", "the earlier figure")

        def limit() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

        # Its cache would meet the limit too.
        home = {"MPLCONFIGDIR": str(self.folder.parent)}
        self.figure("-", stdin=GOOD, output="other.png", **home)
        self.assert_fails(
            self.plot("-", "-o", "figure.png", stdin=GOOD, prepare=limit, **home), 6, "figure.png"
        )
        self.assertEqual((self.folder / "figure.png").read_text(), "the earlier figure")
        self.assertEqual({each.name for each in self.folder.iterdir()}, {"figure.png", "other.png"})

    def test_usage(self) -> None:
        for arguments in (
            [],
            ["a", "b"],
            ["--nonsense"],
            ["-", "-o"],
            ["-", "-o", "figure"],
            ["-", "-o", "a.gif"],
            ["-", "--kind", "pie"],
            ["-", "--x", "mean"],
            ["-", "--kind", "distribution", "--x", "k"],
        ):
            self.assert_fails(self.plot(*arguments), 2, "--help")
        self.assert_fails(self.plot("-", "-o", "a.gif"), 2, ".png, .svg or .pdf")

    def test_without_matplotlib_it_says_what_to_install(self) -> None:
        self.assertEqual(self.plot("--check").returncode, 0)
        bare = ("-I", "-S")  # no packages but Python's own
        for arguments in (["--check"], ["-", "-o", "figure.png"]):
            self.assert_fails(
                self.plot(*arguments, stdin=GOOD, options=bare), 77, "python3-matplotlib", "DSGD_PYTHON"
            )
        self.assertEqual(list(self.folder.iterdir()), [])


if __name__ == "__main__":
    unittest.main()
