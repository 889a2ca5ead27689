"""How long does an iteration of distributed SGD take, and whom should it wait for?

>>> import dsgd
>>> result = dsgd.sweep(workers=range(1, 21), law=dsgd.exponential(rate=2), strategy=["sync", "async"])
>>> round(result["sync", 20].expected, 4)
1.7989
"""

from ._core import engines
from ._core import version as __version__
from .exact_result import ExactPoint, ExactResult, load_exact
from .exact_values import exact
from .fit_result import Estimate, FitResult, FittedLaw, PredictedMean, load_fit
from .fitting import fit
from .laws import (
    constant,
    empirical,
    exponential,
    gamma,
    hyperexponential,
    log_logistic,
    lognormal,
    pareto,
    replay,
    shifted_exponential,
    two_point,
    uniform,
    weibull,
)
from .race_result import RacePoint, RaceResult, load_race
from .racing import race
from .recommendation import Candidate, Choice, LawRecommendation, Ratio, Recommendation, load_recommendation
from .recommending import recommend
from .reporting import report
from .result import Point, Quantile, Result, load
from .specs import Law, Strategy
from .strategies import (
    async_,
    backup,
    deadline,
    fastest,
    gradient_coding,
    k_async,
    k_batch_async,
    k_batch_sync,
    k_sync,
    local_sgd,
    speculate,
    ssp,
    sync,
)
from .sweeping import Interrupted, SweepWarning, sweep

__all__ = [
    "Candidate",
    "Choice",
    "Estimate",
    "ExactPoint",
    "ExactResult",
    "FitResult",
    "FittedLaw",
    "Interrupted",
    "Law",
    "LawRecommendation",
    "Point",
    "PredictedMean",
    "Quantile",
    "RacePoint",
    "RaceResult",
    "Ratio",
    "Recommendation",
    "Result",
    "Strategy",
    "SweepWarning",
    "async_",
    "backup",
    "constant",
    "deadline",
    "empirical",
    "engines",
    "exact",
    "exponential",
    "fastest",
    "fit",
    "gamma",
    "gradient_coding",
    "hyperexponential",
    "k_async",
    "k_batch_async",
    "k_batch_sync",
    "k_sync",
    "load",
    "load_exact",
    "load_fit",
    "load_race",
    "load_recommendation",
    "local_sgd",
    "log_logistic",
    "lognormal",
    "pareto",
    "race",
    "recommend",
    "replay",
    "report",
    "shifted_exponential",
    "speculate",
    "ssp",
    "sweep",
    "sync",
    "two_point",
    "uniform",
    "weibull",
]
