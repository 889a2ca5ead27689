"""dsgd.race gives the command line's documents, and results that people and programs read."""

import numpy
import pytest

import dsgd

SHORT = {"law": "exponential:rate=1", "replications": 200}

# (arguments of the function, of the command line)
RACES = [
    ({"replications": 100}, ["-n", "100"]),
    (
        {"workers": [2, 4], "strategy": [dsgd.sync(), dsgd.k_async(2)], "times": [1, 5], "updates": range(1, 4), "replications": 100, "seed": 3},
        ["-m", "2,4", "--strategy", "sync,k-async:k=2", "--times", "1,5", "--updates", "1,2,3", "-n", "100", "-s", "3"],
    ),
    (
        {"law": dsgd.lognormal(0, 1), "learning_rate": "best", "target": 0.3, "replications": 50, "communication": "constant:time=0.5", "unit": "ms", "times": 4},
        ["--law", "lognormal:mu=0:sigma=1", "--learning-rate", "best", "--target", "0.3", "-n", "50", "--communication", "constant:time=0.5", "--unit", "ms", "--times", "4"],
    ),
    ({"model": "quadratic:curvature=1,0.1:noise=0.5", "learning_rate": [0.1, 0.2], "engine": "reference", "draws": "common", "replications": 20}, ["--model", "quadratic:curvature=1,0.1:noise=0.5", "--learning-rate", "0.1,0.2", "--draws", "common", "-n", "20"]),
]


@pytest.mark.filterwarnings("ignore::dsgd.SweepWarning")
@pytest.mark.parametrize(("call", "arguments"), RACES)
def test_it_gives_the_bytes_of_the_command_line(same_as, call, arguments):
    result = dsgd.race(**call)
    same_as(result, *arguments, command="race")
    program, command, *own = result.document["provenance"]["argv"]
    assert (program, command) == ("dsgd", "race")
    same_as(result, *own, command="race")


def test_points_are_read_as_columns_and_tables():
    result = dsgd.race(strategy="sync,async", times=[1, 100], **SHORT)
    assert len(result) == 4
    assert result.error.shape == (4,)
    numpy.testing.assert_array_less(result["async"].staleness, 8)
    assert result["async"].points[0].error < result["sync"].points[0].error
    assert result.to_pandas().shape == (4, 14)
    assert result.winners[0] in repr(result)
    assert "<table>" in result._repr_html_()
    assert result.targets == ()


def test_divergence_is_a_warning():
    with pytest.warns(dsgd.SweepWarning, match="training diverges"):
        result = dsgd.race(strategy="async", learning_rate=2, times=50, **SHORT)
    assert result.points[0].error is None
    assert "diverges" in repr(result)


def test_it_is_saved_and_loaded(tmp_path):
    result = dsgd.race(strategy="sync", times=[1], target=0.4, **SHORT)
    result.save(tmp_path / "race.json")
    loaded = dsgd.load_race(tmp_path / "race.json")
    assert loaded.points == result.points
    assert loaded.targets == result.targets
    with pytest.raises(ValueError, match="no result of dsgd race"):
        dsgd.RaceResult(dsgd.exact(workers=2).document)


def test_it_refuses_as_the_command_line_does():
    with pytest.raises(ValueError, match="--model 'cubic' is unknown"):
        dsgd.race(model="cubic")
    with pytest.raises(ValueError, match="--plot needs --times|--target needs --times"):
        dsgd.race(updates=[1], target=0.1)


def test_it_is_drawn():
    pytest.importorskip("matplotlib")
    result = dsgd.race(strategy="sync,async", times=[1, 10], curves=True, unit="ms", **SHORT)
    (axes,) = result.plot().axes
    assert axes.get_xlabel() == "Time (ms)"
    assert len(axes.get_lines()[0].get_xdata()) > 100
    (axes,) = result["sync"].plot().axes
    assert {line.get_label() for line in axes.get_lines()} == {"sync", "exact"}
