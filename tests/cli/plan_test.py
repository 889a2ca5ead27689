"""dsgd plan: what a sweep would cost, as a table and as JSON."""

import json
import unittest

from command import Case, dsgd


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

    def test_precision_says_of_how_many_points_it_is(self):
        unknown = dsgd("plan", "-m", "4", "-n", "1000", "--strategy", "sync,k-async:k=2", "--law", "gamma:shape=2:rate=1").stdout
        self.assertIn("from exact variances of 1 of 2 points:", unknown)
        self.assertIn("not known, or infinite, for the other\n", unknown)
        self.assertIn("from exact variances of 2 points:", dsgd("plan", "-m", "4,5", "-n", "1000", "--strategy", "sync").stdout)
        none = dsgd("plan", "-m", "4:6", "-n", "1000", "--strategy", "k-async:k=2", "--law", "gamma:shape=2:rate=1").stdout
        self.assertIn("Half of the 95 % interval, as a share of the mean: exact variances are known and finite for none of 3 points\n", none)

    def test_mistakes(self):
        (self.folder / "no.json").write_text("{}")
        for arguments, code, part in (
            (["-m", "0"], 2, "--workers"), (["--engine", "gpu"], 2, "unknown"), (["--bench", "missing.json"], 6, "missing.json"),
            (["--bench", "no.json"], 7, "dsgd.bench/1"), (["-o", ""], 2, "--output"), (["-o", "p.csv"], 2, "no .json"), (["-o", "/nonexistent/p.json"], 6, "p.json"),
            (["-m", "5", "--engine", "cpu-materialized", "--strategy", "k-sync:k=2"], 2, "use one of"), (["--plot", "a.png"], 2, "--plot"),
        ):
            self.assert_error(dsgd("plan", *arguments, cwd=self.folder), code, part)


if __name__ == "__main__":
    unittest.main()
