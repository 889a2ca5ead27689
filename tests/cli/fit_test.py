"""dsgd fit: what it says of measured times, in which order, and what it refuses."""

import json
import random
import shlex
import unittest

from command import dsgd
from fitting import FitCase, table


class Fit(FitCase):
    def test_says_everything_in_order(self):
        result = self.fit(table(), "--worker", "rank", "--step", "step", "--unit", "ms", "-m", "6,12")
        self.assertEqual(result.returncode, 0, result.stderr)
        parts = ["240 times in column ms (ms), 0 missing", "variance", "lag-1", "slowest most often", "measured", "pooled", "per worker",
                 "weight", "parameter", "sync", "replacing worker", "use: --law"]  # fmt: skip
        places = [result.stdout.index(part) for part in parts]
        self.assertEqual(places, sorted(places))

    def test_document(self):
        document = self.document(table(), "--worker", "rank", "--step", "step")
        self.assertEqual(document["schema"], "dsgd.fit/1")
        self.assertAlmostEqual(sum(document["variance"].values()), 1)
        self.assertEqual(set(document["slowest"]["pooled"]), {"mean", "low", "high"})
        self.assertEqual(document["laws"][0]["aic_difference"], 0)
        self.assertAlmostEqual(sum(law["weight"] for law in document["laws"]), 1)
        exponential = next(law for law in document["laws"] if law["law"].startswith("exponential:"))
        self.assertEqual(exponential["ks_p"], 1 / 40)

    def test_workers_that_differ_are_not_pooled(self):
        alike = self.document(table(), "--worker", "rank", "--step", "step")
        differ = self.document(table(slow=1.6), "--worker", "rank", "--step", "step")
        self.assertEqual([spec.split("t.csv:")[1] for spec in alike["use"] if "t.csv" in spec],
                         ["column=ms", "column=ms:worker=rank", "column=ms:worker=rank:step=step"])  # fmt: skip
        self.assertIsNone(alike["use_note"])
        self.assertEqual([spec.split(":")[0] for spec in differ["use"]], ["empirical", "replay"])
        self.assertIn("workers differ", differ["use_note"])
        self.assertEqual(differ["replacing"]["worker"], "5")
        self.assertGreater(differ["replacing"]["saved"]["mean"], 0.15)
        unknown = self.document(table(), "--worker", "rank", "--step", "step", "--bootstrap", "0")
        self.assertIn("give --bootstrap", unknown["use_note"])
        self.assertEqual([spec.split(":")[0] for spec in unknown["use"]], ["replay"])
        no_steps = self.document(table(slow=1.6), "--worker", "rank")
        self.assertEqual([spec.split(":")[0] for spec in no_steps["use"]], ["empirical"])
        self.assertIn("worker=rank", no_steps["use"][0])
        rows = [f"{rank},{step},{10 + 5 * (step % 4) + rank % 2}" for step in range(40) for rank in range(6)]
        together = self.document("\n".join(["rank,step,ms", *rows]), "--worker", "rank", "--step", "step")
        self.assertIn("slow in the same steps", together["use_note"])
        self.assertEqual([spec.split(":")[0] for spec in together["use"]], ["replay"])

    def test_why_no_model_holds(self):
        def judged(time):
            rows = [f"{rank},{step},{time(rank, step)}" for step in range(42) for rank in range(6)]
            document = self.document("\n".join(["rank,step,ms", *rows]), "--worker", "rank", "--step", "step")
            return document["use_note"], [spec.split(":")[0] for spec in document["use"]]

        note, use = judged(lambda rank, step: 20 if step % 6 == rank else 10)
        self.assertIn("take turns", note)
        self.assertEqual(use, ["replay"])
        # One worker is always the slowest, and always takes the same: the interval has no width.
        note, use = judged(lambda rank, step: 20 if rank == 0 else 10 + (rank * 7 + step * step) % 5)
        self.assertIn("workers differ", note)
        self.assertEqual(use, ["empirical", "replay"])

    def test_steps_that_lack_workers_are_left_out(self):
        rows = [f"{rank},{step},{10 + (3 * rank + step * step) % 7}" for step in range(100) for rank in range(8)]
        rows += [f"0,{step},9" for step in range(100, 1000)]
        text = "\n".join(["rank,step,ms", *rows])
        document = self.document(text, "--worker", "rank", "--step", "step")
        self.assertIsNotNone(document["variance"])
        alone = self.document(text, "--worker", "rank")
        self.assertIsNone(alone["variance"])
        self.assertEqual([spec.split("t.csv:")[1] for spec in alone["use"]], ["column=ms:worker=rank"])
        self.assertIn("workers differ", alone["use_note"])

    def test_long_and_wide_tables_of_the_same_times_are_judged_alike(self):
        for slow in (1, 1.6):
            steps = {}
            for row in table(slow=slow).splitlines()[1:]:
                rank, step, ms = row.split(",")
                steps.setdefault(step, {})[rank] = ms
            ranks = list(steps["0"])
            (self.folder / "wide.csv").write_text("\n".join([",".join(f"r{rank}" for rank in ranks), *(",".join(step[rank] for rank in ranks) for step in steps.values())]))
            wide = dsgd("fit", self.folder / "wide.csv", "--columns", "*", "--bootstrap", "39", "-o", "-")
            self.assertEqual(wide.returncode, 0, wide.stderr)
            wide, long = json.loads(wide.stdout), self.document(table(slow=slow), "--worker", "rank", "--step", "step")
            self.assertEqual(wide["use_note"], long["use_note"])
            for word in ("gamma", "replay"):
                self.assertEqual(any(spec.startswith(word) for spec in wide["use"]), any(spec.startswith(word) for spec in long["use"]))

    def test_workers_of_skipped_steps_alone_are_none(self):
        text = "\n".join(["rank,step,ms", "2,0,50", *(f"{rank},{step},{10 + 5 * rank + (step * step) % 3}" for step in range(40) for rank in range(2))])
        document = self.document(text, "--worker", "rank", "--step", "step", "--skip", "1")
        self.assertEqual(document["data"]["missing"], 0)
        self.assertIn("workers differ", document["use_note"])
        self.assertEqual([spec.split(":")[0] for spec in document["use"]], ["empirical", "replay"])

    def test_files_that_are_replaced_stay_where_a_device_refuses(self):
        kept = self.folder / "a.json"
        kept.write_text("before")
        self.assert_error(self.fit(table(), "-o", kept, "-o", "/dev/full"), 6, "/dev/full")
        self.assertEqual(kept.read_text(), "before")

    def test_distances_of_two_values(self):
        """Anderson-Darling's statistic is positive: by the gamma law of 5 and 6 it is 0.3593."""
        law = self.document("ms\n5\n6\n", "--laws", "gamma", "--shift", "0", "--bootstrap", "0")["laws"][0]
        self.assertAlmostEqual(law["ad"], 0.3593, 3)

    def test_few_replicates_have_no_interval(self):
        for replicates, has_one in (("38", False), ("39", True)):
            slowest = self.document(table(), "--worker", "rank", "--step", "step", "--bootstrap", replicates)["slowest"]
            self.assertEqual(slowest["measured"]["low"] is not None, has_one)

    def test_a_plausible_law_without_a_mean_is_named(self):
        draw = random.Random(3)
        values = "\n".join(["ms", *(f"{draw.paretovariate(0.8):.6f}" for _ in range(400))])
        document = self.document(values, "--laws", "pareto", "--shift", "0", "--bootstrap", "0", "-m", "4", "--strategy", "sync,k-sync:k=1")
        sync, first = document["means"]
        self.assertEqual((sync["low"], sync["without_mean"]), (None, ["pareto"]))
        self.assertEqual(first["without_mean"], [])

    def test_few_times_are_said_to_be_few(self):
        few = self.fit("ms\n2\n3\n").stdout
        self.assertIn("2 times are far too few to tell laws apart", few)
        self.assertLess(few.index("far too few"), few.index("use: --law"))
        self.assertNotIn("too few", self.fit(table(3, 10)).stdout)

    def test_no_prediction_is_certain_where_no_law_holds(self):
        """Two clusters of times far apart are no law's: what is told says how far it misses, or is not told."""
        draw = random.Random(3)
        rows = [f"{rank},{step},{(10 if draw.random() < 0.5 else 100) + draw.random():.3f}" for step in range(60) for rank in range(4)]
        text = "rank,step,ms\n" + "\n".join(rows) + "\n"
        told = self.document(text, "--worker", "rank", "--step", "step", "-m", "4,8")
        self.assertEqual(max(law["ks_p"] for law in told["laws"]), 1 / 40)
        self.assertRegex(told["laws_note"], r"^no law holds: .* slowest of the measured 4 workers they give \S+ where \S+ was measured: off by [+-]\S+ %")
        measured, mean = told["slowest"]["measured"]["mean"], told["means"][0]
        self.assertAlmostEqual(float(told["laws_note"].split("off by ")[1].split(" %")[0]) / 100, mean["low"] / measured - 1, delta=1e-3)
        self.assertIn("no law holds", told["text"])
        untold = self.document(text, "-m", "4,8")
        self.assertIn("no measured mean says how far they are off", untold["laws_note"])
        self.assertEqual([mean["workers"] for mean in untold["means"]], [4, 8])  # what the laws say, beside the note
        self.assertNotIn("highest mean", untold["text"])
        held = self.document(table(), "--worker", "rank", "--step", "step", "-m", "6")
        self.assertEqual((held["laws_note"], held["remarks"]), (None, []))
        self.assertIsNone(self.document(text, "-m", "4", "--bootstrap", "0")["laws_note"])  # nothing is known of them

    def jobs(self, *ranks, first=100):
        """Times of two jobs in one table, the job named by a column of text. @param first  step of the second"""
        rows = ["job,rank,step,ms"]
        for job, (name, steps, scale) in enumerate((("small", range(12), 1), ("large", range(first, first + 12), 8))):
            rows += [f"{name},{rank},{step},{scale * (30 + (7 * rank + 3 * step) % 11)}" for step in steps for rank in ranks[job]]
        return "\n".join(rows) + "\n"

    def test_several_jobs_in_one_table_are_noticed(self):
        mixed = self.fit(self.jobs(range(4), range(4)), "--worker", "rank").stdout
        self.assertIn("values of column job: where these are several jobs, take one by --where job=small, or another of its 2 values (small, large)", " ".join(mixed.split()))
        sparse = self.fit(self.jobs(range(4), range(4, 30)), "--worker", "rank", "--step", "step").stdout
        self.assertIn("many pairs of worker and step have no time, 360 of 720: where", " ".join(sparse.split()))
        self.assertIn("--where job=small, or another of its 2 values", " ".join(sparse.split()))
        chosen = self.fit(self.jobs(range(4), range(4)), "--worker", "rank", "--step", "step", "--where", "job=small").stdout
        self.assertNotIn("--where", chosen)
        clash = self.fit(self.jobs(range(4), range(4), first=0), "--worker", "rank", "--step", "step")
        self.assert_error(clash, 2, "two times of worker '0'", "or choose rows with --where job=small (job is one of small, large)\n")

    def test_lines_to_use_are_laws_of_a_sweep(self):
        """Each as a shell reads it, from tables of several laws, also where the file's name needs quotes."""
        draw = random.Random(1)  # for which no true law is rejected, as one in twenty is
        samples = [
            lambda: draw.expovariate(0.3), lambda: draw.lognormvariate(2, 0.6), lambda: draw.gammavariate(3, 4),
            lambda: draw.weibullvariate(4, 2.5), lambda: 1000 + draw.random(), lambda: 20 + draw.expovariate(1),
            lambda: 2 * draw.paretovariate(3), lambda: 3 * (1 / draw.random() - 1) ** 0.25,
        ]  # fmt: skip
        path = self.folder / "it's 1.csv"
        used, shifted = set(), set()
        for sample in samples:
            path.write_text("\n".join(["ms", *(f"{sample():.6f}" for _ in range(150))]) + "\n")
            result = dsgd("fit", path, "--bootstrap", "39", "--column", "ms")
            self.assertEqual(result.returncode, 0, result.stderr)
            specs = self.pasted(result.stdout, "-m", "3")
            self.assertGreaterEqual(len(specs), 2)
            used |= {spec.split(":")[0] for spec, _ in specs}
            shifted |= {spec.split(":")[0] for spec, _ in specs if ":shift=" in spec}
        self.assertTrue(shifted - {"shifted-exponential"}, used)
        self.assertLessEqual({"exponential", "lognormal", "gamma", "weibull", "uniform", "shifted-exponential", "pareto", "log-logistic", "empirical"}, used)

    def pasted(self, text, *arguments):
        """The laws of the lines to use, each with what a sweep expects of it, as a shell reads them."""
        specs = []
        for line in text.splitlines():
            if not line.startswith("use: "):
                continue
            words = shlex.split(line.removeprefix("use: "))
            sweep = dsgd("sweep", "-n", "10", "--strategy", "sync", "-o", "-", "--format", "json", *arguments, *words)
            self.assertEqual(sweep.returncode, 0, (line, sweep.stderr))
            specs.append((words[1], json.loads(sweep.stdout)["points"]))
        return specs

    def test_lines_to_use_choose_what_was_fitted(self):
        """By workers and by steps, of chosen rows, without the first steps, from long tables and wide ones."""
        rows = table(slow=1.6).splitlines()
        marked = [f"run,{rows[0]},extra", *(f"a,{row},x" for row in rows[1:]), *(f"b,{row},x" for row in rows[1:20])]
        times = {}
        for row in rows[1:]:
            rank, step, ms = row.split(",")
            times.setdefault(step, {})[rank] = float(ms)
        wide = ["step;" + ";".join(f"r{rank}" for rank in range(6)),
                *(step + ";" + ";".join(str(time).replace(".", ",") for time in row.values()) for step, row in times.items())]  # fmt: skip
        wide[-1] = wide[-1].rsplit(";", 1)[0] + ";NA"
        path = self.folder / "a b.csv"
        for lines, arguments, steps in [
            (marked, ("--column", "ms", "--worker", "rank", "--step", "step", "--where", "run=a", "--skip", "7"), range(7, 40)),
            (wide, ("--columns", "*", "--skip", "5", "--missing", "skip", "--decimal", "comma"), range(5, 39)),
        ]:
            path.write_text("\n".join(lines) + "\n")
            fitted = dsgd("fit", path, "--bootstrap", "39", *arguments)
            self.assertEqual(fitted.returncode, 0, fitted.stderr)
            specs = self.pasted(fitted.stdout)
            self.assertEqual([spec.split(":")[0] for spec, _ in specs], ["empirical", "replay"])
            self.assertEqual({point["workers"] for _, points in specs for point in points}, {6})
            measured = sum(max(times[str(step)].values()) for step in steps) / len(steps)
            self.assertAlmostEqual(specs[1][1][0]["expected"] / measured, 1, 6)
            per_worker = float(next(line for line in fitted.stdout.splitlines() if line.startswith("per worker")).split()[2])
            self.assertLess(abs(specs[0][1][0]["expected"] / per_worker - 1), 0.005)

    def test_measured_times_are_not_replaced(self):
        path = self.folder / "times.json"
        path.write_text(table(3, 10))
        twice = ("-o", self.folder / "a.json", "-o", self.folder / "a.json")
        for arguments, why in ((("-o", path), "is a file of measured times too"), (twice, "is named twice")):
            self.assert_error(dsgd("fit", path, "--column", "ms", "--bootstrap", "0", *arguments), 2, why)
        self.assertEqual(path.read_text(), table(3, 10))
        self.assertFalse((self.folder / "a.json").exists())

    def test_same_whatever_the_threads(self):
        def without_provenance(*arguments):
            document = self.document(table(3, 10), "--worker", "rank", "--step", "step", *arguments)
            del document["provenance"]
            return document

        one = without_provenance("--threads", "1")
        self.assertEqual(one, without_provenance("--threads", "3"))
        self.assertNotEqual(one, without_provenance("-s", "2"))

    def test_laws_that_are_asked_for(self):
        document = self.document(table(3, 10), "--laws", "gamma,weibull", "--shift", "0", "--bootstrap", "0")
        self.assertEqual({law["law"].split(":")[0] for law in document["laws"]}, {"gamma", "weibull"})
        self.assertTrue(all("shift" not in law["law"] and law["ks_p"] is None for law in document["laws"]))

    def test_what_is_refused(self):
        good = table(3, 10)
        for text, arguments, parts in [
            (good, ("--laws", "gama"), ("--laws 'gama'", "did you mean gamma?")),
            (good, ("--shift", "1"), ("--shift '1'", "give auto or 0")),
            (good, ("--worker", "rang"), ("no column 'rang'", "did you mean rank?")),
            (good, ("--step", "rank", "--worker", "rank"), ("two times of worker '0'",)),
            (good, ("--skip", "-1"), ("--skip",)), (good, ("--missing", "zero"), ("--missing 'zero'", "refuse or skip")),
            (good, ("--columns", "*"), ("--columns", "--column")), (good, ("--where", "rank"), ("no condition 'rank'", "--where")),
            (good, ("--bootstrap", "-1"), ("--bootstrap",)), (good, ("--unit", "a\tb"), ("--unit", "no label")),
            ("ms\n2.5\n2.5\n", (), ("holds one value again and again, 2.5 ", "use --law constant:value=2.5\n")),
            ("ms\n", (), ("holds 0 values", "give a file of measured times\n")),
            ("ms\n2.5\n", (), ("holds 1 value", "or --law constant:value=2.5\n")),
            ("ms\n2\nx\n", (), ("line 3, column ms: 'x'",)),
        ]:
            with self.subTest(arguments=arguments):
                self.assert_error(self.fit(text, *arguments), 2, *parts)
        (self.folder / "t.csv").write_text("a,b\n1,2\n2,3\n")
        self.assert_error(dsgd("fit", self.folder / "t.csv"), 2, "(its columns: a, b): choose one with --column\n")
        self.assert_error(dsgd("fit", self.folder / "no.csv"), 6, "no.csv", "cannot be read")


if __name__ == "__main__":
    unittest.main()
