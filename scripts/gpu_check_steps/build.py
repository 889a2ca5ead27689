"""The programs that are checked: built from the sources, or brought along."""

from __future__ import annotations

import os
import shutil

from measuring.report import markdown

from .check import ROOT, Check, Failed, Figures


def build(check: Check) -> None:
    prefixes = []
    if check.dependencies:
        # CMake's files of unpacked Debian packages lie under lib/<architecture>, which others do not search
        prefixes = [
            check.dependencies,
            check.dependencies / "usr",
            *sorted(check.dependencies.glob("usr/lib/*/cmake")),
        ]
    generator = ["-G", "Ninja"] if shutil.which("ninja") else []
    settings = ["-DCUDA=ON", "-DDSGD_TESTS=ON", "-DCMAKE_BUILD_TYPE=Release"]
    if prefixes:
        settings.append("-DCMAKE_PREFIX_PATH=" + ";".join(map(str, prefixes)))
    check.require("cmake", *generator, "-S", ROOT, "-B", check.build, *settings)
    targets = (check.dsgd.name, check.gpu_test.name)
    check.require("cmake", "--build", check.build, "--parallel", os.cpu_count(), "--target", *targets)


def run(check: Check, figures: Figures) -> None:
    if not check.is_build_given:
        build(check)
    for program in (check.dsgd, check.gpu_test):
        if not os.access(program, os.X_OK):
            raise Failed(f"{program} is missing, or cannot be run")
    provenance = check.sweep("cpu", "-m", 1, "-n", 1)["provenance"]
    for fact in ("version", "commit", "compiler", "cuda"):
        figures[fact] = provenance[fact]
    figures["commit"] = check.commit or figures["commit"]


def page(figures: Figures) -> list[str]:
    return markdown(["build", ""], [[fact, value] for fact, value in figures.items()])
