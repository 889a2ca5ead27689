"""The corners of every law: each of its parameters at an end of its range, or in between, under every strategy and both samplings.

Whatever is not refused gives no mean of 0 and no subnormal number, and no |z| above 6 without a word. STEP of the environment stands
for another share of the points: every STEP-th is tried.
"""

import functools
import itertools
import math
import os
import unittest

import answers
import command
from grammar import Grammar

PROCESSOR_SECONDS = 20
TIMES = (0.25, 0.5, 0.5, 1, 2.5, 7, 0.125, 0.3)  # what the empirical law reads
WORKERS = (1, 20)
MOST_WORKERS = (20, 10**6, 2**62)  # of sampled order statistics


@functools.cache
def grammar():
    return Grammar(command.PROGRAM)


def between(low, high):
    """About the middle, of a range over many orders of magnitude by its logarithm."""
    if low < 0 or (low == 0 and high <= 1):
        return (low + high) / 2
    return 1.0 if low <= 1 <= high else math.sqrt(low * high)


def values_of(parameter, is_law):
    if parameter.kind == "file":
        return ["times.csv"] if parameter.key == "file" else [None]
    if parameter.kind == "share":
        return ["1", "50%"]
    if parameter.kind == "whole":
        return ["3"]
    ends = [parameter.low, parameter.high, between(parameter.low, parameter.high)]
    return [f"{value!r}" for value in (ends if is_law else ends[:1])]


def specs(forms, is_law):
    for form in forms:
        for values in itertools.product(*(values_of(parameter, is_law) for parameter in form.parameters)):
            chosen = {p.key: value for p, value in zip(form.parameters, values) if value is not None}
            yield form.spec(chosen)


def points():
    for law, strategy in itertools.product(specs(grammar().laws, True), specs(grammar().strategies, False)):
        for workers in WORKERS:
            yield law, strategy, workers, "workers"
        for workers in MOST_WORKERS:
            yield law, strategy, workers, "order-statistics"


class Corners(command.Case):
    def check(self, step):
        (self.folder / "times.csv").write_text("seconds\n" + "".join(f"{time}\n" for time in TIMES))
        tried = served = failed = 0
        for law, strategy, workers, sampling in itertools.islice(points(), 0, None, int(os.environ.get("STEP", step))):
            words = ["sweep", "-m", str(workers), "--law", law, "--strategy", strategy, "--sampling", sampling]
            words += ["-n", "300", "--quantiles", "0.1,0.9", "--format", "json", "--engine", "cpu"]
            faults, code = answers.faults_of_run(grammar(), words, self.folder, PROCESSOR_SECONDS)
            tried, served = tried + 1, served + (code == 0)
            if faults:
                failed += 1
                print(f"dsgd {answers.pasteable(words)}", *faults, sep="\n    ", flush=True)
        print(f"{tried} points, of which {served} are served", flush=True)
        self.assertEqual(failed, 0, f"of {tried} points, which are printed above; times.csv is seconds, {TIMES}")
        self.assertGreater(served, tried / 4)  # else refusals alone are tested

    def test_some_points(self):
        self.check(101)


class NightlyCorners(Corners):
    def test_some_points(self):
        self.check(1)


if __name__ == "__main__":
    unittest.main()
