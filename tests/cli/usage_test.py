"""Help, and engines that a machine has not."""

import json
import re
import unittest

from command import Case, dsgd, engines


class Usage(Case):
    def test_help_says_in_words_who_is_late(self):
        """With the defaults of keys that may be left out."""
        text = " ".join(dsgd("help", "sweep").stdout.split())
        for part in ("a worker that is late gets a copy on another machine", "longer than factor= (0) times the median", "waits for k= (100%) of the workers",
                     "at least the first k= (1) workers", "each worker computes s + 1 of m parts"):
            self.assertIn(part, text)
        self.assertNotIn("factor medians", text)

    def test_help_names_every_option(self):
        text = dsgd("sweep", "--help").stdout
        for option in ("--workers", "--law", "--rate", "--strategy", "--iterations", "--seed", "--draws", "--engine",
                       "--threads", "--devices", "--output", "--format", "--plot", "--plot-kind", "--progress", "Examples:", "unit of the law"):
            self.assertIn(option, text)
        for command in ("bench", "draw", "devices"):
            self.assertEqual(dsgd(command, "--help").returncode, 0)
        self.assertIn("sweep", dsgd("--help").stdout)
        self.assertTrue(dsgd("--version").stdout.startswith("dsgd "))
        self.assertEqual(dsgd("-V").stdout, dsgd("--version").stdout)

    def test_help_is_a_command_too(self):
        self.assertEqual(dsgd("help").stdout, dsgd("--help").stdout)
        commands = re.findall(r"(?m)^  (\w+)  ", dsgd("help").stdout.split("Subcommands:")[1])
        self.assertEqual(len(commands), 15)
        for command in commands:
            text = dsgd("help", command)
            self.assertEqual((text.returncode, text.stdout), (0, dsgd(command, "--help").stdout), command)
        self.assert_error(dsgd("help", "swep"), 2, "did you mean sweep?")
        self.assert_error(dsgd("help", "sweep", "plan"), 2, "'plan' was not expected")
        self.assert_error(dsgd("help", "-x"), 2, "'-x' is not an option of 'dsgd help'")
        self.assert_error(dsgd("sweep", "help"), 2, "see 'dsgd sweep --help'")
        self.assertEqual(dsgd("help", "help").stdout, dsgd("help", "--help").stdout)

    def test_every_command_tells_the_version(self):
        version = dsgd("--version").stdout
        for command in ("help", "sweep", "exact", "status", "resume", "merge", "report", "devices", "help sweep"):
            for flag in ("-V", "--version"):
                result = dsgd(*command.split(), flag)
                self.assertEqual((result.returncode, result.stdout), (0, version), command)

    def test_help_has_80_columns(self):
        for command in ("", "sweep", "exact", "validate", "bench", "plan", "status", "resume", "merge", "fit", "recommend", "report", "draw", "devices", "help"):
            for line in dsgd("help", *command.split()).stdout.splitlines():
                self.assertLessEqual(len(line), 80, line)

    def test_options_that_stand_elsewhere_are_told_their_place(self):
        for words in (["-m", "3", "sweep"], ["sweep", "--", "-m", "3"]):
            self.assert_error(dsgd(*words), 2, "(after the command, and before any --): write 'dsgd sweep -m ...'")
        self.assert_error(dsgd("--workers=3", "plan"), 2, "write 'dsgd plan --workers ...'")

    def test_mistyped_words_get_the_nearest_known_one(self):
        for words, meant in ((["swep"], "sweep"), (["-x", "swep"], ""), (["sweep", "--quantile", "0.5"], "--quantiles"),
                             (["plan", "--relativ-error=1%"], "--relative-error"), (["--verson"], "--version"), (["sweep", "-workers", "3"], "--workers"),
                             (["sweep", "--strategy", "snyc"], "sync"), (["sweep", "--law", "gama:shape=1:rate=1"], "gamma"),
                             (["sweep", "--law", "gamma:shap=1:rate=1"], "shape"), (["sweep", "--engine", "cpuu"], "cpu"), (["sweep", "--engine", "gpu"], "cuda"),
                             (["sweep", "--draws", "comon"], "common"), (["draw", "--draws", "independant"], "independent"),
                             (["sweep", "--sampling", "order-statistic"], "order-statistics"), (["sweep", "--format", "jsn"], "json"),
                             (["sweep", "--progress", "non"], "none"), (["sweep", "--plot", "a.png", "--plot-kind", "runtimes"], "runtime"),
                             (["sweep", "--communication", "rng:transfer=1"], "ring")):
            self.assert_error(dsgd(*words), 2, f"did you mean {meant}?" if meant else "'-x' is not an option of 'dsgd'")

    def test_version_and_devices_say_whether_mpi_is_there(self):
        version, devices = dsgd("--version").stdout, dsgd("devices").stdout
        if "without MPI" in version:
            self.assertRegex(devices, r"MPI: no \(dsgd was built without it\): .*\s*install libopenmpi-dev")
        else:
            self.assertRegex(version, r", MPI \d")
            self.assertIn("MPI: yes", devices)
        _, names, mpi = version.splitlines()
        self.assertIn(re.match(r"MPI: (yes|no) \('dsgd devices' says more\)$", mpi)[0].split()[1], devices.split("MPI: ")[1])
        usable, _, others = names.removeprefix("engines: ").partition("; not here: ")
        self.assertEqual(usable.split(", "), engines())
        rows = re.findall(r"(?m)^(\S+) +(yes|no) ", devices)
        self.assertEqual([name for name in others.split(", ") if name], [name for name, answer in rows if answer == "no"])

    def test_ranges_and_shares_have_several_forms(self):
        def rows(*words):
            return dsgd("sweep", "-n", "10", *words, "--format", "csv").stdout
        self.assertEqual(rows("-m", "1..3"), rows("-m", "1:3"))
        for mixed in ("1..9:2", "1:9..2", "1..9..2"):
            self.assertEqual(rows("-m", mixed), rows("-m", "1:9:2"), mixed)
            self.assertEqual(rows("-m", "9", "--strategy", f"k-sync:k={mixed}"), rows("-m", "9", "--strategy", "k-sync:k=1,3,5,7,9"), mixed)
        for wrong in ("1:..9", "1..", "1..9:2..2"):
            self.assert_error(dsgd("sweep", "-m", wrong), 2, wrong, "write 20, 1:20, 10:100:10 or 1:1024:x2, or .. in place of :")
        self.assertEqual(rows("-m", "8", "--strategy", "k-sync:k=1:8:x2"), rows("-m", "8", "--strategy", "k-sync:k=1,2,4,8"))
        self.assertEqual(rows("-m", "8", "--quantiles", "50%"), rows("-m", "8", "--quantiles", "0.5"))
        self.assertEqual(rows("-m", "8", "--relative-error", "10%"), rows("-m", "8", "--relative-error", "0.1"))
        self.assert_error(dsgd("sweep", "-m", "1-20"), 2, "write 20, 1:20, 10:100:10 or 1:1024:x2, or .. in place of :")

    def test_help_explains_every_column_and_key(self):
        asked = ("sweep", "-m", "3", "-n", "100", "--strategy", "k-async:k=2", "--law", "uniform:low=0:high=1",
                 "--quantiles", "0.5", "--updates", "3", "-o", "-", "--format")
        text = dsgd("sweep", "--help").stdout
        points = json.loads(dsgd(*asked, "json").stdout)["points"]
        columns = dsgd(*asked, "csv").stdout.splitlines()[0].split(",")
        self.assertEqual(len({*columns, *points[0]}), 30)
        for name in {*columns, *points[0]}:
            self.assertRegex(text, rf"(?m)^  {name.replace('q0.5', 'qP')}  +\S", name)
        self.assertEqual(points[0]["quantiles"]["0.5"]["low"], None)  # which help has to explain
        for part in ("Iterations are not independent", "15*LAW+1*LAW", "1:9:2", "shifted-exponential, gamma", "under every strategy but async"):
            self.assertIn(part, re.sub(r"\s+", " ", text))

    def test_devices_says_what_each_engine_serves(self):
        head, *lines = dsgd("devices").stdout.split("\n\n")[0].splitlines()
        serves = {line.split()[0]: line[head.index("serves"):] for line in lines}
        extremes = "fastest and slowest of equal workers, no quantiles"
        self.assertEqual(serves, {"reference": "everything", "cpu": "everything", "cpu-materialized": extremes,
                                  "cuda": "all but clocks that pass a server", "cuda-materialized": extremes})

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
