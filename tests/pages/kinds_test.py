"""What a page says of each kind of document: the answer, what to trust, and what is wrong with a document that is none."""

from __future__ import annotations

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from documents import PACKAGE, changed, documents, page_of, parsed
from sections import LAW, answer_of, checks_of, row, section_of, sweep

from dsgd.drawing.failure import Failure
from dsgd.pages.data_check import file_of, fit_command
from dsgd.pages.quantity import share
from dsgd.pages.registry import schemas
from dsgd.pages.validity import ALARM, BY_CHANCE, tail_of_binomial

# Texts of Python's own errors, which tell a user nothing.
PYTHONS = r"\bchar \d|codec|Expecting|object has no|subscriptable|not supported|unsupported|could not convert|unpack|recursion|index out|arguments?\b|invalid literal|iterable"


class Kinds(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.data = documents()

    def test_all_kinds_of_the_program_are_known(self) -> None:
        written = {json.loads(data)["schema"] for data in self.data.values()}
        self.assertEqual(set(schemas()), written | {"dsgd.sweep/1"})

    def test_another_kind_is_one_file(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder) / "dsgd"
            shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "__init__.py", "_core*"))
            for part in ("drawing", "pages", "pages/kinds"):
                shutil.copy(PACKAGE / part / "__init__.py", copy / part)
            (copy / "pages/kinds/other.py").write_text(
                "from ..section import Section\nSCHEMAS = ('dsgd.other/9',)\ndef section(given, others):\n    return Section('Other', ['sync wins.'])\n"
            )
            (pathlib.Path(folder) / "r.json").write_text('{"schema": "dsgd.other/9"}')
            command = [sys.executable, str(copy / "alone.py"), "pages.command", "r.json"]
            run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
            self.assertEqual((run.returncode, run.stderr), (0, ""))
            self.assertEqual(parsed(run.stdout).of_class("answer")[0].text(), "sync wins.")

    def test_the_answer_names_the_most_gradients_per_time(self) -> None:
        rows = [row("sync", 4), row("async", 4, throughput=6.0, throughput_low=5.9, throughput_high=6.1, staleness={"mean": None, "expected": 3})]
        self.assertEqual(
            answer_of(sweep(rows, unit="ms")),
            "The most gradients per time come from async: 6.0000 per ms (95 %: 5.9000 to 6.1000), 3.00 times sync's; these gradients are 3.00 updates old on average.",
        )
        near = [*rows, row("k-sync:k=3", 4, throughput=5.95, throughput_high=6.05)]
        self.assertIn("(within 95 % intervals 1 other is as good).", answer_of(sweep(near)))
        heavy = [row("sync", 4), *(row(f"k-sync:k={k}", 4, throughput=1.9, throughput_low=None, throughput_high=None) for k in (1, 2))]
        self.assertNotIn("as good", answer_of(sweep(heavy)))
        self.assertNotIn("as good", answer_of(sweep([{**heavy[1], "throughput": 3.0}, heavy[0]])))
        constant = [row(f"k-sync:k={k}", 4, throughput=2.0 * k, throughput_low=None, throughput_high=None, standard_deviation=0) for k in (1, 4, 4)]
        self.assertIn("(within 95 % intervals 1 other is as good).", answer_of(sweep(constant)))
        sizes = [row("sync", 4), row("sync", 8)]
        self.assertEqual(answer_of(sweep(sizes)), "The most gradients per time come from sync with 8 workers: 4.0000 per unit of time (95 %: 3.9604 to 4.0404).")
        self.assertEqual(answer_of(sweep([row("sync", 4)])), "An update of sync with 4 workers takes 2.0000 on average, which makes 2.0000 per unit of time (95 %: 1.9802 to 2.0202).")
        none = row("sync", 4, mean=None, ci95_low=None, ci95_high=None, throughput=None, throughput_low=None, throughput_high=None)
        self.assertEqual(answer_of(sweep([none])), "No point has a mean that can be compared.")

    def test_each_law_has_its_answer(self) -> None:
        section = section_of(sweep([row("sync", 4), row("sync", 8), row("sync", 4, law="constant:value=1")]))
        said = [section.of_class("answer")[0].text(), *(each.text() for each in section.of_class("more"))]
        self.assertEqual([line.partition(",")[0] for line in said], [f"Under {LAW}", "Under constant:value=1"])

    def test_each_law_has_its_figures(self) -> None:
        two = [row("sync", m, law=law) for law in (LAW, "constant:value=1") for m in (4, 8)]
        titles = [each.text() for each in section_of(sweep(two)).of_class("pictures")[0].all("h3")]
        self.assertEqual(titles, [f"{what}, {law}" for law in (LAW, "constant:value=1") for what in ("Gradients per time", "Time of an update")])
        many = [row("sync", m, law=f"constant:value={m}") for m in range(1, 7)]
        self.assertEqual([each.text() for each in section_of(sweep(many)).of_class("pictures")[0].all("h3")], ["Gradients per time", "Time of an update"])

    def test_decisions_are_the_programs(self) -> None:
        document = json.loads(self.data["recommend"])
        section = section_of(self.data["recommend"], self.data["fit"])
        said = " ".join(each.text() for name in ("answer", "more") for each in section.of_class(name))
        self.assertEqual(re.sub(r"\W+", " ", said).strip().lower(), re.sub(r"\W+", " ", document["decision"]).strip().lower())
        self.assertEqual(len(section.of_class("points")[0].all("tr")), 1 + len(document["laws"][0]["candidates"]))

    def test_what_a_decision_is_sure_of(self) -> None:
        document = json.loads(self.data["recommend"])
        law = document["laws"][0]
        self.assertIn("Intervals are over measured steps, resampled (60 rows).", checks_of(self.data["recommend"])[0][1])
        law.update(intervals={"over": "exact", "rows": None}, best={"candidate": 0, "tied": []})
        alone = checks_of(json.dumps(document).encode())[0][1]
        self.assertEqual(alone, "Checked All values are exact, so that they have no intervals. The best stands apart from all others that were tried.")
        document["laws"] = [law, {**law, "law": "constant:value=1"}]
        self.assertTrue(any("constant:value=1: All values are exact" in text for _, text in checks_of(json.dumps(document).encode())))

    def test_recommended_races_have_rates(self) -> None:
        points = section_of(self.data["raced"]).of_class("points")[0].text()
        self.assertIn("mean error at 5 ms", points)
        self.assertIn("the candidate's own best learning rate", points)

    def test_too_many_far_from_exact_values_are_a_problem(self) -> None:
        def rows(far: int) -> list[dict[str, object]]:
            return [row("sync", m, z=2.5 if m <= far else 0.5) for m in range(1, 101)]

        for far, verdict in ((5, "fine"), (20, "problem")):
            self.assertEqual(tail_of_binomial(far, 100, BY_CHANCE) < ALARM, verdict == "problem")
            self.assertEqual(checks_of(sweep(rows(far)))[0][0], verdict)
        said = checks_of(sweep(rows(20)))[0][1]
        self.assertIn("20 of 100 points with exact values (20 %) differ from them by more than 2 standard errors; 4.55 % would by chance.", said)
        self.assertEqual(checks_of(sweep(rows(20), draws="common"))[0][0], "fine")  # they go astray together
        self.assertEqual(checks_of(sweep([row("sync", 4, z=-7.0)], draws="common"))[0][0], "problem")

    def test_all_is_100_per_cent_and_nothing_else(self) -> None:
        self.assertEqual([share(each) for each in (1.0, 0.99996, 0.9994, 0.5, 1e-6, 0.0, 1.7)], ["100 %", "< 100 %", "99.9 %", "50 %", "0.0001 %", "0 %", "170 %"])
        points = [row("sync", m, quantiles={"0.9999": {"value": 2.0 + m}}) for m in (1, 2)]
        self.assertIn("the time that 99.99 % of updates do not exceed", section_of(sweep(points)).text())

    def test_the_tail_of_a_binomial(self) -> None:
        self.assertAlmostEqual(tail_of_binomial(0, 30, 0.3), 1, places=12)
        self.assertAlmostEqual(tail_of_binomial(2, 3, 0.5), 0.5, places=12)

    def test_what_is_missing_is_said(self) -> None:
        rows = [row("sync", 4), row("async", 4, expected=None, z=None, precision_met=False), row("fastest", 8, precision_met=True)]
        said = checks_of(sweep(rows, relative_error=0.001))
        self.assertIn(("fine", "Checked Exact values are not known at 1 of 3 points: async."), said)
        self.assertIn(("problem", "Look at this 1 point did not reach the precision of 0.1 % that was asked for: give more iterations."), said)
        self.assertIn(("fine", "Checked The best point has the most workers that were tried (8): more may be better still."), said)
        met = [row("sync", 4, precision_met=True)]
        self.assertIn(("fine", "Checked All points reached the precision that was asked for."), checks_of(sweep(met)))

    def test_warnings(self) -> None:
        stopped = json.loads(sweep([row("sync", 4)]))
        stopped["run"]["complete"] = False
        stopped["provenance"] = {"argv": ["dsgd", "sweep", "--strategy", "sync,k-sync:k=9"]}
        (part,) = section_of(json.dumps(stopped).encode()).of_class("warnings")
        self.assertIn("stopped before all was done", part.text())
        self.assertIn("Left out: k-sync:k=9 (no point of it).", part.text())
        self.assertEqual(section_of(sweep([row("sync", 4)])).of_class("warnings"), [])

    def test_measured_times_are_compared_with_the_law(self) -> None:
        said = checks_of(self.data["traces"], self.data["fit"])
        self.assertEqual([verdict for verdict, _ in said], ["fine"] * len(said))
        self.assertTrue(any("described by 1.json, on this page" in text for _, text in said))
        self.assertTrue(any("Waiting for all 6 workers took" in text and "within that interval" in text for _, text in said))
        fit = json.loads(self.data["fit"])
        fit["slowest"]["measured"] = {"mean": 1.0, "low": 0.9, "high": 1.1}
        self.assertTrue(any(verdict == "problem" and "outside that interval" in text for verdict, text in checks_of(self.data["traces"], json.dumps(fit).encode())))

    def test_measured_times_without_a_fit_name_its_command(self) -> None:
        self.assertTrue(any("are not described on this page" in text for _, text in checks_of(self.data["traces"])))
        codes = [each.text() for each in section_of(self.data["traces"]).all("code")]
        self.assertIn("dsgd fit times.csv --column ms --worker rank --step step -o fit.json", codes)
        self.assertFalse(any("dsgd fit" in each.text() for each in section_of(self.data["sweep"]).all("code")))

    def test_files_of_laws(self) -> None:
        self.assertEqual(file_of("15*empirical:file=a b.csv:column=ms+1*constant:value=2"), "a b.csv")
        self.assertEqual(file_of(LAW), "")
        self.assertEqual(fit_command("replay:file=a b.csv:columns=x,y:skip=2:sha256=00"), "dsgd fit 'a b.csv' --columns x,y --skip 2 -o fit.json")

    def test_a_fit_is_told_whole(self) -> None:
        section = section_of(self.data["fit"])
        titles = [each.text() for each in section.all("h3")]
        for title in ("Where the variance is", "Measured against modelled", "Each worker", "Laws to use", "Laws that fit"):
            self.assertIn(title, titles)
        document = json.loads(self.data["fit"])
        codes = [each.text() for each in section.all("code")]
        self.assertEqual(codes[1:], [f"dsgd sweep --law {law}" for law in document["use"]])
        rows = section.of_class("points")[0].all("tr")[1:]
        self.assertEqual([each.all("td")[0].text() for each in rows], [law["law"] for law in document["laws"]])
        workers = [each for each in section.of_class("part") if "Each worker" in each.text()][0].all("tr")[1:]
        self.assertEqual(workers[0].all("td")[0].text(), "4")  # the slow one stands first
        self.assertEqual(len(workers), 6)

    def test_the_answer_of_a_fit_is_in_words(self) -> None:
        """A spec would be cut anywhere; it stands whole among the commands, which come first."""
        fit = json.loads(self.data["fit"])
        for law, words in (
            (LAW, "draw from the exponential law below."),
            ("replay:file=a.csv:column=ms:worker=rank:step=step", "draw whole steps as they were measured."),
            ("empirical:file=a.csv:column=ms:worker=rank", "draw from each worker's own times."),
            ("empirical:file=a.csv:columns=a,b", "draw from each worker's own times."),
            ("empirical:file=a.csv:column=ms", "draw from all times together."),
        ):
            section = section_of(json.dumps({**fit, "use": [law, *fit["use"]]}).encode())
            self.assertRegex(section.of_class("answer")[0].text(), r"^360 times with a mean of [0-9.]+ ms: " + words + "$")
            self.assertTrue(section.of_class("part")[0].text().split("\n")[1].startswith("Laws to use"))
            self.assertEqual(section.of_class("part")[0].all("code")[0].text(), f"dsgd sweep --law {law}")

    def test_only_marks_that_are_there_are_explained(self) -> None:
        document = json.loads(self.data["recommend"])
        candidates = document["laws"][0]["candidates"]

        def explained() -> dict[str, str]:
            columns = section_of(json.dumps(document).encode()).of_class("columns")[0].all("div")
            return {each.all("dt")[0].text(): each.all("dd")[0].text() for each in columns}

        for place, each in enumerate(candidates):
            each.update(tied=place == 1, near=place == 2, exponential_only=place == 3, fresh=place > 0, staleness=2.0 if place == 0 else None)
        self.assertEqual(
            explained()["mark"],
            "best: the first by the goal; tied: cannot be told apart from the best; near: within the share that was asked for; "
            "by an exponential tail alone: better than sync only because the tail of the delays is exponential",
        )
        self.assertIn("fresh ones are", explained()["stale"])
        for each in candidates:
            each.update(tied=False, near=False, exponential_only=False, fresh=False, staleness=2.0)
        candidates[0]["staleness"] = 3.0
        self.assertEqual(explained()["mark"], "best: the first by the goal")
        self.assertNotIn("fresh ones are", explained()["stale"])
        self.assertNotIn("rate", explained())

    def test_version_1_of_a_sweep(self) -> None:
        old = [row("sync", m) for m in (1, 2)]
        for each in old:
            for key in ("throughput", "throughput_low", "throughput_high"):
                del each[key]
        document = {**json.loads(sweep(old)), "schema": "dsgd.sweep/1"}
        self.assertIn("sync with 2 workers: 1.0000 per unit of time", answer_of(json.dumps(document).encode()))

    def test_damaged_documents_are_refused_in_one_line(self) -> None:
        fit, decision = json.loads(self.data["fit"]), json.loads(self.data["recommend"])
        cases = [
            b"", b"[]", b"{", b"[" * 100000, b"\xff", b'{"schema": 1}', b'{"schema": "dsgd.bench/1"}', b'{"schema": "dsgd.sweep/2"}',
            sweep([]), sweep([{}]), sweep([row("sync", 0)]), sweep([row("sync", 1, mean="x")]), sweep([row("sync", 1, throughput=[])]),
            b'{"schema": "dsgd.race/1"}', b'{"schema": "dsgd.race/1", "points": [7]}', b'{"a": ' + b"1" * 5000 + b"}",
            json.dumps({**decision, "laws": [{**decision["laws"][0], "candidates": [{"ratio": 7}]}]}).encode(),
            json.dumps({**decision, "laws": [{**decision["laws"][0], "fresh": {"candidate": 99}}]}).encode(),
            json.dumps({**fit, "curves": {**fit["curves"], "workers": [{"worker": "1", "quantiles": [1, "x", 3, 4, 5]}]}}).encode(),
            sweep([row("sync", 1, z=1e999)]), sweep([row("sync", 1, quantiles={"x": {"value": 1}})]), sweep([{**row("sync", 1), "strategy": 3}]),
            b'{"schema": "dsgd.exact/1", "points": []}', b'{"schema": "dsgd.exact/1", "points": [{"law": 1}]}', b'{"schema": "dsgd.fit/1"}',
            *(json.dumps({**fit, key: value}).encode() for key, value in (("laws", []), ("use", None), ("curves", {}), ("slowest", {"measured": {"mean": "x"}}))),
            *(json.dumps({**decision, key: value}).encode() for key, value in (("laws", []), ("goal", 1), ("decision", None))),
        ]  # fmt: skip
        for data in cases:
            with self.subTest(data[:60]), self.assertRaises(Failure) as raised:
                page_of(("bad.json", data))
            self.assertEqual(raised.exception.code, 7)
            self.assertTrue(str(raised.exception).startswith("cannot report bad.json ("))
            self.assertNotIn("\n", str(raised.exception))
            self.assertNotRegex(str(raised.exception), PYTHONS)

    def test_documents_of_little_are_shown(self) -> None:
        """Without provenance, without intervals, with means that do not exist."""
        heavy = {"law": LAW, "strategy": "sync", "workers": 2, "gradients": 2, "mean": None, "standard_deviation": None, "throughput": 0, "infinite": ["mean"]}
        for data in (sweep([row("sync", 1)]), json.dumps({"schema": "dsgd.exact/1", "points": [heavy]}).encode(), changed(self.data["sweep"], distribution=None)):
            self.assertTrue(answer_of(data))


if __name__ == "__main__":
    unittest.main()
