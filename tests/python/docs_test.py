"""Every example in a docstring does what it says, and all that is public has a docstring and types."""

import doctest
import importlib
import inspect
import pkgutil

import pytest

import dsgd

MODULES = sorted(each.name for each in pkgutil.iter_modules(dsgd.__path__) if not each.name.startswith("_"))


@pytest.mark.parametrize("name", ["dsgd", *(f"dsgd.{name}" for name in MODULES)])
def test_examples(name):
    module = importlib.import_module(name)
    result = doctest.testmod(module, extraglobs={"dsgd": dsgd})
    assert result.failed == 0


@pytest.mark.parametrize("name", dsgd.__all__)
def test_what_is_public_is_described(name):
    assert inspect.getdoc(getattr(dsgd, name))


def test_examples_are_there():
    finder = doctest.DocTestFinder()
    functions = [each for each in dsgd.__all__ if inspect.isfunction(getattr(dsgd, each)) and not each.startswith("load")]
    assert functions
    assert [each for each in functions if not any(test.examples for test in finder.find(getattr(dsgd, each)))] == []
