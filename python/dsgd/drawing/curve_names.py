"""How the curves of a figure are called, and what its title says of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .axis import Curve
from .naming import join, law_names, strategy_name, tell_apart


def unique(values: Sequence[Any]) -> list[Any]:
    """Without repetitions, in order."""
    return list(dict.fromkeys(values))


@dataclass(frozen=True)
class CurveNames:
    """Names of a figure's curves."""

    strategies: list[str]  # of all curves
    strategy: str  # what the strategies have in common; empty where they have no name in common
    law: str  # what the laws have in common
    workers: int  # of all curves; 0 where they differ, or where the axis has them
    labels: list[str]  # of the legend
    own: list[str]  # shorter: what tells apart the curves of one strategy

    @staticmethod
    def of(curves: Sequence[Curve]) -> CurveNames:
        """The names of these curves."""
        strategies, laws = unique([curve.strategy for curve in curves]), unique([curve.law for curve in curves])
        sizes = unique([curve.workers for curve in curves if curve.workers])
        strategy, of_strategy = told(strategies, [strategy_name(each) for each in strategies])
        law, of_law = told(laws, law_names(laws))
        labels, own = [], []
        for curve in curves:
            workers = f"m = {curve.workers}" if len(sizes) > 1 and curve.workers else ""
            rest = join(of_law[curve.law], workers)
            labels.append(join(of_strategy[curve.strategy], rest) or strategy)
            parameters = curve.strategy.partition(":")[2] if len(strategies) > 1 else ""
            own.append(join(parameters, rest))
        return CurveNames(strategies, strategy, law, sizes[0] if len(sizes) == 1 else 0, labels, own)

    def common(self, communication: str) -> str:
        """What all curves share beside the strategy."""
        workers = f"m = {self.workers}" if self.workers else ""
        return join(self.law, workers, f"communication {communication}" if communication else "")


def told(specs: Sequence[str], names: Sequence[str]) -> tuple[str, dict[str, str]]:
    """What specs have in common, and what each is called beside that; nothing where there is one alone."""
    if len(specs) == 1:
        return names[0], {specs[0]: ""}
    common, rest = tell_apart(names)
    return common, dict(zip(specs, rest))
