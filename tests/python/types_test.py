"""The stub of the compiled part is the one that is generated from it, and the package is typed throughout."""

import pathlib
import subprocess
import sys

import dsgd

PACKAGE = pathlib.Path(dsgd.__file__).parent


def python(*arguments):
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True)


def test_the_stub_is_up_to_date(tmp_path):
    """If not: python -m nanobind.stubgen -m dsgd._core -o python/dsgd/_core.pyi"""
    made = python("-m", "nanobind.stubgen", "-q", "-m", "dsgd._core", "-o", str(tmp_path / "_core.pyi"))
    assert made.returncode == 0, made.stderr
    assert (PACKAGE / "_core.pyi").read_text() == (tmp_path / "_core.pyi").read_text()


def test_types(tmp_path):
    pyproject = pathlib.Path(__file__).parents[2] / "pyproject.toml"
    user = tmp_path / "user.py"
    user.write_text(
        "import dsgd\n"
        "result = dsgd.sweep(workers=range(1, 21), law=dsgd.exponential(rate=2), strategy=['sync', 'async'])\n"
        "mean: float | None = result['sync', 20].mean\n"
        "part: dsgd.Result = result['sync']\n"
        "low: float | None = result[0].quantiles[0.5].low\n"
        "fit: dsgd.FitResult = dsgd.fit([[1.0, 2.0], [3.0, 2.5]], laws=['gamma'], workers=range(2, 5))\n"
        "law: str = fit.laws[0].law\n"
        "shape: float | None = fit.laws[0].parameters['shape'].low\n"
        "fleet: dsgd.Law = dsgd.empirical({'ms': [1.0, 2.0]}, column='ms')\n"
    )
    checked = python(
        *("-m", "mypy", "--strict", f"--config-file={pyproject}", f"--cache-dir={tmp_path / 'cache'}"),
        *("-p", "dsgd", "-p", "dsgd_program"),
    )
    assert checked.returncode == 0, checked.stdout
    used = python("-m", "mypy", "--strict", f"--cache-dir={tmp_path / 'cache'}", str(user))
    assert used.returncode == 0, used.stdout
