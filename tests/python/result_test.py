"""A result as points, arrays, data frames, text and files."""

import concurrent.futures
import json
import math
import os

import numpy
import pandas
import polars
import pyarrow
import pytest
from matplotlib import pyplot

import dsgd


@pytest.fixture(scope="module")
def result():
    return dsgd.sweep(workers=[1, 4, 16], law=dsgd.shifted_exponential(1, 1), strategy=["sync", "async"], quantiles=[0.5])


@pytest.fixture(scope="module")
def two_laws():
    return dsgd.sweep(workers=[1, 2], law=[dsgd.exponential(1), dsgd.uniform(0, 1)])


def test_points_are_found(result, two_laws):
    assert result["sync", 16].expected == pytest.approx(1 + sum(1 / i for i in range(1, 17)))
    assert result[dsgd.sync(), numpy.int64(16)] == result["sync", 16] == result[2]
    assert [point.workers for point in result["async"]] == [1, 4, 16]
    assert len(two_laws["exponential:rate=1.0"]) == 4
    assert two_laws[dsgd.uniform(0, 1), "async", 2].law == "uniform:low=0:high=1"
    assert [point.workers for point in result[1:3]] == [4, 16]
    assert result[-1] == result.points[-1]


@pytest.mark.parametrize(
    ("key", "words"), [(("sync", 5), "1 to 16 workers"), ("fastest", "sync, async"), (("sync",), "3 points")]
)
def test_points_that_are_not_there_are_named(result, key, words):
    with pytest.raises(KeyError, match=words):
        result[key]


def test_a_point_of_several_laws_wants_its_law(two_laws):
    with pytest.raises(KeyError, match="laws"):
        two_laws["sync", 2]


def test_columns_are_arrays(result):
    assert result.workers.dtype == numpy.int64
    assert result["sync"].mean.shape == (3,)
    assert list(result.law) == ["shifted-exponential:shift=1:rate=1"] * 6
    with pytest.raises(AttributeError, match="standard_error"):
        result.median


def test_absent_values_are_nan():
    with pytest.warns(dsgd.SweepWarning, match="mean"):
        result = dsgd.sweep(workers=4, law=dsgd.pareto(1, 0.9), strategy="sync")
    assert result[0].mean is None
    assert math.isnan(result.mean[0])
    assert "infinite" in repr(result)


def test_quantiles_are_told(result):
    median = result["sync", 4].quantiles[0.5]
    assert median.low <= median.value <= median.high
    assert median.value == pytest.approx(1 - math.log(1 - 0.5**0.25), rel=0.05)


def test_columns_after_z(result):
    point = result["sync", 16]
    assert point.throughput == pytest.approx(16 / point.mean)
    assert point.throughput_low < point.throughput < point.throughput_high
    assert point.busy == pytest.approx(2 / point.expected)
    assert (point.discarded, result["async", 16].busy) == (0, 1)
    assert point.cost == pytest.approx(1 / (point.throughput / 16))
    assert point.parameters == {"law": {"shift": 1, "rate": 1}, "strategy": {}}
    assert list(result.columns())[-6:] == ["throughput", "throughput_low", "throughput_high", "busy", "discarded", "cost"]
    assert result["sync"].busy.shape == (3,)


def test_documents_of_version_1_are_read(result, tmp_path):
    document = json.loads(result._text)
    document["schema"] = "dsgd.sweep/1"
    for point in document["points"]:
        for key in ("throughput", "throughput_low", "throughput_high", "busy", "discarded", "cost", "parameters"):
            del point[key]
    path = tmp_path / "r.json"
    path.write_text(json.dumps(document))
    old = dsgd.load(path)
    assert old.best("throughput").strategy == result.best("throughput").strategy
    assert (old[2].throughput, old[2].cost) == (result[2].throughput, result[2].cost)
    assert old[2].throughput_low == pytest.approx(result[2].throughput_low)
    assert old[2].busy is None
    assert old[2].parameters == {"law": {}, "strategy": {}}
    document["schema"] = "dsgd.sweep/2"
    path.write_text(json.dumps(document))
    with pytest.raises(ValueError, match="throughput"):
        dsgd.load(path)


def test_a_unit_is_a_label(result):
    assert result.unit == ""
    again = dsgd.sweep(workers=[1, 4, 16], law=dsgd.shifted_exponential(1, 1), strategy=["sync", "async"], quantiles=[0.5], unit="ms")
    assert (again.unit, again.points) == ("ms", result.points)
    with pytest.raises(ValueError, match="--unit"):
        dsgd.sweep(workers=2, unit="a\tb")


def test_best(result):
    assert result.best() == result.best("throughput") == result["async", 16]
    assert result.best("runtime") == result["async", 16]
    with pytest.raises(ValueError, match="cost"):
        result.best("cost")


def test_files_are_those_of_the_command_line(result, tmp_path, run):
    path = tmp_path / "r.json"
    result.save(path)
    again = dsgd.load(path)
    assert again.points == result.points
    again.save(path)
    assert path.read_text() == result._text
    assert [entry.name for entry in tmp_path.iterdir()] == ["r.json"]
    run("sweep", "-m", "3", "-o", "cli.json")
    assert [point.workers for point in dsgd.load(tmp_path / "cli.json")] == [3, 3]


def test_links_and_devices_stay(result, tmp_path):
    (tmp_path / "r.json").write_text("old")
    (tmp_path / "link.json").symlink_to("r.json")
    result.save(tmp_path / "link.json")
    assert (tmp_path / "link.json").is_symlink()
    assert dsgd.load(tmp_path / "r.json").points == result.points
    os.mkfifo(tmp_path / "pipe")
    with concurrent.futures.ThreadPoolExecutor() as pool:
        read = pool.submit((tmp_path / "pipe").read_text)
        result.save(tmp_path / "pipe")
        assert read.result() == result._text
    assert (tmp_path / "pipe").is_fifo()


def test_a_part_can_be_saved(result, tmp_path):
    result["sync"].save(tmp_path / "part.json")
    assert dsgd.load(tmp_path / "part.json").points == result["sync"].points


@pytest.mark.parametrize("text", ["[]", "{}", '{"schema": "dsgd.bench/1", "points": []}', "no JSON", '{"schema": "dsgd.sweep/1", "points": [{}]}'])
def test_other_documents_are_refused(text, tmp_path):
    path = tmp_path / "r.json"
    path.write_text(text)
    with pytest.raises(ValueError):
        dsgd.load(path)


def test_nothing_is_left_where_saving_fails(result, tmp_path):
    with pytest.raises(OSError):
        result.save(tmp_path / "missing" / "r.json")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError):
        result.save(tmp_path / "folder")
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder"]


def test_the_table_says_what_is_common_once(result):
    lines = repr(result).splitlines()
    assert lines[0] == "law: shifted-exponential:shift=1:rate=1, iterations: 5000 to 5056" or "law: " in lines[0]
    assert lines[1].split()[:2] == ["strategy", "workers"]
    assert len(lines) == 2 + len(result)
    assert str(result) == repr(result)


def test_long_tables_are_cut(tmp_path):
    lines = repr(dsgd.sweep(workers=range(1, 101), iterations=10)).splitlines()
    assert "..." in lines
    assert "140 of 200 points are not shown" in lines


def test_html_escapes(result):
    result = dsgd.Result({**result.document, "points": [{**result[0].document, "law": "<b>"}, result[1].document]})
    assert "&lt;b&gt;" in result._repr_html_()
    assert result._repr_html_().count("<tr>") == 3


def test_drawing(result):
    pyplot.switch_backend("Agg")
    own = dsgd.sweep(strategy=["sync", "fastest"]).plot()
    assert own.get_title()
    assert [text.get_text() for text in own.get_legend().get_texts()][2:] == ["95 % interval", "exact"]
    _, axes = pyplot.subplots()
    axes.set(title="mine", xlim=(0, 5))
    assert result.plot(axes, kind="throughput", unit="s") is axes
    assert (axes.get_title(), axes.get_xlim()) == ("mine", (0, 5))
    assert axes.get_ylabel() == "Gradients per s"
    with pytest.raises(ValueError, match="throughput"):
        result.plot(kind="loss")
    pyplot.close("all")


def test_data_frames(result):
    frame = result.to_pandas()
    assert list(frame["mean"]) == list(result.mean)
    assert isinstance(frame, pandas.DataFrame)


def test_arrow(result):
    table = pyarrow.table(result)
    assert table.to_pylist() == [{name: point.document[name] for name in result.columns()} for point in result]
    table.validate(full=True)


def test_polars(result):
    assert polars.DataFrame(result)["mean"].to_list() == [point.mean for point in result]


def test_provenance_is_that_of_the_run(result):
    assert result.document["provenance"]["engine"] in dsgd.engines()
    assert json.loads(result._text)["run"]["complete"] is True
