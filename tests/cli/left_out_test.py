"""Points that a sweep leaves out, and sweeps of which none remains: which parameter it was, and its range."""

import unittest

from command import Case, dsgd

FLEET = "3*exponential:rate=1+1*exponential:rate=2"


class LeftOut(Case):
    def test_no_point_remains(self):
        cases = (
            (("-m", "4", "--strategy", "k-sync:k=5"), ("--strategy k-sync:k=5", "k is in [1, 4] with 4 workers")),
            (("-m", "4", "--strategy", "k-async:k=5"), ("--strategy k-async:k=5", "k is in [1, 4] with 4 workers")),
            (("-m", "4", "--strategy", "backup:spare=8"), ("--strategy backup:spare=8", "spare is in [0, 3] with 4 workers")),
            (("-m", "4", "--strategy", "backup:spare=100%"), ("--strategy backup:spare=100%", "spare is in [0, 3] with 4 workers")),
            (("-m", "4", "--strategy", "gradient-coding:stragglers=8"), ("stragglers=8", "stragglers is in [0, 3] with 4 workers")),
            (("-m", "2:8", "--strategy", "k-sync:k=9..12"), ("--strategy k-sync:k=9", "k is in [1, 8] with 8 workers")),
            (("-m", "5:7", "--law", FLEET), ("--law " + FLEET, "has 4 workers", "-m 4")),
            (("--law", FLEET, "--strategy", "k-sync:k=5"), ("--strategy k-sync:k=5", "k is in [1, 4] with 4 workers")),
        )
        for arguments, parts in cases:
            with self.subTest(arguments=arguments):
                result = dsgd("sweep", *arguments, "-n", "10")
                self.assert_error(result, 2, "no point remains", *parts)
                self.assertEqual("fleet" in result.stderr or FLEET in result.stderr, parts[0] == "--law " + FLEET)

    def test_the_note_says_what_applies(self):
        def note(*arguments):
            result = dsgd("sweep", "-n", "10", *arguments)
            self.assertEqual(result.returncode, 0, result.stderr)
            return result.stderr.removeprefix("dsgd: warning: ").strip()

        self.assertEqual(note("-m", "1:4", "--strategy", "k-sync:k=2..3"), "3 of 8 points left out: k of k-sync is in [1, m]")
        self.assertEqual(
            note("-m", "1:4", "--strategy", "k-sync:k=2,backup:spare=1,gradient-coding:stragglers=1"),
            "3 of 12 points left out: k of k-sync is in [1, m], spare of backup is in [0, m - 1], "
            "stragglers of gradient-coding is in [0, m - 1]",
        )
        self.assertEqual(note("-m", "3:6", "--law", FLEET), "6 of 8 points left out: a fleet has the workers that its --law names")
        self.assertEqual(
            note("-m", "3:4", "--law", FLEET, "--law", "constant:value=1", "--strategy", "k-sync:k=4"),
            "2 of 4 points left out: k of k-sync is in [1, m]; a fleet has the workers that its --law names",
        )
        self.assertEqual(note("-m", "1:4"), "")

    def test_points_out_of_range_are_left_out(self):
        """One line for each reason, whatever the number of points; the sweep of the others is that without them."""
        heavy, tail = "pareto:scale=1:shape=0.9", "has too heavy a tail for --strategy async with 1 worker ("
        cases = (
            (("-m", "1:4", "--law", heavy), ("-m", "1:4", "--law", heavy, "--strategy", "sync"), (f"4 of 8 points left out, the first: --law {heavy} {tail}",)),
            (("-m", "2:4", "--law", heavy, "--law", "gamma:shape=2:rate=1", "--strategy", "sync,k-async:k=2,k-batch-async:k=2"),
             None, ("5 of 18 points left out, the first: --law " + heavy + " has too heavy a tail",)),
            (("-m", "1:3", "--law", "gamma:shape=2:rate=1", "--sampling", "order-statistics"), ("-m", "1:3", "--law", "gamma:shape=2:rate=1", "--sampling", "order-statistics", "--strategy", "sync"),
             ("3 of 6 points left out, the first: --sampling order-statistics cannot be used with --strategy async",)),
            (("-m", "1,1000", "--law", "lognormal:mu=0:sigma=1e-6", "--strategy", "k-sync:k=50%,sync"), None, ("2 of 4 points left out, the first: --law lognormal:mu=0:sigma=1e-06 hardly varies",)),
            (("-m", "1", "--law", "gamma:shape=2:rate=1", "--strategy", "sync,k-batch-async:k=16000000", "-n", "1e6"), None,
             ("1 of 2 points left out: --strategy k-batch-async:k=16000000 with 1 worker may give a worker more jobs",)),
        )
        for arguments, others, notes in cases:
            with self.subTest(arguments=arguments):
                result = dsgd("sweep", *([] if "-n" in arguments else ["-n", "64"]), *arguments, "--quantiles", "0.5", "--format", "csv")
                self.assertEqual(result.returncode, 0, result.stderr)
                for note in notes:
                    self.assertIn("dsgd: warning: " + note, result.stderr)
                lines = [line for line in result.stderr.splitlines() if "left out" in line]
                self.assertEqual(len(lines), len({line.split(" has ")[-1] for line in lines}), lines)
                if others:
                    self.assertEqual(result.stdout, dsgd("sweep", "-n", "64", *others, "--quantiles", "0.5", "--format", "csv").stdout)


if __name__ == "__main__":
    unittest.main()
