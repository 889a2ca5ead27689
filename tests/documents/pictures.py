"""Is a picture the one that a document shows, whatever version of matplotlib has drawn either?"""

from __future__ import annotations

import re
import xml.etree.ElementTree
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.image import imread

PLACES = (24, 32)  # fields of a picture of pixels, down and across
LIGHTER = 0.1  # by which a field may be, of black to white
APART = 0.06  # of the figure, by which a point of a curve may be


def differences_of(path: Path, shown: Path) -> list[str]:
    """What is wrong with a picture, beside the one that is shown."""
    if path.suffix == ".png":
        return differences_of_pixels(imread(path), imread(shown))
    found = []
    for what in (words, numbers):
        ours, theirs = what(path), what(shown)
        if ours != theirs:
            found.append(f"{what.__name__}: {sorted(((ours - theirs) + (theirs - ours)).elements())}")
    if len(curves(path)) != len(curves(shown)) or any(map(differ, curves(path), curves(shown))):
        found.append(f"curves: {len(curves(path))} beside {len(curves(shown))}, or of other points, or elsewhere")
    return found


def differences_of_parts(path: Path, shown: Path, parts: Sequence[str]) -> list[str]:
    """Texts that one of the two lacks."""
    return [f"no {part!r} in {each}" for part in parts for each in (path, shown) if part not in texts(each)]


def texts(path: Path) -> list[str]:
    """Each text is drawn by its signs' shapes, and stands beside them as a comment."""
    return re.findall(r"<!-- (.*) -->", path.read_text())


def words(path: Path) -> Counter[str]:
    """Titles, labels and names in the legend, numbers left out, however lines are broken."""
    return Counter(re.sub(r"[\d.,+]+", "", " ".join(texts(path))).split())


def numbers(path: Path) -> Counter[str]:
    """Those along the axes among them."""
    return Counter(re.findall(r"[\d.]+", " ".join(texts(path))))


def curves(path: Path) -> list[np.ndarray]:
    """The points of each line or area within the axes, in shares of the figure. Shape [points, 2]."""
    root = xml.etree.ElementTree.parse(path).getroot()
    size = np.array(root.attrib["viewBox"].split()[2:], dtype=float)
    found = []
    for element in root.iter("{http://www.w3.org/2000/svg}path"):
        if "clip-path" in element.attrib:
            points = np.array(re.findall(r"-?[\d.]+", element.attrib["d"]), dtype=float).reshape(-1, 2)
            found.append(points / size)
    return found


def differ(ours: np.ndarray, theirs: np.ndarray) -> bool:
    return ours.shape != theirs.shape or bool(np.abs(ours - theirs).max() > APART)


def differences_of_pixels(ours: np.ndarray, theirs: np.ndarray) -> list[str]:
    shapes = [each.shape[1] / each.shape[0] for each in (ours, theirs)]
    if abs(shapes[0] / shapes[1] - 1) > APART:
        return [f"its sides are as 1 : {shapes[0]:.3f} and not as 1 : {shapes[1]:.3f}"]
    far = np.abs(lightness(ours) - lightness(theirs)).max()
    return [f"a part of it is lighter or darker by {far:.2f}"] if far > LIGHTER else []


def lightness(pixels: np.ndarray) -> np.ndarray:
    """Mean of each of PLACES fields."""
    grey = pixels[..., :3].mean(axis=2)
    return np.array([[part.mean() for part in np.array_split(row, PLACES[1], axis=1)] for row in np.array_split(grey, PLACES[0])])
