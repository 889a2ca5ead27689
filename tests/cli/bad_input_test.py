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
            (["sweep", "--plot", "a.gif"], ".png"), (["sweep", "--plot", ""], ".png"), (["sweep", "--format", ""], "--format"),
            (["sweep", "-o", ""], "--output"), (["bench", "-o", ""], "--output"), (["bench", "--engine", "auto"], "cpu"),
            (["sweep", "-o", "a.csv", "-o", "./a.csv"], "twice"), (["sweep", "-o", "-", "-o", "-", "--format", "md"], "twice"),
            (["draw", "--foo"], "dsgd draw --help"), (["sweep", "--quantiles", "0.5,1"], "--quantiles '1'"), (["sweep", "--quantiles", "0.5,0.5"], "names one twice"),
            (["sweep", "--strategy", "k-sync:k=21"], "no point remains"), (["sweep", "--updates", "0"], "--updates"), (["sweep", "--communication", "ring:latency=1"], "transfer"),
            (["sweep", "--engine", "cpu-materialized", "--strategy", "k-sync:k=2"], "use one of reference, cpu"), (["sweep", "--sampling", "some"], "--sampling"), (["sweep", "--sampling", "order-statistics", "--draws", "common"], "--draws"),
            (["sweep", "--sampling", "order-statistics", "--strategy", "local-sgd:steps=2:communication=0"], "--sampling workers"),
            (["sweep", "-m", "5", "--law", "3*exponential:rate=1+1*exponential:rate=2"], "no point remains"), (["sweep", "-m", str(2**24)], "--workers"),
            (["sweep", "--store-nothing"], "'--store-nothing'"), (["sweep", "-m"], "--workers"), (["sweep", "-n", "5", "-n", "6"], "--iterations"),
            (["draw", "-i", str(2**50)], "--iteration"), (["draw", "-m", "0"], "--workers"),
            (["draw", "-m", "1:5"], "--workers"), (["devices", "x"], "x"), (["bench", "--engine", "gpu"], "reference"), (["bench", "--repeat", "0"], "--repeat"),
            (["bench", "-m", "0"], "--workers"), (["bench", "-n", "x"], "--iterations"),
            *((["sweep", "--devices", text], "--devices") for text in ("", "x", "-1", "1024", "0,", "0,,1", "0,1,0")),
        ]
        for arguments, part in cases:
            with self.subTest(arguments=arguments):
                self.assert_error(dsgd(*arguments, cwd=self.folder), 2, part)
        self.assertEqual(list(self.folder.iterdir()), [])


if __name__ == "__main__":
    unittest.main()
