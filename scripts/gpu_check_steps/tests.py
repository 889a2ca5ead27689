"""The tests that need a GPU: a process each, as ctest runs them, wherever the build folder was made."""

from __future__ import annotations

import time

from measuring.report import markdown

from .check import Check, Failed, Figures, judged_by


def run(check: Check, figures: Figures) -> None:
    results = figures["tests"] = []
    with judged_by(lambda: judge(results)):
        for name in check.gpu_tests():
            start = time.monotonic()
            test = check.run(check.gpu_test, f"--gtest_filter={name}", DSGD_REQUIRE_GPU="1")
            result = {"name": name, "result": verdict(test.returncode, test.stdout)}
            result["seconds"] = round(time.monotonic() - start, 2)
            if result["result"] != "passed":
                result["output"] = (test.stdout + test.stderr).splitlines()[-40:]
            results.append(result)


def judge(results: list[dict]) -> None:
    bad = [f"{one['name']} {one['result']}" for one in results if one["result"] != "passed"]
    if bad:
        rest = f" and {len(bad) - 3} more" if len(bad) > 3 else ""
        raise Failed(f"{len(bad)} of {len(results)} tests: {', '.join(bad[:3])}{rest}")


def verdict(status: int, output: str) -> str:
    if status != 0:
        return "failed"
    return "passed" if "[  PASSED  ] 1 test." in output else "skipped"


def page(figures: Figures) -> list[str]:
    rows = [[one["name"], one["result"], one["seconds"]] for one in figures.get("tests", [])]
    return markdown(["test", "result", "seconds"], rows)
