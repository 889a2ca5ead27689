"""Sweeps with a store: going on, growing, refusing; shards and merge; points that stop at a precision."""

import json
import unittest

from command import StoreCase, canonical, draws_of, dsgd

SWEEP = ["sweep", "-m", "1:6,100", "-n", "3000", "--strategy", "sync,async,k-async:k=1",
         "--law", "exponential:rate=2", "--law", "shifted-exponential:shift=1:rate=1"]
LONG = ["sweep", "-m", "1:5", "-n", "1e8", "--threads", "1"]


class Stores(StoreCase):
    def test_same_result_with_and_without_a_store_and_again(self):
        expected = self.fresh(*SWEEP)
        for _ in range(3):
            self.assertEqual(self.run_to(self.result, *SWEEP, "--store", self.store), expected)
        self.assertEqual(draws_of(self.result), 0)
        self.assertEqual(self.run_to(self.result, *SWEEP, "--store", self.store, "--resume"), expected)
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()), ["fresh.json", "r.json", "s.db"])

    def test_stopped_and_gone_on_with(self):
        expected = self.fresh(*LONG)
        stops = 0
        while True:
            run = dsgd(*LONG, "--store", self.store, "--max-time", "0.1s", "-o", self.result, "-o", self.folder / "r.csv")
            if run.returncode == 0:
                break
            self.assertEqual((run.returncode, run.stderr.count("\n")), (75, 1), run.stderr)
            self.assertIn("--max-time", run.stderr)
            self.assertIn("s.db", run.stderr)
            self.assertFalse(json.loads(self.result.read_text())["run"]["complete"])
            self.assertFalse((self.folder / "r.csv").exists())
            stops += 1
        self.assertGreater(stops, 1)
        self.assertEqual(canonical(self.result), expected)

    def test_more_points_iterations_strategies_and_laws_compute_what_is_new(self):
        base = ["--store", self.store, "-s", "5"]
        self.run_to(self.result, "sweep", "-m", "1:4", "-n", "1000", *base)
        for more, draws in (
            (["-m", "1:5", "-n", "1000"], 5_000),
            (["-m", "1:5", "-n", "4000"], 15 * 3000),
            (["-m", "1:5", "-n", "4000", "--strategy", "sync,async,k-sync:k=1"], 15 * 4000),
            (["-m", "1:5", "-n", "4000", "--rate", "2"], 0),
            (["-m", "1:5", "-n", "4000", "--strategy", "sync,async,k-sync:k=1", "--law", "exponential:rate=2", "--law", "exponential:rate=3"], 15 * 4000),
        ):
            got = self.run_to(self.result, "sweep", *more, *base)
            self.assertAlmostEqual(draws_of(self.result), draws, delta=0.01 * draws)
            self.assertEqual(got, self.fresh("sweep", *more, "-s", "5"))

    def test_another_sweep_is_refused_by_name(self):
        (self.folder / "t.csv").write_text("1\n2\n3\n")
        law = ["--law", f"empirical:file={self.folder}/t.csv"]
        base = ["sweep", "-m", "2,3", "--store", self.store]
        self.run_to(self.result, *base, *law, "-n", "100")
        before = self.store.read_bytes()
        for more, part in (
            ([*law, "-s", "2"], "--seed is 2, the store's is 1"),
            ([*law, "--draws", "common"], "--draws"),
            ([*law, "--sampling", "order-statistics", "--strategy", "sync"], "--sampling"),
            ([*law, "--communication", "constant:time=1"], "--communication"),
            ([*law, "--quantiles", "0.5"], "histograms"),
            ([*law, "--shard", "1/2"], "--shard"),
            ([*law, "--relative-error", "0.1"], "--relative-error"),
            (["--rate", "2"], "--law"),
            ([*law, "-n", "50"], "--iterations"),
        ):
            with self.subTest(more=more):
                iterations = [] if "-n" in more else ["-n", "100"]
                self.assert_error(dsgd(*base, *more, *iterations), 7, part, "s.db")
        (self.folder / "t.csv").write_text("1\n2\n4\n")
        self.assert_error(dsgd(*base, *law, "-n", "100"), 7, "has changed")
        self.assertEqual(self.store.read_bytes(), before)

    def test_a_store_takes_no_other_sweeps_points_by_accident(self):
        sweep = ["sweep", "-m", "5:8", "-n", "100", "--strategy", "k-sync:k=2..3", "--quantiles", "0.5"]
        expected = self.fresh(*sweep)
        self.run_to(self.result, *sweep, "--store", self.store)
        before = self.store.read_bytes()
        for more, parts in (
            (["-n", "100"], ("--workers is 1:20, the store's is 5:8", "--strategy is sync,async, the store's is k-sync:k=2,k-sync:k=3", "--add")),
            (["-m", "5:8", "-n", "100"], ("--strategy is sync,async",)),
            (["-m", "4:7", "-n", "100", "--strategy", "k-sync:k=2..3"], ("--workers is 4:7, the store's is 5:8",)),
            (["-m", "5:9", "-n", "100", "--strategy", "k-sync:k=2"], ("--workers is 5:9", "--strategy is k-sync:k=2, the store's is k-sync:k=2,k-sync:k=3")),
        ):
            with self.subTest(more=more):
                self.assert_error(dsgd("sweep", *more, "--quantiles", "0.5", "--store", self.store), 7, "is of another sweep (", "name another store", *parts)
        self.assertEqual(self.store.read_bytes(), before)

        own = dsgd("sweep", "--store", self.store, "-o", self.result)
        self.assertEqual((own.returncode, own.stderr.count("\n")), (0, 1), own.stderr)
        self.assertIn("continues its own sweep: -m 5:8 -n 100 --strategy k-sync:k=2 --strategy k-sync:k=3 --law exponential:rate=2", own.stderr)
        self.assertEqual((canonical(self.result), draws_of(self.result)), (expected, 0))

    def test_points_are_added_on_purpose(self):
        first, second = (["sweep", "-m", workers, "-n", "100", "--store", self.store] for workers in ("1:4", "7"))
        self.run_to(self.result, *first)
        self.assertEqual(dsgd(*second).returncode, 7)
        self.assertEqual(self.run_to(self.result, *second, "--add"), self.fresh("sweep", "-m", "7", "-n", "100"))
        for again in (second, first):  # the store has all their points
            self.run_to(self.result, *again)
            self.assertEqual(draws_of(self.result), 0)
        own = dsgd("sweep", "--store", self.store, "-o", self.result)
        self.assertIn("continues its own sweep: -m 1:4 -n 100", own.stderr)
        law = [*first, "--law", "exponential:rate=3"]
        self.assert_error(dsgd(*law), 7, "--law is exponential:rate=3, the store's is exponential:rate=2", "--add")
        self.assertEqual(self.run_to(self.result, *law, "--add"), self.fresh("sweep", "-m", "1:4", "-n", "100", *law[-2:]))

    def test_points_of_another_law_are_reached_by_it(self):
        laws = ["--law", "exponential:rate=2", "--law", "exponential:rate=3"]
        self.run_to(self.result, "sweep", "-m", "1:4", "-n", "100", "--store", self.store)
        self.run_to(self.result, "sweep", "-m", "7", "-n", "100", *laws, "--store", self.store, "--add")
        self.run_to(self.result, "sweep", "-m", "7", "-n", "100", *laws[2:], "--store", self.store)
        self.assertEqual(draws_of(self.result), 0)

    def test_a_narrower_sweep_leaves_the_stores_own_as_it_was(self):
        wide = ["sweep", "-m", "1:4", "-n", "100", "--strategy", "sync,async"]
        self.run_to(self.result, *wide, "--store", self.store)
        for narrow in (["-m", "2", "-n", "100"], ["-m", "1:4", "-n", "100", "--strategy", "sync"]):
            self.run_to(self.result, "sweep", *narrow, "--store", self.store)
            own = dsgd("sweep", "--store", self.store, "-o", self.result)
            self.assertIn("continues its own sweep: -m 1:4 -n 100 --strategy sync --strategy async", own.stderr)
            self.assertEqual(canonical(self.result), self.fresh(*wide))

    def test_a_law_of_fewer_workers_leaves_the_stores_own_as_it_was(self):
        law, other = "exponential:rate=2", "uniform:low=0:high=1"
        wide = ["sweep", "-m", "8,9", "-n", "100", "--strategy", "sync", "--law", law, "--law", other]
        self.run_to(self.result, *wide, "--store", self.store)
        narrow = [each.replace(law, f"8*{law}") for each in wide]
        self.run_to(self.result, *narrow, "--store", self.store)
        self.assertEqual(dsgd("sweep", "--store", self.store, "-o", self.result).returncode, 0)
        self.assertEqual(canonical(self.result), self.fresh(*wide))

    def test_a_store_that_grows_says_of_what_it_is(self):
        self.run_to(self.result, "sweep", "-m", "2", "-n", "3000", "--strategy", "sync", "--store", self.store)
        grown = dsgd("sweep", "-m", "2,3", "--store", self.store, "-o", self.result)
        self.assertEqual(grown.returncode, 0)
        self.assertIn("grows, and is of this sweep from now on: -m 2,3 -n 5000 --strategy sync --strategy async", grown.stderr)
        self.assertEqual(dsgd("sweep", "-m", "2:4", "--store", self.store, "--add", "-o", "-", "--format", "csv").returncode, 0)

    def test_a_stopped_sweep_goes_on_from_its_store_alone(self):
        expected = self.fresh(*LONG)
        self.assertEqual(dsgd(*LONG, "--store", self.store, "--max-time", "0.1s").returncode, 75)
        self.assertEqual(dsgd("sweep", "--store", self.store, "--max-time", "0.1s").returncode, 75)
        self.assertEqual(self.run_to(self.result, "sweep", "--store", self.store), expected)
        shard = self.folder / "1.db"
        self.assertEqual(dsgd("sweep", "-m", "3:4", "-n", "1e12", "--shard", "1/2", "--store", shard, "--max-time", "0.1s").returncode, 75)
        self.assertEqual(dsgd("sweep", "--store", shard, "--max-time", "0.1s").returncode, 75)

    def test_what_is_no_store(self):
        for content in (b"", b"x", b"SQLite format 3\0", b"\0" * 8192):
            self.store.write_bytes(content)
            self.assert_error(dsgd("sweep", "--store", self.store), 7, "s.db")
            self.assertEqual(self.store.read_bytes(), content)
        self.assert_error(dsgd("sweep", "--store", self.folder), 6, "directory")
        self.assert_error(dsgd("sweep", "--store", self.folder / "no" / "s.db"), 6, "No such file")
        self.assert_error(dsgd("sweep", "--store", "/dev/null"), 6, "no regular file")

    def test_usage(self):
        for arguments, part in (
            (["--store", ""], "--store"), (["--shard", "1/2"], "--store"), (["--resume"], "--store"), (["--add"], "--store"),
            *((["--store", "s.db", "--shard", text], "--shard") for text in ("", "0/2", "3/2", "1", "a/2", "1/2/3")),
            *((["--relative-error", text], "--relative-error") for text in ("", "0", "-1", "2", "nan", "1e-10")),
            *((["--max-time", text], "--max-time") for text in ("", "0s", "90", "-1s", "1:60", "1w")),
        ):
            with self.subTest(arguments=arguments):
                self.assert_error(dsgd("sweep", *arguments, cwd=self.folder), 2, part)
        self.assertEqual(dsgd("merge").returncode, 2)
        for output in (["-o", "r.csv"], ["-o", "r.md"], ["-o", "-", "--format", "csv"], ["--plot", "r.png"]):
            with self.subTest(output=output):
                run = dsgd("sweep", "--store", "s.db", "--shard", "1/2", *output, cwd=self.folder)
                self.assert_error(run, 2, "a shard has a part of the result")
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_no_result_replaces_a_store(self):
        self.run_to(self.result, *SWEEP, "--store", self.store)
        before = self.store.read_bytes()
        link = self.folder / "link.json"
        link.symlink_to(self.store)
        for command in (["sweep", "--store", self.store], ["merge", self.store]):
            for name in (self.store, link):
                self.assert_error(dsgd(*command, "-o", name, "--format", "json"), 2, "is a store too")
        self.assert_error(dsgd("merge", self.store, "--store", self.store), 6, "exists already")
        self.assertEqual(self.store.read_bytes(), before)

    def test_no_result_replaces_a_store_that_is_to_be_made(self):
        for name in ("new.db", "./new.db"):
            result = dsgd("sweep", "-m", "2", "--store", "new.db", "-o", name, "--format", "csv", cwd=self.folder)
            self.assert_error(result, 2, "is a store too")
            self.assertFalse((self.folder / "new.db").exists())

    def test_no_result_replaces_the_measured_times(self):
        trace = self.folder / "t.csv"
        trace.write_text("1\n2\n")
        for output in (["-o", "t.csv"], ["-o", "./t.csv"]):
            self.assert_error(dsgd("sweep", "-m", "2", "--law", "empirical:file=t.csv", *output, cwd=self.folder), 2, "is a file of measured times too")
        self.assertEqual(trace.read_text(), "1\n2\n")

    def test_json_of_a_shard_says_which_and_what_is_not_finished(self):
        sweep = ["sweep", "-m", "2000,200000", "--strategy", "sync", "-n", "1e10", "--shard", "1/2", "--store", self.store]
        self.assertEqual(dsgd(*sweep, "--max-time", "0.5s", "-o", self.result).returncode, 75)
        document = json.loads(self.result.read_text())
        self.assertEqual((document["run"]["shard"], document["run"]["complete"]), ("1/2", False))
        self.assertTrue(all(point["complete"] is False for point in document["points"]))
        self.assert_error(dsgd("sweep", "-m", "2", "--shard", "1/2", "--store", self.folder / "2.db", "--format", "csv"), 2, "only --output in JSON")

    def test_a_store_that_is_not_there(self):
        self.assert_error(dsgd("merge", self.folder / "none.db"), 6, "cannot be read", "No such file")
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_a_store_from_a_folder_that_others_read(self):
        """A merge reads what it may not write, too."""
        self.run_to(self.result, *SWEEP, "--store", self.store)
        self.store.chmod(0o444)
        merged = self.run_to(self.folder / "m.json", "merge", self.store)
        self.assertEqual(merged, canonical(self.result))


if __name__ == "__main__":
    unittest.main()
