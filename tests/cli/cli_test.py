"""The program as its users meet it: options, results, errors and exit codes. Usage: cli_test.py PROGRAM GOLDEN_FOLDER"""

import csv
import json
import os
import pathlib
import pty
import stat
import subprocess
import sys
import tempfile
import termios
import unittest

PROGRAM = ""
GOLDEN = pathlib.Path()
SMALL = ["sweep", "-m", "1:4,20,1000", "-n", "1000", "--strategy", "sync,async,fastest"]


def dsgd(*arguments, **options):
    options = {"capture_output": True, "text": True, "timeout": 120, "stdin": subprocess.DEVNULL, **options}
    return subprocess.run([PROGRAM, *arguments], check=False, **options)


def engines():
    """Names of the engines that this machine can use."""
    lines = dsgd("devices").stdout.split("\n\n")[0].splitlines()[1:]
    return [line.split()[0] for line in lines if line.split()[1] == "yes"]


class Number:
    """A number of a JSON file as it is written there."""

    def __init__(self, text):
        self.text = text


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def assert_error(self, result, code, *parts):
        """One line on stderr that holds the parts, the exit code, and nothing on stdout."""
        self.assertEqual(result.returncode, code, result.stderr)
        self.assertEqual(result.stderr.count("\n"), 1, result.stderr)
        self.assertTrue(result.stderr.startswith("dsgd: "), result.stderr)
        for part in parts:
            self.assertIn(part, result.stderr)
        self.assertFalse(result.stdout)

    def sweep_json(self, *arguments):
        result = dsgd(*arguments, "-o", "-", "--format", "json")
        self.assertEqual(result.returncode, 0, result.stderr)
        document = json.loads(result.stdout)
        del document["provenance"]
        return json.dumps(document, indent=2) + "\n"


class Results(Case):
    def test_golden(self):
        for name in ("csv", "md"):
            result = dsgd(*SMALL, "-o", "-", "--format", name)
            self.assertEqual(result.stdout, (GOLDEN / f"small.{name}").read_text(), result.stderr)
        self.assertEqual(self.sweep_json(*SMALL), (GOLDEN / "small.json").read_text())
        self.assertEqual(dsgd("sweep").stdout, (GOLDEN / "notebook.txt").read_text())
        self.assertEqual(dsgd("draw", "-m", "6", "-i", "4294967297").stdout, (GOLDEN / "draw.txt").read_text())

    def test_every_engine_and_thread_count_gives_the_same_bytes(self):
        for draws in ("independent", "common"):
            expected = self.sweep_json(*SMALL, "--draws", draws, "--engine", "reference")
            for engine in ["auto", *engines()]:
                for threads in ("1", "2", "3", "7", "16"):
                    got = self.sweep_json(*SMALL, "--draws", draws, "--engine", engine, "--threads", threads)
                    self.assertEqual(got, expected, (engine, threads))

    def test_formats_agree(self):
        files = [self.folder / f"r.{name}" for name in ("csv", "json", "md")]
        options = [word for file in files for word in ("-o", str(file))]
        self.assertIn("Runtime of one iteration", dsgd(*SMALL, *options).stdout)
        rows = list(csv.DictReader(files[0].read_text().splitlines()))
        points = json.loads(files[1].read_text(), parse_float=Number, parse_int=Number)["points"]
        self.assertEqual(len(rows), 18)
        for row, point in zip(rows, points):
            self.assertEqual(list(row), list(point))
            for key, text in row.items():
                if isinstance(point[key], Number):
                    self.assertEqual(text, point[key].text)  # digit by digit
                else:
                    self.assertEqual(text, point[key] or "")
        self.assertEqual(len(files[2].read_text().splitlines()), 20)

    def test_seed_draws_and_law_change_the_result(self):
        results = {
            self.sweep_json("sweep", "-m", "3", "-n", "100", *more)
            for more in ([], ["-s", "2"], ["--draws", "common"], ["--rate", "3"], ["--strategy", "sync"])
        }
        self.assertEqual(len(results), 5)

    def test_common_draws_pair_the_points(self):
        points = json.loads(self.sweep_json("sweep", "-m", "1:50", "-n", "50", "--draws", "common", "--strategy", "sync"))
        means = [point["mean"] for point in points["points"]]
        self.assertEqual(means, sorted(means))  # one more worker can only delay the slowest

    def test_scaling_the_rate_scales_the_times(self):
        one = json.loads(self.sweep_json("sweep", "-m", "7", "--rate", "1"))["points"][0]
        two = json.loads(self.sweep_json("sweep", "-m", "7", "--rate", "2"))["points"][0]
        self.assertEqual(one["mean"], 2 * two["mean"])

    def test_provenance(self):
        result = dsgd("sweep", "-m", "2", "-o", "-", "--format", "json", "--engine", "cpu", "--threads", "2")
        provenance = json.loads(result.stdout)["provenance"]
        self.assertEqual(provenance["argv"][1:4], ["sweep", "-m", "2"])
        self.assertEqual(provenance["engine"], "cpu")
        self.assertTrue(provenance["device"].startswith("2 threads, "), provenance["device"])
        self.assertGreater(provenance["draws_per_second"], 0)
        for key in ("version", "compiler", "host", "start"):
            self.assertTrue(provenance[key])

    def test_extreme_addresses(self):
        """The last iteration and the last seed are addressed like any other."""
        self.assertEqual(dsgd("draw", "-m", "2", "-i", str(2**50 - 1), "-s", str(2**64 - 1)).returncode, 0)


class Usage(Case):
    def test_help_names_every_option(self):
        text = dsgd("sweep", "--help").stdout
        for option in ("--workers", "--law", "--rate", "--strategy", "--iterations", "--seed", "--draws", "--engine",
                       "--threads", "--devices", "--output", "--format", "--plot", "--progress", "Examples:", "unit of the law"):
            self.assertIn(option, text)
        for command in ("bench", "draw", "devices"):
            self.assertEqual(dsgd(command, "--help").returncode, 0)
        self.assertIn("sweep", dsgd("--help").stdout)
        self.assertTrue(dsgd("--version").stdout.startswith("dsgd "))

    def test_bad_input(self):
        cases = [
            ([], "no command"), (["swep"], "swep"), (["sweep", "--nope"], "--nope"), (["sweep", "extra"], "extra"),
            *((["sweep", "-m", text], "--workers") for text in
              ("", "0", "-1", "1.5", "nan", "20:1", "1:5:0", "16777216", "1:16777215", "1,,2", "010", "1e12x", "a")),
            *((["sweep", "-n", text], "--iterations") for text in
              ("", "0", "-1", "1125899906842625", "18446744073709551616", "1e12x", "1,5", "010", "1.5", "inf", "nan")),
            *((["sweep", "-s", text], "--seed") for text in ("", "-1", "18446744073709551616", "0x1", "1.5")),
            *((["sweep", "--rate", text], "--rate") for text in
              ("", "0", "-0.0", "-2", "nan", "inf", "-inf", "1e-37", "1e19", "1e308", "4.9e-324", "1,5", "02", "2x")),
            (["sweep", "--rate", "1", "--law", "exponential:rate=1"], "--rate"),
            (["sweep", "--law", "gaussian:mean=1"], "gaussian"), (["sweep", "--law", "exponential"], "rate"),
            (["sweep", "--law", "exponential:rate=1:rate=2"], "twice"),
            (["sweep", "--law", "exponential:rate=1", "--law", "exponential:rate=1.0"], "twice"),
            (["sweep", "--strategy", "max"], "max"), (["sweep", "--strategy", ""], "--strategy"),
            (["sweep", "--strategy", "sync,"], "--strategy"), (["sweep", "--strategy", "sync,sync"], "twice"),
            (["sweep", "--draws", "some"], "--draws"), (["sweep", "--engine", "gpu"], "reference"),
            (["sweep", "--threads", "0"], "--threads"), (["sweep", "--threads", "5000"], "--threads"),
            (["sweep", "--progress", "loud"], "--progress"), (["sweep", "--format", "xml"], "xml"),
            (["sweep", "-o", "-"], "--format"), (["sweep", "-o", "a.txt"], "--format"),
            (["sweep", "--plot", "a.gif"], ".png"), (["sweep", "--plot", ""], ".png"), (["sweep", "--format", ""], "--format"),
            (["sweep", "-o", ""], "--output"), (["bench", "-o", ""], "--output"), (["bench", "--engine", "auto"], "cpu"),
            (["sweep", "-o", "a.csv", "-o", "./a.csv"], "twice"), (["sweep", "-o", "-", "-o", "-", "--format", "md"], "twice"),
            (["draw", "--foo"], "dsgd draw --help"), (["sweep", "--quantiles", "0.5,1"], "--quantiles '1'"), (["sweep", "--quantiles", "0.5,0.5"], "names one twice"),
            (["sweep", "--strategy", "k-sync:k=21"], "no point remains"), (["sweep", "--updates", "0"], "--updates"), (["sweep", "--communication", "ring:latency=1"], "transfer"),
            (["sweep", "--engine", "cpu-materialized", "--strategy", "k-sync:k=2"], "use one of reference, cpu"), (["sweep", "--sampling", "some"], "--sampling"), (["sweep", "--sampling", "order-statistics", "--draws", "common"], "--draws"),
            (["sweep", "--sampling", "order-statistics", "--strategy", "local-sgd:steps=2:communication=0"], "--sampling workers"),
            (["sweep", "-m", "5", "--law", "3*exponential:rate=1+1*exponential:rate=2"], "no point remains"), (["sweep", "-m", str(2**24)], "--workers"),
            (["sweep", "--store-nothing"], "'--store-nothing'"), (["sweep", "-m"], "--workers"), (["sweep", "-n", "5", "-n", "6"], "--iterations"),
            (["draw", "-i", str(2**50)], "--iteration"), (["draw", "-m", "0"], "--workers"),
            (["draw", "-m", "1:5"], "--workers"), (["devices", "x"], "x"), (["bench", "--engine", "gpu"], "reference"), (["bench", "--repeat", "0"], "--repeat"),
            (["bench", "-m", "0"], "--workers"), (["bench", "-n", "x"], "--iterations"),
            *((["sweep", "--devices", text], "--devices") for text in ("", "x", "-1", "1024", "0,", "0,,1", "0,1,0")),
        ]
        for arguments, part in cases:
            with self.subTest(arguments=arguments):
                self.assert_error(dsgd(*arguments, cwd=self.folder), 2, part)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_unavailable_engine(self):
        names = [line.split()[0] for line in dsgd("devices").stdout.split("\n\n")[0].splitlines()[1:]]
        for name in set(names) - set(engines()):
            self.assert_error(dsgd("sweep", "--engine", name), 4, name)

    def test_progress(self):
        self.assertEqual(dsgd("sweep").stderr, "")
        self.assertIn("40/40 points", dsgd("sweep", "--progress", "text").stderr)
        self.assertEqual(dsgd("sweep", "--progress", "none").stderr, "")

    def bar_on_a_terminal(self, columns, **environment):
        """What a sweep of half a second or more shows on a terminal of some columns."""
        ours, its = pty.openpty()
        termios.tcsetwinsize(its, (24, columns))
        command = [PROGRAM, "sweep", "-m", "1000", "-n", "3e5", "--engine", "reference"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=its, env={**os.environ, **environment}) as process:
            os.close(its)
            shown = b""
            try:
                while chunk := os.read(ours, 4096):
                    shown += chunk
            except OSError:  # Linux says so once the other end is closed
                pass
            os.close(ours)
        self.assertEqual(process.returncode, 0)
        return shown.decode().replace("\x1b[K", "").split("\r")

    def test_auto_is_a_bar_on_a_terminal(self):
        lines = self.bar_on_a_terminal(120)
        self.assertRegex(lines[1], r"^\x1b\[32m#*\x1b\[0m\.+ 0/2 points, \S+ draws/s, .* left$")
        self.assertEqual(lines[-1], "")  # nothing stays
        self.assertNotIn("\x1b", "".join(self.bar_on_a_terminal(120, NO_COLOR="1")))

    def test_a_bar_never_wraps(self):
        lines = self.bar_on_a_terminal(30)
        self.assertGreater(len(lines), 2)
        self.assertTrue(all(len(line) < 30 for line in lines), lines)


class Bench(Case):
    def test_table_and_json(self):
        target = self.folder / "bench.json"
        common = ("bench", "--engine", "cpu,reference", "-m", "1,20", "-n", "200", "--repeat", "2", "--threads", "1")
        result = dsgd(*common, "-o", str(target))
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("draws/s", result.stdout)
        document = json.loads(target.read_text())
        self.assertEqual(document["schema"], "dsgd.bench/1")
        rows = document["measurements"]
        self.assertEqual([(row["engine"], row["workers"]) for row in rows],
                         [("cpu", 1), ("cpu", 20), ("reference", 1), ("reference", 20)])
        for row in rows:
            self.assertGreater(row["draws_per_second"], 0)
        self.assertEqual(json.loads(dsgd(*common, "-o", "-").stdout)["schema"], "dsgd.bench/1")

    def test_instruction_sets(self):
        for name in ("portable", "avx2", "avx512"):
            result = dsgd("bench", "--engine", "cpu", "-m", "3", "-n", "9", "--repeat", "1", env={"DSGD_ISA": name})
            self.assertIn(result.returncode, (0, 4), result.stderr)  # 4 where the processor lacks it
        self.assert_error(dsgd("sweep", env={"DSGD_ISA": "sse9"}), 2, "DSGD_ISA")


class Plan(Case):
    def test_table_and_json(self):
        target = self.folder / "plan.json"
        options = ("plan", "-m", "1:20", "-n", "1e6", "--strategy", "sync,k-sync:k=50%")
        result = dsgd(*options, "-o", str(target))
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertIn("40 points of 1000000 iterations", result.stdout)
        plan = json.loads(target.read_text())
        self.assertEqual((plan["schema"], plan["points"], plan["precision"]["unknown"]), ("dsgd.plan/1", 40, 0))
        by_name = {engine["engine"]: engine for engine in plan["engines"]}
        self.assertEqual(by_name["cpu"]["draws"], 210e6)
        self.assertGreater(by_name["cpu"]["seconds"], 0)
        self.assertIn("fastest", by_name["cpu-materialized"]["problem"])
        self.assertLess(plan["precision"]["best"]["relative_half_width"], plan["precision"]["worst"]["relative_half_width"])
        self.assertEqual(json.loads(dsgd(*options, "-o", "-").stdout)["schema"], "dsgd.plan/1")

    def test_ten_thousand_points(self):
        self.assertIn("10000 points", dsgd("plan", "-m", "1:5000", "-n", "1e6").stdout)

    def test_a_bench_file_takes_the_place_of_calibration(self):
        bench = self.folder / "bench.json"
        self.assertEqual(dsgd("bench", "--engine", "cpu", "-m", "20", "-n", "20", "--repeat", "1", "-o", str(bench)).returncode, 0)
        engines_of = json.loads(dsgd("plan", "--bench", str(bench), "-o", "-").stdout)["engines"]
        self.assertEqual({e["engine"]: e["source"] for e in engines_of}["cpu"], "bench")
        self.assertEqual({e["engine"]: e["source"] for e in engines_of}["reference"], "calibration")

    def test_mistakes(self):
        (self.folder / "no.json").write_text("{}")
        for arguments, code, part in (
            (["-m", "0"], 2, "--workers"), (["--engine", "gpu"], 2, "unknown"), (["--bench", "missing.json"], 6, "missing.json"),
            (["--bench", "no.json"], 7, "dsgd.bench/1"), (["-o", ""], 2, "--output"), (["-o", "/nonexistent/p.json"], 6, "p.json"),
            (["-m", "5", "--engine", "cpu-materialized", "--strategy", "k-sync:k=2"], 2, "use one of"), (["--plot", "a.png"], 2, "--plot"),
        ):
            self.assert_error(dsgd("plan", *arguments, cwd=self.folder), code, part)


class Files(Case):
    def test_missing_folder(self):
        self.assert_error(dsgd("sweep", "-o", str(self.folder / "no" / "a.csv")), 6, "No such file")
        self.assert_error(dsgd("sweep", "--plot", str(self.folder / "no" / "a.png")), 6, "a.png")

    def test_folder_in_place_of_a_file(self):
        self.assert_error(dsgd("sweep", "-o", str(self.folder), "--format", "csv"), 6, "directory")

    def test_read_only_folder(self):
        self.assert_error(dsgd("sweep", "-o", "/proc/sys/a.csv"), 6, "'/proc/sys/a.csv'")

    def test_full_device_stays_a_device_and_other_files_stay_as_they_were(self):
        other = self.folder / "other.csv"
        other.write_text("before")
        result = dsgd("sweep", "-o", str(other), "-o", "/dev/full", "--format", "csv")
        self.assertEqual(result.returncode, 6)
        self.assertIn("No space left", result.stderr)
        self.assertTrue(stat.S_ISCHR(os.stat("/dev/full").st_mode))
        self.assertEqual(other.read_text(), "before")
        self.assertEqual([file.name for file in self.folder.iterdir()], ["other.csv"])

    def test_full_disk_leaves_nothing(self):
        """A limit on file sizes stands for the full disk: the write fails in the middle."""
        target = self.folder / "a.csv"
        target.write_text("before")
        command = f'ulimit -f 1; exec "$0" sweep -m 1:500 -n 1 -o "{target}"'
        result = subprocess.run(["bash", "-c", command, PROGRAM], capture_output=True, text=True, check=False)
        self.assert_error(result, 6, "File too large")
        self.assertEqual(target.read_text(), "before")
        self.assertEqual([file.name for file in self.folder.iterdir()], ["a.csv"])

    def test_closed_stdout(self):
        result = subprocess.run(["bash", "-c", 'exec "$0" sweep >&-', PROGRAM], capture_output=True, text=True, check=False)
        self.assert_error(result, 6, "standard output")

    def test_reader_of_the_table_that_leaves_loses_no_file(self):
        command = '"$0" sweep -m 1:20000 -n 1 -o "$1" | true; exit ${PIPESTATUS[0]}'
        target = self.folder / "a.csv"
        arguments = ["bash", "-c", command, PROGRAM, str(target)]
        result = subprocess.run(arguments, capture_output=True, text=True, check=False)
        self.assert_error(result, 6, "Broken pipe")
        self.assertEqual(len(target.read_text().splitlines()), 40001)
        self.assertEqual([file.name for file in self.folder.iterdir()], ["a.csv"])

    def test_dangling_link_gets_its_target(self):
        link = self.folder / "link.csv"
        link.symlink_to("target.csv")
        self.assertEqual(dsgd("sweep", "-m", "3", "-o", str(link)).returncode, 0)
        self.assertTrue(link.is_symlink())
        self.assertEqual(len((self.folder / "target.csv").read_text().splitlines()), 3)
        loop = self.folder / "loop.csv"
        loop.symlink_to("loop.csv")
        self.assert_error(dsgd("sweep", "-o", str(loop)), 6, "symbolic links")

    def test_reader_that_leaves(self):
        command = '"$0" sweep -m 1:20000 -n 1 -o - --format csv | true; exit ${PIPESTATUS[0]}'
        result = subprocess.run(["bash", "-c", command, PROGRAM], capture_output=True, text=True, check=False)
        self.assert_error(result, 6, "Broken pipe")

    def test_pipe_is_written_to(self):
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, text=True) as reader:
            self.assertEqual(dsgd("sweep", "-m", "3", "-o", str(pipe), "--format", "csv").returncode, 0)
            self.assertEqual(len(reader.communicate()[0].splitlines()), 3)
        self.assertTrue(stat.S_ISFIFO(os.stat(pipe).st_mode))

    def test_file_is_replaced_whole(self):
        target = self.folder / "a.csv"
        target.write_text("x" * 100_000)
        self.assertEqual(dsgd("sweep", "-m", "3", "-o", str(target)).returncode, 0)
        self.assertEqual(len(target.read_text().splitlines()), 3)


class Plot(Case):
    """Run apart, where a Python with matplotlib is found."""

    def test_python_is_found(self):
        """/usr/bin/python3 is tried in the end; where it has no matplotlib, the error says what to install."""
        figure = self.folder / "a.png"
        result = dsgd("sweep", "--plot", str(figure), env={"PATH": str(self.folder), "DSGD_PYTHON": "/nonexistent"})
        has_it = subprocess.run(["/usr/bin/python3", "-c", "import matplotlib"], capture_output=True, check=False)
        if has_it.returncode == 0:
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertTrue(figure.exists())
        else:
            self.assert_error(result, 6, "install python3-matplotlib")

    def test_figure(self):
        for name in ("a.png", "a.svg", "a.pdf", "-b.png"):
            result = dsgd("sweep", f"--plot={name}", cwd=self.folder)
            self.assertEqual((result.returncode, result.stderr), (0, ""))
            self.assertGreater((self.folder / name).stat().st_size, 1000)
        self.assertIn("Average Runtime per Iteration", (self.folder / "a.svg").read_text())

    def test_what_cannot_be_drawn_is_refused_before_the_run(self):
        (self.folder / "folder.png").mkdir()
        (self.folder / "link.png").symlink_to("no/where.png")
        for name, code, part in (("folder.png", 6, "directory"), ("link.png", 6, "No such file"), ("", 2, ".png")):
            self.assert_error(dsgd("sweep", "--plot", name, "-o", "r.csv", cwd=self.folder), code, part)
        self.assert_error(dsgd("sweep", "--plot", "a.png", "-o", "a.png", "--format", "csv", cwd=self.folder), 2, "--plot")
        self.assertFalse((self.folder / "r.csv").exists())

    def test_a_python_that_draws_nothing_is_noticed(self):
        result = dsgd("sweep", "--plot", "a.png", cwd=self.folder, env={**os.environ, "DSGD_PYTHON": "/bin/true"})
        self.assertEqual(result.returncode, 6)
        self.assertIn("/bin/true", result.stderr)


if __name__ == "__main__":
    PROGRAM, GOLDEN = os.path.abspath(sys.argv.pop(1)), pathlib.Path(sys.argv.pop(1))
    unittest.main()
