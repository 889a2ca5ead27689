"""--progress: lines for logs, a bar on a terminal, and nothing where nobody looks."""

import fcntl
import os
import pty
import struct
import subprocess
import termios
import unittest

from command import PROGRAM, Case, dsgd


class Progress(Case):
    def test_lines_for_logs(self):
        self.assertEqual(dsgd("sweep").stderr, "")
        self.assertIn("40/40 points", dsgd("sweep", "--progress", "text").stderr)
        self.assertEqual(dsgd("sweep", "--progress", "none").stderr, "")

    def bar_on_a_terminal(self, columns, **environment):
        """What a sweep of half a second or more shows on a terminal of some columns."""
        ours, its = pty.openpty()
        fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        command = [PROGRAM, "sweep", "-m", "1000", "-n", "2e4", "--engine", "reference"]
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

    def test_a_bar_never_wraps(self):
        lines = self.bar_on_a_terminal(30)
        self.assertGreater(len(lines), 2)
        self.assertTrue(all(len(line) < 30 for line in lines), lines)


if __name__ == "__main__":
    unittest.main()
