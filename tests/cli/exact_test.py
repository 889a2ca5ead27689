"""dsgd exact: closed forms, the same values as a sweep's `expected`, identities of quantiles, and what it refuses.

Nothing is drawn, so that tolerances are those of the values: means and deviations within 1e-11, and 12 digits."""

import json
import math
import re
import unittest

from command import PROGRAM, Case, dsgd
from grammar import Grammar

CLOSE = 2e-11  # relative: 1e-11 of the value, and its rounding to 12 digits
QUANTILE_CLOSE = 1e-10  # relative: what quantiles are right to


def exact(*arguments, warns=False):
    """The points of a document in JSON, by strategy and workers."""
    result = dsgd("exact", *arguments, "-o", "-", "--format", "json")
    if result.returncode != 0 or (result.stderr and not warns):
        raise AssertionError(result.stderr)
    return {(point["strategy"], point["workers"]): point for point in json.loads(result.stdout)["points"]}


def at_least(k, m, p):
    """P(k of m trials or more succeed)."""
    return math.fsum(math.comb(m, i) * p**i * (1 - p) ** (m - i) for i in range(k, m + 1))


class Values(Case):
    def assert_close(self, value, expected, what=""):
        self.assertAlmostEqual(value / expected, 1, delta=CLOSE, msg=f"{what} {value} {expected}")

    def test_of_exponential_delays_are_harmonic(self):
        points = exact("--rate", "2", "-m", "1:20", "--strategy", "sync,async,k-sync:k=1")
        for (strategy, m), point in points.items():
            terms = range(1, m + 1) if strategy == "sync" else (m,)
            mean = math.fsum(1 / (2 * i) for i in terms)
            self.assert_close(point["mean"], mean, strategy)
            self.assert_close(point["standard_deviation"], math.sqrt(math.fsum(1 / (2 * i) ** 2 for i in terms)), strategy)
            self.assertEqual(point["gradients"], m if strategy == "sync" else 1)
            self.assert_close(point["throughput"], point["gradients"] / mean, strategy)

    def test_throughputs_have_the_digits_of_the_mean(self):
        for (_, m), point in exact("-m", "1:50", "--rate", "1", "--strategy", "async").items():
            self.assertEqual(point["throughput"], m)

    def test_of_uniform_delays_are_beta_numbers(self):
        for (strategy, m), point in exact("--law", "uniform:low=0:high=1", "-m", "3:40", "--strategy", "sync,k-sync:k=3").items():
            k = m if strategy == "sync" else 3
            self.assert_close(point["mean"], k / (m + 1))
            self.assert_close(point["standard_deviation"], math.sqrt(k * (m + 1 - k) / (m + 2)) / (m + 1))

    def test_digits_are_those_of_what_varies(self):
        point = exact("--law", "shifted-exponential:shift=1e6:rate=1e3", "-m", "2", "--strategy", "sync")["sync", 2]
        self.assertAlmostEqual(point["mean"] - 1e6, 0.0015, delta=3e-10)  # which doubles near 10^6 hold to 1e-10

    def test_communication_and_updates(self):
        point = exact("-m", "4", "--strategy", "sync", "--rate", "1", "--communication", "constant:time=0.5", "--updates", "100")["sync", 4]
        self.assert_close(point["mean"], 0.5 + 25 / 12)
        self.assertEqual(point["updates"]["count"], 100)
        self.assert_close(point["updates"]["mean"], 50 + 2500 / 12)
        self.assert_close(point["updates"]["standard_deviation"], 10 * point["standard_deviation"])
        self.assertIsNone(exact("-m", "4", "--strategy", "async", "--law", "uniform:low=1:high=2", "--updates", "9")["async", 4]["updates"])

    def test_what_does_not_exist_is_infinite(self):
        arguments = ("--law", "pareto:scale=1:shape=0.6", "-m", "2,4,16", "--strategy", "sync,fastest")
        points = exact(*arguments, warns=True)
        for (strategy, m), point in points.items():
            index = 0.6 * (m if strategy == "fastest" else 1)
            infinite = [key for key, least in (("mean", 1), ("standard_deviation", 2)) if index <= least]
            self.assertEqual(point.get("infinite", []), infinite)
            self.assertEqual([key for key in ("mean", "standard_deviation") if point[key] is None], infinite)
            self.assertEqual(point["throughput"] == 0, "mean" in infinite)
        table = dsgd("exact", *arguments)
        self.assertIn("3 of 6 points have no mean: it is infinite", table.stderr)
        self.assertEqual(table.stdout.count("infinite"), 3 + 4)
        rows = dsgd("exact", *arguments, "--format", "csv").stdout.splitlines()
        self.assertEqual(rows[1].split(",")[4:7], ["inf", "inf", "0"])

    def test_what_is_not_known_is_told(self):
        arguments = ("--law", "uniform:low=0:high=1", "-m", "4", "--strategy", "sync,k-async:k=2", "--quantiles", "0.5")
        result = dsgd("exact", *arguments)
        self.assertEqual(result.returncode, 0)
        self.assertRegex(result.stderr, r"\Adsgd: warning: 1 of 2 points have no known exact mean \(.* under k-async\): .*\n"
                                        r"dsgd: warning: 1 of 2 points have no known exact quantiles \(.*\n\Z")
        self.assertRegex(result.stdout, r"(?m)^k-async:k=2 +- +- +- +-$")
        point = exact(*arguments, warns=True)["k-async:k=2", 4]
        self.assertEqual([point[key] for key in ("mean", "standard_deviation", "throughput", "quantiles")], [None, None, None, {"0.5": None}])
        self.assertEqual(dsgd("exact", *arguments, "--format", "csv").stdout.splitlines()[2], "uniform:low=0:high=1,k-async:k=2,4,2,,,,")

    def test_points_that_cannot_be_drawn_have_values(self):
        arguments = ("--law", "lognormal:mu=0:sigma=1e-6", "-m", "1000", "--strategy", "k-sync:k=50%")
        self.assert_error(dsgd("sweep", *arguments), 2, "hardly varies")
        quantile = -math.sqrt(2 * math.pi) * (0.5 - (500 - 0.375) / 1000.25)  # of the normal law, as Blom has it, near the median
        self.assertAlmostEqual(exact(*arguments)["k-sync:k=50%", 1000]["mean"], 1 + 1e-6 * quantile, delta=1e-13)

    def test_of_very_many_workers(self):
        m = 10**15
        arguments = ("-m", m, "--rate", "1", "--strategy", "sync")
        self.assert_error(dsgd("exact", *arguments), 2, "--workers")
        point = exact(*arguments, "--sampling", "order-statistics", "--quantiles", "0.5")["sync", m]
        self.assert_close(point["mean"], math.log(m) + 0.57721566490153286)
        self.assert_close(point["quantiles"]["0.5"], -math.log(-math.expm1(math.log(0.5) / m)))
        mixed = ("--law", "uniform:low=0:high=1", "-m", "3", "--sampling", "order-statistics", "--strategy")
        self.assertEqual(list(exact(*mixed, "sync,async", warns=True)), [("sync", 3)])
        self.assert_error(dsgd("exact", *mixed, "async"), 2, "leaves no point")


class Agreement(Case):
    def test_with_the_expected_value_of_a_sweep_for_every_law_and_strategy(self):
        grammar, times = Grammar(PROGRAM), self.folder / "times.csv"
        times.write_text("s\n" + "".join(f"{1 + i * i % 17}\n" for i in range(40)))
        values = {"low": 1, "high": 3, "probability": 0.25, "spare": 1, "stragglers": 1, "shape": 4.5, "rate1": 5}
        def spec(form):
            given = [p for p in form.parameters if p.required or p.key == "after"]  # speculate needs one that it may have
            return form.spec({p.key: values.get(p.key, 2) for p in given})

        strategies = ",".join(map(spec, grammar.strategies))
        compared, laws = 0, 0
        for form in grammar.laws:
            required = [p for p in form.parameters if p.required]
            if sum(p.kind == "file" for p in required) > 1:
                continue  # a table with columns of its own
            law = form.spec({p.key: times if p.kind == "file" else values.get(p.key, 2) for p in required})
            arguments = ("--law", law, "-m", "1,2,5,20", "--strategy", strategies)
            swept = json.loads(dsgd("sweep", *arguments, "-n", "64", "-o", "-", "--format", "json").stdout)["points"]
            points, laws = exact(*arguments, warns=True), laws + 1
            for point in swept:
                known = points[point["strategy"], point["workers"]]
                self.assertEqual(known["law"], point["law"])
                self.assertEqual(known["gradients"], point["gradients"])
                if point["mean"] is not None:
                    self.assertEqual(known["mean"] is None, point["expected"] is None, point)
                if point["expected"] is not None:
                    self.assertAlmostEqual(known["mean"] / point["expected"], 1, delta=CLOSE, msg=point)
                    compared += 1
        self.assertGreater(laws, 10)
        self.assertGreater(compared, 20 * laws)


class Quantiles(Case):
    LIST = ("--quantiles", "1e-9,0.01,0.5,0.9,0.999999999")

    def assert_reaches(self, point, below, what):
        """below(t) = P(runtime <= t) is p at the quantile of p, and not beside it."""
        self.assertEqual(len(point["quantiles"]), 5)
        for text, value in point["quantiles"].items():
            p = float(text)
            tail = (lambda t: below(t) / p) if p < 0.5 else (lambda t: (1 - below(t)) / (1 - p))
            rounding = 4e-15 / (1 - p) if p >= 0.5 else 0  # of this test's own 1 - x
            self.assertAlmostEqual(tail(value), 1, delta=abs(tail(value * (1 + QUANTILE_CLOSE)) - tail(value)) + 1e-10 + rounding, msg=f"{what} {text}")
            self.assertNotAlmostEqual(tail(value * 1.01), 1, delta=1e-4, msg=f"{what} {text}")

    def test_of_order_statistics_are_binomial(self):
        laws = {"uniform:low=0:high=1": lambda x: x, "exponential:rate=1": lambda x: -math.expm1(-x),
                "weibull:scale=2:shape=0.7": lambda x: -math.expm1(-((x / 2) ** 0.7)), "log-logistic:scale=1:shape=3": lambda x: x**3 / (1 + x**3)}
        for law, cumulative in laws.items():
            points = exact("--law", law, "-m", "1,2,7,40", "--strategy", "sync,k-sync:k=1..40", *self.LIST, warns=True)
            for (strategy, m), point in points.items():
                k = m if strategy == "sync" else int(strategy.split("=")[1])
                self.assert_reaches(point, lambda t, k=k, m=m: at_least(k, m, cumulative(t)), f"{law} {strategy} {m}")

    def test_of_the_slowest_of_a_fleet_are_products(self):
        law = "2*exponential:rate=1+1*exponential:rate=0.25"
        point = exact("--law", law, "--strategy", "sync", *self.LIST)["sync", 3]
        self.assert_reaches(point, lambda t: math.expm1(-t) ** 2 * -math.expm1(-t / 4), law)

    def test_of_sums_are_erlang(self):
        points = exact("--rate", "2", "-m", "3", "--strategy", "k-batch-sync:k=2,k-batch-async:k=2,local-sgd:steps=2:communication=1", *self.LIST)
        erlang = lambda x: -math.expm1(-x) - x * math.exp(-x) if x > 0.1 else math.fsum((-1) ** i * x**i * (i - 1) / math.factorial(i) for i in range(2, 20))  # noqa: E731
        for name in ("k-batch-sync:k=2", "k-batch-async:k=2"):
            self.assert_reaches(points[name, 3], lambda t: erlang(6 * t), name)
        local = points["local-sgd:steps=2:communication=1", 3]
        self.assert_reaches({"quantiles": {p: t - 0.5 for p, t in local["quantiles"].items()}}, lambda t: erlang(4 * t) ** 3, "local-sgd")

    def test_of_async_are_those_of_superposed_renewals(self):
        """P(gap > x) is P(X > x) times P(rest > x)^(m - 1), which is (1 - x / mean)^(m - 1) below the shift."""
        point = exact("--law", "shifted-exponential:shift=1:rate=1", "-m", "4", "--strategy", "async", *self.LIST)["async", 4]

        def below(x):
            return -math.expm1(3 * math.log1p(-x / 2)) if x < 1 else 1 - math.exp(1 - x) * (math.exp(1 - x) / 2) ** 3

        self.assert_reaches(point, below, "async")

    def test_of_single_values_are_the_least_that_is_reached(self):
        law = "two-point:low=1:high=5:probability=0.5"
        points = exact("--law", law, "-m", "1,3", "--strategy", "sync", "--quantiles", "0.1,0.125,0.126,0.5,0.51")
        self.assertEqual(list(points["sync", 1]["quantiles"].values()), [1, 1, 1, 1, 5])
        self.assertEqual(list(points["sync", 3]["quantiles"].values()), [1, 1, 5, 5, 5])
        times = self.folder / "times.csv"
        times.write_text("s\n1\n2\n3\n4\n")
        point = exact("--law", f"empirical:file={times}", "-m", "1", "--strategy", "sync", "--quantiles", "0.25,0.26,0.5,0.75,0.76", warns=True)["sync", 1]
        self.assertEqual(list(point["quantiles"].values()), [1, 2, 2, 3, 4])
        fleet = exact("--law", f"1*{law}+1*constant:value=2", "--strategy", "sync,fastest", "--quantiles", "0.5,0.51")
        self.assertEqual(list(fleet["sync", 2]["quantiles"].values()), [2, 5])
        self.assertEqual(list(fleet["fastest", 2]["quantiles"].values()), [1, 2])
        at_0 = exact("--law", "1*two-point:low=0:high=1:probability=0.5+1*exponential:rate=1", "--strategy", "fastest", "--quantiles", "0.1,0.5,0.51")
        self.assertEqual([value == 0 for value in at_0["fastest", 2]["quantiles"].values()], [True, True, False])

    def test_of_times_that_are_all_0(self):
        times = self.folder / "zero.csv"
        times.write_text("s\n0\n0\n")
        point = exact("--law", f"empirical:file={times}", "-m", "1", "--strategy", "sync", "--quantiles", "0.5", warns=True)["sync", 1]
        self.assertEqual((point["mean"], point["throughput"], point["quantiles"]["0.5"], point.get("infinite", [])), (0, None, 0, []))
        swept = dsgd("sweep", "--law", f"empirical:file={times}", "-m", "2", "-n", "10", "--strategy", "sync,k-sync:k=1", "--format", "json")
        for row in json.loads(swept.stdout, parse_constant=self.fail)["points"]:
            self.assertEqual([row[key] for key in ("busy", "discarded", "throughput")], [None] * 3)


class Forms(Case):
    ARGUMENTS = ("-m", "1:3", "--quantiles", "0.5", "--updates", "3")

    def test_json(self):
        document = json.loads(dsgd("exact", *self.ARGUMENTS, "--communication", "constant:time=1", "--format", "json").stdout)
        self.assertEqual(list(document), ["schema", "points", "run", "provenance"])
        self.assertEqual(document["schema"], "dsgd.exact/1")
        self.assertEqual(document["run"], {"communication": "constant:time=1"})
        self.assertEqual(list(document["provenance"]), ["argv", "version", "commit", "compiler", "host", "start"])
        self.assertEqual([(p["strategy"], p["workers"]) for p in document["points"]], [(s, m) for s in ("sync", "async") for m in (1, 2, 3)])
        for point in document["points"]:
            self.assertEqual(list(point), ["law", "strategy", "workers", "gradients", "mean", "standard_deviation", "throughput", "quantiles", "updates"])
        self.assertEqual(list(json.loads(dsgd("exact", "-m", "1", "--format", "json").stdout)["points"][0])[-1], "throughput")

    def test_all_forms_have_the_same_numbers(self):
        names = ["r.csv", "r.json", "r.md"]
        table = dsgd("exact", *self.ARGUMENTS, *(word for name in names for word in ("-o", self.folder / name)))
        rows = [line.split(",") for line in (self.folder / "r.csv").read_text().splitlines()]
        self.assertEqual(rows[0], "law strategy workers gradients mean standard_deviation throughput q0.5 updates_mean updates_standard_deviation".split())
        points = json.loads((self.folder / "r.json").read_text())["points"]
        self.assertEqual([float(row[4]) for row in rows[1:]], [point["mean"] for point in points])
        self.assertEqual([float(row[7]) for row in rows[1:]], [point["quantiles"]["0.5"] for point in points])
        shown = f"{points[0]['mean']:.8g}".ljust(10, "0")
        self.assertIn(shown, table.stdout)
        self.assertIn(f"| exponential:rate=2 | sync | 1 | 1 | {shown} |", (self.folder / "r.md").read_text())
        self.assertEqual(dsgd("exact", *self.ARGUMENTS, "-o", "-", "--format", "csv").stdout, (self.folder / "r.csv").read_text())

    def test_a_unit_is_a_label(self):
        table = dsgd("exact", "-m", "2", "--unit", "ms").stdout
        self.assertIn("Exact runtime of one iteration, in ms\n", table)
        self.assertIn("gradients per ms;", " ".join(table.split()))
        plain, labelled = (json.loads(dsgd("exact", "-m", "2", "--format", "json", *unit).stdout) for unit in ((), ("--unit", "ms")))
        self.assertEqual((plain["run"], labelled["run"]), ({}, {"unit": "ms"}))
        self.assertEqual(plain["points"], labelled["points"])
        self.assertEqual(dsgd("exact", "-m", "2", "--unit", "a\tb").returncode, 2)

    def test_the_table_says_once_what_all_rows_share(self):
        table = dsgd("exact", "-m", "3", "--strategy", "k-sync:k=1..3").stdout
        self.assertRegex(table, r"(?m)^law +exponential:rate=2$")
        self.assertRegex(table, r"(?m)^workers +3$")
        self.assertRegex(table, r"(?m)^strategy +mean +sd +throughput$")
        for line in dsgd("exact", "--law", "lognormal:mu=0:sigma=1", "-m", "3", "--quantiles", "0.1,0.2,0.3,0.4,0.5,0.6,0.7").stdout.splitlines():
            self.assertLessEqual(len(line), 80)

    def test_a_long_table_gives_way_to_its_file(self):
        result = dsgd("exact", "-m", "1:30", "-o", self.folder / "r.csv")
        self.assertEqual(result.stdout, f"60 points written to {self.folder}/r.csv\n")

    def test_fleets_have_numbers_in_markdown(self):
        text = dsgd("exact", "--law", "1*exponential:rate=1+1*exponential:rate=2", "--format", "md").stdout
        self.assertIn("| fleet 1 | sync | 2 |", text)
        self.assertIn("- fleet 1: `1*exponential:rate=1+1*exponential:rate=2`", text)


class Refused(Case):
    def test_what_belongs_to_drawing(self):
        for option in ("-n", "--iterations", "--seed", "--draws", "--engine", "--threads", "--store", "--shard", "--relative-error", "--max-time", "--plot"):
            self.assert_error(dsgd("exact", option, "5"), 2, f"'{option}' is not an option of 'dsgd exact'", "see 'dsgd exact --help'")
        self.assert_error(dsgd("exact", "--quantile", "0.5"), 2, "did you mean --quantiles?")

    def test_values_as_a_sweep_refuses_them(self):
        for words in (("-m", "0"), ("--law", "expo:rate=1"), ("--strategy", "snyc"), ("--quantiles", "2"), ("--updates", "0"), ("--sampling", "x"),
                      ("--communication", "x"), ("-m", "2", "--strategy", "k-sync:k=3"), ("--rate", "1", "--law", "constant:value=1"),
                      ("-o", "r.txt"), ("-o", ""), ("--format", "jsn"), ("-o", "a.csv", "-o", "a.csv")):
            with self.subTest(words=words):
                refused = dsgd("exact", *words, cwd=self.folder)
                self.assert_error(refused, 2)
                self.assertEqual(re.sub("'dsgd [a-z]+", "", refused.stderr), re.sub("'dsgd [a-z]+", "", dsgd("sweep", *words, cwd=self.folder).stderr))
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_files_that_cannot_be_written_or_would_be_lost(self):
        self.assert_error(dsgd("exact", "-o", self.folder / "no/r.csv"), 6)
        times = self.folder / "times.csv"
        times.write_text("s\n1\n2\n")
        self.assert_error(dsgd("exact", "--law", f"empirical:file={times}", "-o", times), 2, "a file of measured times too")
        self.assertEqual(times.read_text(), "s\n1\n2\n")


if __name__ == "__main__":
    unittest.main()
