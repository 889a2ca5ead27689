"""dsgd recommend: what it says of measured times and of laws, its files, and what it refuses."""

import csv
import io
import json
import random
import unittest

from command import Case, dsgd

WORKERS, STEPS = 8, 120


def write_table(path):
    """Steps of eight workers, of which the last takes twice as long: a spare one saves about half of each step."""
    chance = random.Random(7)
    rows = ["step,rank,ms"]
    for step in range(STEPS):
        for rank in range(WORKERS):
            rows.append(f"{step},{rank},{(2 if rank == WORKERS - 1 else 1) * (50 + 4 * chance.expovariate(1)):.4f}")
    path.write_text("\n".join(rows) + "\n")


class Recommend(Case):
    def setUp(self):
        super().setUp()
        self.table = self.folder / "times.csv"
        write_table(self.table)
        self.steps = f"replay:file={self.table}:column=ms:worker=rank:step=step"

    def answer(self, *arguments):
        result = dsgd("recommend", *arguments, "-o", "-", "--format", "json")
        self.assertEqual(result.returncode, 0, result.stderr)
        return json.loads(result.stdout)

    def test_the_last_line_is_the_decision(self):
        result = dsgd("recommend", "--law", self.steps, "--strategy", "sync,backup:spare=1..2", "--unit", "ms")
        self.assertEqual(result.returncode, 0, result.stderr)
        last = result.stdout.splitlines()[-1]
        self.assertRegex(last, r"^choose backup:spare=1: 0\.\d+ gradients per ms, 1\.\d+ times sync's \(95 %: 1\.\d+ to 1\.\d+\)$")
        self.assertIn("120 measured rows", result.stdout)
        document = self.answer("--law", self.steps, "--strategy", "sync,backup:spare=1..2", "--unit", "ms")
        self.assertEqual(document["decision"], last)
        self.assertEqual(document["text"], result.stdout)
        # The last worker of the table is always the slowest.
        self.assertEqual(len(document["laws"][0]["cautions"]), 1)
        self.assertIn("leaves out the same worker in nearly every step (7 in 100 %", document["laws"][0]["cautions"][0]["text"])
        self.assertIn("note: backup:spare=1 leaves out", result.stdout)
        self.assertEqual(result.stderr.count("\n"), 1)

    def test_ratios_are_those_of_the_table(self):
        steps = {}
        for row in csv.DictReader(io.StringIO(self.table.read_text())):
            steps.setdefault(row["step"], []).append(float(row["ms"]))
        ordered = [sorted(step) for step in steps.values()]
        mean = lambda rank: sum(step[rank - 1] for step in ordered) / STEPS  # noqa: E731
        law = self.answer("--law", self.steps)["laws"][0]
        found = {each["strategy"]: each for each in law["candidates"]}
        for strategy, rank in (("sync", 8), ("backup:spare=1", 7), ("backup:spare=2", 6)):
            self.assertAlmostEqual(found[strategy]["value"] / (rank / mean(rank)), 1, delta=1e-6)  # float32 delays
            self.assertTrue(found[strategy]["exact"])
        best = law["candidates"][0]
        for each in law["candidates"]:
            ratio = each["ratio"]
            self.assertAlmostEqual(ratio["value"], each["value"] / best["value"], delta=1e-9)
            if each is not best:
                self.assertLessEqual(ratio["low"], ratio["value"])
                self.assertGreaterEqual(ratio["high"], ratio["value"])
                self.assertEqual(each["tied"], ratio["high"] >= 1 - 1e-9)
        self.assertIsNotNone(law["fresh"])
        self.assertEqual(law["candidates"][law["fresh"]["candidate"]]["strategy"], "backup:spare=1")

    def test_pooled_times_and_times_of_each_worker(self):
        pooled = f"empirical:file={self.table}:column=ms"
        for law, workers in ((pooled, 8), (f"{pooled}:worker=rank", None)):
            size = ["-m", str(workers)] if workers else []
            found = self.answer("--law", law, *size, "--strategy", "sync,backup:spare=1", "--bootstrap", "99")["laws"][0]
            self.assertEqual(found["intervals"]["over"], "steps")
            self.assertEqual(found["intervals"]["rows"], STEPS * WORKERS if workers else STEPS)
            other = found["candidates"][1]["ratio"]
            self.assertLess(other["high"] / other["low"], 1.5)
        # Pooled, any worker may be the slow one; each with its own times, one spare worker is worth it.
        self.assertEqual(found["candidates"][0]["strategy"], "backup:spare=1")

    def test_servers_and_stragglers(self):
        """Candidates have the means that the same options have elsewhere, and those that wait for all have no server."""
        for options, others in ((("--server", "exponential:rate=9"), {"async", "k-async", "k-batch-async"}),
                                (("--stragglers", "enter=0.1:leave=0.3:factor=4"), {"sync", "backup", "async", "k-async", "k-batch-async"})):  # fmt: skip
            document = self.answer("-m", "8", "--law", "gamma:shape=2:rate=1", *options, "-n", "4000")
            candidates = document["laws"][0]["candidates"]
            self.assertEqual({each["strategy"].split(":")[0] for each in candidates}, others)
            self.assertEqual(document["run"][options[0][2:]], options[1])
            known = [each for each in candidates if each["exact"]]
            strategies = ",".join(each["strategy"] for each in known)
            exact = dsgd("exact", "-m", "8", "--law", "gamma:shape=2:rate=1", *options, "--strategy", strategies, "-o", "-", "--format", "json")
            means = {point["strategy"]: point["mean"] for point in json.loads(exact.stdout)["points"]}
            self.assertGreaterEqual(len(known), 1)
            for each in known:
                self.assertAlmostEqual(each["mean"] / means[each["strategy"]], 1, delta=1e-11)
            for goal in ("error=0.1", "time=4"):
                self.assert_error(dsgd("recommend", "-m", "8", *options, "--goal", goal), 2, f"{options[0]} is not used by --goal {goal}")
        measured = (("--law", self.steps, "--server", "exponential:rate=0.2"),
                    ("--law", f"empirical:file={self.table}:column=ms:worker=rank", "--stragglers", "enter=0.1:leave=0.3:factor=4"))  # fmt: skip
        for options in measured:
            found = self.answer(*options, "--strategy", "async,k-async:k=2,k-async:k=4", "--bootstrap", "39")["laws"][0]
            self.assertEqual(found["intervals"]["over"], "steps")
            for each in found["candidates"][1:]:
                self.assertLess(each["ratio"]["low"], each["ratio"]["value"])
                self.assertGreater(each["ratio"]["high"], each["ratio"]["value"])

    def test_threads_change_nothing(self):
        answers = [self.answer("--law", self.steps, "--threads", threads, "--bootstrap", "99") for threads in ("1", "3")]
        for document in answers:
            del document["provenance"]
        self.assertEqual(*answers)

    def test_files(self):
        names = [self.folder / f"a.{end}" for end in ("csv", "json", "md")]
        outputs = [word for name in names for word in ("-o", name)]
        result = dsgd("recommend", "-m", "8", "--law", "gamma:shape=2:rate=1", *outputs)
        self.assertEqual(result.returncode, 0, result.stderr)
        rows_text, document_text, page = (name.read_text() for name in names)
        document = json.loads(document_text)
        rows = list(csv.DictReader(io.StringIO(rows_text)))
        candidates = document["laws"][0]["candidates"]
        self.assertEqual([row["strategy"] for row in rows], [each["strategy"] for each in candidates])
        for row, each in zip(rows, candidates):
            self.assertEqual(float(row["ratio"]), each["ratio"]["value"])
            self.assertEqual(row["tied"], str(each["tied"]).lower())
        self.assertTrue(page.endswith(document["decision"] + "\n"))

    def test_several_laws(self):
        laws = ["--law", "exponential:rate=1", "--law", "gamma:shape=4:rate=4", "--law", "constant:value=1"]
        document = self.answer("-m", "8", *laws, "--strategy", "sync,backup:spare=1..2")
        self.assertEqual([law["law"] for law in document["laws"]], ["exponential:rate=1", "gamma:shape=4:rate=4", "constant:value=1"])
        worst = {
            strategy: min(each["ratio"]["value"] for law in document["laws"] for each in law["candidates"] if each["strategy"] == strategy)
            for strategy in ("sync", "backup:spare=1", "backup:spare=2")
        }
        self.assertIn(f"under all 3 laws choose {max(worst, key=worst.get)}: it loses at most", document["decision"])

    def test_lines_fit_a_terminal(self):
        for goal in ("throughput", "cost", "noise-scale=30", "time=5", "error=0.1"):
            size = ("-m", "4", "-n", "200") if "=" in goal else ("-m", "4,8")
            lines = dsgd("recommend", *size, "--goal", goal, "--law", "lognormal:mu=0:sigma=0.5").stdout.splitlines()
            self.assertLessEqual(max(map(len, lines[:-1])), 80)

    def test_races(self):
        """Who is first at an error, and who has the least at a time, are not the same."""
        laws = ("-m", "8", "--rate", "1", "--strategy", "sync,k-sync:k=4,k-async:k=2,async")
        model = ("--model", "quadratic:curvature=1,0.1:noise=0.5")
        raced = json.loads(dsgd("race", *laws, *model, "--learning-rate", "best", "--times", "20", "-n", "100", "-o", "-", "--format", "json").stdout)
        document = self.answer(*laws, *model, "--goal", "time=20")
        candidates = document["laws"][0]["candidates"]
        exact = {point["strategy"]: point for point in raced["points"]}
        self.assertEqual([each["strategy"] for each in candidates], sorted(exact, key=lambda strategy: exact[strategy]["expected"]))
        for each in candidates:
            self.assertTrue(each["exact"])
            self.assertIsNone(each["mean"])
            self.assertEqual(each["learning_rate"], exact[each["strategy"]]["learning_rate"])
            self.assertAlmostEqual(each["value"] / exact[each["strategy"]]["expected"], 1, delta=1e-9)
        self.assertEqual(document["model"], "quadratic:curvature=1,0.1:noise=0.5:start=1")
        self.assertRegex(document["decision"], r"^choose .* mean error 0\.\d+ at 20, sync's is \d\.\d+ times as large")
        by_time = self.answer(*laws, *model, "--goal", f"error={candidates[-1]['value']}", "-n", "400")["laws"][0]["candidates"]
        slowest = {each["strategy"]: each for each in by_time}[candidates[-1]["strategy"]]
        self.assertAlmostEqual(slowest["value"], 20, delta=0.4)  # at its best rate for the error, which may be another

    def test_races_under_measured_steps(self):
        found = self.answer("--law", self.steps, "--goal", "error=0.1", "--strategy", "sync,backup:spare=1", "-n", "2000", "--bootstrap", "99")["laws"][0]
        self.assertEqual(found["intervals"]["over"], "steps")
        self.assertEqual([each["strategy"] for each in found["candidates"]], ["backup:spare=1", "sync"])
        ratio = found["candidates"][1]["ratio"]
        self.assertLess(ratio["low"], ratio["value"])
        self.assertLess(ratio["high"], 1)

    def test_refused(self):
        for arguments, words in (
            (["--goal", "troughput"], "did you mean throughput"),
            (["--goal", "noise-scale=0"], "--goal noise-scale"),
            (["--goal", "error=-1"], "--goal error"),
            (["--goal", "tme=4"], "noise-scale=B, error=E or time=T"),
            (["--goal", "error=0.5"], "--goal error=0.5 is not below the error at the start, 0.5"),
            (["-m", "8", "--goal", "error=1e-9"], "--goal error=1e-09 takes more than 2.6e+08 gradients, however they are averaged"),
            (["--goal", "time=1e12"], "--goal time 1e+12 is too late"),
            (["--goal", "time=4", "--model", "quadratic:curvature=0"], "--model"),
            (["--goal", "time=4", "-n", "39"], "--iterations"),
            (["--model", "quadratic"], "--model is not used by --goal throughput"),
            (["--within", "120%"], "--within"),
            (["--bootstrap", "10"], "--bootstrap"),
            (["-m", "2", "--strategy", "backup:spare=4"], "no point remains"),
            (["-m", "4", "--law", "pareto:scale=1:shape=0.8", "--strategy", "sync"], "leaves no candidate"),
            (["-o", self.folder / "a.png"], "a.png"),
        ):
            self.assert_error(dsgd("recommend", *arguments), 2, words)
        self.assertEqual([path.name for path in self.folder.iterdir()], ["times.csv"])


if __name__ == "__main__":
    unittest.main()
