"""Rows of peers as a table for a terminal, as a page and as JSON."""

from __future__ import annotations

from .comparison import STANDARD_ERRORS, Row, Skip
from .peer import RATE
from .report import markdown

HEAD = ("program", "ns/draw", "lowest .. highest", "draws/s", "", "z of max", "z of min", "answer")


def best_of_dsgd(rows: list[Row]) -> Row:
    """The fastest engine, with which the others are compared."""
    return min((row for row in rows if row.is_dsgd), key=lambda row: row.median)


def cells(row: Row, best: Row) -> list[str]:
    """A row's texts, in the order of HEAD."""
    spread = f"{min(row.nanoseconds_per_draw):.4g} .. {max(row.nanoseconds_per_draw):.4g}"
    ratio = row.time_relative_to(best)
    return [
        row.name,
        f"{row.median:.4g}",
        spread,
        f"{1e9 / row.median:.3g}",
        f"{ratio:.3g}" if ratio < 1000 else f"{ratio:,.0f}",
        f"{row.z_largest:+.1f}",
        f"{row.z_smallest:+.1f}",
        "right" if row.is_right else "WRONG",
    ]


def grid(rows: list[Row]) -> tuple[list[str], list[list[str]]]:
    """Head and rows of one number of workers."""
    best = best_of_dsgd(rows)
    return [*HEAD[:4], f"time / {best.name}", *HEAD[5:]], [cells(row, best) for row in rows]


def text_table(rows: list[Row]) -> str:
    """For a terminal: one number of workers, names to the left and figures to the right."""
    head, body = grid(rows)
    lines = [head, *body]
    widths = [max(map(len, column)) for column in zip(*lines)]
    aligned = []
    for name, *figures in lines:
        right = [figure.rjust(width) for figure, width in zip(figures, widths[1:])]
        aligned.append("  ".join([name.ljust(widths[0]), *right]).rstrip())
    return "\n".join([f"m = {rows[0].workers}", *aligned, ""])


def skip_line(skip: Skip, first_workers: int) -> str:
    """What was left out, from which number of workers on unless from the first, and why."""
    since = "" if skip.workers == first_workers else f" from m = {skip.workers} on"
    return f"skipped {skip.name}{since}: {skip.reason}"


def page(tables: list[list[Row]], skips: list[str], verdict: str, machine: dict) -> str:
    """README.md of a run: a table for each number of workers. @param machine  of machine.py, and of the run"""
    low, high = machine["load_average"]
    lines = [
        f"# dsgd beside other programs: {machine['processor']}",
        "",
        f"Written by `scripts/measure peers` on {machine['date']}. dsgd of commit {machine['commit']}, "
        f"compiled by {machine['compiler']}; {machine['system']}; "
        f"{machine['cores']} cores.",
        "",
        f"Load average {low:.2f} at the start, {high:.2f} at the end. Between the rounds a probe got at "
        f"least {machine['free_share']:.0%} of its core; below 95% somebody else was using it.",
        "",
        f"Every program draws *m* exponential delays of rate {RATE} an iteration and averages the largest "
        "and the smallest; dsgd also computes variances and extremes. CPU programs use one thread. Each "
        f"figure is the median of {machine['rounds']} timings of about {machine['seconds']} s, taken in "
        "turn; a ratio is the median of the rounds' own, so that what else the machine does disturbs it "
        "little. *z* is the distance of the mean over all timings from its exact value, in standard errors; "
        f"an answer further than {STANDARD_ERRORS} from it is WRONG.",
        "",
        f"**{verdict}**",
    ]
    for rows in tables:
        lines += ["", f"## m = {rows[0].workers}", "", *markdown(*grid(rows), "---:")]
    unique = {row.name: row for rows in tables for row in rows}.values()
    forms = markdown(
        ["program", "how it is written", "version", "runs on"],
        [[row.name, row.form, row.version, row.device] for row in unique],
    )
    lines += ["", "## What was run", "", *forms, "", *(f"- {skip}" for skip in skips)]
    return "\n".join(lines) + "\n"


def document(tables: list[list[Row]], skips: list[Skip], check: dict | None, machine: dict) -> dict:
    """JSON of a run, schema dsgd.peers/1. @param check  what was asked of the ratios, if anything was"""
    rows = []
    for table in tables:
        best = best_of_dsgd(table)
        for row in table:
            derived = {
                "median_nanoseconds_per_draw": row.median,
                "draws_per_second": 1e9 / row.median,
                "time_relative_to": {best.name: row.time_relative_to(best)},
                "is_right": row.is_right,
            }
            rows.append({**row._asdict(), **derived})
    return {
        "schema": "dsgd.peers/1",
        "rows": rows,
        "skipped": [skip._asdict() for skip in skips],
        "check": check,
        "machine": machine,
    }
