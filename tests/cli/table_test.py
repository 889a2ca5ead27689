"""The table that people read, and Markdown: how wide they are, and what they say once."""

import re
import unittest

from command import Case, dsgd

FLEET = "15*exponential:rate=2+1*pareto:scale=0.5:shape=3.5"


class Tables(Case):
    def table(self, *arguments):
        result = dsgd("sweep", *([] if "-n" in arguments else ["-n", "500"]), *arguments)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout

    @staticmethod
    def header(table):
        return next(line.split() for line in table.splitlines() if " mean " in line and "+-95%" in line)

    def test_eighty_columns_hold_it(self):
        strategies = "sync,async,k-batch-async:k=64,gradient-coding:stragglers=1,local-sgd:steps=8:communication=0.125"
        many = "+".join(f"1*shifted-exponential:shift={i}.25:rate=2.5" for i in range(1, 17))
        for arguments in ((), ("--strategy", strategies, "-m", "2:5"), ("--law", "gamma:shape=2.5:rate=0.001"), ("--law", FLEET), ("--law", many),
                          ("-m", "1:3", "--law", many, "--law", FLEET, "--law", "weibull:scale=1:shape=0.75"),
                          ("--law", "uniform:low=1e20:high=1e21", "--quantiles", "0.5,0.99"), ("-m", "1e12,1e17", "--sampling", "order-statistics"),
                          ("--relative-error", "0.01"), ("--updates", "10"), ("-m", "1:2", "--quantiles", "1%,5%,10%,50%,90%,95%,99%"), ("-m", "1:3", "--strategy", strategies, "--quantiles", "0.5", "--law", "constant:value=1")):
            with self.subTest(arguments=arguments):
                table = self.table(*arguments)
                self.assertLessEqual(max(map(len, table.splitlines())), 80, table)

    def test_what_is_the_same_in_every_row_is_said_once(self):
        table = self.table("-m", "1:3")
        self.assertRegex(table, r"(?m)^law +exponential:rate=2$")
        self.assertEqual(self.header(table), ["strategy", "workers", "mean", "+-95%", "expected", "z", "throughput", "sd", "busy"])
        table = self.table("-m", "8", "--strategy", "k-sync:k=1..3")
        self.assertRegex(table, r"(?m)^workers +8$")
        self.assertEqual(self.header(table)[:2], ["strategy", "mean"])
        table = self.table("-m", "8", "--strategy", "sync")
        self.assertRegex(table, r"(?m)^strategy +sync$")
        self.assertEqual(self.header(table), ["mean", "+-95%", "expected", "z", "throughput", "sd", "busy"])
        table = self.table("-m", "4", "--law", "weibull:scale=1:shape=0.75", "--strategy", "k-async:k=2,k-async:k=3")
        self.assertRegex(table, r"(?m)^expected +-$")
        self.assertNotIn("expected", self.header(table))

    def test_it_says_of_what_it_is(self):
        table = self.table("-m", "2:3", "--strategy", "sync", "--communication", "constant:time=0.5", "--updates", "10")
        self.assertRegex(table, r"(?m)^communication +constant:time=0.5$")
        self.assertRegex(table, r"(?m)^in a row +10 updates$")
        self.assertRegex(self.table("-m", "2:3", "--relative-error", "20%"), r"(?m)^precision +20.0 % of the mean$")
        self.assertRegex(self.table("-m", "1e9,1e10", "--strategy", "sync", "--sampling", "order-statistics"), r"(?m)^seed .* draws of order statistics$")

    def test_what_nobody_does_is_no_column(self):
        table = self.table("-m", "8", "--strategy", "sync,async")
        self.assertNotIn("discarded", table)
        self.assertIn("busy", self.header(table))
        table = self.table("-m", "8", "--rate", "0.1", "--strategy", "sync,fastest")
        self.assertEqual(self.header(table)[-2:], ["busy", "discarded"])
        table = self.table("-m", "8", "--law", "weibull:scale=1:shape=0.75", "--strategy", "k-async:k=2,k-async:k=3")
        self.assertNotIn("busy", table)  # not known

    def test_the_most_gradients_are_named(self):
        line = "most gradients per time: "
        self.assertRegex(self.table("-m", "8", "--law", "pareto:scale=1:shape=2.5", "--strategy", "sync,backup:spare=1..2"),
                         rf"(?m)^{line}backup:spare=2, 1\.\d+ times sync's")
        self.assertRegex(self.table("-m", "1:3"), rf"(?m)^{line}async with 3 workers, 1\.\d+ times sync's$")
        for alone in (("-m", "8", "--strategy", "sync"), ("--law", "exponential:rate=1", "--law", "exponential:rate=2")):
            self.assertNotIn(line, self.table(*alone))

    def test_measured_times_are_said_to_be_taken_as_they_are(self):
        table = self.folder / "t.csv"
        table.write_text("ms\n1\n2\n3\n")
        said = "measured times are taken as they are"
        for law in (f"empirical:file={table}", f"3*empirical:file={table}+1*exponential:rate=1"):
            text = dsgd("sweep", "-m", "4", "-n", "10", "--law", law).stdout
            self.assertIn(said, text)
            self.assertTrue(text.endswith("\n"))
        self.assertNotIn(said, dsgd("sweep", "-m", "4", "-n", "10").stdout)

    def test_times_have_the_unit_that_is_given(self):
        table = self.table("-m", "8", "--unit", "ms")
        self.assertTrue(table.startswith("Runtime of one iteration, in ms\n"))
        self.assertIn("gradients per ms", table)
        self.assert_error(dsgd("sweep", "--unit", "a\tb"), 2, "--unit 'a b' is no label")

    def test_laws_are_headings(self):
        table = self.table("-m", "1:3", "--law", "exponential:rate=2", "--law", "gamma:shape=2:rate=1")
        for law in ("exponential:rate=2", "gamma:shape=2:rate=1"):
            self.assertEqual(table.splitlines().count(law), 1)
        self.assertEqual(len(re.findall(r"(?m)^strategy +workers", table)), 2)

    def test_a_fleet_of_one_law_is_its_equal_workers(self):
        options = ("--strategy", "k-sync:k=3,async,local-sgd:steps=3:communication=0,k-batch-sync:k=12", "--quantiles", "0.5")
        for law in ("lognormal:mu=0:sigma=0.5", "shifted-exponential:shift=1:rate=2"):
            expected = self.table("-m", "8", "--law", law, *options)
            self.assertIn(law, expected)
            for fleet in (f"8*{law}", f"3*{law}+5*{law}"):
                self.assertEqual(self.table("--law", fleet, *options), expected)
        twice = dsgd("sweep", "-n", "9", "--law", "8*exponential:rate=2", "--law", "5*exponential:rate=2+3*exponential:rate=2")
        self.assert_error(twice, 2, "exponential:rate=2 is given twice")
        sizes = dsgd("sweep", "-n", "9", "--law", "8*exponential:rate=2", "--law", "9*exponential:rate=2")
        self.assertEqual(sizes.returncode, 0, sizes.stderr)
        self.assert_error(dsgd("sweep", "-m", "3", "--law", "8*exponential:rate=2"), 2, "--law 8*exponential:rate=2 has 8 workers")

    def test_a_fleet_is_written_once(self):
        for table in (self.table("--law", FLEET), self.table("-m", "16", "--law", FLEET, "--law", "constant:value=1")):
            self.assertEqual(re.sub(r"\n +", "", table).count(FLEET), 1, table)

    def test_what_does_not_fit_is_named(self):
        table = self.table("-m", "2:3", "--quantiles", "0.5,0.9")
        self.assertRegex(table, r"(?m)^Left out to fit 80 columns: (throughput, )?(sd, )?busy \(files of -o have all\)$")
        self.assertEqual(self.header(table)[-2:], ["q0.5", "q0.9"])

    def test_iterations_are_those_of_each_point_where_a_precision_ends_them(self):
        table = self.table("-m", "1,100", "--strategy", "sync", "--relative-error", "0.02", "-n", "1e5")
        self.assertIn("iterations", self.header(table))
        self.assertNotIn("per point", table)


class OtherCommands(Case):
    def test_eighty_columns_hold_their_tables(self):
        bench = self.folder / "bench.json"
        many = "+".join(f"1*shifted-exponential:shift={i}.25:rate=2.5" for i in range(1, 17))
        for words in (("bench", "--engine", "reference,cpu", "-m", "20,65536", "-n", "9,50", "--repeat", "1", "-o", bench),
                      ("bench", "--engine", "cpu-materialized", "-m", "3", "-n", "9", "--repeat", "1"), ("devices",),
                      ("plan", "-m", "1:5000", "-n", "1e12"), ("plan", "--law", many), ("plan", "-n", "1e12", "--bench", bench, "--max-time", "1h", "--relative-error", "1%"),
                      ("plan", "--strategy", "k-sync:k=50%", "--law", "gamma:shape=2:rate=1", "--quantiles", "50%"),
                      ("draw", "-m", "3"), ("draw", "--law", "hyperexponential:probability=0.123456789:rate1=1.23456789:rate2=1234.56789", "-s", 2**64 - 1),
                      ("validate", "--quick")):
            with self.subTest(words=words):
                result = dsgd(*words)
                self.assertEqual(result.returncode, 0, result.stderr)
                self.assertLessEqual(max(map(len, result.stdout.splitlines())), 80, result.stdout)

    def test_what_is_the_same_in_every_row_is_said_once(self):
        bench = dsgd("bench", "--engine", "cpu,reference", "-m", "2,3", "-n", "9", "--repeat", "1").stdout
        self.assertRegex(bench, r"(?m)^iterations +9.00$")
        for line in ("cpu", "reference"):
            self.assertEqual(bench.splitlines().count(line), 1, bench)
        plan = dsgd("plan", "-m", "1", "-n", "1000", "--strategy", "sync").stdout
        self.assertRegex(plan, r"(?m)^draws +1.00e\+03$")


class Markdown(Case):
    def markdown(self, *arguments):
        result = dsgd("sweep", "-n", "500", *arguments, "--format", "md")
        self.assertEqual(result.returncode, 0, result.stderr)
        return result.stdout

    def test_numbers_are_short(self):
        for number in re.findall(r"[\d.]+", self.markdown("--quantiles", "0.5").split("---: |\n")[-1]):
            self.assertLessEqual(len(number.replace(".", "").lstrip("0")), 6, number)

    def test_hashes_are_shortened(self):
        (self.folder / "t.csv").write_text("1\n2\n3\n")
        law = f"empirical:file={self.folder}/t.csv"
        for text in (self.markdown("-m", "2", "--law", law), dsgd("sweep", "-n", "500", "-m", "2", "--law", law).stdout):
            self.assertRegex(text, r"sha256=[0-9a-f]{12}\b")

    def test_fleets_are_named_and_listed(self):
        other = "2*exponential:rate=1+2*exponential:rate=3"
        text = self.markdown("--law", FLEET, "--law", other, "-m", "4,16")
        self.assertIn("| fleet 1 | sync | 16 |", text)
        self.assertIn("| fleet 2 | sync | 4 |", text)
        self.assertTrue(text.endswith(f"\n\n- fleet 1: `{FLEET}`\n- fleet 2: `{other}`\n"), text)


if __name__ == "__main__":
    unittest.main()
