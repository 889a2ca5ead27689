"""Help, and engines that a machine has not."""

import json
import re
import unittest

from command import Case, dsgd, engines


class Usage(Case):
    def test_help_names_every_option(self):
        text = dsgd("sweep", "--help").stdout
        for option in ("--workers", "--law", "--rate", "--strategy", "--iterations", "--seed", "--draws", "--engine",
                       "--threads", "--devices", "--output", "--format", "--plot", "--plot-kind", "--progress", "Examples:", "unit of the law"):
            self.assertIn(option, text)
        for command in ("bench", "draw", "devices"):
            self.assertEqual(dsgd(command, "--help").returncode, 0)
        self.assertIn("sweep", dsgd("--help").stdout)
        self.assertTrue(dsgd("--version").stdout.startswith("dsgd "))

    def test_help_explains_every_column_and_key(self):
        asked = ("sweep", "-m", "3", "-n", "100", "--strategy", "k-async:k=2", "--law", "uniform:low=0:high=1",
                 "--quantiles", "0.5", "--updates", "3", "-o", "-", "--format")
        text = dsgd("sweep", "--help").stdout
        points = json.loads(dsgd(*asked, "json").stdout)["points"]
        columns = dsgd(*asked, "csv").stdout.splitlines()[0].split(",")
        self.assertEqual(len({*columns, *points[0]}), 23)
        for name in {*columns, *points[0]}:
            self.assertRegex(text, rf"(?m)^  {name.replace('q0.5', 'qP')}  +\S", name)
        self.assertEqual(points[0]["quantiles"]["0.5"]["low"], None)  # which help has to explain
        for part in ("Iterations are not independent", "15*LAW+1*LAW", "1..9..2", "shifted-exponential, gamma", "under every strategy but async"):
            self.assertIn(part, re.sub(r"\s+", " ", text))

    def test_devices_says_what_each_engine_serves(self):
        head, *lines = dsgd("devices").stdout.split("\n\n")[0].splitlines()
        serves = {line.split()[0]: line[head.index("serves"):head.index("what it is")].strip() for line in lines}
        extremes = "fastest and slowest of equal workers, no quantiles"
        self.assertEqual(serves, {"reference": "everything", "cpu": "everything", "cpu-materialized": extremes,
                                  "cuda": "all but unequal workers on clocks", "cuda-materialized": extremes})

    def test_help_of_devices_speaks_of_engine_auto_where_there_is_one(self):
        for command in ("sweep", "plan", "bench", "validate"):
            text = re.sub(r"\s+", " ", dsgd(command, "--help").stdout)
            self.assertEqual("engine auto is then" in text, command in ("sweep", "plan"), command)

    def test_unavailable_engine(self):
        names = [line.split()[0] for line in dsgd("devices").stdout.split("\n\n")[0].splitlines()[1:]]
        for name in set(names) - set(engines()):
            self.assert_error(dsgd("sweep", "--engine", name), 4, name)


if __name__ == "__main__":
    unittest.main()
