"""Command lines of the program by chance: valid ones, built from its grammar, and mutated ones. The same seed makes the same lines.

What they compute is small: a line that takes long has found something."""

import math
import random

# Values that no option should stumble over, wherever they are put.
ODD_VALUES = ("", "0", "-0.0", "-1", "nan", "inf", "-inf", "1e400", "-1e400", "1e-400", "4.9e-324", "1e308", "0x10", "1e", "1,", ",", ":", "..",
              "1..", "%", "50%", "1e-6%", "+1", "1_000", "01", " 1", "99999999999999999999", "18446744073709551615", "9007199254740993",
              "é", "\x1b[31m", "\n", "\udcff", "-", "--", "*", "2*", "+", "=")
MOST_WORKERS = 300
MOST_DRAWS = 200_000  # of a point: workers times iterations


class Generator:
    """@param trace  a CSV file of measured times, for laws that read one"""

    def __init__(self, grammar, seed, trace):
        self.grammar = grammar
        self.chance = random.Random(seed)
        self.trace = trace

    # ---- values

    def real(self, low, high, extreme=0.25):
        """From a range. Mostly of a common size, else of any, the ends included.
        @param extreme  how often of any"""
        common = self.chance.random() >= extreme
        if not common and self.chance.random() < 0.2:
            return self.chance.choice((low, high))
        if low < 0:
            return self.chance.uniform(max(low, -3), min(high, 3)) if common else self.chance.uniform(low, high)
        lowest, highest = (max(low, 0.01), min(high, 100)) if common else (max(low, 1e-36), high)
        return min(max(math.exp(self.chance.uniform(math.log(lowest), math.log(highest))), low), high)

    def whole(self, low, high, most):
        """Small ones more often."""
        most = min(high, max(most, low))
        return int(min(max(low, round(math.exp(self.chance.uniform(math.log(max(low, 0.5)), math.log(most + 0.5))))), most))

    def value(self, parameter, workers=20, extreme=0.25):
        if parameter.kind == "file":
            return self.trace
        if parameter.kind == "real":
            return f"{self.real(parameter.low, parameter.high, extreme):.{self.chance.choice((2, 4, 17))}g}"
        if parameter.kind == "share" and self.chance.random() < 0.2:
            return f"{self.chance.uniform(1, 100):.3g}%"
        return str(self.whole(parameter.low, parameter.high, workers))

    def spec(self, form, workers=20, extreme=0.25, lists=False):
        numbers = ("real", "whole", "share")
        values = {
            p.key: self.value(p, workers, extreme) for p in form.parameters if p.required or p.kind in numbers and self.chance.random() < 0.5
        }
        countable = [p for p in form.parameters if p.kind in ("whole", "share") and "%" not in values.get(p.key, "%")]
        if lists and countable and self.chance.random() < 0.3:
            first = int(values[countable[0].key])
            values[countable[0].key] = self.chance.choice((f"{first},{first + 1}", f"{first}..{first + 2}", f"{first}..{first + 4}..2"))
        return form.spec(values)

    def law(self, extreme=0.25):
        return self.spec(self.chance.choice(self.grammar.laws), extreme=extreme)

    def fleet(self, extreme=0.25):
        """A law of several groups of workers, and how many workers these are."""
        counts = [self.whole(1, 20, 20) for _ in range(self.chance.choice((2, 2, 3)))]
        return "+".join(f"{count}*{self.law(extreme)}" for count in counts), sum(counts)

    def strategy(self, workers=20, extreme=0.25, lists=False):
        return self.spec(self.chance.choice(self.grammar.strategies), workers, extreme, lists)

    # ---- command lines

    def valid(self):
        """Words of a command line that is mostly accepted: some values are at odds with each other, which only the program knows."""
        command = self.chance.choices(("sweep", "plan", "draw"), (92, 3, 5))[0]
        takes = self.grammar.options[command]
        workers = self.whole(1, MOST_WORKERS, MOST_WORKERS)
        law, size = self.fleet() if command != "draw" and self.chance.random() < 0.15 else (self.law(), None)
        workers = size or workers
        words = [command, "--law", law, "--workers", str(workers)]
        if command == "draw":
            return self._with_options(words, takes, {"--draws": 0.3, "--seed": 0.3, "--iteration": 0.3})
        strategies = [self.strategy(workers, lists=True) for _ in range(self.chance.choice((1, 1, 1, 2)))]
        iterations = self.whole(1, 1000, max(1, min(1000, MOST_DRAWS // workers)))
        words += ["--strategy", ",".join(strategies), "--iterations", str(iterations), "--threads", "1"]
        words = self._with_options(words, takes, {"--sampling": 0.2, "--draws": 0.15, "--quantiles": 0.3, "--updates": 0.2, "--seed": 0.3,
                                                  "--relative-error": 0.2, "--communication": 0.2, "--engine": 0.2})
        json = ["--format", "json"]
        return words + (self.chance.choice(([], json, json, json, ["--format", "csv"], ["-o", "-", "--format", "md"])) if command == "sweep" else [])

    def _with_options(self, words, takes, shares):
        for option, share in shares.items():
            if option in takes and self.chance.random() < share:
                words += [option, self.option_value(option)]
        return words

    def option_value(self, option):
        if option == "--communication":
            return self.spec(self.chance.choice(self.grammar.communications))
        if option == "--engine":
            return self.chance.choice(self.grammar.engines)
        if option == "--quantiles":
            return ",".join(f"{self.chance.random():.3f}" for _ in range(self.chance.choice((1, 2, 3))))
        if option == "--relative-error":
            return f"{10 ** self.chance.uniform(-4, 0):.2g}"
        if self.grammar.choices.get(option):
            return self.chance.choice(self.grammar.choices[option])
        return str(self.whole(1, 1e6, 1e6))

    def mutated(self):
        """A valid line with up to three faults. A limit on time is put behind them, as they may make it long."""
        words = self.valid()
        for _ in range(self.chance.choice((1, 1, 2, 3))):
            self.chance.choice((self._change_bytes, self._change_bytes, self._odd_value, self._odd_value, self._end_of_range,
                                self._double, self._drop, self._swap))(words)
        words = [word.replace("\0", "") for word in words]
        return words + (["--max-time", "0.3s"] if words[:1] == ["sweep"] and "--max-time" not in words else [])

    def _place(self, words):
        return self.chance.randrange(len(words)) if words else 0

    def _change_bytes(self, words):
        place = self._place(words)
        for text in words[place:place + 1]:
            at = self.chance.randrange(len(text) + 1)
            new = chr(self.chance.choice((self.chance.randrange(1, 127), self.chance.choice(b"0123456789:=,.+-*%"))))
            words[place] = self.chance.choice((text[:at] + new + text[at + 1:], text[:at] + new + text[at:], text[:at] + text[at + 1:]))

    def _odd_value(self, words):
        """In the place of an option's value, or of one within a spec."""
        place = self._place(words)
        for text in words[place:place + 1]:
            odd = self.chance.choice(ODD_VALUES)
            head, equals, tail = text.rpartition("=")
            words[place] = head + equals + odd if equals and self.chance.random() < 0.8 else odd
            if head and self.chance.random() < 0.3:
                words[place] = odd + equals + tail

    def _end_of_range(self, words):
        """The ends of an option's or a parameter's range, and just beyond them."""
        known = [(place, self.grammar.ranges[word]) for place, word in enumerate(words[:-1]) if self.grammar.ranges.get(word)]
        forms = {form.name: form for form in (*self.grammar.laws, *self.grammar.strategies)}
        if self.chance.random() < 0.5 and known:
            place, ends = self.chance.choice(known)
            words[place + 1] = self._near(self.chance.choice(ends))
            return
        for place, word in enumerate(words):
            form = forms.get(word.split(":")[0])
            parameters = [p for p in form.parameters if p.kind != "file"] if form else []
            if parameters and "," not in word and "+" not in word:
                parameter = self.chance.choice(parameters)
                new = f"{parameter.key}={self._near(parameter.end(self.chance.random() < 0.5))}"
                words[place] = ":".join(new if piece.startswith(parameter.key + "=") else piece for piece in word.split(":"))

    def _near(self, end):
        if end.isdigit():  # the highest of most whole numbers is accepted, but takes long
            return str(int(end) + (1 if int(end) > 1e5 else self.chance.choice((-1, 0, 1))))
        value = float(end)
        return repr(self.chance.choice((value, math.nextafter(value, math.inf), math.nextafter(value, -math.inf), value * 1.001)))

    def _double(self, words):
        place = self._place(words)
        words[place:place] = words[place:place + 2]

    def _drop(self, words):
        place = self._place(words)
        del words[place:place + 1]

    def _swap(self, words):
        if words:
            first, second = self._place(words), self._place(words)
            words[first], words[second] = words[second], words[first]
