"""The laws of delays. Times are in one unit of your choice, rates are per that unit.

Each function raises ValueError for a parameter out of its range; the message says the range.
Source of all: docs/strategies-and-laws.md of the project; Johnson, Kotz, Balakrishnan,
"Continuous Univariate Distributions".
"""

from __future__ import annotations

from typing import Optional, Union

from .measured import Columns, Times, columns_of, path_of
from .specs import Law, Number, spec


def exponential(rate: Number = 2, shift: Optional[Number] = None) -> Law:
    """Delays without memory: P(X > x) = exp(-rate x).

    :param rate: 1 / mean delay, per unit of time; 1e-36 to 1e18
    :param shift: added to every delay, time units; 0 to 1e36

    >>> dsgd.exponential(rate=2)
    dsgd.Law('exponential:rate=2')
    """
    return Law(spec("exponential", rate=rate, shift=shift))


def shifted_exponential(shift: Number, rate: Number) -> Law:
    """A fixed time and an exponential delay: the mean is shift + 1 / rate.

    :param shift: shortest delay, time units; 0 to 1e36
    :param rate: 1 / (mean - shift), per unit of time; 1e-36 to 1e18

    >>> dsgd.shifted_exponential(shift=1, rate=0.5)
    dsgd.Law('shifted-exponential:shift=1:rate=0.5')
    """
    return Law(spec("shifted-exponential", shift=shift, rate=rate))


def pareto(scale: Number, shape: Number, shift: Optional[Number] = None) -> Law:
    """A heavy tail: P(X > x) = (scale / x)^shape from scale on.

    :param scale: shortest delay, time units; 1e-30 to 1e30
    :param shape: exponent of the tail, the smaller the heavier; 0.3 to 1e6
    :param shift: added to every delay, time units; 0 to 1e36

    >>> dsgd.pareto(scale=1, shape=2.5)
    dsgd.Law('pareto:scale=1:shape=2.5')
    """
    return Law(spec("pareto", scale=scale, shape=shape, shift=shift))


def weibull(scale: Number, shape: Number, shift: Optional[Number] = None) -> Law:
    """P(X > x) = exp(-(x / scale)^shape); the mean is scale Gamma(1 + 1 / shape).

    :param scale: the delay that is exceeded with probability 1/e, time units; 1e-30 to 1e30
    :param shape: 1 is exponential; below it the tail is heavier; 0.25 to 1e6
    :param shift: added to every delay, time units; 0 to 1e36

    >>> dsgd.weibull(scale=1, shape=0.7)
    dsgd.Law('weibull:scale=1:shape=0.7')
    """
    return Law(spec("weibull", scale=scale, shape=shape, shift=shift))


def lognormal(mu: Number, sigma: Number, shift: Optional[Number] = None) -> Law:
    """log X is normal; the mean is exp(mu + sigma^2 / 2).

    :param mu: mean of the delay's natural logarithm; -80 to 80
    :param sigma: standard deviation of that logarithm; 1e-6 to 9
    :param shift: added to every delay, time units; 0 to 1e36

    >>> dsgd.lognormal(mu=0, sigma=0.5)
    dsgd.Law('lognormal:mu=0:sigma=0.5')
    """
    return Law(spec("lognormal", mu=mu, sigma=sigma, shift=shift))


def log_logistic(scale: Number, shape: Number, shift: Optional[Number] = None) -> Law:
    """P(X > x) = 1 / (1 + (x / scale)^shape).

    :param scale: the median, time units; 1e-30 to 1e30
    :param shape: exponent of the tail, the smaller the heavier; 0.4 to 1e6
    :param shift: added to every delay, time units; 0 to 1e36

    >>> dsgd.log_logistic(scale=1, shape=3)
    dsgd.Law('log-logistic:scale=1:shape=3')
    """
    return Law(spec("log-logistic", scale=scale, shape=shape, shift=shift))


def gamma(shape: Number, rate: Number, shift: Optional[Number] = None) -> Law:
    """Density proportional to x^(shape - 1) exp(-rate x); the mean is shape / rate.

    :param shape: 1 is exponential, n the sum of n exponential delays; 0.25 to 1e6
    :param rate: shape / mean delay, per unit of time; 1e-30 to 1e30
    :param shift: added to every delay, time units; 0 to 1e36

    >>> dsgd.gamma(shape=3, rate=1.5)
    dsgd.Law('gamma:shape=3:rate=1.5')
    """
    return Law(spec("gamma", shape=shape, rate=rate, shift=shift))


def uniform(low: Number, high: Number, shift: Optional[Number] = None) -> Law:
    """Every delay from low to high is equally likely.

    :param low: shortest delay, time units; 0 to 1e36
    :param high: longest delay, time units; 1e-30 to 1e36
    :param shift: added to every delay, time units; 0 to 1e36

    >>> dsgd.uniform(low=1, high=3)
    dsgd.Law('uniform:low=1:high=3')
    """
    return Law(spec("uniform", low=low, high=high, shift=shift))


def constant(value: Number, shift: Optional[Number] = None) -> Law:
    """Every delay is the same.

    :param value: the delay, time units; 1e-36 to 1e36
    :param shift: added to every delay, time units; 0 to 1e36

    >>> dsgd.constant(1.5)
    dsgd.Law('constant:value=1.5')
    """
    return Law(spec("constant", value=value, shift=shift))


def two_point(low: Number, high: Number, probability: Number, shift: Optional[Number] = None) -> Law:
    """Usually low, sometimes high.

    :param low: the usual delay, time units; 0 to 1e36
    :param high: the longer delay, time units; 1e-36 to 1e36
    :param probability: of the longer delay; 1e-15 to 1 - 1e-15
    :param shift: added to every delay, time units; 0 to 1e36

    >>> dsgd.two_point(low=1, high=10, probability=0.01)
    dsgd.Law('two-point:low=1:high=10:probability=0.01')
    """
    return Law(spec("two-point", low=low, high=high, probability=probability, shift=shift))


def hyperexponential(probability: Number, rate1: Number, rate2: Number, shift: Optional[Number] = None) -> Law:
    """Exponential with rate1 with the given probability, else with rate2.

    :param probability: of rate1; 1e-6 to 1 - 1e-6
    :param rate1: per unit of time; 1e-30 to 1e30
    :param rate2: per unit of time; 1e-30 to 1e30
    :param shift: added to every delay, time units; 0 to 1e36

    >>> dsgd.hyperexponential(probability=0.9, rate1=2, rate2=0.2)
    dsgd.Law('hyperexponential:probability=0.9:rate1=2:rate2=0.2')
    """
    return Law(spec("hyperexponential", probability=probability, rate1=rate1, rate2=rate2, shift=shift))


def empirical(
    file: Times,
    column: Optional[Union[str, int]] = None,
    sha256: Optional[str] = None,
    worker: Optional[str] = None,
    columns: Columns = None,
    where: Optional[str] = None,
    skip: Optional[int] = None,
    missing: Optional[str] = None,
    separator: Optional[str] = None,
    decimal: Optional[str] = None,
    shift: Optional[Number] = None,
) -> Law:
    """Measured times: each value in a column of a CSV file is equally likely.

    With ``worker`` or ``columns`` each worker draws from its own times: a fleet of as many workers.

    :param file: path of the file, or of one number per line; an array of times, or [step, worker], whose columns are
        each worker's own (``ravel()`` it to pool them); a data frame (pandas, polars), or a mapping of columns.
        What is no file is written to a temporary one, which is removed when Python ends
    :param column: its name or number, from 1; the only numeric column if not given
    :param sha256: that the file must have
    :param worker: column that tells workers apart, or several with + between them
    :param columns: of a wide table, one per worker; ``"*"`` for all
    :param where: rows to take, ``"COLUMN=TEXT"``, several with commas between them
    :param skip: rows left out at the start
    :param missing: ``"refuse"`` or ``"skip"`` empty cells, NA and NaN
    :param separator: ``"auto"``, ``"comma"``, ``"semicolon"``, ``"tab"`` or ``"space"``
    :param decimal: ``"auto"``, ``"point"`` or ``"comma"``
    :param shift: added to every delay, time units; 0 to 1e36
    :raises OSError: where the file cannot be read

    >>> dsgd.empirical("times.csv", column="seconds", worker="rank")  # doctest: +SKIP
    >>> dsgd.sweep(law=dsgd.empirical([1.0, 2.0, 6.0]), workers=4, strategy="async")[0].expected
    0.75
    """
    columns = columns_of(file, columns)
    rows = spec("", where=where, skip=skip, missing=missing, separator=separator, decimal=decimal)
    return Law(spec("empirical", file=path_of(file), column=column, worker=worker, columns=columns, sha256=sha256, shift=shift) + rows)


def replay(
    file: Times,
    column: Optional[Union[str, int]] = None,
    worker: Optional[str] = None,
    step: Optional[str] = None,
    sha256: Optional[str] = None,
    columns: Columns = None,
    where: Optional[str] = None,
    skip: Optional[int] = None,
    missing: Optional[str] = None,
    separator: Optional[str] = None,
    decimal: Optional[str] = None,
) -> Law:
    """Whole measured steps, with the times of all their workers: a fleet whose workers are slow together.

    :param file: path of the file; an array [step, worker]; a data frame (pandas, polars), or a mapping of columns.
        What is no file is written to a temporary one, which is removed when Python ends
    :param column: of the times, by name or number, from 1; the only numeric column if not given
    :param sha256: that the file must have
    :param worker: column that tells workers apart, or several with + between them
    :param step: column that tells steps apart; needed with ``worker``
    :param columns: of a wide table instead, one per worker and a row per step; ``"*"`` for all
    :param where: rows to take, ``"COLUMN=TEXT"``, several with commas between them
    :param skip: steps left out at the start
    :param missing: ``"refuse"`` or ``"skip"`` steps that lack the time of a worker
    :param separator: ``"auto"``, ``"comma"``, ``"semicolon"``, ``"tab"`` or ``"space"``
    :param decimal: ``"auto"``, ``"point"`` or ``"comma"``
    :raises OSError: where the file cannot be read

    >>> dsgd.replay("times.csv", column="seconds", worker="rank", step="step")  # doctest: +SKIP
    >>> dsgd.sweep(law=dsgd.replay([[1.0, 2.0], [5.0, 3.0]]), strategy="sync")[0].expected
    3.5
    """
    columns = columns_of(file, columns)
    rows = spec("", where=where, skip=skip, missing=missing, separator=separator, decimal=decimal)
    return Law(spec("replay", file=path_of(file), column=column, worker=worker, step=step, columns=columns, sha256=sha256) + rows)
