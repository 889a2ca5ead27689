"""What dsgd.recommend says."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Optional

from .document import Document
from .files import Path
from .readable import readable
from .tables import table_of

if TYPE_CHECKING:
    import pandas

ROUNDING = 1e-9  # of exact ratios
HEADERS = ("strategy", "workers", "value", "of best", "95 %", "stale", "rate", "mark")


@dataclass(frozen=True)
class Ratio:
    """A ratio with its 95 % interval, whose ends are None where it is exact."""

    value: float
    low: Optional[float]
    high: Optional[float]


@dataclass(frozen=True)
class Candidate:
    """A strategy with a number of workers, beside the best one. Times are in the unit of the law."""

    strategy: str  #: canonical spec
    workers: int
    gradients: float  #: mini-batches that enter an update; their mean where that is random
    mean: Optional[float]  #: of an update's time; None where a model is trained
    exact: bool  #: True where the mean, or the value where a model is trained, comes from no draws
    value: float  #: by the goal: gradients per time, workers' time per gradient, time of a given progress or to an error, or an error
    ratio: Ratio  #: what it has of the best one's progress, or the best one's time or error in shares of its own; at most 1
    fresh: bool  #: all gradients of an update are of the model before it
    staleness: Optional[float]  #: mean updates between a gradient's model and its update; None where not known
    tied: bool  #: cannot be told apart from the best
    near: bool  #: within the share that was asked for
    exponential_only: bool  #: better than sync only because delays have no memory
    learning_rate: Optional[float] = None  #: its own best one, where a model is trained


@dataclass(frozen=True)
class Choice:
    """What is recommended among some of the candidates."""

    candidate: Candidate
    of_sync: Optional[Ratio]  #: its progress beside sync's with as many workers; None for sync itself
    tied: tuple[Candidate, ...]  #: those that cannot be told apart from it


@dataclass(frozen=True)
class LawRecommendation:
    """Candidates under one law, the best first."""

    law: str  #: canonical spec
    intervals: Mapping[str, Any]  #: what they are over ("exact", "steps" or "draws"), rows, block
    candidates: tuple[Candidate, ...]
    best: Choice
    fresh: Optional[Choice]  #: among those with fresh gradients, where the best has others and the goal does not count it
    cautions: tuple[str, ...]  #: what to know before it is followed, a sentence each
    decision: str  #: one sentence


class Recommendation(Document):
    """Which strategy and how many workers, and how sure that is. print() says it all; `decision` is the sentence.

    `best` is the best candidate under the first law, `laws` has all.
    """

    COMMAND = "recommend"

    def __init__(self, document: dict[str, Any]) -> None:
        """:param document: as `dsgd recommend -o FILE.json` writes it
        :raises ValueError: for another document
        """
        super().__init__(document)
        try:
            self.goal: str = document["goal"]
            self.decision: str = document["decision"]
            self.warnings: tuple[str, ...] = tuple(document["warnings"])
            self.laws = tuple(_law(each) for each in document["laws"])
            self._said: str = document["text"]
        except (KeyError, TypeError, IndexError) as damage:
            raise ValueError(f"the document lacks parts of a recommendation ({damage}): run the command again") from None

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """Those under the first law, the best first."""
        return self.laws[0].candidates

    @property
    def best(self) -> Candidate:
        """The best under the first law."""
        return self.candidates[0]

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas DataFrame, a row per law and candidate. :raises ImportError: without pandas"""
        import pandas

        return pandas.DataFrame([{"law": law.law, **_row(each)} for law in self.laws for each in law.candidates])

    def __repr__(self) -> str:
        return self._said.rstrip("\n")

    __str__ = __repr__

    def _repr_html_(self) -> str:
        parts = []
        for law in self.laws:
            rows = [_cells(each, is_best=each is law.candidates[0]) for each in law.candidates]
            parts.append(table_of(HEADERS, rows, [f"law: {law.law}"]).html())
            parts += [f"<div>Note: {html.escape(caution)}</div>" for caution in law.cautions]
            if len(self.laws) > 1:
                parts.append(f"<div>{html.escape(law.decision)}</div>")
        return "".join(parts) + f"<div><b>{html.escape(self.decision)}</b></div>"


def load_recommendation(path: Path) -> Recommendation:
    """Reads the JSON that `dsgd recommend -o FILE.json` or Recommendation.save wrote.

    :raises OSError: where it cannot be read
    :raises ValueError: where it is no recommendation
    """
    with open(path, encoding="utf-8") as file:
        return Recommendation.from_json(file.read())


def _law(document: dict[str, Any]) -> LawRecommendation:
    candidates = tuple(_candidate(each) for each in document["candidates"])
    best, fresh = document["best"], document["fresh"]
    return LawRecommendation(
        document["law"],
        document["intervals"],
        candidates,
        _choice(best, candidates),
        None if fresh is None else _choice(fresh, candidates),
        tuple(each["text"] for each in document.get("cautions", ())),
        document["decision"],
    )


def _choice(document: dict[str, Any], candidates: tuple[Candidate, ...]) -> Choice:
    of_sync = document["of_sync"]
    tied = tuple(candidates[place] for place in document["tied"])
    return Choice(candidates[document["candidate"]], None if of_sync is None else _ratio(of_sync), tied)


def _ratio(document: dict[str, Any]) -> Ratio:
    return Ratio(document["value"], document["low"], document["high"])


def _candidate(document: dict[str, Any]) -> Candidate:
    names = Candidate.__dataclass_fields__  # a later program may say more
    given = {name: document[name] for name in names if name != "learning_rate"}
    return Candidate(**{**given, "ratio": _ratio(document["ratio"])}, learning_rate=document.get("learning_rate"))


def _row(candidate: Candidate) -> dict[str, Any]:
    values = dict(vars(candidate))
    ratio: Ratio = values.pop("ratio")
    return {**values, "ratio": ratio.value, "ratio_low": ratio.low, "ratio_high": ratio.high}


def _cells(candidate: Candidate, *, is_best: bool) -> tuple[str, ...]:
    ratio = candidate.ratio
    marks = ["best"] if is_best else [name for name in ("tied", "near") if getattr(candidate, name)][:1]
    width = 0.0 if ratio.low is None or ratio.high is None else ratio.high - ratio.low
    return (
        candidate.strategy,
        str(candidate.workers),
        readable(candidate.value),
        readable(ratio.value),
        f"{readable(ratio.low)} to {readable(ratio.high)}" if width > ROUNDING else "" if is_best else "exact",
        "" if candidate.fresh else readable(candidate.staleness, 3) or "?",
        readable(candidate.learning_rate),
        ", ".join(marks + ["exp"] * candidate.exponential_only),
    )
