"""dsgd plan: what a sweep would cost, as a table and as JSON."""

import json
import re
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

    def test_a_finished_store_leaves_nothing_to_plan_by_a_bench_file(self):
        bench, store = self.folder / "bench.json", self.folder / "s.db"
        self.assertEqual(dsgd("bench", "--engine", "cpu", "-m", "20", "-n", "20", "--repeat", "1", "-o", str(bench)).returncode, 0)
        sweep = ["-m", "20", "-n", "1000", "--strategy", "sync", "--store", store]
        self.assertEqual(dsgd("sweep", *sweep).returncode, 0)
        plan = dsgd("plan", *sweep, "--bench", bench)
        self.assertEqual((plan.returncode, plan.stderr), (0, ""))

    def test_precision_says_of_how_many_points_it_is(self):
        one = dsgd("plan", "-m", "4", "-n", "1000", "--strategy", "sync").stdout
        self.assertRegex(one, r"(?m)^Half of the 95 % interval, as a share of the mean, from its exact variance:\n  3\.\d+ % \(sync, 4 workers, exponential:rate=2\)\n\Z")
        unknown = dsgd("plan", "-m", "4", "-n", "1000", "--strategy", "k-async:k=2", "--law", "gamma:shape=2:rate=1").stdout
        self.assertIn("no exact variance of the point is known and finite", " ".join(unknown.split()))
        unknown = dsgd("plan", "-m", "4", "-n", "1000", "--strategy", "sync,k-async:k=2", "--law", "gamma:shape=2:rate=1").stdout
        self.assertIn("from exact variances of 1 of 2 points:", " ".join(unknown.split()))
        self.assertIn("not known, or infinite, for the other\n", unknown)
        self.assertIn("from exact variances of 2 points:", " ".join(dsgd("plan", "-m", "4,5", "-n", "1000", "--strategy", "sync").stdout.split()))
        none = dsgd("plan", "-m", "4:6", "-n", "1000", "--strategy", "k-async:k=2", "--law", "gamma:shape=2:rate=1").stdout
        self.assertIn("Half of the 95 % interval, as a share of the mean: exact variances are known and finite for none of 3 points", " ".join(none.split()))

    def test_takes_every_option_of_a_sweep(self):
        names = {command: set(re.findall(r"(?m)^  (?:-\w,)?(--[\w-]+)", dsgd(command, "--help").stdout)) for command in ("sweep", "plan")}
        self.assertEqual(names["sweep"] - names["plan"], set())
        sweep = ("-m", "2:4", "-n", "1e5", "--store", "s.db", "--relative-error", "10%", "--max-time", "1s", "--updates", "10", "--plot", "p.png",
                 "--plot-kind", "runtime", "--progress", "none", "--resume", "-o", "r.csv", "-o", "r.md", "--quantiles", "50%")
        result = dsgd("plan", *sweep, cwd=self.folder)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertIn("runs of 1 s that are needed: reference 1", result.stdout)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_a_stopping_rule_says_after_how_many_iterations(self):
        options = ("-m", "20", "-n", "1e9", "--strategy", "sync", "--relative-error", "1%", "-o", "-")
        stopping = json.loads(dsgd("plan", *options).stdout)["stopping"]
        document = json.loads(dsgd("sweep", *options, "--format", "json").stdout)
        self.assertEqual((stopping["stopped"], stopping["fewest_iterations"]), (1, stopping["most_iterations"]))
        self.assertAlmostEqual(stopping["most_iterations"] / document["points"][0]["iterations"], 1, delta=0.26)  # a decision more or less
        self.assertIn("1 point will stop after about", dsgd("plan", *options[:-2]).stdout)

    def test_a_store_and_a_shard_leave_less_to_do(self):
        sweep = ("-m", "4", "--strategy", "sync", "-n")
        store = self.folder / "s.db"
        self.assertEqual(dsgd("sweep", *sweep, "1e5", "--store", store).returncode, 0)
        before = store.read_bytes()
        for iterations, part in (("4e5", "the store has 25 % of them already"), ("1e5", "the store has 100 % of them already")):
            self.assertIn(part, dsgd("plan", *sweep, iterations, "--store", store).stdout)
        self.assertEqual(store.read_bytes(), before)
        draws = {engine["engine"]: engine["draws"] for engine in json.loads(dsgd("plan", *sweep, "4e5", "--store", store, "-o", "-").stdout)["engines"]}
        self.assertEqual(draws["cpu"], 1.2e6)
        for store_of_shard in (("--store", self.folder / "new.db"), ()):  # a plan writes none
            self.assertIn("this shard has 25 % of the sweep's draws", dsgd("plan", *sweep, "4e5", "--shard", "1/4", *store_of_shard).stdout)
        self.assert_error(dsgd("sweep", *sweep, "4e5", "--shard", "1/4"), 2, "--shard needs --store")
        self.assert_error(dsgd("plan", *sweep, "4e5", "-s", "2", "--store", store), 7, "of another sweep")

    def test_another_sweeps_store_is_refused_as_sweep_refuses_it(self):
        store = self.folder / "s.db"
        self.assertEqual(dsgd("sweep", "-m", "1:3", "-n", "50", "--store", store).returncode, 0)
        self.assert_error(dsgd("plan", "-m", "7", "-n", "50", "--store", store), 7, "is of another sweep")
        self.assertEqual(dsgd("plan", "-m", "7", "-n", "50", "--store", store, "--add").returncode, 0)

    def test_results_are_not_replaced(self):
        result = self.folder / "r.json"
        self.assertEqual(dsgd("sweep", "-m", "4", "-o", result).returncode, 0)
        before = result.read_bytes()
        plan = dsgd("plan", "-m", "4", "-o", result)
        self.assertEqual((plan.returncode, result.read_bytes()), (0, before))
        self.assertIn("stays as it is (it holds results of a sweep)", plan.stderr)

    def test_mistakes(self):
        (self.folder / "no.json").write_text("{}")
        for arguments, code, part in (
            (["-m", "0"], 2, "--workers"), (["--engine", "gpu"], 2, "unknown"), (["--bench", "missing.json"], 6, "missing.json"),
            (["--bench", "no.json"], 7, "dsgd.bench/1"), (["-o", ""], 2, "--output"), (["-o", "p.txt"], 2, "--format"), (["-o", "/nonexistent/p.json"], 6, "p.json"),
            (["-m", "5", "--engine", "cpu-materialized", "--strategy", "k-sync:k=2"], 2, "use one of"), (["--updates", "x"], 2, "--updates"),
            (["--progress", "x"], 2, "--progress"), (["--max-time", "x"], 2, "--max-time"), (["--relative-error", "0"], 2, "--relative-error"),
        ):
            self.assert_error(dsgd("plan", *arguments, cwd=self.folder), code, part)


if __name__ == "__main__":
    unittest.main()
