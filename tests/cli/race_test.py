"""dsgd race: rows, exact errors, targets, learning rates, files, engines, and what it refuses."""

import csv
import io
import json
import unittest

from command import Case, dsgd

KEYS = [
    *("law", "strategy", "workers", "learning_rate", "time", "replications", "error", "standard_error", "ci95_low"),
    *("ci95_high", "expected", "z", "updates", "staleness"),
]
FAR = 4.5  # standard errors; some 100 rows are looked at: false alarm 7e-4


class Race(Case):
    def answer(self, *arguments):
        result = dsgd("race", "-n", 2000, *arguments, "-o", "-", "--format", "json")
        self.assertEqual(result.returncode, 0, result.stderr)
        return json.loads(result.stdout)

    def test_rows_are_those_of_the_question(self):
        found = self.answer("--rate", "1", "-m", "4,8", "--strategy", "sync,async", "--times", "1,5", "--updates", "10")
        self.assertEqual(found["schema"], "dsgd.race/1")
        points = found["points"]
        self.assertEqual(len(points), 2 * 2 * 3)
        for point in points:
            self.assertEqual(list(point), KEYS)
            self.assertLess(abs(point["z"]), FAR)
            self.assertLessEqual(point["ci95_low"], point["error"])
        self.assertEqual([point["time"] for point in points[:3]], [1, 5, None])
        self.assertEqual(points[2]["updates"], 10)
        self.assertEqual([point["staleness"] for point in points[:6]], [0] * 6)

    def test_updates_alone_need_no_times(self):
        (point,) = self.answer("--strategy", "sync", "--updates", "7")["points"]
        self.assertIsNone(point["time"])
        self.assertLess(abs(point["z"]), FAR)

    def test_exact_errors_are_the_known_ones(self):
        options = ("--rate", "1", "--strategy", "k-sync:k=4,k-async:k=2,k-async:k=4")
        points = self.answer(*options, "--times", "5,20", "--updates", "10")["points"]
        expected = {(point["strategy"], point["time"]): point["expected"] for point in points}
        self.assertAlmostEqual(expected["k-async:k=2", 5], 0.03678152 / 2, delta=5e-9)  # curvature / 2
        self.assertAlmostEqual(expected["k-sync:k=4", 20], 0.01482303 / 2, delta=5e-9)
        self.assertAlmostEqual(expected["k-async:k=4", None], 0.1081992834 / 2, delta=5e-11)

    def test_the_best_number_to_wait_for_grows_with_time(self):
        options = ("--rate", "1", "--strategy", "sync,k-sync:k=4,k-async:k=2,async", "--times", "1,5,20,100")
        winners = self.answer(*options)["winners"]
        self.assertEqual(
            winners,
            [
                "Least error with 8 workers under exponential:rate=1: async at 1, k-async:k=2 at 5, k-sync:k=4 at 20, "
                "sync at 100"
            ],
        )

    def test_what_is_not_known_is_left_out(self):
        law = ("--law", "gamma:shape=2:rate=1", "--strategy", "sync,async", "--times", "3", "--updates", "5")
        sync_at, sync_after, async_at, async_after = self.answer(*law)["points"]
        self.assertIsNone(sync_at["expected"])
        self.assertLess(abs(sync_after["z"]), FAR)
        self.assertIsNone(async_at["expected"])
        self.assertIsNone(async_after["z"])

    def test_a_target_has_two_times(self):
        options = ("--rate", "1", "--strategy", "sync,async", "--times", "200", "--target", "0.06")
        for target in self.answer(*options)["targets"]:
            first = target["first_time"]
            self.assertEqual(target["reached"], 1)
            self.assertAlmostEqual(target["mean_error_time"] / target["expected_time"], 1, delta=0.1)
            self.assertLess(first["mean"], target["mean_error_time"])
            self.assertLess(first["q0.1"], first["q0.5"])
            self.assertLess(first["q0.5"], first["q0.9"])
            self.assertLessEqual(first["ci95_low"], first["mean"])
        for target in self.answer("--rate", "1", "--strategy", "sync", "--times", "2", "--target", "0.06")["targets"]:
            self.assertIsNone(target["mean_error_time"])
            self.assertLess(target["reached"], 0.5)
            self.assertIsNone(target["first_time"]["mean"])

    def test_the_best_learning_rate_is_at_least_as_good_as_others(self):
        best = self.answer("--rate", "1", "--strategy", "sync,async", "--times", "20", "--learning-rate", "best")["points"]
        for point in best:
            rate = point["learning_rate"]
            others = ("--learning-rate", f"{0.7 * rate},{rate},{1.4 * rate}")
            errors = self.answer("--rate", "1", "--strategy", point["strategy"], "--times", "20", *others)["points"]
            self.assertEqual(min(errors, key=lambda one: one["expected"])["learning_rate"], rate)

    def test_the_best_learning_rate_is_found_by_draws_too(self):
        law = ("--law", "gamma:shape=1:rate=1", "--strategy", "async", "--times", "20", "--learning-rate", "best")
        drawn = self.answer(*law)["points"][0]["learning_rate"]
        exact = self.answer("--rate", "1", *law[2:])["points"][0]["learning_rate"]
        self.assertAlmostEqual(drawn / exact, 1, delta=0.15)

    def test_divergence_is_said(self):
        result = dsgd("race", "--strategy", "async,sync", "--learning-rate", "1", "--times", "20", "-n", "10")
        self.assertEqual(result.returncode, 0)
        self.assertIn("diverges", result.stdout)
        self.assertIn("training diverges in 1 of 2 cases, first async with 8 workers", result.stderr)
        self.assertIn("below 0.566", result.stderr)  # 8 b^2 = 2 + b
        self.assertIn("sync at 20", result.stdout)
        result = dsgd("race", "--strategy", "sync,async", "--learning-rate", "3", "--times", "20", "-n", "10")
        self.assertIn("in 2 of 2 cases, first sync with 8 workers", result.stderr)
        self.assertIn("give a smaller one, below 0.566 for async with 8 workers, which needs the smallest\n", result.stderr)

    def test_nobody_leads_where_all_have_diverged(self):
        diverging = ("--learning-rate", "100", "--strategy", "sync,async", "--seed", "1")
        self.assertNotIn("Least error", dsgd("race", *diverging, "--times", "50").stdout)
        points = self.answer(*diverging, "--times", "0.01,50,60")
        self.assertEqual({point["error"] for point in points["points"] if point["time"] > 1}, {None})
        (line,) = points["winners"]
        self.assertRegex(line, r": (sync|async) at 0\.01$")

    def test_engines_and_threads_change_nothing(self):
        options = ("--law", "lognormal:mu=0:sigma=1", "--target", "0.3", "--updates", "4", "--times", "1,4")
        answers = []
        for engine in (("--engine", "reference"), ("--threads", "1"), ("--threads", "3")):
            answer = self.answer(*options, *engine)
            del answer["provenance"]
            answers.append(answer)
        self.assertEqual(answers[0], answers[1])
        self.assertEqual(answers[0], answers[2])
        self.assertNotEqual(answers[0]["points"], self.answer(*options, "--seed", "2")["points"])

    def test_files_agree(self):
        names = [self.folder / f"race.{end}" for end in ("csv", "json", "md")]
        options = [part for name in names for part in ("-o", name)]
        result = dsgd("race", "-n", "100", "--strategy", "sync,async", "--times", "1,2", *options)
        self.assertEqual(result.returncode, 0, result.stderr)
        rows = list(csv.DictReader(io.StringIO(names[0].read_text())))
        points = json.loads(names[1].read_text())["points"]
        self.assertEqual(list(rows[0]), KEYS)
        for row, point in zip(rows, points, strict=True):
            self.assertEqual(float(row["error"]), point["error"])
            self.assertEqual(row["strategy"], point["strategy"])
        self.assertEqual(names[2].read_text().count("\n| exponential:rate=2 |"), len(points))

    def test_measured_steps_are_replayed(self):
        table = self.folder / "times.csv"
        table.write_text("step,rank,ms\n" + "".join(f"{step},{rank},{1 + rank}\n" for step in range(5) for rank in range(3)))
        law = ("--law", f"replay:file={table}:column=ms:worker=rank:step=step", "--strategy", "sync,async")
        sync, free = self.answer(*law, "--times", "6")["points"]
        self.assertEqual(sync["updates"], 2)
        self.assertEqual(free["updates"], 6 + 3 + 2)

    def test_losses_that_differ_tell_local_steps_apart(self):
        strategies = "local-sgd:steps=1,16:communication=0"
        options = ("--law", "constant:value=1", "--strategy", strategies, "--times", "400")
        common = [point["error"] for point in self.answer(*options)["points"]]
        self.assertAlmostEqual(common[0] / common[1], 1, delta=0.3)
        apart = [point["error"] for point in self.answer(*options, "--model", "quadratic:minima=2:spread=0.5")["points"]]
        self.assertGreater(apart[1], 5 * apart[0])

    def test_it_refuses_what_has_no_meaning(self):
        for arguments, code, *parts in (
            (("--model", "cubic"), 2, "--model 'cubic' is unknown", "quadratic"),
            (("--model", "quadratic:curvature=-1"), 2, "curvature", "out of range"),
            (("--model", "quadratic:curvature=1,x"), 2, "curvature", "not a number"),
            (("--model", "quadratic:noise=1,2"), 2, "list"),
            (("--model", "quadratic:start=0:noise=0"), 2, "always 0"),
            (("--model", "quadratic:spread=1"), 2, "spread", "out of range"),
            (("--learning-rate", "0"), 2, "--learning-rate", "out of range"),
            (("--learning-rate", "bets"), 2, "--learning-rate"),
            (("--learning-rate", "bst"), 2, "--learning-rate 'bst' is unknown (did you mean best?)", "or best"),
            (("--learning-rate", "Best"), 2, "did you mean best?"),
            (("--model", "quadratic:minma=1"), 2, "did you mean minima?", "[:minima=][:spread=]"),
            (("--model", "quad"), 2, "[:minima=][:spread=]"),
            (("--times", "1,5,"), 2, "--times '1,5,' has an empty part"),
            (("--model", "quadratic:curvature=1,"), 2, "has an empty part"),
            (("--times", "-1"), 2, "--times"),
            (("--times", "1e12"), 2, "--times 1e+12 is too late", "10^9"),
            (("--updates", "1.5"), 2, "--updates"),
            (("--updates", "1e8", "--strategy", "k-batch-async:k=100"), 2, "--updates 100000000 is too late", "10^9"),
            (("--target", "0"), 2, "--target"),
            (("--target", "10"), 2, "--target 10 is not below the error at the start, 0.5"),
            (("--target", "0.5"), 2, "--target 0.5 is not below the error at the start, 0.5"),
            (("--target", "0.5", "--model", "quadratic:start=0"), 2, "is not below the error at the start, 0 "),
            (("--progress", "loud"), 2, "--progress 'loud' is unknown"),
            (("--target", "0.1", "--updates", "3"), 2, "--target needs --times"),
            (("-n", "1"), 2, "--replications", "out of range"),
            (("--strategy", "k-sync:k=9"), 2, "no point remains"),
            (("--law", "two-point:low=0:high=0:probability=0.5"), 2, "--law"),
            (("--engine", "cpu-materialized"), 4, "--engine cpu-materialized does not race"),
            (("--engine", "gpu"), 2, "--engine 'gpu' is unknown"),
            (("-o", "race.txt"), 2, "race.txt"),
        ):
            self.assert_error(dsgd("race", *arguments), code, *parts)

    def test_help_has_the_keys_of_the_model(self):
        text = dsgd("race", "--help").stdout
        for word in ("curvature=", "noise=", "start=", "minima=", "spread=", "--learning-rate", "--target", "--replications"):
            self.assertIn(word, text)
        self.assertLessEqual(max(map(len, text.splitlines())), 80)


if __name__ == "__main__":
    unittest.main()
