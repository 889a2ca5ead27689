"""Results of a sweep: their bytes, their formats, and what changes them."""

import csv
import json
import pathlib
import unittest

from command import Case, dsgd, engines

GOLDEN = pathlib.Path(__file__).parent / "golden"
SMALL = ["sweep", "-m", "1:4,20,1000", "-n", "1000", "--strategy", "sync,async,fastest"]


class Number:
    """A number of a JSON file as it is written there."""

    def __init__(self, text):
        self.text = text


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
            self.assertEqual(list(row), [key for key in point if key not in ("parameters", "staleness")])  # which are no columns
            for key, text in row.items():
                if isinstance(point[key], Number):
                    self.assertEqual(text, point[key].text)  # digit by digit
                else:
                    self.assertEqual(text, point[key] or "")
        self.assertEqual(len(files[2].read_text().splitlines()), 20)

    def test_a_baseline_adds_differences_and_changes_nothing_else(self):
        options = ["sweep", "-m", "3,8", "--strategy", "sync,k-sync:k=2,async", "--law", "gamma:shape=2:rate=1", "-n", "6400"]
        plain = list(csv.DictReader(dsgd(*options, "--format", "csv").stdout.splitlines()))
        runs = {engine: dsgd(*options, "--baseline", "sync", "--format", "csv", "--engine", engine).stdout for engine in ("reference", "cpu")}
        self.assertEqual(runs["reference"], runs["cpu"])
        compared = list(csv.DictReader(runs["cpu"].splitlines()))
        self.assertEqual(list(compared[0])[-3:], ["difference", "difference_low", "difference_high"])
        for row, alone in zip(compared, plain):
            found = [row.pop(name) for name in ("difference", "difference_low", "difference_high")]
            self.assertEqual(row, alone)
            if row["strategy"] == "sync":
                self.assertEqual(found, ["", "", ""])
                continue
            sync = next(each for each in plain if each["strategy"] == "sync" and each["workers"] == row["workers"])
            self.assertAlmostEqual(float(found[0]), float(row["mean"]) - float(sync["mean"]), delta=1e-9)
            self.assertLess(float(found[1]), float(found[0]))
            self.assertGreater(float(found[2]), float(found[0]))
        self.assertIn("differences of means", dsgd(*options, "--baseline", "sync").stdout)

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


if __name__ == "__main__":
    unittest.main()
