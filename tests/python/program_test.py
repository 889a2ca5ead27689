"""The command of an environment becomes the program, and waits for nothing that it does not need."""

import pathlib
import shutil
import signal
import subprocess
import sys

import pytest

import dsgd_program

PROGRAM = '#!/bin/sh\necho "$$ $1 $DSGD_PYTHON"\nkill -INT $$\n'
COMMAND = "import dsgd_program, sys; assert 'numpy' not in sys.modules; dsgd_program.main()"


@pytest.fixture
def folder(tmp_path):
    """A package whose program is a script that tells who it is, and ends by a signal."""
    package = tmp_path / "dsgd_program"
    shutil.copytree(pathlib.Path(dsgd_program.__file__).parent, package, ignore=shutil.ignore_patterns("dsgd", "share", "__pycache__"))
    (package / "dsgd").write_text(PROGRAM)
    (package / "dsgd").chmod(0o755)
    return tmp_path


@pytest.mark.parametrize("chosen", [{}, {"DSGD_PYTHON": "/mine"}])
def test_becomes_the_program(folder, chosen):
    environment = {"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin", **chosen}
    process = subprocess.Popen([sys.executable, "-c", COMMAND, "sweep"], stdout=subprocess.PIPE, text=True, env=environment)
    said, _ = process.communicate()
    assert said.split() == [str(process.pid), "sweep", chosen.get("DSGD_PYTHON", sys.executable)]
    assert process.returncode == -signal.SIGINT
