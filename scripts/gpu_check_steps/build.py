"""The programs that are checked: built from the sources, or brought along."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from measuring.report import markdown

from .check import ROOT, Check, Failed, Figures


def unpacked(check: Check, folder: Path) -> Path:
    """The folder itself, or one with what the Debian packages in it hold."""
    packages = sorted(folder.glob("*.deb"))
    if not packages:
        return folder
    if not shutil.which("dpkg-deb"):
        raise Failed(f"dpkg-deb is not found, which unpacks {packages[0].name}: unpack the packages elsewhere")
    target = check.build / "dependencies"
    for package in packages:
        check.require("dpkg-deb", "--extract", package, target)
    return target


def build(check: Check) -> None:
    prefixes = []
    if check.dependencies:
        folder = unpacked(check, check.dependencies)
        # CMake's files of Debian packages lie under lib/<architecture>, which other systems do not search.
        prefixes = [folder, folder / "usr", *sorted(folder.glob("usr/lib/*/cmake"))]
        check.libraries += [path for path in sorted(folder.glob("usr/lib/*")) if path.is_dir()]
    generator = ["-G", "Ninja"] if shutil.which("ninja") else []
    settings = ["-DCUDA=ON", "-DDSGD_TESTS=ON", "-DCMAKE_BUILD_TYPE=Release"]
    if prefixes:
        settings.append("-DCMAKE_PREFIX_PATH=" + ";".join(map(str, prefixes)))
    check.require("cmake", *generator, "-S", ROOT, "-B", check.build, *settings)
    targets = (check.dsgd.name, check.gpu_test.name)
    check.require("cmake", "--build", check.build, "--parallel", os.cpu_count(), "--target", *targets)


def run(check: Check, figures: Figures) -> None:
    if check.is_build_given:
        check.libraries.append(check.build)
    else:
        build(check)
    for program in (check.dsgd, check.gpu_test):
        if not os.access(program, os.X_OK):
            raise Failed(f"{program} is missing, or cannot be run")
    provenance = check.answer("cpu", "sweep", "-m", 1, "-n", 1)["provenance"]
    for fact in ("version", "commit", "compiler", "cuda"):
        figures[fact] = provenance[fact]
    figures["commit"] = check.commit or figures["commit"]


def page(figures: Figures) -> list[str]:
    return markdown(["build", ""], [[fact, value] for fact, value in figures.items()])
