"""Whether means are biased: random points, each mean beside its exact value.

    scripts/measure bias [--points 5000] [--iterations 20000] [--seed 1] [--plant DEVIATIONS] [--jobs N]

Laws, strategies and their parameters come from the program's own help, so that a new law is measured without a word here. Of each
point with a z, that is asked whether it is beyond 4.5 standard deviations, which chance alone brings 7 times in a million. Where
few replications or iterations stand behind a standard error, z is Student's t: its degrees of freedom follow from the width of the
95 % interval. Points beyond 4.5 are run again with another seed and 16 times the iterations, which makes four times the z of a bias.
The program leaves z out where rounding might show. A mean that is off by more than rounding to 32 bits explains is compared even there.

Exits with 1 where more points are beyond 4.5 than chance explains once in 1000 campaigns, where one is so again, or where a result
is nonsense: a mean of 0, or a sample without spread between two ends. Left out is a point whose law has a tail that so few
iterations cannot have seen, by the program's own rule for --relative-error: there z is not spread like Student's t. --plant adds a
bias of so many standard errors to each mean: the campaign must then fail."""

from __future__ import annotations

import argparse
import concurrent.futures
import math
import os
import sys
import tempfile
from pathlib import Path

from .program import Broken, run as run_program

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests/cli"))
import answers  # noqa: E402
import student_t  # noqa: E402
from command_lines import Generator  # noqa: E402
from grammar import Grammar  # noqa: E402

BEYOND = math.erfc(4.5 / math.sqrt(2))  # probability of a normal deviate beyond 4.5
FAMILY_WISE = 1e-3
MORE = 16  # times the iterations, when run again
TIMES = (0.25, 0.5, 0.5, 1, 2.5, 7, 0.125, 0.3)  # what the empirical law reads
USAGE = 2
TIMEOUT_SECONDS = 300


class Point:
    """@param words  of the command line, but for iterations and seed"""

    def __init__(self, grammar, words):
        self.grammar = grammar
        self.words = words
        self.z = self.degrees_of_freedom = None
        self.failure = ""

    def run(self, iterations, seed, *more):
        """@return  the point in JSON, or nothing where the program refuses it"""
        command = [self.grammar.program, "sweep", *self.words, "-n", iterations, "-s", seed, "--threads", 1, "--format", "json", *more]
        try:
            return run_program(command, TIMEOUT_SECONDS).document["points"][0]
        except Broken as broken:
            if broken.status != USAGE:
                self.failure = f"it exits with {broken.status}: {broken}"
            return None

    def measure(self, iterations, seed, plant):
        """@return  was it accepted?"""
        found = self.run(iterations, seed)
        self.z = self.degrees_of_freedom = None
        if found:
            self.failure = "; ".join(answers.faults_of_point(self.grammar, found))
            self.compare(found, plant)
        return found is not None

    def compare(self, found, plant):
        mean, expected, z = found["mean"], found["expected"], found["z"]
        if z is None and None not in (expected, found["standard_error"]) and abs(mean - expected) > answers.FLOAT32 * expected:
            z = (mean - expected) / found["standard_error"]
        if z is not None:
            self.z, self.degrees_of_freedom = z + plant, answers.degrees_of_freedom(found)

    def is_beyond(self):
        return self.z is not None and student_t.two_sided(self.z, self.degrees_of_freedom) < BEYOND

    def z_text(self):
        return "no z" if self.z is None else f"z = {self.z:+.2f} ({self.degrees_of_freedom} degrees of freedom)"

    def has_unseen_tail(self, iterations, seed):
        """A relative error of 1 asks for little but that the tail has been seen."""
        found = self.run(iterations, seed, "--relative-error", "1")
        return found is not None and not found["precision_met"]


def random_words(generator, grammar):
    chance = generator.chance
    workers = generator.whole(1, 64, 64)
    law = generator.law(extreme=0.1)
    if chance.random() < 0.15:
        law, workers = generator.fleet(extreme=0.1)
    words = ["-m", str(workers), "--law", law, "--strategy", generator.strategy(workers, extreme=0)]
    for option, share in (("--sampling", 0.2), ("--draws", 0.2)):
        words += [option, chance.choice(grammar.choices[option])] if chance.random() < share else []
    return words + (["--communication", generator.spec(chance.choice(grammar.communications), extreme=0)] if chance.random() < 0.1 else [])


def most_by_chance(points):
    """The largest number of points beyond 4.5 that is not rarer than FAMILY_WISE. Source: Poisson's limit."""
    mean = points * BEYOND
    count, left = 0, 1 - math.exp(-mean)  # probability of more than `count`
    term = math.exp(-mean)
    while left > FAMILY_WISE:
        count += 1
        term *= mean / count
        left -= term
    return count


class Campaign:
    def __init__(self, arguments, folder):
        self.arguments = arguments
        self.grammar = Grammar(arguments.program)
        trace = Path(folder) / "times.csv"
        trace.write_text("seconds\n" + "".join(f"{time}\n" for time in TIMES))
        self.generator = Generator(self.grammar, arguments.seed, str(trace))

    def points(self):
        """So many as are accepted: some values are at odds with each other, which only the program knows."""
        asked = self.arguments
        measured = []
        with concurrent.futures.ThreadPoolExecutor(asked.jobs) as threads:
            while len(measured) < asked.points:
                batch = [Point(self.grammar, random_words(self.generator, self.grammar)) for _ in range(min(200, asked.points - len(measured)))]
                seeds = [self.generator.chance.randrange(1 << 32) for _ in batch]
                accepted = threads.map(lambda point, seed: point.measure(asked.iterations, seed, asked.plant), batch, seeds)
                measured += [point for point, good in zip(batch, accepted) if good or point.failure]
        return measured

    def look_again(self, point):
        """@return  is it beyond 4.5 again? And says so."""
        asked = self.arguments
        print(f"dsgd sweep {answers.pasteable(point.words)} -n {asked.iterations}: {point.z_text()}")
        if point.has_unseen_tail(asked.iterations, asked.seed):
            print("    left out: so few iterations have not seen its tail")
            return None
        point.failure = ""
        point.measure(MORE * asked.iterations, self.generator.chance.randrange(1 << 32), asked.plant * math.sqrt(MORE))
        wrong = point.is_beyond() or bool(point.failure)
        print(f"    with another seed and {MORE} times the iterations: {point.failure or point.z_text()}{': BIASED' if wrong else ''}", flush=True)
        return wrong

    def verdict(self):
        points = self.points()
        failures = [point for point in points if point.failure]
        for point in failures:
            print(f"dsgd sweep {answers.pasteable(point.words)} -n {self.arguments.iterations}\n    {point.failure}")
        compared = [point for point in points if point.z is not None]
        most = most_by_chance(len(compared))
        beyond = [again for again in map(self.look_again, [point for point in compared if point.is_beyond()]) if again is not None]
        print(f"{len(points)} points, {len(compared)} with a z: {len(beyond)} beyond 4.5 deviations, {sum(beyond)} of them again; "
              f"chance explains {most}")
        return 1 if failures or len(beyond) > most or any(beyond) or not compared else 0


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--points", type=int, default=5000)
    parser.add_argument("--iterations", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1, help="of the points and of their seeds")
    parser.add_argument("--plant", type=float, default=0.0, metavar="DEVIATIONS", help="a bias of so many standard errors, to see the campaign fail")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="programs at a time")


def run(options: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory() as folder:
        return Campaign(options, folder).verdict()
