from collections.abc import Callable, Sequence
from typing import Any

from typing_extensions import CapsuleType


version: str = '0.1.0'

class SweepTexts:
    """What a sweep is asked for, as the command line takes it."""

    def __init__(self) -> None: ...

    @property
    def workers(self) -> str | None: ...

    @workers.setter
    def workers(self, arg: str | None, /) -> None: ...

    @property
    def laws(self) -> list[str]: ...

    @laws.setter
    def laws(self, arg: Sequence[str], /) -> None: ...

    @property
    def strategies(self) -> list[str]: ...

    @strategies.setter
    def strategies(self, arg: Sequence[str], /) -> None: ...

    @property
    def iterations(self) -> str: ...

    @iterations.setter
    def iterations(self, arg: str, /) -> None: ...

    @property
    def seed(self) -> str: ...

    @seed.setter
    def seed(self, arg: str, /) -> None: ...

    @property
    def draws(self) -> str: ...

    @draws.setter
    def draws(self, arg: str, /) -> None: ...

    @property
    def sampling(self) -> str: ...

    @sampling.setter
    def sampling(self, arg: str, /) -> None: ...

    @property
    def communication(self) -> str | None: ...

    @communication.setter
    def communication(self, arg: str | None, /) -> None: ...

    @property
    def server(self) -> str | None: ...

    @server.setter
    def server(self, arg: str | None, /) -> None: ...

    @property
    def stragglers(self) -> str | None: ...

    @stragglers.setter
    def stragglers(self, arg: str | None, /) -> None: ...

    @property
    def quantiles(self) -> str | None: ...

    @quantiles.setter
    def quantiles(self, arg: str | None, /) -> None: ...

    @property
    def updates(self) -> str | None: ...

    @updates.setter
    def updates(self, arg: str | None, /) -> None: ...

    @property
    def baseline(self) -> str | None: ...

    @baseline.setter
    def baseline(self, arg: str | None, /) -> None: ...

    @property
    def relative_error(self) -> str | None: ...

    @relative_error.setter
    def relative_error(self, arg: str | None, /) -> None: ...

class SweepCall:
    """How a sweep is carried out: nothing of this changes its numbers."""

    def __init__(self) -> None: ...

    @property
    def engine(self) -> str: ...

    @engine.setter
    def engine(self, arg: str, /) -> None: ...

    @property
    def threads(self) -> str | None: ...

    @threads.setter
    def threads(self, arg: str | None, /) -> None: ...

    @property
    def devices(self) -> str | None: ...

    @devices.setter
    def devices(self, arg: str | None, /) -> None: ...

    @property
    def store(self) -> str | None: ...

    @store.setter
    def store(self, arg: str | None, /) -> None: ...

    @property
    def add(self) -> bool: ...

    @add.setter
    def add(self, arg: bool, /) -> None: ...

    @property
    def max_time(self) -> str | None: ...

    @max_time.setter
    def max_time(self, arg: str | None, /) -> None: ...

    @property
    def unit(self) -> str: ...

    @unit.setter
    def unit(self, arg: str, /) -> None: ...

    @property
    def argv(self) -> list[str]: ...

    @argv.setter
    def argv(self, arg: Sequence[str], /) -> None: ...

class SweepAnswer:
    """What a sweep came to."""

    @property
    def json(self) -> str:
        """the document that dsgd sweep -o FILE.json writes"""

    @property
    def notes(self) -> list[str]:
        """lines to tell users"""

    @property
    def warnings(self) -> list[str]:
        """lines to worry them"""

    @property
    def interrupted(self) -> bool:
        """True where Ctrl-C stopped it"""

def sweep(texts: SweepTexts, call: SweepCall, report: Callable[[int, int, float, float], None] | None = None) -> SweepAnswer:
    """
    Runs a sweep. report is called after each slice with (points done, points, draws done, draws).
    """

class TableKeys:
    """Which part of a table is meant, but for rows left out at the start."""

    def __init__(self) -> None: ...

    @property
    def file(self) -> str: ...

    @file.setter
    def file(self, arg: str, /) -> None: ...

    @property
    def column(self) -> str: ...

    @column.setter
    def column(self, arg: str, /) -> None: ...

    @property
    def worker(self) -> str: ...

    @worker.setter
    def worker(self, arg: str, /) -> None: ...

    @property
    def step(self) -> str: ...

    @step.setter
    def step(self, arg: str, /) -> None: ...

    @property
    def columns(self) -> str: ...

    @columns.setter
    def columns(self, arg: str, /) -> None: ...

    @property
    def where(self) -> str: ...

    @where.setter
    def where(self, arg: str, /) -> None: ...

    @property
    def missing(self) -> str: ...

    @missing.setter
    def missing(self, arg: str, /) -> None: ...

    @property
    def separator(self) -> str: ...

    @separator.setter
    def separator(self, arg: str, /) -> None: ...

    @property
    def decimal(self) -> str: ...

    @decimal.setter
    def decimal(self, arg: str, /) -> None: ...

class FitTexts:
    """What a fit is asked for, as the command line takes it."""

    def __init__(self) -> None: ...

    @property
    def keys(self) -> TableKeys: ...

    @keys.setter
    def keys(self, arg: TableKeys, /) -> None: ...

    @property
    def skip(self) -> str: ...

    @skip.setter
    def skip(self, arg: str, /) -> None: ...

    @property
    def laws(self) -> str: ...

    @laws.setter
    def laws(self, arg: str, /) -> None: ...

    @property
    def shift(self) -> str: ...

    @shift.setter
    def shift(self, arg: str, /) -> None: ...

    @property
    def workers(self) -> str | None: ...

    @workers.setter
    def workers(self, arg: str | None, /) -> None: ...

    @property
    def strategies(self) -> list[str]: ...

    @strategies.setter
    def strategies(self, arg: Sequence[str], /) -> None: ...

    @property
    def bootstrap(self) -> str: ...

    @bootstrap.setter
    def bootstrap(self, arg: str, /) -> None: ...

    @property
    def seed(self) -> str: ...

    @seed.setter
    def seed(self, arg: str, /) -> None: ...

    @property
    def threads(self) -> str | None: ...

    @threads.setter
    def threads(self, arg: str | None, /) -> None: ...

    @property
    def unit(self) -> str: ...

    @unit.setter
    def unit(self, arg: str, /) -> None: ...

def fit(texts: FitTexts, argv: Sequence[str]) -> str:
    """
    Runs a fit, and returns the document that dsgd fit -o FILE.json writes.
    """

class Answer:
    """What a command came to."""

    @property
    def json(self) -> str:
        """the document that the command writes with -o FILE.json"""

    @property
    def notes(self) -> list[str]:
        """lines to tell users"""

    @property
    def warnings(self) -> list[str]:
        """lines to worry them"""

class RecommendTexts:
    """What is compared, as the command line takes it."""

    def __init__(self) -> None: ...

    @property
    def workers(self) -> str | None: ...

    @workers.setter
    def workers(self, arg: str | None, /) -> None: ...

    @property
    def laws(self) -> list[str]: ...

    @laws.setter
    def laws(self, arg: Sequence[str], /) -> None: ...

    @property
    def strategies(self) -> list[str]: ...

    @strategies.setter
    def strategies(self, arg: Sequence[str], /) -> None: ...

    @property
    def communication(self) -> str | None: ...

    @communication.setter
    def communication(self, arg: str | None, /) -> None: ...

    @property
    def server(self) -> str | None: ...

    @server.setter
    def server(self, arg: str | None, /) -> None: ...

    @property
    def stragglers(self) -> str | None: ...

    @stragglers.setter
    def stragglers(self, arg: str | None, /) -> None: ...

    @property
    def iterations(self) -> str: ...

    @iterations.setter
    def iterations(self, arg: str, /) -> None: ...

    @property
    def seed(self) -> str: ...

    @seed.setter
    def seed(self, arg: str, /) -> None: ...

    @property
    def goal(self) -> str: ...

    @goal.setter
    def goal(self, arg: str, /) -> None: ...

    @property
    def model(self) -> str | None: ...

    @model.setter
    def model(self, arg: str | None, /) -> None: ...

    @property
    def within(self) -> str: ...

    @within.setter
    def within(self, arg: str, /) -> None: ...

    @property
    def bootstrap(self) -> str: ...

    @bootstrap.setter
    def bootstrap(self, arg: str, /) -> None: ...

    @property
    def threads(self) -> str | None: ...

    @threads.setter
    def threads(self, arg: str | None, /) -> None: ...

    @property
    def unit(self) -> str: ...

    @unit.setter
    def unit(self, arg: str, /) -> None: ...

def exact(texts: SweepTexts, argv: Sequence[str]) -> Answer:
    """Finds exact values: the document that dsgd exact -o FILE.json writes."""

def recommend(texts: RecommendTexts, argv: Sequence[str]) -> Answer:
    """
    Compares candidates: the document that dsgd recommend -o FILE.json writes.
    """

class RaceTexts:
    """What is raced, as the command line takes it."""

    def __init__(self) -> None: ...

    @property
    def workers(self) -> str | None: ...

    @workers.setter
    def workers(self, arg: str | None, /) -> None: ...

    @property
    def laws(self) -> list[str]: ...

    @laws.setter
    def laws(self, arg: Sequence[str], /) -> None: ...

    @property
    def strategies(self) -> list[str]: ...

    @strategies.setter
    def strategies(self, arg: Sequence[str], /) -> None: ...

    @property
    def communication(self) -> str | None: ...

    @communication.setter
    def communication(self, arg: str | None, /) -> None: ...

    @property
    def replications(self) -> str: ...

    @replications.setter
    def replications(self, arg: str, /) -> None: ...

    @property
    def seed(self) -> str: ...

    @seed.setter
    def seed(self, arg: str, /) -> None: ...

    @property
    def draws(self) -> str: ...

    @draws.setter
    def draws(self, arg: str, /) -> None: ...

    @property
    def model(self) -> str: ...

    @model.setter
    def model(self, arg: str, /) -> None: ...

    @property
    def learning_rate(self) -> str: ...

    @learning_rate.setter
    def learning_rate(self, arg: str, /) -> None: ...

    @property
    def times(self) -> str | None: ...

    @times.setter
    def times(self, arg: str | None, /) -> None: ...

    @property
    def updates(self) -> str | None: ...

    @updates.setter
    def updates(self, arg: str | None, /) -> None: ...

    @property
    def target(self) -> str | None: ...

    @target.setter
    def target(self, arg: str | None, /) -> None: ...

    @property
    def curves(self) -> bool: ...

    @curves.setter
    def curves(self, arg: bool, /) -> None: ...

    @property
    def engine(self) -> str: ...

    @engine.setter
    def engine(self, arg: str, /) -> None: ...

    @property
    def threads(self) -> str | None: ...

    @threads.setter
    def threads(self, arg: str | None, /) -> None: ...

    @property
    def unit(self) -> str: ...

    @unit.setter
    def unit(self, arg: str, /) -> None: ...

def race(texts: RaceTexts, argv: Sequence[str]) -> Answer:
    """Races strategies: the document that dsgd race -o FILE.json writes."""

def law_forms() -> list[tuple[str, str]]:
    """Every law: how it is written, 'name:key=[:optional=]', and what it is."""

def law_key_forms() -> list[tuple[str, str]]:
    """The keys that these forms leave out, 'key=', and what they are."""

def strategy_forms() -> list[tuple[str, str]]:
    """The same of every strategy."""

def canonical_law(spec: str) -> str:
    """
    The one way to write a law or a fleet. Raises ValueError, and OSError for its files.
    """

def canonical_strategies(specs: str) -> list[str]:
    """The one way to write each strategy of a list. Raises ValueError."""

def engines() -> list[str]:
    """Engines that this machine can use."""

def arrow_stream(columns: list[tuple[str, list[Any]]]) -> CapsuleType:
    """
    An Arrow C stream of one batch. columns: (name, values) of equal lengths; values are int, float or None, or str.
    """
