"""What a peer is: a program that draws the delays of m workers and averages the largest and the smallest."""

from __future__ import annotations

from typing import NamedTuple, Sequence

RATE = 2  # of the exponential delays, as in `dsgd bench` and the notebook

# Libraries that would use all cores are told not to: one thread is compared with one thread.
THREAD_LIMITS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")
ENVIRONMENT = dict.fromkeys(THREAD_LIMITS, "1")


class Skipped(Exception):
    """A peer cannot be run on this machine: why."""


class Timing(NamedTuple):
    """One run of a peer."""

    seconds: float
    iterations: int
    largest: float | None = None  # sums over the iterations, unless the peer has another way (Peer.means)
    smallest: float | None = None


class Peer:
    """One program that is compared; on a CPU it has one thread. `chunk` is set by prepare: iterations that are held in memory at once."""

    chunk = 1
    is_dsgd = False

    def __init__(self, name: str, form: str) -> None:
        """@param form  how it is written, for a reader who knows the library"""
        self.name, self.form = name, form
        self.version = ""
        self.device = "1 thread"

    def prepare(self, workers: int) -> None:
        """For this many workers, until the next call. @throws Skipped"""
        raise NotImplementedError

    def time(self, chunks: int) -> Timing:
        """New draws every time. @throws Skipped"""
        raise NotImplementedError

    def means(self, timings: Sequence[Timing]) -> tuple[float, float, int]:
        """Mean of the largest, mean of the smallest delay, and of how many iterations: of all timings."""
        iterations = sum(one.iterations for one in timings)
        largest, smallest = sum(one.largest for one in timings), sum(one.smallest for one in timings)
        return largest / iterations, smallest / iterations, iterations

    def close(self) -> None:
        """Ends what runs and removes what was made."""
