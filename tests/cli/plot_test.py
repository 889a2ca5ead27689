"""dsgd sweep --plot, with a Python that has matplotlib."""

import os
import pathlib
import signal
import stat
import subprocess
import sys
import time
import unittest

from command import PROGRAM, Case, dsgd


class Plot(Case):
    def test_python_is_found(self):
        """/usr/bin/python3 is tried in the end; where it has no matplotlib, the error says what to install."""
        figure = self.folder / "a.png"
        result = dsgd("sweep", "--plot", str(figure), env={"PATH": str(self.folder), "DSGD_PYTHON": "/nonexistent"})
        has_it = subprocess.run(["/usr/bin/python3", "-c", "import matplotlib"], capture_output=True, check=False)
        if has_it.returncode == 0:
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertTrue(figure.exists())
        else:
            self.assert_error(result, 6, "install python3-matplotlib")

    def test_figure(self):
        for name in ("a.png", "a.svg", "a.pdf", "-b.png"):
            result = dsgd("sweep", f"--plot={name}", cwd=self.folder)
            self.assertEqual((result.returncode, result.stderr), (0, ""))
            self.assertGreater((self.folder / name).stat().st_size, 1000)
        self.assertIn("Average Runtime per Iteration", (self.folder / "a.svg").read_text())

    def test_several_figures(self):
        """Each is the one that is drawn alone."""
        names = ("a.png", "b.svg", "c.pdf")
        result = dsgd("sweep", *(word for name in names for word in ("--plot", name)), cwd=self.folder)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertEqual({each.name for each in self.folder.iterdir()}, set(names))
        together = [(self.folder / name).read_bytes() for name in names]
        for name, content in zip(names, together):
            self.assertEqual(dsgd("sweep", "--plot", name, cwd=self.folder).returncode, 0)
            self.assertEqual((self.folder / name).read_bytes(), content)

    def test_a_fit(self):
        """The same figure by --plot and from the JSON; never in place of the times."""
        times = self.folder / "times.svg"
        rows = [f"{rank},{step},{1 + (7 * rank + 3 * step) % 11}" for step in range(9) for rank in range(3)]
        times.write_text("\n".join(["rank,step,ms", *rows]))
        words = ["fit", times, "--column", "ms", "--worker", "rank", "--step", "step", "--bootstrap", "9", "--unit", "ms"]
        result = dsgd(*words, "--plot", "a.svg", "--plot", "a.png", "-o", "a.json", cwd=self.folder)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        figure = (self.folder / "a.svg").read_text()
        for text in ("Measured Times and Laws", "Slowest of a Step (ms)", "Worker"):
            self.assertIn(text, figure)
        script = pathlib.Path(PROGRAM).parent / "share/dsgd/plot.py"
        again = subprocess.run([sys.executable, script, "a.json", "-o", "b.svg"], cwd=self.folder, capture_output=True, check=False)
        self.assertEqual((again.returncode, (self.folder / "b.svg").read_text()), (0, figure))
        before = times.read_text()
        self.assert_error(dsgd(*words, "--plot", times), 2, "a file of measured times too")
        self.assert_error(dsgd(*words, "--plot", "c.png", "--plot", "c.png", cwd=self.folder), 2, "named twice")
        self.assertEqual(times.read_text(), before)

    def test_a_private_figure_stays_private(self):
        figure = self.folder / "a.png"
        figure.write_text("before")
        figure.chmod(0o600)
        self.assertEqual(dsgd("sweep", "--plot", figure).returncode, 0)
        self.assertEqual(stat.S_IMODE(figure.stat().st_mode), 0o600)

    def python(self, *lines):
        """The environment in which a script draws figures that does something before."""
        script = self.folder / "python"
        script.write_text("\n".join(("#!/bin/sh", *lines, f'exec "{sys.executable}" "$@"\n')))
        script.chmod(0o755)
        return {**os.environ, "DSGD_PYTHON": str(script)}

    def test_the_time_until_drawing_can_begin_is_not_the_sweeps(self):
        env = self.python('case "$*" in *--check) sleep 1.5 ;; esac')
        result = dsgd("sweep", "-m", "1:3", "--max-time", "1s", "--plot", self.folder / "a.png", env=env)
        self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_a_signal_stops_the_drawing(self):
        """With the figure left out and all else written; before the sweep has begun it stops that."""
        drawing, result = self.folder / "drawing", self.folder / "r.csv"
        for moment, code, part in (("--kind*", 130, "while figures were drawn"), ("--check", 130, "with 0 of 6 points finished"), ("--kind*", 75, "run the same command again")):
            env = self.python(f'case "$*" in *{moment}) touch {drawing}; exec sleep 60 ;; esac')
            store = ["--store", self.folder / "s.db"] if code == 75 else []
            words = ["sweep", "-m", "1:3", "-o", result, "--plot", self.folder / "a.png", *store]
            process = subprocess.Popen([PROGRAM, *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)
            while not drawing.exists():
                time.sleep(0.01)
            process.send_signal(signal.SIGINT)
            _, err = process.communicate(timeout=30)
            self.assertEqual((process.returncode, err.count("\n")), (code, 1), err)
            self.assertIn("dsgd: stopped by SIGINT", err)
            self.assertIn(part, err)
            drawing.unlink()
            left = {each.name for each in self.folder.iterdir()} - {"python", "s.db"}
            self.assertEqual(left, {"r.csv"} if moment != "--check" or result.exists() else set())

    def test_a_link_that_is_laid_during_the_run_is_not_followed(self):
        """The Python that draws lays it: the program has found the destination before."""
        victim, figure, python = (self.folder / name for name in ("victim", "a.png", "python"))
        victim.write_text("precious")
        python.write_text(f'#!/bin/sh\ncase "$*" in *--check) ;; *) ln -s "{victim}" "{figure}" ;; esac\n'
                          f'exec "{sys.executable}" "$@"\n')
        python.chmod(0o755)
        result = dsgd("sweep", "--plot", figure, env={**os.environ, "DSGD_PYTHON": str(python)})
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertEqual(victim.read_text(), "precious")
        self.assertFalse(figure.is_symlink())
        self.assertTrue(figure.read_bytes().startswith(b"\x89PNG"))

    def test_a_requested_strategy_without_a_point_is_named_in_the_figure(self):
        arguments = ("sweep", "-m", "1:4", "--strategy", "sync,k-sync:k=9", "--plot", "a.svg")
        self.assertEqual(dsgd(*arguments, cwd=self.folder).returncode, 0)
        self.assertIn("Left out: k-sync:k=9 (no point of it).", (self.folder / "a.svg").read_text())

    def test_what_cannot_be_drawn_is_refused_before_the_run(self):
        (self.folder / "folder.png").mkdir()
        (self.folder / "link.png").symlink_to("no/where.png")
        for name, code, part in (("folder.png", 6, "directory"), ("link.png", 6, "No such file"), ("", 2, ".png")):
            self.assert_error(dsgd("sweep", "--plot", name, "-o", "r.csv", cwd=self.folder), code, part)
        self.assert_error(dsgd("sweep", "--plot", "a.png", "-o", "a.png", "--format", "csv", cwd=self.folder), 2, "--plot")
        self.assert_error(dsgd("sweep", "--plot", "a.png", "--plot", "./a.png", cwd=self.folder), 2, "named twice")
        self.assertFalse((self.folder / "r.csv").exists())

    def test_a_python_that_draws_nothing_is_noticed(self):
        result = dsgd("sweep", "--plot", "a.png", cwd=self.folder, env={**os.environ, "DSGD_PYTHON": "/bin/true"})
        self.assertEqual(result.returncode, 6)
        self.assertIn("/bin/true", result.stderr)


if __name__ == "__main__":
    unittest.main()
