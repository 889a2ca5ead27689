"""dsgd sweep --plot, with a Python that has matplotlib."""

import os
import subprocess
import unittest

from command import Case, dsgd


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

    def test_what_cannot_be_drawn_is_refused_before_the_run(self):
        (self.folder / "folder.png").mkdir()
        (self.folder / "link.png").symlink_to("no/where.png")
        for name, code, part in (("folder.png", 6, "directory"), ("link.png", 6, "No such file"), ("", 2, ".png")):
            self.assert_error(dsgd("sweep", "--plot", name, "-o", "r.csv", cwd=self.folder), code, part)
        self.assert_error(dsgd("sweep", "--plot", "a.png", "-o", "a.png", "--format", "csv", cwd=self.folder), 2, "--plot")
        self.assertFalse((self.folder / "r.csv").exists())

    def test_a_python_that_draws_nothing_is_noticed(self):
        result = dsgd("sweep", "--plot", "a.png", cwd=self.folder, env={**os.environ, "DSGD_PYTHON": "/bin/true"})
        self.assertEqual(result.returncode, 6)
        self.assertIn("/bin/true", result.stderr)


if __name__ == "__main__":
    unittest.main()
