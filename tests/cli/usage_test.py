"""Help, progress, and engines that a machine has not."""

import unittest

from command import Case, dsgd, engines


class Usage(Case):
    def test_help_names_every_option(self):
        text = dsgd("sweep", "--help").stdout
        for option in ("--workers", "--law", "--rate", "--strategy", "--iterations", "--seed", "--draws", "--engine",
                       "--threads", "--devices", "--output", "--format", "--plot", "--progress", "Examples:", "unit of the law"):
            self.assertIn(option, text)
        for command in ("bench", "draw", "devices"):
            self.assertEqual(dsgd(command, "--help").returncode, 0)
        self.assertIn("sweep", dsgd("--help").stdout)
        self.assertTrue(dsgd("--version").stdout.startswith("dsgd "))

    def test_unavailable_engine(self):
        names = [line.split()[0] for line in dsgd("devices").stdout.split("\n\n")[0].splitlines()[1:]]
        for name in set(names) - set(engines()):
            self.assert_error(dsgd("sweep", "--engine", name), 4, name)

    def test_progress(self):
        self.assertEqual(dsgd("sweep").stderr, "")
        self.assertIn("40/40 points", dsgd("sweep", "--progress", "text").stderr)
        self.assertEqual(dsgd("sweep", "--progress", "none").stderr, "")


if __name__ == "__main__":
    unittest.main()
