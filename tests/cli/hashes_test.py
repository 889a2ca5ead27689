"""What a seed gives, for ever: SHA-256 of the results of some sweeps, for each version of the arithmetic. A hash is never changed:
who changes a bit raises the version, and adds a line to golden/hashes.json."""

import hashlib
import json
import pathlib
import re
import unittest

from command import Case, dsgd

KEYS = ("law", "strategy", "workers", "iterations", "mean", "standard_error", "standard_deviation", "minimum", "maximum")
SWEEPS = {
    "notebook": [],
    "seed 2": ["-s", "2"],
    "common draws": ["-m", "3,50,1000", "--draws", "common", "--law", "lognormal:mu=0:sigma=1"],
    "clocks": ["-m", "8", "--law", "gamma:shape=2:rate=1", "--strategy", "async,k-async:k=2,k-batch-async:k=3,k-batch-sync:k=3"],
    "sums": ["-m", "7", "--law", "weibull:scale=1:shape=0.7", "--strategy", "local-sgd:steps=4:communication=0.5"],
    "a million workers": ["-m", "1e6", "--sampling", "order-statistics", "--strategy", "sync,k-sync:k=90%", "--law", "pareto:scale=1:shape=3"],
}  # fmt: skip


def version():
    header = pathlib.Path(__file__).parents[2] / "include/dsgd/arithmetic/version.hpp"
    return re.search(r"arithmetic_version = (\d+);", header.read_text())[1]


def answer(arguments):
    points = json.loads(dsgd("sweep", *arguments, "-o", "-", "--format", "json").stdout)["points"]
    text = json.dumps([[point[key] for key in KEYS] for point in points])
    return hashlib.sha256(text.encode()).hexdigest()


class Hashes(Case):
    def test_every_seed_gives_what_it_gave(self):
        known = json.loads((pathlib.Path(__file__).parent / "golden/hashes.json").read_text())
        self.assertEqual({name: answer(arguments) for name, arguments in SWEEPS.items()}, known[version()])

    def test_another_seed_is_another_answer(self):
        self.assertNotEqual(answer(SWEEPS["notebook"]), answer(SWEEPS["seed 2"]))


if __name__ == "__main__":
    unittest.main()
