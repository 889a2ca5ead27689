"""Timings in rounds: every peer once, then all again, so that what disturbs the machine disturbs all."""

from __future__ import annotations

import contextlib
import math
import statistics
from typing import Iterator, NamedTuple

from .dsgd import Engine
from .peer import RATE, Peer, Skipped, Timing

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
    """Of two means. Exact: the largest of m has the mean H_m / rate and the variance sum 1/i^2 / rate^2, the
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
        chunks: dict[Peer, int] = {}
        for peer in list(self.peers):
            with self.leaving_out(peer, workers):
                peer.prepare(workers)
                chunks[peer] = calibrate(peer, self.seconds)
        timings: dict[Peer, list[Timing]] = {peer: [] for peer in self.peers}
        for _ in range(self.rounds):
            for peer in list(self.peers):
                with self.leaving_out(peer, workers):
                    timings[peer].append(peer.time(chunks[peer]))
        rows = [self.row(peer, workers, timings[peer]) for peer in self.peers]
        self.rows += rows
        return rows

    @staticmethod
    def row(peer: Peer, workers: int, timings: list[Timing]) -> Row:
        """What a peer's timings come to."""
        largest, smallest, iterations = peer.means(timings)
        return Row(
            peer.name,
            peer.form,
            peer.version,
            peer.device,
            isinstance(peer, Engine),
            workers,
            timings[0].iterations,
            [1e9 * one.seconds / (one.iterations * workers) for one in timings],
            *z_values(largest, smallest, workers, iterations),
        )
