"""--progress: lines for logs, a bar on a terminal, and nothing where nobody looks."""

import fcntl
import os
import pty
import signal
import struct
import subprocess
import termios
import unittest

from command import PROGRAM, Case, dsgd
from stop_test import CORES, Started


class Progress(Case):
    def test_lines_for_logs(self):
        self.assertEqual(dsgd("sweep").stderr, "")
        self.assertIn("40/40 points", dsgd("sweep", "--progress", "text").stderr)
        self.assertEqual(dsgd("sweep", "--progress", "none").stderr, "")

    def bar_on_a_terminal(self, columns, *command, **environment):
        """What a command, a sweep of half a second or more, shows on a terminal of some columns."""
        ours, its = pty.openpty()
        fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        command = [PROGRAM, *(command or ("sweep", "-m", "1000", "-n", "2e4", "--engine", "reference"))]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=its, env={**os.environ, **environment}) as process:
            os.close(its)
            shown = b""
            try:
                while chunk := os.read(ours, 4096):
                    shown += chunk
            except OSError:  # Linux says so once the other end is closed
                pass
            os.close(ours)
        self.assertEqual(process.returncode, 0)
        return shown.decode().replace("\x1b[K", "").split("\r")

    def test_auto_is_a_bar_on_a_terminal(self):
        lines = self.bar_on_a_terminal(120)
        self.assertRegex(lines[1], r"^\x1b\[32m#*\x1b\[0m\.+ 0/2 points, \S+ draws/s, .* left$")
        self.assertEqual(lines[-1], "")  # nothing stays
        self.assertNotIn("\x1b", "".join(self.bar_on_a_terminal(120, NO_COLOR="1")))

    def test_long_commands_have_a_bar_too(self):
        lines = self.bar_on_a_terminal(120, "race", "-n", "50000", "--strategy", "sync,async", "--threads", "1", "--engine", "reference")
        self.assertRegex(lines[1], r"^\x1b\[32m#*\x1b\[0m\.+ \d/2 races")
        self.assertEqual(lines[-1], "")

    def test_a_bar_never_wraps(self):
        lines = self.bar_on_a_terminal(30)
        self.assertGreater(len(lines), 2)
        self.assertTrue(all(len(line) < 30 for line in lines), lines)

    def long_commands(self):
        """Commands other than sweep that may take long, each with what its last line of progress counts."""
        table = self.folder / "t.csv"
        if not table.exists():
            table.write_text("rank,step,ms\n" + "".join(f"{rank},{step},{30 + (7 * rank + 3 * step) % 11}\n" for step in range(20) for rank in range(3)))
        law = f"replay:file={table}:column=ms:worker=rank:step=step"
        return (
            (["race", "-n", "200"], "4/4 races"),
            (["race", "-n", "200", "--strategy", "sync,async", "--learning-rate", "best", "--law", "gamma:shape=2:rate=1"], "2/2 races"),
            (["recommend", "--law", law], "400/400 tables drawn from the measured times"),
            (["recommend", "-m", "3", "--law", "gamma:shape=2:rate=1", "--strategy", "sync,ssp:staleness=2", "-n", "2000"], "20/20 batches of draws"),
            (["recommend", "-m", "3", "--strategy", "sync,fastest", "--goal", "error=0.1", "-n", "400"], "2/2 candidates"),
            (["recommend", "-m", "3", "--strategy", "sync,fastest", "--goal", "time=3", "-n", "400"], "2/2 candidates"),
            (["fit", table, "--column", "ms", "--worker", "rank", "--step", "step", "--bootstrap", "40"], r"(\d+)/\1 laws"),
        )

    def test_long_commands_say_how_far_they_are(self):
        """Where nobody looks they are silent, and their results have the same bytes whoever looks."""
        for command, last in self.long_commands():
            with self.subTest(command=command):
                told, silent = dsgd(*command, "--progress", "text"), dsgd(*command)
                self.assertEqual(told.returncode, 0, told.stderr)
                lines = [line for line in told.stderr.splitlines() if line not in silent.stderr.splitlines()]
                self.assertRegex(lines[-1], rf"^dsgd: \S+ s, {last}(, 0 s left)?$")
                self.assertEqual(told.stdout, silent.stdout)
                self.assertNotRegex(silent.stderr, last)
                self.assert_error(dsgd(*command, "--progress", "loud"), 2, "--progress 'loud' is unknown")

    def test_long_commands_stop_at_a_signal(self):
        """One line, the exit code of the signal, and nothing half-written."""
        table = self.long_commands()[-1][0][1]
        for number in (signal.SIGINT, signal.SIGTERM):
            for command in (["race", "-n", "4e9"], ["race", "-n", "4e9", "--engine", "reference"],
                            ["recommend", "-m", "8", "--goal", "error=0.0001", "-n", "1e9"], ["recommend", "-m", "8", "--law", "gamma:shape=2:rate=1", "-n", "1e12"],
                            ["recommend", "--law", f"replay:file={table}:column=ms:worker=rank:step=step", "--bootstrap", "1e6"],
                            ["fit", table, "--column", "ms", "--worker", "rank", "--step", "step", "--bootstrap", "1e6"]):
                with self.subTest(command=command, number=number):
                    before = sorted(path.name for path in self.folder.iterdir())
                    code, seconds, out, err = Started(*command, "-o", self.folder / "r.json").stop(number)
                    self.assertEqual((code, out), (128 + number, ""), err)
                    self.assertEqual(err, f"dsgd: stopped by {number.name} (nothing was written, and nothing is kept): run the same command again\n")
                    self.assertLess(seconds, 2 * CORES)
                    self.assertEqual(sorted(path.name for path in self.folder.iterdir()), before)


if __name__ == "__main__":
    unittest.main()
