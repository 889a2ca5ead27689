"""Sweeps that several processes share by stores, how these are merged, and points that stop at a precision."""

import json
import unittest

from command import StoreCase, canonical, draws_of, dsgd, engines

SWEEP = ["sweep", "-m", "1:6,100", "-n", "3000", "--strategy", "sync,async,k-async:k=1",
         "--law", "exponential:rate=2", "--law", "shifted-exponential:shift=1:rate=1"]


class Shards(StoreCase):
    def shard_stores(self, count, *arguments):
        stores = [self.folder / f"{number}of{count}.db" for number in range(1, count + 1)]
        for number, store in enumerate(stores, 1):
            done = dsgd(*arguments, "--shard", f"{number}/{count}", "--store", store)
            self.assertEqual((done.returncode, done.stdout, done.stderr.count("\n")), (0, "", 1), done.stderr)
            self.assertIn(f"shard {number}/{count} is whole", done.stderr)
        return stores

    def test_shards_give_the_bytes_of_one_process(self):
        options = ["--quantiles", "0.5,0.9", "--updates", "7"]
        files = [self.folder / name for name in ("one.csv", "one.json", "all.csv", "all.json")]
        self.assertEqual(dsgd(*SWEEP, *options, "-o", files[0], "-o", files[1]).returncode, 0)
        for count in (2, 5, 40):
            stores = self.shard_stores(count, *SWEEP, *options)
            whole = self.folder / f"whole{count}.db"
            merged = dsgd("merge", *reversed(stores), "--store", whole, "-o", files[2], "-o", files[3])
            self.assertEqual(merged.returncode, 0, merged.stderr)
            self.assertEqual(merged.stdout, f"42 points written to {files[2]}, {files[3]}\n")
            self.assertEqual(files[2].read_bytes(), files[0].read_bytes())
            self.assertEqual(canonical(files[3]), canonical(files[1]))
            again = self.run_to(self.result, *SWEEP, *options, "--store", whole)
            self.assertEqual((again, draws_of(self.result)), (canonical(files[1]), 0))

    def test_shards_are_of_equal_size(self):
        stores = self.shard_stores(4, "sweep", "-m", "1:200", "-n", "2", "--strategy", "sync")
        draws = []
        for number, store in enumerate(stores, 1):
            dsgd("sweep", "-m", "1:200", "-n", "2", "--strategy", "sync", "-o", self.result, "--store",
                 self.folder / f"again{number}.db", "--shard", f"{number}/4")
            self.assertFalse(json.loads(self.result.read_text())["run"]["complete"])
            draws.append(draws_of(self.result))
        self.assertAlmostEqual(sum(draws), 2 * 20_100, delta=1)
        self.assertLess(max(draws), 1.3 * min(draws))

    def test_relative_error_deals_out_points(self):
        sweep = [*SWEEP[:4], "1e6", *SWEEP[5:], "--relative-error", "0.02"]
        expected = self.fresh(*sweep)
        stores = self.shard_stores(3, *sweep)
        self.assertEqual(self.run_to(self.result, "merge", *stores), expected)

    def test_gaps_overlaps_and_foreign_shards_are_refused(self):
        stores = self.shard_stores(3, *SWEEP)
        self.assert_error(dsgd("merge", stores[0], stores[2]), 7, "shard 2/3")
        self.assert_error(dsgd("merge", *stores, stores[1]), 7, "shard 2/3", "2of3.db")
        for name, change in (("seed", ["-s", "9"]), ("iterations", ["-n", "3001"]), ("points", ["-m", "1:7"])):
            other = self.folder / f"{name}.db"
            changed = [change[1] if before == change[0] else word for before, word in zip([""] + SWEEP, SWEEP)]
            changed += change if name == "seed" else []
            self.assertEqual(dsgd(*changed, "--shard", "2/3", "--store", other).returncode, 0)
            self.assert_error(dsgd("merge", stores[0], other, stores[2]), 7, f"{name}.db", "different sweeps")
        quarter = self.folder / "quarter.db"
        dsgd(*SWEEP, "--shard", "2/4", "--store", quarter)
        self.assert_error(dsgd("merge", stores[0], quarter, stores[2]), 7, "quarter.db", "shards of 3 and of 4")
        self.assert_error(dsgd("merge", *stores, "--store", stores[0]), 6, "exists already")
        self.assert_error(dsgd("merge", self.folder / "none.db"), 6, "none.db")

    def test_a_shard_that_is_not_finished_is_refused(self):
        sweep = ["sweep", "-m", "3", "-n", "1e12"]
        stores = [self.folder / "1.db", self.folder / "2.db"]
        for number, store in enumerate(stores, 1):
            self.assertEqual(dsgd(*sweep, "--shard", f"{number}/2", "--store", store, "--max-time", "0.1s").returncode, 75)
        both = dsgd("merge", *stores, "-o", self.result)
        self.assert_error(both, 7, "are not finished", f"'{stores[0]}', '{stores[1]}'", f"run 'dsgd resume {stores[0]}', 'dsgd resume {stores[1]}' to the end, then merge again")
        self.assertFalse(self.result.exists())

    def test_the_one_shard_that_is_not_finished_is_named(self):
        """Those that are whole are not, and what is said to mend it does."""
        sweep = ["sweep", "-m", "3", "-n", "3e8", "--threads", "1"]
        stores = [self.folder / "1.db", self.folder / "part 2.db"]
        self.assertEqual(dsgd(*sweep, "--shard", "1/2", "--store", stores[0]).returncode, 0)
        self.assertEqual(dsgd(*sweep, "--shard", "2/2", "--store", stores[1], "--max-time", "0.01s").returncode, 75)
        merged = dsgd("merge", *stores)
        self.assert_error(merged, 7, f"the store '{stores[1]}' is not finished (units ", f"run 'dsgd resume '{stores[1]}'' to the end, then merge again")
        self.assertNotIn("1.db", merged.stderr)
        self.assertEqual(dsgd("resume", stores[1]).returncode, 0)
        self.assertEqual(dsgd("merge", *stores).returncode, 0)

    def test_a_shard_says_that_it_is_whole(self):
        for name, shard, pattern in (("part2.db", "2/8", "part*.db"), ("part08.db", "8/8", "part*.db"), ("a2-of-8.db", "2/8", "a*-of-8.db"),
                                     ("s.db", "3/8", "STORE..."), ("part12.db", "2/12", "STORE..."), ("a 1.db", "1/8", "STORE...")):
            with self.subTest(name):
                done = dsgd("sweep", "-m", "2", "-n", "800", "--shard", shard, "--store", name, "-o", "-", "--format", "json", cwd=self.folder)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(done.stderr, f"dsgd: shard {shard} is whole in '{name}'; when all are: dsgd merge {pattern} -o results.csv\n")
                self.assertEqual(json.loads(done.stdout)["run"]["shard"], shard)

    def test_merge_reads_files_of_delays_again(self):
        trace = self.folder / "t.csv"
        trace.write_text("1\n2\n3\n")
        sweep = ["sweep", "-m", "2,3", "-n", "100", "--law", f"empirical:file={trace}"]
        expected = self.fresh(*sweep)
        stores = self.shard_stores_quiet(sweep)
        self.assertEqual(self.run_to(self.result, "merge", *stores), expected)
        trace.write_text("1\n2\n4\n")
        self.assert_error(dsgd("merge", *stores), 7, "has changed")

    def shard_stores_quiet(self, sweep):
        stores = [self.folder / "1.db", self.folder / "2.db"]
        for number, store in enumerate(stores, 1):
            self.assertEqual(dsgd(*sweep, "--shard", f"{number}/2", "--store", store).returncode, 0)
        return stores


class Precision(StoreCase):
    def test_points_stop_at_their_precision_wherever_they_run(self):
        sweep = ["sweep", "-m", "1:6", "-n", "1e7", "--relative-error", "0.01"]
        expected = self.fresh(*sweep)
        points = json.loads(expected)["points"]
        for point in points:
            half = (point["ci95_high"] - point["ci95_low"]) / 2
            self.assertLess(half, 0.01 * point["mean"])
            needed = (1.96 * point["standard_deviation"] / (0.01 * point["mean"])) ** 2
            self.assertLess(point["iterations"], max(1.4 * needed, 4097))
        for engine in engines():
            for threads in ("1", "3"):
                self.assertEqual(self.fresh(*sweep, "--engine", engine, "--threads", threads), expected, engine)

    def test_finer_goes_on_and_coarser_is_refused(self):
        base = ["sweep", "-m", "3", "-n", "1e7"]
        for error in ("0.1", "0.01", "0.003"):
            got = self.run_to(self.result, *base, "--relative-error", error, "--store", self.store)
            self.assertEqual(got, self.fresh(*base, "--relative-error", error))
        self.assert_error(dsgd(*base, "--relative-error", "0.01", "--store", self.store), 7, "--relative-error")
        self.assertEqual(self.run_to(self.result, *base, "--store", self.store), self.fresh(*base))

    def test_the_limit_holds(self):
        point = json.loads(self.fresh("sweep", "-m", "3", "-n", "4500", "--relative-error", "1e-6"))["points"][0]
        self.assertEqual(point["iterations"], 4500)

    def test_what_the_limit_stopped_is_said(self):
        sweep = ["sweep", "-m", "3", "-n", "6000", "--strategy", "sync", "--relative-error"]
        missed = dsgd(*sweep, "1e-6")
        self.assertIn("did not reach --relative-error 1e-06", missed.stderr)
        self.assertIn("(*) stopped by --iterations", missed.stdout)
        met = dsgd(*sweep, "0.5")
        self.assertEqual(met.stderr, "")
        self.assertNotIn("*", met.stdout)
        for error, expected in (("1e-6", False), ("0.5", True)):
            self.assertIs(json.loads(self.fresh(*sweep, error))["points"][0]["precision_met"], expected)


if __name__ == "__main__":
    unittest.main()
