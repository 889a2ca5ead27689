"""dsgd.report writes the page of the command line, and refuses what it refuses."""

import os
import re

import pytest

import dsgd


@pytest.fixture(scope="module")
def result():
    return dsgd.sweep(workers=range(1, 4), iterations=100)


def test_a_page_is_the_command_lines_but_for_names(result, tmp_path, run):
    result.save(tmp_path / "sweep-1.json")
    dsgd.exact(workers=2).save(tmp_path / "exact-2.json")
    dsgd.report([result, dsgd.load_exact(tmp_path / "exact-2.json")], tmp_path / "a.html", title="Two")
    run("report", "sweep-1.json", "exact-2.json", "-o", "b.html", "--title", "Two")
    pages = [(tmp_path / name).read_text() for name in ("a.html", "b.html")]
    # Another matplotlib draws other figures.
    assert len({re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL) for page in pages}) == 1


def test_paths_and_results(result, tmp_path):
    result.save(tmp_path / "r.json")
    for given in (result, str(tmp_path / "r.json"), tmp_path / "r.json", [result], (tmp_path / "r.json",)):
        dsgd.report(given, tmp_path / "a.html")
        assert "The most gradients per time come from" in (tmp_path / "a.html").read_text()


def test_every_kind_of_result(tmp_path):
    fit = dsgd.fit([[1.0, 2.0], [3.0, 2.5], [1.5, 4.0]], laws="gamma", bootstrap=0)
    dsgd.report([dsgd.recommend(workers=4, iterations=1000), fit], tmp_path / "a.html")
    assert len(re.findall('class="document"', (tmp_path / "a.html").read_text())) == 2


def test_settings_of_matplotlib_stay(result, tmp_path):
    import matplotlib

    with matplotlib.rc_context({"lines.linewidth": 7}):
        dsgd.report(result, tmp_path / "a.html")
        assert matplotlib.rcParams["lines.linewidth"] == 7


def test_mistakes_leave_nothing(result, tmp_path):
    (tmp_path / "bad.json").write_text("{}")
    for given, path, error, words in (
        ([], "a.html", ValueError, "results are empty"),
        (tmp_path / "missing.json", "a.html", OSError, "missing.json"),
        (tmp_path / "bad.json", "a.html", ValueError, "no schema"),
        (result, "no/a.html", OSError, "no"),
    ):
        with pytest.raises(error, match=words):
            dsgd.report(given, tmp_path / path)
    assert os.listdir(tmp_path) == ["bad.json"]
