"""A fit as people read it in a notebook: the tables of `dsgd fit` as HTML."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Optional

from .readable import percent, readable

if TYPE_CHECKING:
    from .fit_result import Estimate, FitResult

LEAST_WEIGHT = 1e-6  # below it, weights are not told apart
TOLD = 1000.0  # laws that are worse by more, measured by AIC, have no parameters shown


def html_page(fit: FitResult) -> str:
    """What print() says, in its order."""
    return "".join(_parts(fit))


def _parts(fit: FitResult) -> Iterator[str]:
    data = fit.data
    unit = f" {data['unit']}" if data["unit"] else ""
    yield _line(
        f"{data['count']} times, {data['missing']} missing, from {readable(data['minimum'])} to "
        f"{readable(data['maximum'])}{unit}; mean {readable(data['mean'])}, sd {readable(data['standard_deviation'])}"
    )
    if "steps" in data:
        yield _line(f"{data['steps']} steps of {data['workers']} workers")
    if fit.variance:
        yield _line("variance: " + ", ".join(f"{name} {percent(share)}" for name, share in fit.variance.items()))
    if fit.slowest:
        yield _table(
            ("mean of the slowest", "mean", "95 %"),
            [(name.replace("_", " "), readable(each.value), _interval(each)) for name, each in fit.slowest.items()],
        )
    yield _table(
        ("law", "dAIC", "weight", "KS p", "AD p", "parameters, 95 %"),
        [
            (
                law.law.partition(":")[0] + (" + shift" if ":shift=" in law.law and not law.law.startswith("shifted") else ""),
                f"{law.aic_difference:.2f}",
                readable(law.weight, 3) if law.weight >= LEAST_WEIGHT else f"<{LEAST_WEIGHT:g}",
                readable(law.ks_p, 3),
                readable(law.ad_p, 3),
                "; ".join(f"{key} {readable(each.value)} ({_interval(each)})" for key, each in law.parameters.items())
                if law.aic_difference <= TOLD
                else "",
            )
            for law in fit.laws
        ],
    )
    if fit.means:
        yield _table(
            ("strategy", "workers", "lowest", "highest mean"),
            [(mean.strategy, str(mean.workers), readable(mean.low), readable(mean.high)) for mean in fit.means],
        )
    if fit.replacing:
        saved = fit.replacing["saved"]
        ends = "" if saved["low"] is None else f" ({percent(saved['low'])} to {percent(saved['high'])})"
        yield _line(f"replacing worker {fit.replacing['worker']} by an average one saves {percent(saved['mean'])} of a step{ends}")
    if fit.use_note:
        yield _line(fit.use_note)
    yield "".join(f"<div>use: <code>{html.escape(spec)}</code></div>" for spec in fit.use)


def _interval(each: Estimate) -> str:
    return f"{readable(each.low)} to {readable(each.high)}" if each.low is not None else ""


def _line(text: str) -> str:
    return f"<div>{html.escape(text)}</div>"


def _table(headers: Sequence[str], rows: Sequence[Sequence[Optional[str]]]) -> str:
    def line(cells: Sequence[Optional[str]], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{html.escape(cell or '')}</{tag}>" for cell in cells) + "</tr>"

    return f"<table><thead>{line(headers, 'th')}</thead><tbody>{''.join(line(row, 'td') for row in rows)}</tbody></table>"
