"""dsgd fit: the means that it expects at other numbers of workers."""

import json
import unittest

from command import dsgd
from fitting import FitCase, table


class Means(FitCase):
    def test_means_at_other_numbers_of_workers(self):
        """A range over the plausible laws, which a sweep of each of them has as its exact mean."""
        document = self.document(table(), "--laws", "gamma,lognormal", "--shift", "0", "-m", "6,50", "--strategy", "sync", "--strategy", "k-sync:k=3")
        self.assertEqual([(mean["strategy"], mean["workers"]) for mean in document["means"]],
                         [("sync", 6), ("sync", 50), ("k-sync:k=3", 6), ("k-sync:k=3", 50)])  # fmt: skip
        plausible = [law["law"] for law in document["laws"] if law["aic_difference"] <= 10]
        for mean in document["means"]:
            words = [word for law in plausible for word in ("--law", law)]
            sweep = dsgd("sweep", "-m", mean["workers"], "-n", "2", "--strategy", mean["strategy"], *words, "-o", "-", "--format", "json")
            exact = [point["expected"] for point in json.loads(sweep.stdout)["points"]]
            self.assertAlmostEqual(mean["low"] / min(exact), 1, 4)
            self.assertAlmostEqual(mean["high"] / max(exact), 1, 4)
            self.assertEqual([mean["low_law"], mean["high_law"]], [plausible[exact.index(end)].split(":")[0] for end in (min(exact), max(exact))])

    def test_means_that_are_not_known(self):
        words = ("--laws", "gamma", "-m", "6", "--strategy", "k-sync:k=7", "--strategy", "k-async:k=2", "--strategy", "sync")
        document = self.document(table(), *words)
        self.assertEqual([mean["low"] is None for mean in document["means"]], [True, True, False])
        self.assertIn("\n-: the strategy needs more workers, or no exact mean is known\n", self.fit(table(), *words).stdout)

    def test_a_shift_is_in_every_mean(self):
        """Where times are 100 longer, means are longer by 100 for each delay that a strategy waits for."""
        strategies = {"sync": 100, "k-sync:k=3": 100, "async": 100 / 6, "k-batch-async:k=2": 200 / 6}
        words = ["--laws", "gamma", "-m", "6", *(word for name in strategies for word in ("--strategy", name))]
        rows = table().splitlines()
        longer = "\n".join([rows[0], *(f"{row.rsplit(',', 1)[0]},{float(row.rsplit(',', 1)[1]) + 100:.3f}" for row in rows[1:])])
        low, high = (self.document(text, *words)["means"] for text in (table(), longer))
        for before, after in zip(low, high):
            self.assertAlmostEqual(after["low"] - before["low"], strategies[before["strategy"]], 4)


if __name__ == "__main__":
    unittest.main()
