"""NVIDIA's compute-sanitizer over a small sweep and some of the tests."""

from __future__ import annotations

import re
import time

from measuring.report import markdown

from .check import GPU_ENGINES, Check, Failed, Figures, NotRun

TOOLS = ("memcheck", "racecheck", "initcheck")
SWEEP = "-m 1,3,20,1000 -n 2001"
TESTS = (  # none of those that provoke errors
    "Cuda.EqualsTheDefinitionAround32BitIterations",
    "Cuda.AnyNumberOfStreamsGivesTheDefinition",
    "CudaClocks.CommonDrawsOfSeveralFleets",
    "CudaClocks.ServeEveryLawWithHistograms",
    "CudaForms.CommonDrawsOfSeveralFleets",
    "CudaForms.ServeEveryLawWithHistograms",
    "CudaMaterialized.EqualsTheDefinitionAround32BitIterations",
    "CudaMaterialized.ServesBatchesOfSeveralRatesAndWorkers",
    "PortableLogOnDevice.HasTheHostsBitsForEvery256thWord",
)
ERROR_STATUS = 86


def sweep(check: Check, engine: str) -> tuple[object, ...]:
    return (check.dsgd, "sweep", "--engine", engine, *SWEEP.split())


def run(check: Check, figures: Figures) -> None:
    sanitizer = check.find_sanitizer()
    if not sanitizer:
        raise NotRun("compute-sanitizer is not found in PATH or beside nvcc")
    unknown = set(TESTS) - set(check.gpu_tests())
    if unknown:  # a filter that matches nothing would pass
        raise Failed(f"gpu_test has no {', '.join(sorted(unknown))}")
    programs = {
        **{f"sweep of {engine}": sweep(check, engine) for engine in GPU_ENGINES},
        "tests": (check.gpu_test, f"--gtest_filter={':'.join(TESTS)}"),
    }
    runs = figures["runs"] = []
    for tool in TOOLS:
        for name, command in programs.items():
            start = time.monotonic()
            options = ("--tool", tool, "--error-exitcode", ERROR_STATUS)
            result = check.run(sanitizer, *options, *command, DSGD_REQUIRE_GPU="1")
            said = result.stdout + result.stderr
            if "Device not supported" in said:
                raise NotRun("compute-sanitizer says: Device not supported")
            seconds = round(time.monotonic() - start, 2)
            runs.append({"tool": tool, "program": name, "status": result.returncode, "seconds": seconds})
            if result.returncode != 0:
                runs[-1]["report"] = re.findall("^=========.*", said, re.MULTILINE)[:60]
    bad = [f"{one['tool']} of the {one['program']} (status {one['status']})" for one in runs if one["status"]]
    if bad:
        raise Failed(", ".join(bad))


def page(figures: Figures) -> list[str]:
    rows = [[one["tool"], one["program"], one["status"], one["seconds"]] for one in figures.get("runs", [])]
    return markdown(["tool", "program", "exit status", "seconds"], rows)
