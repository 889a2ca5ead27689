"""Results that others may hand to plot.py: it draws or refuses them in one line, soon. Those to dsgd itself: tests/cli/attacks_test.py."""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
import unittest
from pathlib import Path
from typing import Any

from plotting import words  # noqa: F401, before dsgd.drawing

from dsgd.drawing.command import main

NESTED = "[" * 100_000
GOOD_POINT = {"law": "exponential:rate=2", "strategy": "sync", "workers": 2, "mean": 1, "ci95_low": 0.5, "ci95_high": 2, "expected": 1}
SWEEP_FILE = {"schema": "dsgd.sweep/1", "points": [GOOD_POINT]}
BENCH_FILE = {"schema": "dsgd.bench/1", "measurements": [{}]}


def point(**changes: Any) -> str:
    return json.dumps({**SWEEP_FILE, "points": [GOOD_POINT, {**GOOD_POINT, **changes}]})


RESULTS: dict[str, str | bytes] = {
    "nested too deep": NESTED, "a list": "[]", "NUL": "\0" * 100, "not UTF-8": b"{\xff", "nothing": "", "a number": '{"schema": 1}',
    "no points": json.dumps({**SWEEP_FILE, "points": []}), "null points": json.dumps({**SWEEP_FILE, "points": None}),
    "points of lists": json.dumps({**SWEEP_FILE, "points": [[]]}), "no fields": json.dumps(BENCH_FILE),
    "a number of 10,000 digits": point(workers=1).replace("1", "1" * 10_000), "a mean of infinity": point(mean=float("inf")),
    "a mean of 1e308": point(mean=1e308, ci95_low=-1e308, ci95_high=1e308), "the smallest mean": point(mean=5e-324, ci95_low=0),
    "10^300 workers": point(workers=1e300), "half a worker": point(workers=0.5), "true workers": point(workers=True),
    "a law of half a character": point(law="\ud800"), "a strategy of half a character": point(strategy="\udfff"),
    "a law of formulas": point(law="$\\frac{$"), "a law of line ends": point(law="\n\r\u2028"), "a law of NUL": point(law="\0"),
    "a law that is long": point(law="x" * 100_000), "a strategy that is long": point(strategy="x" * 100_000),
    "a law that is a list": point(law=[]), "gradients of text": point(gradients="x"),
    "bins that overlap": point(distribution=[[0, 2, 1, None], [1, 3, 1, None]]), "bins without end": point(distribution=[[0, 1e999, 1, 1]]),
    "bins of nothing": point(distribution=[[]]), "command of numbers": json.dumps({**SWEEP_FILE, "provenance": {"argv": [1, None]}}),
    "command of half a character": json.dumps({**SWEEP_FILE, "provenance": {"argv": ["--strategy", "k\ud800"]}}),
    "communication of half a character": json.dumps({**SWEEP_FILE, "run": {"communication": "x\ud800"}}),
    "CSV of quotes": 'law,strategy\n"', "CSV of one column": "law\n1\n",
}


class Hostile(unittest.TestCase):
    def test_results_are_drawn_or_refused(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            for number, (name, content) in enumerate(RESULTS.items()):
                path = Path(folder) / f"{number}.json"
                path.write_bytes(content if isinstance(content, bytes) else content.encode())
                for kind in ("auto", "throughput", "distribution"):
                    with self.subTest(results=name, kind=kind), contextlib.redirect_stderr(io.StringIO()) as stderr:
                        code = main([str(path), "-o", str(Path(folder) / "f.svg"), "--kind", kind])
                        said = stderr.getvalue()
                        self.assertIn(code, (0, 6) if kind == "auto" else (0, 2, 6), said)  # 2: benchmarks are of one kind
                        self.assertRegex(said, r"\A(dsgd: [^\x00-\x1f]+\n)?\Z" if code == 0 else r"\Adsgd: [^\x00-\x1f]+\n\Z")


if __name__ == "__main__":
    unittest.main()
