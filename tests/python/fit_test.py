"""dsgd.fit gives the command line's bytes, and what it gives is read as objects, text, HTML, figures and files."""

import os
import random
import signal
import threading

import matplotlib
import numpy
import pytest

import dsgd


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """Gamma times with a shift by rank and step; those of rank 3 are longer. Some rows are of another job."""
    draw = random.Random(5)
    path = tmp_path_factory.mktemp("fit") / "t.csv"
    rows = ["job,rank,step,ms"]
    for step in range(40):
        for rank in range(4):
            rows.append(f"{'a' if step < 38 else 'b'},{rank},{step},{(30 + draw.gammavariate(3, 4)) * (2 if rank == 3 else 1):.3f}")
    path.write_text("\n".join(rows) + "\n")
    return path


@pytest.fixture(scope="module")
def wide(tmp_path_factory):
    """[step, worker], with commas in numbers and a cell that is missing."""
    draw = random.Random(6)
    path = tmp_path_factory.mktemp("fit") / "w.csv"
    rows = ["r0;r1;r2", *(";".join(f"{draw.lognormvariate(1, 0.3):.4f}".replace(".", ",") for _ in range(3)) for _ in range(30))]
    path.write_text("\n".join([*rows, "NA;2,5;3"]) + "\n")
    return path


LONG = {"column": "ms", "worker": "rank", "step": "step"}
LONG_ARGUMENTS = ["--column", "ms", "--worker", "rank", "--step", "step"]
FEW = {"laws": "gamma", "bootstrap": 0}
FEW_ARGUMENTS = ["--laws", "gamma", "--bootstrap", "0"]

# (table, arguments of dsgd.fit, of the command line)
REQUESTS = [
    ("table", {"column": "ms", "bootstrap": 0}, ["--column", "ms", "--bootstrap", "0"]),
    ("table", {"column": 4, **FEW}, ["--column", "4", *FEW_ARGUMENTS]),
    ("table", {**LONG, "bootstrap": 40, "laws": ["gamma", "lognormal"], "seed": 7}, [*LONG_ARGUMENTS, "--bootstrap", "40", "--laws", "gamma,lognormal", "-s", "7"]),
    ("table", {**LONG, **FEW, "where": "job=a", "skip": 3}, [*LONG_ARGUMENTS, *FEW_ARGUMENTS, "--where", "job=a", "--skip", "3"]),
    ("table", {**LONG, **FEW, "shift": 0, "unit": "ms"}, [*LONG_ARGUMENTS, *FEW_ARGUMENTS, "--shift", "0", "--unit", "ms"]),
    (
        "table",
        {**LONG, **FEW, "workers": range(4, 13, 4), "strategy": ["sync", dsgd.k_sync(3)]},
        [*LONG_ARGUMENTS, *FEW_ARGUMENTS, "-m", "4:12:4", "--strategy", "sync", "--strategy", "k-sync:k=3"],
    ),
    (
        "wide",
        {"columns": "*", "missing": "skip", "separator": "semicolon", "decimal": "comma", "bootstrap": 39, "laws": "lognormal", "threads": 1},
        ["--columns", "*", "--missing", "skip", "--separator", "semicolon", "--decimal", "comma", "--bootstrap", "39", "--laws", "lognormal"],
    ),
    ("wide", {"columns": ["r0", "r1"], "missing": "skip", **FEW}, ["--columns", "r0,r1", "--missing", "skip", *FEW_ARGUMENTS]),
]  # fmt: skip


@pytest.fixture(scope="module")
def fit(table):
    return dsgd.fit(table, **LONG, laws=["gamma", "exponential"], bootstrap=39, workers=[4, 8], unit="ms")


@pytest.mark.parametrize(("name", "options", "arguments"), REQUESTS)
def test_gives_the_bytes_of_the_command_line(same_as, request, name, options, arguments):
    path = request.getfixturevalue(name)
    same_as(dsgd.fit(path, **options), str(path), *arguments, command="fit")


@pytest.mark.parametrize(("name", "options", "arguments"), [REQUESTS[3], REQUESTS[6]])
def test_its_command_line_gives_the_same(same_as, request, name, options, arguments):
    result = dsgd.fit(request.getfixturevalue(name), **options)
    program, command, *words = result.document["provenance"]["argv"]
    assert (program, command) == ("dsgd", "fit")
    same_as(result, *words, command="fit")


def test_says_what_the_command_line_says(fit, table, run):
    words = ["--laws", "gamma,exponential", "--bootstrap", "39", "-m", "4,8", "--unit", "ms"]
    assert f"{fit}\n" == run("fit", str(table), *LONG_ARGUMENTS, *words).stdout
    assert repr(fit) == str(fit)


def test_parts(fit):
    assert (fit.data["count"], fit.data["steps"], fit.data["workers"], fit.data["unit"]) == (160, 40, 4, "ms")
    assert sum(fit.variance.values()) == pytest.approx(1)
    measured = fit.slowest["measured"]
    assert measured.low < measured.value < measured.high
    best = fit.laws[0]
    assert best.law.startswith("gamma:") and best.aic_difference == 0
    assert set(best.parameters) == {"shape", "rate", "shift"}
    assert best.parameters["shape"].low < best.parameters["shape"].value < best.parameters["shape"].high
    assert [(mean.strategy, mean.workers) for mean in fit.means] == [("sync", 4), ("sync", 8)]
    assert fit.replacing["worker"] == "3"
    assert "workers differ" in fit.use_note


def test_what_it_says_to_use_is_swept(fit):
    expected = dsgd.sweep(law=fit.use[0], strategy="sync")[0].expected
    assert expected == pytest.approx(fit.slowest["per_worker"].value)


def test_values_alone_have_no_workers():
    fit = dsgd.fit(numpy.linspace(1, 2, 20), laws="uniform", bootstrap=0)
    assert (fit.variance, fit.slowest, fit.replacing, fit.laws[0].ks_p) == (None, {}, None, None)
    assert "<table>" in fit._repr_html_()


def test_files_are_those_of_the_command_line(fit, table, tmp_path, run):
    fit.save(tmp_path / "fit.json")
    again = dsgd.load_fit(tmp_path / "fit.json")
    assert (again.laws, again.use, str(again)) == (fit.laws, fit.use, str(fit))
    again.save(tmp_path / "again.json")
    assert (tmp_path / "again.json").read_text() == fit._text
    run("fit", str(table), "--column", "ms", *FEW_ARGUMENTS, "-o", "cli.json")
    assert dsgd.load_fit(tmp_path / "cli.json").data["count"] == 160


@pytest.mark.parametrize("text", ["[]", "{}", '{"schema": "dsgd.sweep/1", "points": []}', "no JSON", '{"schema": "dsgd.fit/1", "data": {}}'])
def test_other_documents_are_refused(text, tmp_path):
    path = tmp_path / "r.json"
    path.write_text(text)
    with pytest.raises(ValueError):
        dsgd.load_fit(path)


def test_html_says_it_all_and_escapes(fit):
    page = fit._repr_html_()
    for words in ("160 times", "variance", "per worker", "gamma + shift", "sync", "replacing worker 3", "use: "):
        assert words in page
    document = {**fit.document, "use_note": "<b>"}
    assert "&lt;b&gt;" in dsgd.FitResult(document)._repr_html_()


def test_drawing(fit):
    with matplotlib.rc_context({"lines.linewidth": 7}):
        figure = fit.plot(title="a job")
        assert matplotlib.rcParams["lines.linewidth"] == 7  # settings of others stay
    assert len(figure.axes) == 4
    assert "ms" in figure.axes[0].get_xlabel()


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"column": "s"}, ValueError, "ms"),
        ({"column": "ms", "worker": "node"}, ValueError, "node"),
        ({"column": "ms", "laws": "normal"}, ValueError, "--laws"),
        ({"column": "ms", "laws": []}, ValueError, "is empty"),
        ({"column": "ms", "strategy": []}, ValueError, "is empty"),
        ({"column": "ms", "shift": 1}, ValueError, "--shift"),
        ({"column": "ms", "bootstrap": -1}, ValueError, "--bootstrap"),
        ({"column": "ms", "skip": "some"}, ValueError, "--skip"),
        ({"column": "ms", "workers": 0}, ValueError, "--workers"),
        ({"column": "ms", "unit": "milliseconds of time"}, ValueError, "--unit"),
        ({"column": "ms", "threads": 0}, ValueError, "--threads"),
    ],
)
def test_errors_are_those_of_the_command_line(table, options, error, words):
    with pytest.raises(error, match=words):
        dsgd.fit(table, **options)
    with pytest.raises(OSError, match="nowhere.csv"):
        dsgd.fit("nowhere.csv")


def test_stops_at_ctrl_c(table):
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        dsgd.fit(table, column="ms", bootstrap=1_000_000)


def test_other_threads_go_on_meanwhile(table):
    done = threading.Event()

    def call():
        dsgd.fit(table, column="ms", bootstrap=300, threads=1)
        done.set()

    thread = threading.Thread(target=call)
    thread.start()
    ticks = 0
    while not done.wait(0.01):
        ticks += 1
    thread.join()
    assert ticks > 3
