"""Every law and strategy of the program is a function of the module, with its parameters, and checked when it is made."""

import inspect
import re

import pytest

import dsgd
from dsgd import _core


def function_of(name):
    return getattr(dsgd, "async_" if name == "async" else name.replace("-", "_"))


def forms():
    return [(form, kind) for kind, all_forms in (("law", _core.law_forms()), ("strategy", _core.strategy_forms())) for form, _ in all_forms]


# Keys that the forms of laws leave out, as most do without them: those of tables, and the shift of any other law.
ROWS = ["where", "skip", "missing", "separator", "decimal"]
IMPLIED = {
    "empirical": ["worker", "columns", *ROWS, "shift"],
    "replay": ["columns", *ROWS],
    "shifted-exponential": [],
}


@pytest.mark.parametrize(("form", "kind"), forms())
def test_a_function_has_the_parameters_of_its_spec(form, kind):
    name, _, rest = form.partition(":")
    name = name.partition("[")[0]
    keys = re.findall(r"([a-z0-9]+)=", form)
    implied = IMPLIED.get(name, ["shift"] if kind == "law" and "shift" not in keys else [])
    parameters = inspect.signature(function_of(name)).parameters
    assert list(parameters) == keys + implied, rest
    document = function_of(name).__doc__
    assert all(f":param {key}:" in document for key in keys)


def test_values_are_checked_when_they_are_given():
    with pytest.raises(ValueError, match="rate"):
        dsgd.exponential(rate=-1)
    with pytest.raises(ValueError, match="k"):
        dsgd.k_sync(0)
    with pytest.raises(OSError, match="nowhere"):
        dsgd.empirical("nowhere.csv")


def test_keys_that_are_implied_are_taken_by_the_program():
    known = {form.rstrip("=") for form, _ in _core.law_key_forms()}
    assert known == {*IMPLIED["empirical"], *IMPLIED["replay"], "step"}
    for form, _ in _core.law_forms():
        name = form.partition(":")[0].partition("[")[0]
        if name not in ("empirical", "replay", "shifted-exponential"):
            keys = {key: 1 for key in re.findall(r"([a-z0-9]+)=", form)}
            keys.update({key: value for key, value in {"probability": 0.5, "high": 3}.items() if key in keys})
            law = function_of(name)(**keys, shift=0.5)
            assert str(law).endswith(":shift=0.5")


@pytest.mark.filterwarnings("ignore::dsgd.SweepWarning")
def test_tables_of_measured_times(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("job,rank,step,ms\na,0,0,1\na,0,1,2\na,1,0,3\na,1,1,5\nb,0,2,9\nb,1,2,9\n")
    workers = dsgd.empirical(path, column="ms", worker="rank", where="job=a")
    steps = dsgd.replay(path, column="ms", worker="rank", step="step", skip=1)
    assert dsgd.sweep(law=workers, strategy="sync")[0].expected == 4
    assert dsgd.sweep(law=steps, strategy="sync")[0].expected == 7
    twice = dsgd.sweep(law=2 * workers + dsgd.constant(4), strategy="fastest")[0]
    assert (twice.workers, twice.expected) == (5, 1.25)
    path.write_text("step;r0;r1\n0;1,5;2\n1;NA;3\n2;2,5;4\n")
    for columns in ("*", ["r0", "r1"]):
        wide = dsgd.replay(path, columns=columns, missing="skip", separator="semicolon", decimal="comma")
        assert dsgd.sweep(law=wide, strategy="sync")[0].expected == 3
        assert dsgd.sweep(law=1 * dsgd.empirical(path, columns=columns, missing="skip"), strategy="sync")[0].workers == 2


def test_laws_are_values():
    assert dsgd.exponential(2) == dsgd.Law("exponential:rate=2") == dsgd.exponential(2.0)
    assert len({dsgd.exponential(2), dsgd.exponential(2), dsgd.exponential(3)}) == 2
    assert str(2 * dsgd.exponential(2) + dsgd.constant(1) * 3) == "2*exponential:rate=2+3*constant:value=1"
    assert eval(repr(dsgd.lognormal(0.1, 0.3))) == dsgd.lognormal(0.1, 0.3)


def test_numbers_keep_all_their_digits():
    for number in (0.1, 1 / 3, 5e-324 ** 0.1, 1e17 + 2, 123456789.123456789):
        assert float(str(dsgd.exponential(number)).partition("=")[2]) == number
