"""Peers timed in turn, and their answers beside the exact values."""

from __future__ import annotations

import contextlib
import functools
import math
import statistics
from typing import Iterator, NamedTuple, Sequence

from .peer import RATE, Peer, Skipped, Timing
from .timing import in_turn

# A right answer is further than this from its exact mean once in 10^10.
STANDARD_ERRORS = 6.5


class Row(NamedTuple):
    """One peer at one number of workers."""

    name: str
    form: str
    version: str
    device: str
    is_dsgd: bool
    workers: int
    iterations: int  # of a timing
    nanoseconds_per_draw: list[float]  # of each round
    z_largest: float  # (mean - exact mean) / standard error, over all rounds
    z_smallest: float

    @property
    def median(self) -> float:
        """Nanoseconds per draw, over the rounds."""
        return statistics.median(self.nanoseconds_per_draw)

    @property
    def is_right(self) -> bool:
        """Are both means where they should be?"""
        return max(abs(self.z_largest), abs(self.z_smallest)) <= STANDARD_ERRORS  # false for a NaN

    def time_relative_to(self, other: Row) -> float:
        """Median of the rounds' ratios."""
        pairs = zip(self.nanoseconds_per_draw, other.nanoseconds_per_draw)
        return statistics.median(mine / theirs for mine, theirs in pairs)


class Skip(NamedTuple):
    """A peer that was left out."""

    name: str
    workers: int  # from this number on
    reason: str


def harmonic(m: int, power: int) -> float:
    """Sum of 1 / i^power over i = 1 .. m."""
    return math.fsum(1 / i**power for i in range(1, m + 1))


def z_values(largest: float, smallest: float, m: int, iterations: int) -> tuple[float, float]:
    """The z of two means. Exact: the largest of m has the mean H_m / rate and the variance sum 1/i^2 / rate^2, the
    smallest the mean 1 / (m rate) and the variance of its square."""
    root = math.sqrt(iterations)
    z_largest = (largest * RATE - harmonic(m, 1)) / math.sqrt(harmonic(m, 2)) * root
    return z_largest, (smallest * RATE * m - 1) * root


def calibrate(peer: Peer, seconds: float) -> int:
    """Chunks that take about this long. Also the warm-up."""
    chunks = 1
    while (took := peer.time(chunks).seconds) < seconds / 8:
        chunks *= 4
    return max(1, round(chunks * seconds / took))


class Measurement:
    """All peers, timed in rounds at one number of workers after the other."""

    def __init__(self, peers: list[Peer], rounds: int, seconds: float) -> None:
        self.peers, self.rounds, self.seconds = peers, rounds, seconds
        self.rows: list[Row] = []
        self.skips: list[Skip] = []
        self.free = 1.0  # least share of its core that a probe got between the rounds

    @contextlib.contextmanager
    def leaving_out(self, peer: Peer, workers: int) -> Iterator[None]:
        """When the peer cannot do what is in this block, it is left out from here on."""
        try:
            yield
        except Skipped as skipped:
            self.skips.append(Skip(peer.name, workers, str(skipped)))
            self.peers.remove(peer)

    def run(self, workers: int) -> list[Row]:
        """Rows of this number of workers, dsgd's own first."""
        works = {}
        for peer in list(self.peers):
            with self.leaving_out(peer, workers):
                peer.prepare(workers)
                works[peer] = functools.partial(self.time, peer, workers, calibrate(peer, self.seconds))
        rounds = in_turn(list(works.values()), self.rounds)
        self.free = min(self.free, *(one.free for one in rounds))
        timings = dict(zip(works, zip(*(one.values for one in rounds))))
        rows = [self.row(peer, workers, timings[peer]) for peer in self.peers]
        self.rows += rows
        return rows

    def time(self, peer: Peer, workers: int, chunks: int) -> Timing | None:
        """Nothing from the round on in which the peer is left out."""
        if peer in self.peers:
            with self.leaving_out(peer, workers):
                return peer.time(chunks)
        return None

    @staticmethod
    def row(peer: Peer, workers: int, timings: Sequence[Timing]) -> Row:
        """What a peer's timings come to."""
        largest, smallest, iterations = peer.means(timings)
        return Row(
            peer.name,
            peer.form,
            peer.version,
            peer.device,
            peer.is_dsgd,
            workers,
            timings[0].iterations,
            [1e9 * one.seconds / (one.iterations * workers) for one in timings],
            *z_values(largest, smallest, workers, iterations),
        )
