"""Whether the best point stands at an end of what was tried."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

from documents import PROGRAM, page_of, parsed

from dsgd.pages.ends import GREATEST, LEAST, at_ends, limits

LAW = "exponential:rate=1"
ROWS = "--communication constant:time=3 -m 8 --law gamma:shape=2:rate=1 --strategy"


def said(best: str, *others: str, workers: int = 8) -> list[str]:
    """What is said of the best strategy among others."""
    rows = [{"law": LAW, "strategy": each, "workers": workers} for each in (best, *others)]
    found = at_ends(rows, 0)
    assert all(each.is_problem for each in found)
    return [each.text for each in found]


def ends(best: str, *others: str, workers: int = 8) -> list[tuple[str, str]]:
    """Which end of which key it stands at."""
    return [re.findall(r"the (least|greatest) value of (\w+) that was tried", text)[0] for text in said(best, *others, workers=workers)]


class Ends(unittest.TestCase):
    def test_of_a_key(self) -> None:
        self.assertEqual(
            said("backup:spare=2", "backup:spare=1", "backup:spare=0"),
            ["The best point, backup:spare=2, has the greatest value of spare that was tried (0 to 2): a greater one may be better still."],
        )
        self.assertEqual(said("backup:spare=2", "backup:spare=1", "backup:spare=3"), [])
        self.assertEqual(ends("k-sync:k=4", "k-sync:k=6", "k-sync:k=5"), [("least", "k")])
        self.assertEqual(ends("deadline:time=0.5", "deadline:time=1"), [("least", "time")])
        self.assertEqual(ends("local-sgd:steps=8:communication=0", *(f"local-sgd:steps={i}:communication=0" for i in (1, 2, 4))), [("greatest", "steps")])
        self.assertEqual(ends("k-batch-async:k=64", "k-batch-async:k=32"), [("greatest", "k")])
        self.assertEqual(ends("ssp:staleness=3", "ssp:staleness=1", "sync", "async"), [("greatest", "staleness")])

    def test_of_several_keys(self) -> None:
        grid = [f"deadline:time={time}:k={k}" for time in (1, 2, 3) for k in (2, 3, 4)]
        self.assertEqual(ends("deadline:time=3:k=2", *grid), [("greatest", "time"), ("least", "k")])
        self.assertEqual(ends("deadline:time=2:k=3", *grid), [])
        self.assertEqual(ends("deadline:time=2:k=3", "deadline:time=1:k=2"), [])  # nothing differs in one key alone

    def test_the_end_of_what_is_possible_is_none(self) -> None:
        for strategies in (
            ("backup:spare=0", "backup:spare=1"), ("backup:spare=7", "backup:spare=6"), ("k-sync:k=8", "k-sync:k=7"), ("k-sync:k=1", "k-sync:k=2"),
            ("gradient-coding:stragglers=7", "gradient-coding:stragglers=2"), ("k-async:k=100%", "k-async:k=50%"), ("ssp:staleness=0", "ssp:staleness=4"),
            ("local-sgd:steps=1:communication=0", "local-sgd:steps=2:communication=0"), ("speculate:share=100%:factor=2", "speculate:share=50%:factor=2"),
            ("speculate:after=0", "speculate:after=1"),
        ):  # fmt: skip
            self.assertEqual(ends(*strategies), [])

    def test_who_does_the_same_by_another_name_was_tried_too(self) -> None:
        spares = [f"backup:spare={i}" for i in (1, 2, 3)]
        self.assertEqual(ends("backup:spare=1", *spares), [("least", "spare")])
        self.assertEqual(ends("backup:spare=1", "sync", *spares), [])
        self.assertEqual(ends("k-sync:k=7", "k-sync:k=6", "sync"), [])
        self.assertEqual(ends("k-async:k=2", "k-async:k=3", "async"), [])
        self.assertEqual(ends("ssp:staleness=1", "ssp:staleness=3", "sync"), [])
        self.assertEqual(ends("local-sgd:steps=2:communication=0", "local-sgd:steps=4:communication=0", "sync"), [])

    def test_what_is_given_or_alone_has_no_end(self) -> None:
        self.assertEqual(said("local-sgd:steps=2:communication=1", "local-sgd:steps=2:communication=2"), [])
        self.assertEqual(said("k-sync:k=2", "sync", "backup:spare=1"), [])
        self.assertEqual(said("sync:x=y", "sync:x=z", "sync"), [])

    def test_shares_of_workers_are_numbers_of_them(self) -> None:
        self.assertEqual(ends("k-sync:k=50%", "k-sync:k=3", "k-sync:k=75%"), [])
        self.assertEqual(ends("k-sync:k=50%", "k-sync:k=5", "k-sync:k=75%"), [("least", "k")])

    def test_of_workers(self) -> None:
        rows = [{"law": LAW, "strategy": "sync", "workers": m} for m in (2, 4, 8)]
        for best, words in ((0, "the fewest workers that were tried (2): fewer"), (2, "the most workers that were tried (8): more")):
            (check,) = at_ends(rows, best)
            self.assertIn(words, check.text)
            self.assertFalse(check.is_problem)
        self.assertEqual(at_ends(rows, 1), [])
        self.assertEqual(at_ends([{**rows[0], "workers": 1}, *rows], 0), [])
        grid = [{"law": LAW, "strategy": f"k-sync:k={k}", "workers": m} for m in (2, 4, 8) for k in (1, 2, 3)]
        self.assertEqual([check.text.count("greatest value of k") for check in at_ends(grid, 5)], [1])  # k = 3 of 4 workers


class Pages(unittest.TestCase):
    """Pages of the program's own documents."""

    def checks(self, command: str) -> str:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([PROGRAM, *command.split(), "-o", "r.json"], cwd=folder, check=True, capture_output=True)
            root = parsed(page_of(("r.json", (Path(folder) / "r.json").read_bytes())))
        return " ".join(root.of_class("checks")[0].text().split())

    def test_each_kind_says_it(self) -> None:
        for command in ("sweep -n 2000", "exact", "recommend"):
            said = self.checks(f"{command} -m 8 --law gamma:shape=2:rate=1 --strategy sync,backup:spare=0..2")
            self.assertRegex(said, r"Look at this The best (point|candidate), backup:spare=2, has the greatest value of spare that was tried \(0 to 2\)")
            inside = self.checks(f"{command} -m 8 --law gamma:shape=2:rate=1 --strategy sync,backup:spare=0..7")
            self.assertNotIn("that was tried", inside)

    def test_of_each_law(self) -> None:
        said = self.checks("exact -m 8 --law gamma:shape=2:rate=1 --law exponential:rate=1 --strategy sync,backup:spare=0..2")
        self.assertIn("Under gamma:shape=2:rate=1 the best point, backup:spare=2,", said)
        self.assertIn("Under exponential:rate=1 the best point, backup:spare=2,", said)

    def test_of_fresh_gradients(self) -> None:
        said = self.checks("recommend -m 8 --law gamma:shape=2:rate=1 --strategy sync,async,backup:spare=0..2")
        self.assertIn("The best candidate with fresh gradients, backup:spare=2,", said)
        document = json.loads(subprocess.run([PROGRAM, *"recommend -m 8 --strategy sync,async --format json".split()], capture_output=True, text=True, check=True).stdout)
        self.assertTrue(document["laws"][0]["fresh"])


class Program(unittest.TestCase):
    """The limits are the program's own: what is beyond them it refuses."""

    def refuses(self, spec: str) -> bool:
        run = subprocess.run([PROGRAM, "exact", "-m", "4", "--strategy", spec], capture_output=True, text=True)
        self.assertIn(run.returncode, (0, 2), run.stderr)
        return run.returncode == 2

    def test_beyond_the_limits_nothing_is(self) -> None:
        more = {"local-sgd": ":communication=1", "speculate": ":share=50%:factor=2"}
        keys = {"k-sync": ["k"], "backup": ["spare"], "gradient-coding": ["stragglers"], "k-async": ["k"], "ssp": ["staleness"], "local-sgd": ["steps"],
                "deadline": ["time", "k"], "speculate": ["share", "factor", "after", "k"], "k-batch-sync": ["k"], "k-batch-async": ["k"]}  # fmt: skip
        seen = set()
        for name, own in keys.items():
            for key in own:
                seen.add(key)
                rest = "".join(f":{each}" for each in more.get(name, "").split(":") if each and not each.startswith(key) and key != "after")
                rest += ":time=1" if name == "deadline" and key != "time" else ""
                least, greatest = limits(name, key, 4)
                self.assertTrue(self.refuses(f"{name}:{key}={least - 1:g}{rest}"), (name, key))
                if greatest != float("inf"):
                    self.assertFalse(self.refuses(f"{name}:{key}={greatest:.9g}{rest}"), (name, key))
                    self.assertTrue(self.refuses(f"{name}:{key}={greatest + 1:.9g}{rest}"), (name, key))
        self.assertEqual(seen, {*LEAST, *GREATEST})
        help_text = subprocess.run([PROGRAM, "sweep", "--help"], capture_output=True, text=True, check=True).stdout
        forms = re.findall(r"^  ([a-z][a-z-]*)((?:\[?:[a-z]+=\]?)+) ", help_text.partition("\nStrategies ")[2].partition("\nLaws")[0], re.MULTILINE)
        told = {name: set(re.findall(r"([a-z]+)=", text)) - {"communication"} for name, text in forms}
        self.assertEqual({name: set(own) for name, own in keys.items()}, told)


if __name__ == "__main__":
    unittest.main()
