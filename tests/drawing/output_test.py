"""Where plot.py writes: with the care that dsgd takes of --output. No link of another user is followed, no victim
is overwritten, no mode is widened."""

from __future__ import annotations

import os
import resource
import stat
import subprocess
import tempfile
import unittest
from pathlib import Path
from typing import Callable

from plot_process import GOOD, Process

from dsgd.drawing.failure import EXIT_FILE, Failure
from dsgd.drawing.output import Output
from dsgd.drawing.temporary import make_temporary

NOBODY = 65534


class Folder(unittest.TestCase):
    def setUp(self) -> None:
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = Path(temporary.name)
        self.path = self.folder / "figure.png"
        self.victim = self.folder / "victim"
        self.victim.write_text("precious")

    def link_of_another(self) -> None:
        """Lays a link of another user in the figure's place."""
        if os.geteuid() != 0:
            self.skipTest("only root can lay a link of another user")
        self.path.symlink_to(self.victim)
        os.lchown(self.path, NOBODY, NOBODY)

    def mode(self) -> int:
        return stat.S_IMODE(self.path.stat().st_mode)


class Links(Folder):
    def victim_survives(self, write: Callable[[], None]) -> bool:
        """Does the victim of a link that is laid after the start stay as it was?"""
        self.path.symlink_to(self.victim)
        write()
        return self.victim.read_text() == "precious"

    def test_one_laid_after_the_start_is_replaced(self) -> None:
        output = Output(str(self.path))
        self.assertTrue(self.victim_survives(lambda: output.write(b"figure")))
        self.assertFalse(self.path.is_symlink())
        self.assertEqual(self.path.read_bytes(), b"figure")

    def test_a_writer_that_follows_is_noticed(self) -> None:
        self.assertFalse(self.victim_survives(lambda: self.path.write_bytes(b"figure") and None))

    def test_one_of_another_user_is_refused(self) -> None:
        self.link_of_another()
        with self.assertRaisesRegex(Failure, "symbolic link of another user") as raised:
            Output(str(self.path))
        self.assertEqual(raised.exception.code, EXIT_FILE)
        self.assertEqual(self.victim.read_text(), "precious")

    def test_one_s_own_stays_and_leads_on(self) -> None:
        self.path.symlink_to("victim")
        Output(str(self.path)).write(b"figure")
        self.assertTrue(self.path.is_symlink())
        self.assertEqual(self.victim.read_bytes(), b"figure")

    def test_a_loop_is_refused(self) -> None:
        self.path.symlink_to("figure.png")
        with self.assertRaisesRegex(Failure, "symbolic links"):
            Output(str(self.path))

    def test_the_mode_of_a_victim_is_not_taken(self) -> None:
        self.victim.chmod(0o777)
        output = Output(str(self.path))
        self.path.symlink_to(self.victim)
        output.write(b"figure")
        self.assertEqual(self.mode() & 0o111, 0)

    def test_a_pipe_that_became_a_file_is_left_alone(self) -> None:
        os.mkfifo(self.path)
        output = Output(str(self.path))
        self.path.unlink()
        self.path.symlink_to(self.victim)
        with self.assertRaisesRegex(Failure, "File exists"):
            output.write(b"figure")
        self.assertEqual(self.victim.read_text(), "precious")


class Temporaries(Folder):
    def test_those_of_killed_runs_are_cleared(self) -> None:
        with subprocess.Popen(["true"]) as gone:
            gone.wait()
        descriptor, own = make_temporary(str(self.path))
        os.close(descriptor)
        names = [own.replace(f"-{os.getpid()}-", f"-{process}-") for process in (gone.pid, 1)]
        for name in (*names, own.replace("figure", "other"), own.replace(".dsgd-", ".dsgd-far-")):
            Path(name).touch()
        Path(names[0] + ".tmp").mkdir()
        Output(str(self.path)).write(b"figure")
        self.assertEqual(self.path.read_bytes(), b"figure")
        for name in (own, names[0]):
            self.assertFalse(os.path.exists(name))
        self.assertEqual(len(list(self.folder.iterdir())), 6)  # figure, victim, a folder and three of others


class Modes(Folder):
    def test_that_of_the_file_before_is_kept(self) -> None:
        for mode in (0o600, 0o640, 0o664):
            self.path.write_text("before")
            self.path.chmod(mode)
            Output(str(self.path)).write(b"figure")
            self.assertEqual(self.mode(), mode)

    def test_a_new_file_has_what_the_umask_leaves(self) -> None:
        before = os.umask(0o027)
        self.addCleanup(os.umask, before)
        Output(str(self.path)).write(b"figure")
        self.assertEqual(self.mode(), 0o640)

    def test_no_one_reads_it_before_it_is_whole(self) -> None:
        modes = []
        original = os.replace

        def replace(source: str, target: str) -> None:
            modes.append(stat.S_IMODE(os.stat(source).st_mode))
            original(source, target)

        self.path.write_text("before")
        self.path.chmod(0o600)
        os.replace = replace
        self.addCleanup(setattr, os, "replace", original)
        Output(str(self.path)).write(b"figure")
        self.assertEqual(modes, [0o600])


class Refusals(Folder):
    def test_before_anything_is_drawn(self) -> None:
        (self.folder / "folder.png").mkdir()
        for name, reason in (("folder.png", "directory"), ("no/figure.png", "No such file"), ("victim/a.png", "Not a directory")):
            with self.assertRaisesRegex(Failure, reason) as raised:
                Output(str(self.folder / name))
            self.assertEqual(raised.exception.code, EXIT_FILE)

    def test_what_fails_leaves_nothing(self) -> None:
        output = Output(str(self.path))
        self.path.mkdir()
        with self.assertRaises(Failure):
            output.write(b"figure")
        self.assertEqual({each.name for each in self.folder.iterdir()}, {"figure.png", "victim"})


class Script(Process):
    def test_a_private_figure_stays_private(self) -> None:
        path = self.folder / "figure.png"
        path.write_text("before")
        path.chmod(0o600)
        self.figure("-", stdin=GOOD)
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)

    def test_a_link_of_another_user_is_refused(self) -> None:
        if os.geteuid() != 0:
            self.skipTest("only root can lay a link of another user")
        (self.folder / "victim").write_text("precious")
        (self.folder / "figure.png").symlink_to("victim")
        os.lchown(self.folder / "figure.png", NOBODY, NOBODY)
        self.assert_fails(self.plot("-", "-o", "figure.png", stdin=GOOD), 6, "another user")
        self.assertEqual((self.folder / "victim").read_text(), "precious")

    def test_stdout(self) -> None:
        for form in ("png", "svg", "pdf"):
            result = self.plot("-", "-o", "-", "--format", form, stdin=GOOD)
            self.assertEqual((result.returncode, result.stderr), (0, b""))
            self.assertEqual(result.stdout, self.figure("-", stdin=GOOD, output=f"figure.{form}"))
        path = self.folder / "stdout"
        with path.open("wb") as file:  # that is full in the middle of the figure

            def prepare() -> None:
                os.dup2(file.fileno(), 1)
                resource.setrlimit(resource.RLIMIT_FSIZE, (40_960, 40_960))

            result = self.plot("-", "-o", "-", "--format", "png", stdin=GOOD, prepare=prepare, MPLCONFIGDIR=str(self.folder))
        self.assertEqual((result.returncode, path.stat().st_size), (6, 40_960))
        self.assertIn(b"File too large", result.stderr)
        with open("/dev/full", "wb") as full:
            result = self.plot("-", "-o", "-", "--format", "png", stdin=GOOD, prepare=lambda: os.dup2(full.fileno(), 1))
        self.assertEqual(result.returncode, 6)
        self.assertIn(b"No space left", result.stderr)


if __name__ == "__main__":
    unittest.main()
