"""The devices, as `dsgd devices` lists them, and the toolkit: what is measured."""

from __future__ import annotations

import re
import shutil

from measuring.report import markdown

from .check import Check, Figures, NoGpu

# What nvidia-smi adds, where it is: clocks in MHz and before the run, power in W.
FACTS = ("driver_version", "clocks.sm", "clocks.mem", "clocks.max.sm", "clocks.max.mem", "power.limit")


def facts_of_nvidia_smi(check: Check) -> list[dict]:
    if not shutil.which("nvidia-smi"):
        return []
    query = check.run("nvidia-smi", f"--query-gpu={','.join(FACTS)}", "--format=csv,noheader,nounits")
    if query.returncode != 0:
        return []
    return [dict(zip(FACTS, line.split(", "))) for line in query.stdout.strip().splitlines()]


def run(check: Check, figures: Figures) -> None:
    said = check.require(check.dsgd, "devices")
    listed = re.findall(r"^cuda \d+ +(.+?)  +(sm_\d+), (.+)$", said, re.MULTILINE)
    if not listed:
        reason = re.search(r"^cuda +not available: (.+)$", said, re.MULTILINE)
        raise NoGpu("'dsgd devices' lists none" + (f": {reason[1]}" if reason else ""))
    check.has_gpu = True
    devices = [dict(zip(("name", "architecture", "memory"), one)) for one in listed]
    for device, facts in zip(devices, facts_of_nvidia_smi(check)):
        device.update(facts)
    figures["devices"] = devices
    api = re.search(r"driver (for CUDA [\d.]+|none)", said)
    figures["driver"] = devices[0].get("driver_version") or (api[1] if api else None)
    nvcc = check.find_nvcc()
    release = re.search(r"V([\d.]+)", check.require(nvcc, "--version")) if nvcc else None
    figures["nvcc"] = release[1] if release else None


def page(figures: Figures) -> list[str]:
    devices = figures.get("devices", [])
    facts = list(dict.fromkeys(fact for device in devices for fact in device))
    rows = [[fact, *(one.get(fact) for one in devices)] for fact in facts]
    head = ["fact (MHz, W)", *(f"device {number}" for number in range(len(devices)))]
    return [*markdown(head, rows), "", f"nvcc: {figures.get('nvcc') or 'none'}"]
