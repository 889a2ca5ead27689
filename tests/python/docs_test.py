"""Every example in a docstring does what it says, and all that is public has a docstring of its own."""

import dataclasses
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


def parts_of(name):
    """A public name, and where it is a class the methods and properties that it has or inherits from the package."""
    thing = getattr(dsgd, name)
    yield name, thing
    if inspect.isclass(thing):
        for owner in thing.__mro__:
            if owner.__module__.startswith("dsgd"):
                yield from ((f"{name}.{key}", each) for key, each in vars(owner).items()
                            if not key.startswith("_") and isinstance(each, (classmethod, property, type(parts_of))))


def is_described(thing):
    """True where a docstring was written for it: a data class gets its signature for one, another class its parent's."""
    text = vars(thing).get("__doc__") if inspect.isclass(thing) else thing.__doc__
    signature = f"{thing.__name__}(" if dataclasses.is_dataclass(thing) else "\0"
    return bool(text and text.strip()) and not text.startswith(signature)


@pytest.mark.parametrize("name", dsgd.__all__)
def test_what_is_public_is_described(name):
    assert [each for each, thing in parts_of(name) if not is_described(thing)] == []


def test_what_is_not_described_is_noticed():
    @dataclasses.dataclass
    class Bare:
        value: int

    class Heir(dsgd.Result):
        def method(self): ...

    assert [is_described(each) for each in (Bare, Heir, Heir.method, dsgd.Result)] == [False, False, False, True]


def test_examples_are_there():
    finder = doctest.DocTestFinder()
    functions = [each for each in dsgd.__all__ if inspect.isfunction(getattr(dsgd, each)) and not each.startswith("load")]
    assert functions
    assert [each for each in functions if not any(test.examples for test in finder.find(getattr(dsgd, each)))] == []
