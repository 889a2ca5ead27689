"""The machine that is measured on: what a reader of results needs to know, and whether somebody else computes on it."""

from __future__ import annotations

import datetime
import os
import platform
import subprocess
import sys
from pathlib import Path

QUIET = 0.95  # share of its core that a probe gets on a machine that has nothing else to do

PROBE = """
import os, sys, time
os.sched_setaffinity(0, {int(sys.argv[1])})
wall, processor = time.perf_counter(), time.process_time()
while time.perf_counter() - wall < 0.1: pass
print((time.process_time() - processor) / (time.perf_counter() - wall))
"""


def processor() -> str:
    """Its name, with family and model, since some names say little."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    fields = dict(map(str.strip, line.split(":", 1)) for line in reversed(lines) if ":" in line)
    name = fields.get("model name", platform.machine())
    if "cpu family" in fields:
        name += f" (family {fields['cpu family']}, model {fields['model']})"
    return name


def describe() -> dict:
    """For the results: processor, cores, system, date in UTC, load average of the last minute."""
    return {
        "processor": processor(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "load_average": [os.getloadavg()[0]],
    }


def free_share(cores: int) -> float:
    """The least share of a core that a tenth of a second of work gets, side by side on so many cores of this process."""
    command = [sys.executable, "-S", "-c", PROBE]
    of = sorted(os.sched_getaffinity(0))[:cores]
    probes = [subprocess.Popen([*command, str(core)], stdout=subprocess.PIPE, text=True) for core in of]
    return min(float(probe.communicate()[0]) for probe in probes)
