"""The device and the toolkit: what is measured."""

from __future__ import annotations

import re
import shutil

from measuring.report import markdown

from .check import Check, Figures, NoGpu

# as nvidia-smi names them; memory in MiB, clocks in MHz and before the run, power in W
FACTS = (
    "name",
    "driver_version",
    "compute_cap",
    "memory.total",
    "clocks.sm",
    "clocks.mem",
    "clocks.max.sm",
    "clocks.max.mem",
    "power.limit",
)


def run(check: Check, figures: Figures) -> None:
    if not shutil.which("nvidia-smi"):
        raise NoGpu("nvidia-smi is not found")
    query = check.run("nvidia-smi", f"--query-gpu={','.join(FACTS)}", "--format=csv,noheader,nounits")
    if query.returncode != 0 or not query.stdout.strip():
        said = (query.stdout + query.stderr).strip().splitlines() or ["nothing"]
        raise NoGpu(f"nvidia-smi says: {said[-1]}")
    figures["devices"] = [dict(zip(FACTS, line.split(", "))) for line in query.stdout.strip().splitlines()]
    nvcc = check.find_nvcc()
    release = re.search(r"V([\d.]+)", check.require(nvcc, "--version")) if nvcc else None
    figures["nvcc"] = release[1] if release else None


def page(figures: Figures) -> list[str]:
    devices = figures.get("devices", [])
    rows = [[fact, *(one.get(fact) for one in devices)] for fact in FACTS]
    head = ["fact (MiB, MHz, W)", *(f"device {number}" for number in range(len(devices)))]
    return [*markdown(head, rows), "", f"nvcc: {figures.get('nvcc') or 'none'}"]
