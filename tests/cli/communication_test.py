"""--communication: what it is added to, and a note where it is not."""

import json
import unittest

from command import Case, dsgd

MEETING = "sync,fastest,k-sync:k=2,backup:spare=1,k-batch-sync:k=3,gradient-coding:stragglers=1"
GOING_ON = "async,k-async:k=2,k-batch-async:k=3"
LOCAL = "local-sgd:steps=4:communication=0"


class Communication(Case):
    def means(self, strategies, *arguments):
        result = dsgd("sweep", "-m", "4", "-n", "1000", "--strategy", strategies, *arguments, "-o", "-", "--format", "json")
        self.assertEqual(result.returncode, 0, result.stderr)
        return [point["mean"] for point in json.loads(result.stdout)["points"]], result.stderr

    def test_it_is_added_once_per_update_where_workers_meet(self):
        formulas = {
            "constant:time=3": 3,
            "ring:latency=0.5:transfer=8": 2 * (4 - 1) * (0.5 + 8 / 4),
            "tree:latency=0.5:transfer=8": 2 * 2 * (0.5 + 8),
        }
        for spec, time in formulas.items():
            for strategies, added in ((MEETING, time), (LOCAL, time / 4)):
                before, _ = self.means(strategies)
                after, note = self.means(strategies, "--communication", spec)
                self.assertEqual(note, "")
                for one, other in zip(before, after):
                    self.assertAlmostEqual(one + added, other, places=12)

    def test_a_note_says_where_it_is_not(self):
        before, none = self.means(f"{GOING_ON},sync")
        after, note = self.means(f"{GOING_ON},sync", "--communication", "constant:time=3")
        self.assertEqual((before[:3], none), (after[:3], ""))
        self.assertAlmostEqual(before[3] + 3, after[3], places=12)
        self.assertEqual(note.count("\n"), 1)
        self.assertIn("warning: --communication is not added under async, k-async and k-batch-async (", note)
        self.assertIn("not added under async (", self.means("sync,async", "--communication", "constant:time=3")[1])
        lists = self.means("k-async:k=1..2,sync,k-batch-async:k=1..2", "--communication", "constant:time=3")[1]
        self.assertIn("not added under k-async and k-batch-async (", lists)


if __name__ == "__main__":
    unittest.main()
