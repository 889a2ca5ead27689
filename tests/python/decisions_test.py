"""dsgd.exact and dsgd.recommend give the command line's documents, and results that people and programs read."""

import math
import warnings

import numpy
import pytest

import dsgd

# (arguments of the function, of the command line)
EXACT = [
    ({}, []),
    ({"workers": range(1, 9), "strategy": "sync,k-sync:k=2"}, ["-m", "1:8", "--strategy", "sync,k-sync:k=2"]),
    ({"workers": [2, 5], "law": dsgd.gamma(3, 1.5), "quantiles": [0.5, 0.99]}, ["-m", "2,5", "--law", "gamma:shape=3:rate=1.5", "--quantiles", "0.5,0.99"]),
    ({"workers": 4, "updates": 100, "communication": "constant:time=0.5"}, ["-m", "4", "--updates", "100", "--communication", "constant:time=0.5"]),
    ({"workers": 10**15, "sampling": "order-statistics", "strategy": "sync"}, ["-m", "1e15", "--sampling", "order-statistics", "--strategy", "sync"]),
]
RECOMMEND = [
    ({"workers": 8}, ["-m", "8"]),
    ({"workers": [4, 8], "law": dsgd.lognormal(0, 0.5), "goal": "noise-scale=20"}, ["-m", "4,8", "--law", "lognormal:mu=0:sigma=0.5", "--goal", "noise-scale=20"]),
    (
        {"workers": 8, "law": [dsgd.exponential(1), dsgd.gamma(4, 4)], "strategy": ["sync", dsgd.backup(range(1, 3))], "goal": "cost", "within": 0.05},
        ["-m", "8", "--law", "exponential:rate=1", "--law", "gamma:shape=4:rate=4", "--strategy", "sync", "--strategy", "backup:spare=1:2", "--goal", "cost", "--within", "5%"],
    ),
    (
        {"workers": 4, "law": dsgd.gamma(2, 1), "strategy": "sync,async", "goal": "error=0.1", "model": "quadratic:noise=2", "iterations": 1000},
        ["-m", "4", "--law", "gamma:shape=2:rate=1", "--strategy", "sync,async", "--goal", "error=0.1", "--model", "quadratic:noise=2", "-n", "1000"],
    ),
    (
        {"workers": 6, "server": dsgd.exponential(rate=9), "stragglers": "enter=0.1:leave=0.3:factor=4", "strategy": "async,k-async:k=2", "iterations": 4000},
        ["-m", "6", "--server", "exponential:rate=9", "--stragglers", "enter=0.1:leave=0.3:factor=4", "--strategy", "async,k-async:k=2", "-n", "4000"],
    ),
    ({"workers": 6, "communication": "constant:time=1", "iterations": 4000, "seed": 9, "unit": "ms"}, ["-m", "6", "--communication", "constant:time=1", "-n", "4000", "-s", "9", "--unit", "ms"]),
]


@pytest.mark.filterwarnings("ignore::dsgd.SweepWarning")
@pytest.mark.parametrize(("call", "arguments"), EXACT)
def test_exact_gives_the_bytes_of_the_command_line(same_as, call, arguments):
    same_as(dsgd.exact(**call), *arguments, command="exact")


@pytest.mark.filterwarnings("ignore::dsgd.SweepWarning")
@pytest.mark.parametrize(("call", "arguments"), RECOMMEND)
def test_recommend_gives_the_bytes_of_the_command_line(same_as, call, arguments):
    same_as(dsgd.recommend(**call), *arguments, command="recommend")


@pytest.mark.filterwarnings("ignore::dsgd.SweepWarning")
@pytest.mark.parametrize(("function", "call"), [*((dsgd.exact, call) for call, _ in EXACT), *((dsgd.recommend, call) for call, _ in RECOMMEND)])
def test_their_command_lines_give_the_same(same_as, function, call):
    result = function(**call)
    program, command, *arguments = result.document["provenance"]["argv"]
    assert (program, command) == ("dsgd", function.__name__)
    same_as(result, *arguments, command=command)


def test_exact_values_are_indexed_like_a_sweep():
    exact = dsgd.exact(workers=range(1, 21), law=dsgd.exponential(2), quantiles=0.5)
    assert exact["sync", 2].mean == 0.75
    assert exact["sync", 1].quantiles[0.5] == pytest.approx(math.log(2) / 2)
    assert len(exact["async"]) == 20
    numpy.testing.assert_allclose(exact["async"].mean, 1 / (2 * numpy.arange(1, 21)))
    assert exact.to_pandas().shape == (40, 7)
    assert "sync" in repr(exact)
    assert "<table>" in exact._repr_html_()
    with pytest.raises(KeyError, match="names no point"):
        exact["k-sync:k=3", 2]


def test_infinite_values_are_numbers():
    with pytest.warns(dsgd.SweepWarning, match="no mean"):
        exact = dsgd.exact(workers=2, law=dsgd.pareto(1, 0.9), strategy="sync")
    assert exact[0].mean == math.inf
    assert "infinite" in repr(exact)


def test_exact_values_are_saved_and_loaded(tmp_path):
    exact = dsgd.exact(workers=3)
    exact.save(tmp_path / "e.json")
    assert dsgd.load_exact(tmp_path / "e.json").points == exact.points
    with pytest.raises(ValueError, match="no result of dsgd sweep"):
        dsgd.load(tmp_path / "e.json")


def measured():
    chance = numpy.random.default_rng(5)
    times = 50 + chance.exponential(4, (120, 8))
    times[:, 7] *= 2
    return times


def test_recommendation_of_an_array():
    found = dsgd.recommend(law=dsgd.replay(measured(), columns="*"), strategy="sync,backup:spare=1..2", unit="ms", bootstrap=99)
    assert found.best.strategy == "backup:spare=1"
    assert str(found).endswith(found.decision)
    ratio = found.laws[0].best.of_sync
    assert ratio.low < ratio.value < ratio.high
    assert found.laws[0].fresh is None
    assert [each.strategy for each in found.candidates] == list(found.to_pandas()["strategy"])
    assert found.decision in found._repr_html_().replace("&#x27;", "'")


def test_recommendation_of_a_race(tmp_path):
    found = dsgd.recommend(workers=8, law=dsgd.exponential(1), strategy="sync,async", goal="time=20")
    assert found.best.strategy == "async"
    assert found.best.mean is None
    assert 0 < found.best.learning_rate < found.candidates[1].learning_rate
    found.save(tmp_path / "r.json")
    assert dsgd.load_recommendation(tmp_path / "r.json").laws == found.laws
    assert "0.0177" in found._repr_html_()


def test_recommendation_names_fresh_gradients(tmp_path):
    found = dsgd.recommend(workers=8, law=dsgd.gamma(2, 1))
    assert found.best.staleness > 0
    assert found.laws[0].fresh.candidate.fresh
    assert found.laws[0].intervals["over"] == "draws"
    found.save(tmp_path / "r.json")
    assert dsgd.load_recommendation(tmp_path / "r.json").laws == found.laws


def test_errors_are_the_command_lines():
    for call, words in (
        ({"goal": "speed"}, "--goal 'speed' is unknown"),
        ({"within": 1.5}, "--within"),
        ({"strategy": []}, "empty"),
        ({"law": "exponential:rate=-1"}, "rate"),
    ):
        with pytest.raises(ValueError, match=words):
            dsgd.recommend(workers=2, **call)
    with pytest.raises(ValueError, match="no point remains"):
        dsgd.exact(workers=2, strategy="k-sync:k=3")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        dsgd.exact(workers=2)
