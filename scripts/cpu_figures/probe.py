"""Is somebody else computing on these cores? A fixed loop on each says what share of its core it gets."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Iterable

QUIET = 0.95  # share of its core that a probe gets on a machine that has nothing else to do

LOOP = """
import os, sys, time
os.sched_setaffinity(0, {int(sys.argv[1])})
wall, processor = time.perf_counter(), time.process_time()
while time.perf_counter() - wall < 0.1: pass
print((time.process_time() - processor) / (time.perf_counter() - wall))
"""


def cores(most: int) -> list[int]:
    """Up to so many of those that this process may use."""
    return sorted(os.sched_getaffinity(0))[:most]


def free_share(of: Iterable[int]) -> float:
    """The least share of a core that a tenth of a second of work gets, side by side on all of them."""
    probes = [
        subprocess.Popen([sys.executable, "-c", LOOP, str(core)], stdout=subprocess.PIPE, text=True)
        for core in of
    ]
    return min(float(probe.communicate()[0]) for probe in probes)
