"""Whom the server waits for. m is the number of workers, X a worker's delay.

A parameter that counts workers may be a whole number from 1 on, a percentage of m as text ("90%"), or several of
these: ``k_sync(k=range(1, 9))`` stands for eight strategies. A point whose k exceeds its m is left out. Each function
raises ValueError for a parameter out of its range. Sources: docs/strategies.md of the project.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Optional, Union

from .specs import Number, Strategy, spec

Count = Union[int, str]
Counts = Union[Count, Iterable[Count]]
Numbers = Union[Number, str, Iterable[Number]]


def sync() -> Strategy:
    """Wait for all workers: the runtime is max X.

    >>> dsgd.sync()
    dsgd.Strategy('sync')
    """
    return Strategy("sync")


def async_() -> Strategy:
    """Every arrival is an update; nobody waits and nobody is cancelled: E[X] / m per update.

    >>> dsgd.async_()
    dsgd.Strategy('async')
    """
    return Strategy("async")


def fastest() -> Strategy:
    """Wait for the first worker and cancel the others: min X.

    >>> dsgd.fastest()
    dsgd.Strategy('fastest')
    """
    return Strategy("fastest")


def k_sync(k: Counts) -> Strategy:
    """Wait for the first k workers and cancel the others: the k-th smallest X.

    :param k: workers to wait for

    >>> dsgd.k_sync(k="90%")
    dsgd.Strategy('k-sync:k=90%')
    """
    return Strategy(spec("k-sync", k=k))


def backup(spare: Counts) -> Strategy:
    """Wait for all but the slowest spare workers.

    :param spare: workers that are not waited for, from 0 on

    >>> dsgd.backup(spare=range(0, 5))
    dsgd.Strategy('backup:spare=0:4')
    """
    return Strategy(spec("backup", spare=spare))


def k_batch_sync(k: Counts) -> Strategy:
    """Wait for the first k mini-batches, whoever made them; then restart all.

    :param k: mini-batches to wait for

    >>> dsgd.k_batch_sync(k=8)
    dsgd.Strategy('k-batch-sync:k=8')
    """
    return Strategy(spec("k-batch-sync", k=k))


def k_async(k: Counts) -> Strategy:
    """Wait for k workers, which then restart; the others go on undisturbed.

    :param k: workers to wait for

    >>> dsgd.k_async(k=4)
    dsgd.Strategy('k-async:k=4')
    """
    return Strategy(spec("k-async", k=k))


def k_batch_async(k: Counts) -> Strategy:
    """An update every k mini-batches; nobody idles and nobody is cancelled: k E[X] / m per update.

    :param k: mini-batches per update

    >>> dsgd.k_batch_async(k=4)
    dsgd.Strategy('k-batch-async:k=4')
    """
    return Strategy(spec("k-batch-async", k=k))


def local_sgd(steps: Union[int, Iterable[int]], communication: Number) -> Strategy:
    """Every worker takes some steps, then all meet; the runtime is that of one step.

    :param steps: steps between meetings, 1 to 1024
    :param communication: time of one meeting, in the unit of the law; 0 to 1e30

    >>> dsgd.local_sgd(steps=8, communication=0.5)
    dsgd.Strategy('local-sgd:steps=8:communication=0.5')
    """
    return Strategy(spec("local-sgd", steps=steps, communication=communication))


def ssp(staleness: Union[int, Iterable[int]]) -> Strategy:
    """Every arrival is an update; who is more than staleness jobs ahead of the slowest waits for it.

    :param staleness: jobs that a worker may be ahead and go on, 0 to 1000000; 0 is in steps

    >>> dsgd.ssp(staleness=3)
    dsgd.Strategy('ssp:staleness=3')
    """
    return Strategy(spec("ssp", staleness=staleness))


def gradient_coding(stragglers: Counts) -> Strategy:
    """Every worker carries s + 1 of m parts; wait for m - s of them: (s + 1) / m times the (m - s)-th smallest X.

    :param stragglers: workers that are not waited for, s, from 0 on

    >>> dsgd.gradient_coding(stragglers=2)
    dsgd.Strategy('gradient-coding:stragglers=2')
    """
    return Strategy(spec("gradient-coding", stragglers=stragglers))


def deadline(time: Numbers, k: Optional[Counts] = None) -> Strategy:
    """Take what has arrived by a time, at least the first k workers, and cancel the others.

    The runtime is min(max(k-th smallest X, time), max X), and gradients are a mean.

    :param time: of the deadline since the update before, in the unit of the law; 0 to 1e30
    :param k: workers to wait for in any case; 1 without it

    >>> dsgd.deadline(time=1.5, k=4)
    dsgd.Strategy('deadline:time=1.5:k=4')
    """
    return Strategy(spec("deadline", time=time, k=k))


def speculate(
    after: Optional[Numbers] = None,
    share: Optional[Numbers] = None,
    factor: Optional[Numbers] = None,
    k: Optional[Counts] = None,
) -> Strategy:
    """Copy who runs for long; the first of a worker and its copy counts, the other is cancelled.

    Copies begin once all has passed that is given: a time, and a share of the workers with so many of their medians.

    :param after: time when copies begin, in the unit of the law; 0 to 1e30
    :param share: of the workers that have arrived when copies begin, 0 to 1
    :param factor: copies begin after so many medians of the delays of those workers, 0 to 1e6
    :param k: workers to wait for; all without it

    >>> dsgd.speculate(share=0.75, factor=1.5)
    dsgd.Strategy('speculate:share=0.75:factor=1.5')
    """
    return Strategy(spec("speculate", after=after, share=share, factor=factor, k=k))
