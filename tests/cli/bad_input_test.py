"""Command lines that the program refuses: one line, exit 2, and nothing written."""

import unittest

from command import Case, dsgd


class BadInput(Case):
    def test_bad_input(self):
        cases = [
            ([], "no command"), (["swep"], "swep"), (["sweep", "--nope"], "--nope"), (["sweep", "extra"], "extra"),
            *((["sweep", "-m", text], "--workers") for text in
              ("", "0", "-1", "1.5", "nan", "20:1", "1:5:0", "16777216", "1:16777215", "1,,2", "010", "1e12x", "a")),
            *((["sweep", "-n", text], "--iterations") for text in
              ("", "0", "-1", "1125899906842625", "18446744073709551616", "1e12x", "1,5", "010", "1.5", "inf", "nan")),
            *((["sweep", "-s", text], "--seed") for text in ("", "-1", "18446744073709551616", "0x1", "1.5")),
            *((["sweep", "--rate", text], "--rate") for text in
              ("", "0", "-0.0", "-2", "nan", "inf", "-inf", "1e-37", "1e19", "1e308", "4.9e-324", "1,5", "02", "2x")),
            (["sweep", "--rate", "1", "--law", "exponential:rate=1"], "--rate"),
            (["sweep", "--law", "gaussian:mean=1"], "gaussian"), (["sweep", "--law", "exponential"], "rate"),
            (["sweep", "--law", "exponential:rate=1:rate=2"], "twice"),
            (["sweep", "--law", "exponential:rate=1", "--law", "exponential:rate=1.0"], "twice"),
            (["sweep", "--strategy", "max"], "max"), (["sweep", "--strategy", ""], "--strategy"),
            (["sweep", "--strategy", "sync,"], "--strategy"), (["sweep", "--strategy", "sync,sync"], "twice"),
            (["sweep", "--draws", "some"], "--draws"), (["sweep", "--engine", "gpu"], "reference"),
            (["sweep", "--threads", "0"], "--threads"), (["sweep", "--threads", "5000"], "--threads"),
            (["sweep", "--progress", "loud"], "--progress"), (["sweep", "--format", "xml"], "xml"),
            (["sweep", "-o", "-"], "--format"), (["sweep", "-o", "a.txt"], "--format"),
            (["sweep", "--plot", "a.gif"], ".png"), (["sweep", "-o", "a.png"], "draw by --plot a.png"), (["sweep", "--plot", ""], ".png"), (["sweep", "--format", ""], "--format"),
            (["sweep", "-o", ""], "--output"), (["bench", "-o", ""], "--output"), (["bench", "--engine", "auto"], "cpu"),
            (["sweep", "-o", "a.csv", "-o", "./a.csv"], "twice"), (["sweep", "-o", "-", "-o", "-", "--format", "md"], "twice"),
            (["draw", "--foo"], "dsgd draw --help"), (["sweep", "--quantiles", "0.5,1"], "--quantiles '1'"), (["sweep", "--quantiles", "0.5,0.5"], "has the same quantile twice"),
            (["sweep", "--strategy", "k-sync:k=21"], "no point remains"), (["sweep", "--updates", "0"], "--updates"), (["sweep", "--communication", "ring:latency=1"], "transfer"),
            (["sweep", "--engine", "cpu-materialized", "--strategy", "k-sync:k=2"], "use one of reference, cpu"), (["sweep", "--sampling", "some"], "--sampling"), (["sweep", "--sampling", "order-statistics", "--draws", "common"], "--draws"),
            (["sweep", "--sampling", "order-statistics", "--strategy", "local-sgd:steps=2:communication=0"], "--sampling workers"),
            (["sweep", "-m", "5", "--law", "3*exponential:rate=1+1*exponential:rate=2"], "no point remains"), (["sweep", "-m", str(2**24)], "--workers"),
            (["sweep", "--store-nothing"], "'--store-nothing'"), (["sweep", "-m"], "--workers"), (["sweep", "-n", "5", "-n", "6"], "--iterations"),
            (["draw", "-i", str(2**50)], "--iteration"), (["draw", "-m", "0"], "--workers"),
            (["draw", "-m", "20", "--law", "16*exponential:rate=2"], "--law has 16 workers"),
            (["draw", "-m", "1:5"], "--workers"), (["devices", "x"], "x"), (["bench", "--engine", "gpu"], "reference"), (["bench", "--repeat", "0"], "--repeat"),
            (["bench", "-m", "0"], "--workers"), (["bench", "-n", "x"], "--iterations"), (["bench", "-n", "1:0"], "--iterations"), (["bench", "-n", "1e3,"], "--iterations"),
            (["sweep", "--engine", ""], "use auto, or one of reference"), (["sweep", "--plot", "a.png", "--plot", "./a.png"], "named twice"),
            (["sweep", "--plot"], "--plot is given without a value"), (["sweep", "--rate", "1", "--rate", "2"], "more than once"),
            *((["sweep", "--law", law], part) for law, part in (
                ("", "has no name"), ("exponential:rate=0", "1e-36 to 1e+18"), ("gamma:shape=0.2:rate=1", "0.25 to 1e+06"),
                ("pareto:scale=1:shape=0.2", "0.3 to 1e+06"), ("weibull:scale=1:shape=1e9", "0.25 to 1e+06"),
                ("lognormal:mu=0:sigma=-1", "1e-06 to 9"), ("uniform:low=2:high=1", "low is not below high"),
                ("two-point:low=1:high=2:probability=1", "0.999999999999999"), ("constant:value=0", "1e-36 to 1e+36"),
                ("two-point:low=2:high=2:probability=0.5", "low is not below high"),
                ("hyperexponential:probability=2:rate1=1:rate2=1", "1e-06 to 0.999999"),
                ("shifted-exponential:shift=-1:rate=1", "0 to 1e+36"), ("empirical:file=/bin/sh:column=1", "binary"),
                ("empirical:column=1", "file"), ("0*exponential:rate=1", "1 to 16777215"), ("3*exponential:rate=1+", "'1+'"))),
            *((["sweep", "--strategy", strategy], part) for strategy, part in (
                ("k-sync", "k"), ("k-sync:k=0", "1 to 16777215"), ("k-sync:k=5..2", "backwards"), ("k-sync:k=101%", "1e-06 to 100"),
                ("k-sync:k=1.5", "fractional"), ("k-async:k=x", "'x'"), ("k-batch-sync:k=1e30", "1 to 16777215"),
                ("k-batch-async:k=-1", "1 to 16777215"), ("backup:spare=-1", "0 to 16777215"), ("gradient-coding:stragglers=x", "'x'"),
                ("local-sgd:steps=0:communication=0", "1 to 1024"), ("local-sgd:steps=2", "communication"),
                ("local-sgd:steps=2:communication=-1", "0 to 1e+30"), ("sync:k=1", "k"))),
            *((["sweep", "--communication", text], part) for text, part in (
                ("", "has no name"), ("bus:x=1", "ring"), ("ring:latency=-1:transfer=0", "0 to 1e+30"), ("constant:time=x", "'x'"))),
            *((["sweep", "--quantiles", text], "--quantiles") for text in ("", "0", "0.5,", "nan", "-0.5", "x")),
            *((["sweep", "--updates", text], "--updates") for text in ("", "1.5", "1e30", "x")),
            *((["sweep", option, ""], option) for option in ("--draws", "--sampling", "--progress", "--threads")),
            *((["validate", *words], part) for words, part in (
                (["--threads", "0"], "--threads"), (["--devices", "x"], "--devices"), (["--slow"], "--slow"), (["extra"], "extra"))),
            (["bench", "-o", "a.csv"], ".json"), (["bench", "--engine", "cpu,cpu"], "twice"), (["bench", "--engine", "cpu,"], "''"),
            (["bench", "-n", "0"], "--iterations"), (["bench", "--repeat", "1e9"], "1 to 1000"), (["bench", "-m", "0:2"], "--workers"),
            (["bench", "--threads", "x"], "--threads"), (["bench", "--devices", "0,"], "--devices"),
            (["draw", "-m", "100001"], "1 to 100000"), (["draw", "-i", "-1"], "--iteration"), (["draw", "-s", "x"], "--seed"),
            (["draw", "--law", "none"], "exponential:rate="), (["draw", "--rate", "0"], "--rate"), (["draw", "--draws", "x"], "--draws"),
            (["draw", "--law", "constant:value=1", "--law", "constant:value=2"], "twice"),
            (["draw", "--law", "1*constant:value=1+1*constant:value=2"], "fleet"), (["devices", "--json"], "--json"),
            *(([command, "--engine", engine, "--devices", "0"], "cuda, cuda-materialized")
              for command in ("sweep", "plan", "bench") for engine in ("reference", "cpu", "cpu-materialized")),
            *((["sweep", "--devices", text], "--devices") for text in ("", "x", "-1", "1024", "0,", "0,,1", "0,1,0")),
        ]
        for arguments, part in cases:
            with self.subTest(arguments=arguments):
                self.assert_error(dsgd(*arguments, cwd=self.folder), 2, part)
        self.assertEqual(list(self.folder.iterdir()), [])


if __name__ == "__main__":
    unittest.main()
