"""NVIDIA's compute-sanitizer over some of the tests. Memory that was never written is the emulated GPU's to find."""

from __future__ import annotations

import re
import time

from measuring.report import markdown

from .check import Check, Failed, Figures, NotRun, judged_by

TOOLS = ("memcheck", "racecheck")
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


def run(check: Check, figures: Figures) -> None:
    sanitizer = check.find_sanitizer()
    if not sanitizer:
        raise NotRun("compute-sanitizer is not found in PATH or beside nvcc")
    unknown = set(TESTS) - set(check.gpu_tests())
    if unknown:  # a filter that matches nothing would pass
        raise Failed(f"gpu_test has no {', '.join(sorted(unknown))}")
    command = (check.gpu_test, f"--gtest_filter={':'.join(TESTS)}")
    runs = figures["runs"] = []
    with judged_by(lambda: judge(runs)):
        for tool in TOOLS:
            start = time.monotonic()
            options = ("--tool", tool, "--error-exitcode", ERROR_STATUS)
            result = check.run(sanitizer, *options, *command, DSGD_REQUIRE_GPU="1")
            said = result.stdout + result.stderr
            if "Device not supported" in said:
                raise NotRun("compute-sanitizer says: Device not supported")
            seconds = round(time.monotonic() - start, 2)
            runs.append({"tool": tool, "status": result.returncode, "seconds": seconds})
            if result.returncode != 0:
                runs[-1]["report"] = re.findall("^=========.*", said, re.MULTILINE)[:60]


def judge(runs: list[dict]) -> None:
    bad = [f"{one['tool']} (status {one['status']})" for one in runs if one["status"]]
    if bad:
        raise Failed(", ".join(bad))


def page(figures: Figures) -> list[str]:
    rows = [[one["tool"], one["status"], one["seconds"]] for one in figures.get("runs", [])]
    return markdown(["tool", "exit status", "seconds"], rows)
