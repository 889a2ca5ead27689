"""Command lines by chance, valid and mutated ones: none may hang, crash, end with an internal error or print nonsense.

Lines that fail are printed as bash takes them. LINES and SEED of the environment stand for another length and another seed.
"""

import collections
import functools
import json
import os
import types
import unittest

import answers
import command
from command_lines import Generator
from grammar import Grammar

PROCESSOR_SECONDS = 60
TIMES = (0.25, 0.5, 0.5, 1, 2.5, 7, 0.125, 0.3)  # what the empirical law reads


@functools.cache
def grammar():
    return Grammar(command.PROGRAM)


class Lines(command.Case):
    def generator(self, seed):
        # The file is in the folder where the lines run, and its name is no part of them: they can be pasted.
        (self.folder / "times.csv").write_text("seconds\n" + "".join(f"{time}\n" for time in TIMES))
        return Generator(grammar(), int(os.environ.get("SEED", seed)), "times.csv")

    def check(self, lines, seed):
        lines = int(os.environ.get("LINES", lines))
        generator = self.generator(seed)
        codes, failed = collections.Counter(), 0
        for number in range(lines):
            words = generator.valid() if number % 2 else generator.mutated()
            faults, code = answers.faults_of_run(generator.grammar, words, self.folder, PROCESSOR_SECONDS)
            codes[code] += 1
            if faults:
                failed += 1
                print(f"dsgd {answers.pasteable(words)}", *faults, sep="\n    ", flush=True)
        print("exit codes:", dict(codes), flush=True)
        self.assertEqual(failed, 0, f"of {lines} command lines, which are printed above; times.csv is seconds, {TIMES}")
        self.assertGreater(codes[0], lines / 4)  # else refusals alone are tested
        self.assertGreater(codes[2], lines / 10)


class Generated(Lines):
    def test_command_lines(self):
        self.check(250, 1)

    def test_same_seed_same_lines(self):
        first, second = self.generator(5), self.generator(5)
        lines = [(first.valid(), first.mutated()) for _ in range(100)]
        self.assertEqual(lines, [(second.valid(), second.mutated()) for _ in range(100)])

    def test_every_law_and_strategy_is_tried(self):
        generator = self.generator(6)
        text = " ".join(" ".join(generator.valid()) for _ in range(400))
        for form in (*generator.grammar.laws, *generator.grammar.strategies, *generator.grammar.communications):
            self.assertIn(form.name, text)


class NightlyGenerated(Lines):
    def test_command_lines(self):
        self.check(20_000, 2)


class Noticed(command.Case):
    """What is planted in a run's answers."""

    def point(self, **changes):
        result = command.dsgd("sweep", "-m", "3", "--law", "gamma:shape=2:rate=1", "--strategy", "sync", "-n", "1000", "--quantiles", "0.5,0.9",
                              "--format", "json")
        document = json.loads(result.stdout)
        document["points"][0].update(changes)
        return json.dumps(document)

    def faults(self, text, errors=""):
        return "; ".join(answers.faults_of_json(grammar(), text, errors))

    def test_numbers(self):
        self.assertEqual(self.faults(self.point()), "")
        wrong = {"0.5": {"value": 2.5, "low": 2.6, "high": 2.7}}
        for changes, part in (({"mean": 0.0}, "mean is 0"), ({"mean": 1e-310}, "subnormal"), ({"mean": float("nan")}, "NaN is no JSON"),
                              ({"maximum": float("inf")}, "Infinity is no JSON"), ({"minimum": 1e9}, "outside"),
                              ({"standard_error": 0.0}, "standard error"), ({"standard_deviation": 0.0}, "deviation is 0"), ({"z": -7.5}, "nothing is said"), ({"iterations": 999}, "counts"),
                              ({"busy": 0.7, "discarded": 0.4}, "busy"), ({"strategy": "speculate:after=1", "busy": 0.3, "discarded": 1.8}, "busy"), ({"throughput": 1e9}, "throughput"),
                              ({"quantiles": wrong}, "outside its interval")):
            self.assertIn(part, self.faults(self.point(**changes)), changes)
        copies = self.point(strategy="speculate:after=1", busy=0.3, discarded=1.6)
        self.assertNotIn("busy", self.faults(copies))
        self.assertIn("infinite", self.faults(self.point().replace('"mean": ', '"mean": 1e400, "was": ')))
        self.assertEqual(self.faults(self.point(z=-7.5), "dsgd: warning: 1 of 1 points have a |z| that chance does not explain"), "")

    def test_laws_that_can_be_zero(self):
        atom = "two-point:low=0:high=1e+19:probability=0.5"
        for law, can in ((atom, True), (f"2*constant:value=1e+19+1*{atom}", True), ("exponential:rate=1e+18", False),
                         ("3*exponential:rate=1+2*constant:value=1e+19", False)):
            self.assertEqual(answers.can_be_zero(grammar(), law), can, law)

    def test_messages(self):
        error, warning = "dsgd: this is wrong\n", "dsgd: warning: 3 of 4 points have no mean: it is infinite\n"
        heavy, flat = (f"dsgd: warning: 3 of 4 points left out, the first: --law x {reason}\n" for reason in ("has too heavy a tail", "hardly varies"))
        for code, text, part in ((0, heavy + flat, ""), (0, heavy + heavy, "twice"), (2, error, ""), (0, warning, ""), (143, error, ""), (2, "", "0 lines"), (2, 2 * error, "2 lines"), (2, "oh\n", "start"),
                                 (2, error[:-1], "no end"), (0, warning + warning.replace("3", "2"), "twice"), (0, error, "no warning")):
            self.assertRegex("; ".join(answers.faults_of_messages(code, text)), part or "^$", text)

    def test_ends(self):
        for code, part in ((0, ""), (2, ""), (143, ""), (1, "exits with 1"), (9, "exits with 9"), (-11, "signal 11")):
            self.assertRegex("; ".join(answers.faults_of_end(grammar(), code, "")), part or "^$")

    def test_a_program_that_hangs(self):
        for program, words, limit, text in (("/bin/sleep", ["30"], 0.1, "2.0 s"), ("/bin/sh", ["-c", "while :; do :; done"], 1, "1 s of processor time")):
            faults, code = answers.faults_of_run(types.SimpleNamespace(program=program), words, self.folder, limit)
            self.assertEqual((faults, code), ([f"it had not ended after {text}"], None))

    def test_lines_can_be_pasted(self):
        words = ["sweep", "a b", "it's", "é\udcff", "", "\n", "2*x", "$(x)", "`", "!", "~"]
        echoed = command.shell(f"printf '%s\\0' {answers.pasteable(words)} | od -An -v -tx1")
        self.assertEqual(bytes.fromhex(echoed.stdout), b"".join(word.encode(errors="surrogateescape") + b"\0" for word in words))


if __name__ == "__main__":
    unittest.main()
