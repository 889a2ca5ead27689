"""The race that scripts/measure race follows in NumPy is the one that dsgd follows."""

import math
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
from measuring import race  # noqa: E402


class Followed(unittest.TestCase):
    def test_async_has_its_stationary_error(self):
        b, workers = race.LEARNING_RATE, 4
        expected = b * (1 + workers * b) / (2 + b - workers * b * b) / 2  # s (1 + m b) / (b (2 + b - m b^2)), half of it
        error, _ = race.followed(workers, 1, False, 4000)
        self.assertLess(abs(error / expected - 1), 4.5 * math.sqrt(2 / 4000))  # of squares of normal draws

    def test_updates_take_their_mean_times(self):
        for waited, fresh in ((1, False), (2, False), (4, True)):
            _, updates = race.followed(4, waited, fresh, 1000)
            mean = sum(1 / (4 - i) for i in range(waited))
            self.assertLess(abs(updates / (1000 * race.TIME / mean) - 1), 0.05)


if __name__ == "__main__":
    unittest.main()
