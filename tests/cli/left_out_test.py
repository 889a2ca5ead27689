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


if __name__ == "__main__":
    unittest.main()
