"""Tails: what is computed under heavy ones, and which are refused."""

import csv
import io
import unittest

from command import Case, dsgd

FLEET = "15*exponential:rate=2+1*pareto:scale=1:shape=0.95"


class HeavyTails(Case):
    def test_means_are_right_where_they_exist(self):
        """Each lies within 6.5 of its own standard errors of the exact one: a seed's chance is 10^-10."""
        for arguments in (
            ("-m", "8", "--law", "pareto:scale=1:shape=0.9", "--strategy", "k-sync:k=3,fastest"),
            ("-m", "8", "--law", "log-logistic:scale=1:shape=0.9", "--strategy", "k-sync:k=3,fastest"),
            ("--law", FLEET, "--strategy", "fastest,k-sync:k=8"),
        ):
            with self.subTest(arguments=arguments):
                result = dsgd("sweep", *arguments, "-n", "20000", "-o", "-", "--format", "csv")
                self.assertEqual(result.returncode, 0, result.stderr)
                for row in csv.DictReader(io.StringIO(result.stdout)):
                    self.assertLess(abs(float(row["z"])), 6.5, row)
                    self.assertLess(float(row["minimum"]), float(row["mean"]), row)

    def test_what_sums_cannot_hold_is_refused(self):
        for arguments, parts in (
            (
                ("-m", "8", "--law", "pareto:scale=1:shape=0.9", "--strategy", "async"),
                ("--law pareto:scale=1:shape=0.9", "--strategy async with 8 workers", "time between updates"),
            ),
            (
                ("-m", "1", "--law", "lognormal:mu=0:sigma=6", "--strategy", "sync"),
                ("--law lognormal:mu=0:sigma=6", "--strategy sync with 1 worker (", "): use a lighter tail\n"),
            ),
            (("--law", FLEET, "--strategy", "local-sgd:steps=4:communication=0"), (FLEET, "with 16 workers", "lighter tail")),
        ):
            with self.subTest(arguments=arguments):
                self.assert_error(dsgd("sweep", *arguments, "-n", "10"), 2, "too heavy a tail", *parts)

    def test_what_is_advised_can_be_followed(self):
        """Each piece of advice stands only where it helps: the second command follows it."""
        heavy = ("--law", "pareto:scale=1:shape=0.9", "--strategy")
        narrow = ("--law", "lognormal:mu=0:sigma=1e-5", "--strategy")
        nearly = ("--law", "lognormal:mu=0:sigma=2.5e-6", "--strategy")
        sampled = ("--sampling", "order-statistics", "--law")
        for arguments, advice, followed in (
            (("-m", "1", *heavy, "async"), "): use a lighter tail\n", None),
            (("-m", "8", "--law", "lognormal:mu=0:sigma=6", "--strategy", "sync"), "): use a lighter tail, or a strategy that waits for fewer workers\n",
             ("-m", "8", "--law", "lognormal:mu=0:sigma=6", "--strategy", "fastest")),
            (("-m", "1000", *narrow, "k-sync:k=50%"), "): use a law that varies more, or fewer workers, or a strategy that waits for nearly all or very few\n", ("-m", "1000", *narrow, "sync")),
            (("-m", "20", *nearly, "k-sync:k=15"), "): use a law that varies more, or fewer workers, or a strategy that waits for nearly all or very few\n", ("-m", "15", *nearly, "k-sync:k=15")),
            (("-m", "1", "--law", "lognormal:mu=-80:sigma=1", "--strategy", "sync"), "): use a smaller unit of time\n", None),
            (("-m", "1e10", *sampled, "gamma:shape=0.25:rate=1", "--strategy", "fastest"), "): use a smaller unit of time, or fewer workers\n",
             ("-m", "1e3", *sampled, "gamma:shape=0.25:rate=1", "--strategy", "fastest")),
            (("-m", "1e9", *sampled, "gamma:shape=2:rate=1", "--strategy", "async"), "): use --sampling workers with at most 16777215 of them\n", None),
        ):
            with self.subTest(arguments=arguments):
                self.assert_error(dsgd("sweep", "-n", "25", *arguments), 2, advice)
                if followed:
                    self.assertEqual(dsgd("sweep", "-n", "25", *followed).returncode, 0)

    def test_no_iterations_make_an_infinite_mean_precise(self):
        result = dsgd("sweep", "-m", "1", "--law", "pareto:scale=1:shape=0.9", "--strategy", "sync", "--relative-error", "1%")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertNotIn("give a larger -n", result.stderr)

    def test_what_floats_cannot_tell_apart_is_refused(self):
        for sampling in ("workers", "order-statistics"):
            words = ("-m", "1000", "--law", "lognormal:mu=0:sigma=1e-6", "--strategy", "k-sync:k=50%", "--sampling", sampling)
            self.assert_error(dsgd("sweep", *words), 2, "--law lognormal:mu=0:sigma=1e-06 hardly varies", "with 1000 workers", "2^-20")

    def test_what_is_no_32_bit_number_is_refused(self):
        sampled = ("--sampling", "order-statistics", "--strategy", "fastest")
        for arguments, part in (
            (("-m", "1", "--law", "exponential:rate=1e-36", "--strategy", "k-batch-sync:k=646"), "is too long"),
            (("-m", "1e12", *sampled, "--law", "lognormal:mu=-80:sigma=1"), "is too short"),
            (("-m", "1e10", *sampled, "--law", "gamma:shape=0.25:rate=1"), "is too short"),
        ):
            with self.subTest(arguments=arguments):
                self.assert_error(dsgd("sweep", *arguments, "-n", "25"), 2, "--law", part)

    def test_a_tail_that_was_not_seen_is_said(self):
        """One delay in 10^5 makes a tenth of the mean: 5000 have hardly any, and a z of about -7."""
        rare = "hyperexponential:probability=1e-5:rate1=1e-4:rate2=1"
        result = dsgd("sweep", "-m", "1", "--law", rare, "--strategy", "sync")
        self.assertEqual(result.returncode, 0)
        self.assertIn("1 of 1 points have a |z| that chance does not explain", result.stderr)
        self.assertEqual(result.stderr.count("\n"), 1)
        self.assertEqual(dsgd("sweep", "-m", "1:3").stderr, "")

    def test_quantiles_do_without_a_mean(self):
        result = dsgd("sweep", "-m", "8", "--law", "pareto:scale=1:shape=0.9", "--strategy", "sync", "-n", "1e4", "--quantiles", "0.5", "-o", "-", "--format", "csv")
        self.assertEqual(result.returncode, 0, result.stderr)
        (row,) = csv.DictReader(io.StringIO(result.stdout))
        self.assertEqual(row["mean"], "")
        exact = (1 - 0.5 ** (1 / 8)) ** (-1 / 0.9)
        self.assertLess(float(row["q0.5_low"]), exact)
        self.assertGreater(float(row["q0.5_high"]), exact)


if __name__ == "__main__":
    unittest.main()
