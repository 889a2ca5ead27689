"""Arrays and data frames are read as files are, and no file of theirs is left."""

import os
import pathlib
import random
import subprocess
import sys

import numpy
import pandas
import polars
import pytest

import dsgd
from dsgd.measured import path_of

DRAW = random.Random(1)
STEPS = [[DRAW.lognormvariate(0, 0.5) for _ in range(3)] for _ in range(50)]
LONG = {
    "rank": [rank for _ in STEPS for rank in range(3)],
    "step": [step for step in range(50) for _ in range(3)],
    "ms": [time for step in STEPS for time in step],
}
MEAN_OF_SLOWEST = sum(map(max, STEPS)) / len(STEPS)


FRAMES = {"mapping": LONG, "pandas": pandas.DataFrame(LONG), "polars": polars.DataFrame(LONG)}


@pytest.mark.parametrize("steps", [STEPS, numpy.array(STEPS), numpy.asfortranarray(STEPS)])
def test_arrays_of_steps_and_workers(steps):
    replayed = dsgd.sweep(law=dsgd.replay(steps), strategy="sync")[0]
    assert (replayed.workers, replayed.expected) == (3, pytest.approx(MEAN_OF_SLOWEST))
    assert dsgd.sweep(law=dsgd.empirical(steps), strategy="sync")[0].workers == 3
    fit = dsgd.fit(steps, laws="lognormal", bootstrap=0)
    assert fit.slowest["measured"].value == pytest.approx(MEAN_OF_SLOWEST)
    assert fit.data["workers"] == 3


def test_arrays_of_times_keep_every_bit():
    times = [0.1, 1 / 3, 1e-7 / 3, 123456789.123456789, 2.0**60]
    assert [float(line) for line in pathlib.Path(path_of(times)).read_text().splitlines()] == times
    assert path_of(numpy.array(times)) == path_of(times)  # equal times share a file
    single = numpy.array([0.1, 0.7], dtype=numpy.float32)
    assert [float(line) for line in pathlib.Path(path_of(single)).read_text().splitlines()] == single.tolist()
    assert dsgd.sweep(law=dsgd.empirical(numpy.array([1, 2, 6])), workers=1, strategy="sync")[0].expected == 3


@pytest.mark.parametrize("name", FRAMES)
def test_data_frames(name):
    frame = FRAMES[name]
    keys = {"column": "ms", "worker": "rank", "step": "step"}
    assert dsgd.sweep(law=dsgd.replay(frame, **keys), strategy="sync")[0].expected == pytest.approx(MEAN_OF_SLOWEST)
    fit = dsgd.fit(frame, **keys, laws="lognormal", bootstrap=0)
    assert fit.slowest["measured"].value == pytest.approx(MEAN_OF_SLOWEST)
    assert path_of(frame) == path_of(LONG)  # every library writes the same file


@pytest.mark.filterwarnings("ignore::dsgd.SweepWarning")  # of so few times
@pytest.mark.parametrize("names", [(0, 1), ("1", "2"), (2, 1), ("a,b", 7), ("#x", 3)])
def test_columns_are_found_by_names_that_are_numbers(names):
    """A number is the name of a column where one has it, not its place."""
    frame = pandas.DataFrame(dict(zip(names, ([1.0, 2.0], [10.0, 20.0]))))
    law = dsgd.empirical(frame, column=names[1])
    assert dsgd.sweep(law=law, workers=1, strategy="sync")[0].expected == 15
    assert dsgd.fit(frame, column=names[1], laws="exponential", bootstrap=0).data["mean"] == 15


@pytest.mark.filterwarnings("ignore::dsgd.SweepWarning")  # of so few times
def test_cells_without_a_value():
    frame = pandas.DataFrame({0: [1.0, 2.0, float("nan")], 1: pandas.array([3, None, 5], dtype="Int64")})
    law = dsgd.replay(frame.iloc[:2].fillna(4), columns="*")  # names that are numbers are no row of times
    assert dsgd.sweep(law=law, strategy="sync")[0].expected == 3.5
    with pytest.raises(ValueError, match="missing=skip"):
        dsgd.empirical(frame, columns="*")
    assert dsgd.sweep(law=dsgd.empirical(frame, columns="*", missing="skip"), strategy="sync")[0].expected == 4
    steps = numpy.array([[1, 3], [2, 4], [numpy.nan, 9]])
    assert dsgd.sweep(law=dsgd.replay(steps, missing="skip"), strategy="sync")[0].expected == 3.5


@pytest.mark.parametrize(
    ("times", "words"),
    [
        (numpy.ones((2, 2, 2)), "shape"),
        (3.0, "shape"),
        ([1.0, -1.0], "negative|0"),
        ([1.0, float("inf")], "inf"),
        ([], "0 values"),
        ({}, "columns"),
        ({"a": [1.0], "b": [1.0, 2.0]}, "lengths"),
    ],
)
def test_what_holds_no_times_is_refused(times, words):
    with pytest.raises(ValueError, match=words):
        dsgd.fit(times)


@pytest.mark.filterwarnings("ignore::dsgd.SweepWarning")  # of so few times
def test_results_keep_the_law_of_an_array(tmp_path):
    """Its text holds the SHA-256 of what was in the array, and says so when the file is long gone."""
    law = dsgd.empirical([1.0, 2.0, 6.0])
    result = dsgd.sweep(law=law, workers=[2, 3], strategy="sync")
    result.save(tmp_path / "r.json")
    again = dsgd.load(tmp_path / "r.json")
    assert again.points == result.points
    assert again[law, "sync", 3] == result["sync", 3]
    assert "sha256=" in again[0].law


SCRIPT = """
import os, dsgd
from dsgd.measured import path_of
path = path_of([1.0, 2.0])
if os.fork() == 0:
    raise SystemExit  # runs what Python runs at its end
os.wait()
assert os.path.exists(path)
print(path)
"""


def test_files_are_removed_when_python_ends(tmp_path):
    ended = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, env={**os.environ, "TMPDIR": str(tmp_path)})
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith(str(tmp_path))
    assert list(tmp_path.iterdir()) == []
