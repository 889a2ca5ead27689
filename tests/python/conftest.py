"""What the tests of the Python module share: the program that was installed with it."""

import json
import os
import pathlib
import subprocess
import sys

import pytest

PROGRAM = os.environ.get("DSGD_PROGRAM", str(pathlib.Path(sys.executable).parent / "dsgd"))


@pytest.fixture
def run(tmp_path):
    """Runs the program in an empty folder; its standard output is JSON where it succeeds."""

    def run_program(*arguments, check=True):
        process = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, cwd=tmp_path)
        assert not check or process.returncode == 0, process.stderr
        return process

    return run_program


@pytest.fixture
def same_as(run):
    """Fails unless a result has the bytes that the command line writes, but for the provenance."""

    def check(result, *arguments, command="sweep"):
        written = run(command, *arguments, "-o", "-", *([] if command == "fit" else ["--format", "json"])).stdout
        assert without_provenance(result._text) == without_provenance(written)

    return check


def without_provenance(text):
    """Everything before the provenance, as text; that it is the last key is checked."""
    assert list(json.loads(text))[-1] == "provenance"
    return text[: text.rindex('"provenance"')]
