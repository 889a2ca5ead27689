"""The Python that documents show runs as it stands, block by block, and says of what it names what the text says."""

import pathlib
import re
import warnings

import numpy as np
import pytest

import dsgd

DOCS = pathlib.Path(__file__).resolve().parents[2] / "docs"


def snippets(path):
    return re.findall(r"(?m)^```python\n((?:.*\n)*?)```$", path.read_text())


@pytest.mark.parametrize("name", sorted(path.name for path in DOCS.glob("**/*.md") if snippets(path)))
def test_snippets_run(name, tmp_path, monkeypatch):
    matplotlib = pytest.importorskip("matplotlib")
    for module in ("jinja2", "pandas"):
        pytest.importorskip(module)
    matplotlib.use("agg")
    monkeypatch.chdir(tmp_path)
    rng = np.random.default_rng(1)
    known = {"dsgd": dsgd, "times": 200 + rng.gamma(3, 8, (40, 4))}  # the measured times that the page speaks of
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dsgd.SweepWarning)  # of a table with few rows
        for snippet in snippets(next(DOCS.glob(f"**/{name}"))):
            exec(compile(snippet, name, "exec"), known)
    assert {"r.json", "r.html", "fit.json"} <= {path.name for path in tmp_path.iterdir()}
    assert known["fit"].use and "choose" in known["best"].decision and known["race"].winners


def test_documents_with_python_are_found():
    assert [path.name for path in DOCS.glob("**/*.md") if snippets(path)] == ["python.md"]
