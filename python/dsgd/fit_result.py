"""What dsgd.fit says of measured times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Optional

from .document import Document
from .files import Path
from .fit_tables import html_page

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Estimate:
    """A value with its 95 % interval, whose ends are None where it is not known."""

    value: float
    low: Optional[float]
    high: Optional[float]


@dataclass(frozen=True)
class FittedLaw:
    """A law that was fitted by maximum likelihood."""

    law: str  #: as a spec, for dsgd.sweep and dsgd.Law
    aic_difference: float  #: to the best law, >= 0
    weight: float  #: Akaike's; those of all laws add up to 1
    ks: float  #: distance of Kolmogorov and Smirnov
    ks_p: Optional[float]  #: share of samples of the law that are as far from it; None without a bootstrap
    ad: float  #: distance of Anderson and Darling
    ad_p: Optional[float]
    log_likelihood: float
    parameters: Mapping[str, Estimate]


@dataclass(frozen=True)
class PredictedMean:
    """The mean runtime under all laws that are plausible, whose aic_difference is at most 10."""

    strategy: str  #: canonical spec
    workers: int
    low: Optional[float]  #: None where no law has a mean that is known
    high: Optional[float]
    without_mean: tuple[str, ...]  #: plausible laws whose mean is infinite or not known
    low_law: Optional[str] = None  #: names of the laws under which the ends lie
    high_law: Optional[str] = None


class FitResult(Document):
    """What measured times are like, which model of them holds, and which laws fit. print() says it all.

    `fit.use` are laws for dsgd.sweep, the simplest that holds first; `fit.laws` those that were fitted, the best first.
    """

    COMMAND = "fit"

    def __init__(self, document: dict[str, Any]) -> None:
        """:param document: as `dsgd fit -o FILE.json` writes it
        :raises ValueError: for a document that is not a fit
        """
        super().__init__(document)
        try:
            self.data: dict[str, Any] = document["data"]  #: column, unit, count, missing, minimum, maximum, mean, ...
            self.variance: Optional[dict[str, float]] = document["variance"]  #: shares of worker, step and rest
            self.slowest: dict[str, Estimate] = _means(document["slowest"])  #: measured, pooled, per_worker; time units
            self.laws = tuple(_law(each) for each in document["laws"])
            self.means = tuple(_mean(each) for each in document["means"])
            self.replacing: Optional[dict[str, Any]] = document["replacing"]  #: the slowest worker, and the share saved
            self.use: tuple[str, ...] = tuple(document["use"])
            self.use_note: Optional[str] = document["use_note"]  #: why simpler laws are not among them
            self._said: str = document["text"]
        except (KeyError, TypeError, AttributeError) as damage:
            raise ValueError(f"the document lacks parts of a fit ({damage}): run the fit again") from None

    def plot(self, *, unit: str = "", title: Optional[str] = None, width: Optional[float] = None) -> Figure:
        """Values beside laws, and workers where they are told apart: the figure of `dsgd fit --plot`.

        :param unit: of times, for the labels; that of the fit if not given
        :param width: inches
        :raises ImportError: without matplotlib
        """
        from .plotting import plot_fit

        return plot_fit(self.document, unit, title, width)

    def __repr__(self) -> str:
        return self._said.rstrip("\n")

    __str__ = __repr__

    def _repr_html_(self) -> str:
        return html_page(self)


def load_fit(path: Path) -> FitResult:
    """Reads the JSON that `dsgd fit -o FILE.json` or FitResult.save wrote.

    :raises OSError: where it cannot be read
    :raises ValueError: where it is no fit
    """
    with open(path, encoding="utf-8") as file:
        return FitResult.from_json(file.read())


def _estimate(document: dict[str, Any], key: str) -> Estimate:
    return Estimate(document[key], document["low"], document["high"])


def _means(slowest: Optional[dict[str, Any]]) -> dict[str, Estimate]:
    return {name: _estimate(slowest[name], "mean") for name in ("measured", "pooled", "per_worker")} if slowest else {}


def _law(document: dict[str, Any]) -> FittedLaw:
    parameters = {key: _estimate(each, "value") for key, each in document["parameters"].items()}
    return FittedLaw(**{**_known(FittedLaw, document), "parameters": parameters})


def _mean(document: dict[str, Any]) -> PredictedMean:
    return PredictedMean(**{**_known(PredictedMean, document), "without_mean": tuple(document["without_mean"])})


def _known(kind: type, document: dict[str, Any]) -> dict[str, Any]:
    """What a class has fields for: a later program may say more."""
    names = {field.name for field in fields(kind)}
    return {key: value for key, value in document.items() if key in names}
