"""Under measured times: what an interval is over, who tells the rest, and one answer where several documents have one."""

from __future__ import annotations

import json
import pathlib
import shlex
import subprocess
import tempfile
import unittest

from documents import LAW, PROGRAM, Element, page_of, parsed, times

from dsgd.pages.data_check import recommend_command

COMMANDS = {
    "sweep": f"sweep --law {LAW} --strategy sync,backup:spare=1..2 --unit ms -n 2000",
    "more": f"sweep --law {LAW} --strategy sync,backup:spare=1..2,k-batch-sync:k=64 --unit ms -n 2000",
    "pooled": "sweep --law empirical:file=times.csv:column=ms -m 4,8 --strategy sync,async -n 2000 --communication constant:time=5",
    "served": "sweep --law empirical:file=times.csv:column=ms -m 4 --strategy async --server constant:value=1 -n 2000",
    "exact": f"exact --law {LAW} --strategy sync,backup:spare=1..2",
    "modelled": "sweep -m 4 --law gamma:shape=2:rate=1 --strategy sync,backup:spare=1 -n 2000",
    "decision": f"recommend --law {LAW} --strategy sync,backup:spare=1..2 --unit ms",
    "model": "recommend -m 4 --law gamma:shape=2:rate=1 --strategy sync,backup:spare=1",
    "fit": "fit times.csv --column ms --worker rank --step step --unit ms --bootstrap 39",
}


class Decided(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        times(cls.folder / "times.csv")
        for name, command in COMMANDS.items():
            cls.dsgd(*command.split(), "-o", f"{name}.json")
        cls.data = {name: (cls.folder / f"{name}.json").read_bytes() for name in COMMANDS}

    @classmethod
    def dsgd(cls, *arguments: str) -> None:
        subprocess.run([PROGRAM, *arguments], cwd=cls.folder, check=True, capture_output=True)

    def section(self, *names: str) -> Element:
        """The section of the last of these documents on a page of all."""
        return parsed(page_of(*((f"{name}.json", self.data[name]) for name in names))).of_class("document")[-1]

    def answer(self, *names: str) -> list[str]:
        section = self.section(*names)
        return [each.text() for name in ("answer", "more") for each in section.of_class(name)]

    def commands(self, *names: str) -> list[str]:
        """Without the one that gave the document."""
        return [each.text() for each in self.section(*names).all("code")[1:]]

    def test_an_interval_of_draws_says_so(self) -> None:
        answer, caveat = self.answer("sweep")
        self.assertRegex(answer, r"^The most gradients per time come from \S+: [0-9.]+ per ms \(95 %")
        self.assertEqual(
            caveat,
            "Intervals here take the measured times in times.csv as the truth: how sure these times make it is told by dsgd recommend and dsgd fit "
            "(commands below).",
        )
        self.assertTrue(self.answer("exact")[1].startswith("These values take the measured times in times.csv as the truth:"))
        self.assertEqual(len(self.answer("modelled")), 1)

    def test_who_is_on_the_page_tells_it(self) -> None:
        self.assertTrue(self.answer("fit", "sweep")[1].endswith("is told by dsgd recommend and fit.json (commands below)."))
        self.assertTrue(self.answer("decision", "fit", "sweep")[1].endswith("is told by decision.json and fit.json (on this page)."))
        self.assertEqual(self.commands("decision", "fit", "sweep"), [])
        self.assertEqual([each.split()[1] for each in self.commands("decision", "sweep")], ["fit"])
        self.assertEqual([each.split()[1] for each in self.commands("fit", "sweep")], ["recommend"])

    def test_its_commands_give_what_the_page_then_has(self) -> None:
        for name in ("sweep", "pooled", "served", "exact"):
            commands = self.commands(name)
            self.assertEqual([each.split()[:2] for each in commands], [["dsgd", "recommend"], ["dsgd", "fit"]])
            for command, into in zip(commands, ("decision.json", "fit.json")):
                words = shlex.split(command)
                self.dsgd(*words[1:])
                self.data[into.partition(".")[0] + "-" + name] = (self.folder / into).read_bytes()
            self.assertEqual(self.commands(f"decision-{name}", f"fit-{name}", name), [])
            self.assertTrue(self.answer(f"decision-{name}", f"fit-{name}", name)[0].startswith("The recommendation in decision-"))

    def test_a_recommendation_is_the_one_answer(self) -> None:
        for name in ("sweep", "exact"):
            self.assertEqual(self.answer("decision", name)[0], "The recommendation in decision.json, on this page, says which to choose.")
        self.assertEqual(self.answer("model", "modelled"), ["The recommendation in model.json, on this page, says which to choose."])
        self.assertRegex(self.answer("decision", "modelled")[0], "^The most gradients")  # of another law
        decision = json.loads(self.data["decision"])["decision"]
        self.assertEqual(self.answer("sweep", "decision")[0].lower().rstrip("."), decision.partition(";")[0])

    def test_a_recommendation_of_other_updates_decides_nothing(self) -> None:
        document = json.loads(self.data["decision"])
        for key, value in (("communication", "constant:time=5"), ("server", "constant:value=1"), ("stragglers", "enter=0.1:leave=0.5:factor=2")):
            self.data["other"] = json.dumps({**document, "run": {**document["run"], key: value}}).encode()
            self.assertRegex(self.answer("other", "sweep")[0], "^The most gradients")
            self.assertTrue(any(each.startswith("dsgd recommend") for each in self.commands("other", "sweep")))

    def test_what_a_recommendation_does_not_know_is_named(self) -> None:
        known = "The recommendation in decision.json, on this page, says which to choose"
        self.assertRegex(self.answer("decision", "more")[0], f"^{known}; it does not know the best point here: the most gradients .* k-batch-sync:k=64: [0-9.]+ per ms")
        document = json.loads(self.data["more"])
        document["points"][-1].update(throughput=1e-9, throughput_low=1e-9, throughput_high=1e-9)
        self.data["worse"] = json.dumps(document).encode()
        self.assertEqual(self.answer("decision", "worse")[0], f"{known}.")

    def test_many_strategies_are_left_to_the_program(self) -> None:
        rows = [{"law": LAW, "strategy": f"k-sync:k={k}", "workers": 20} for k in range(1, 14)]
        self.assertEqual(recommend_command(LAW, rows, {}), f"dsgd recommend --law {LAW} -o decision.json")
        pooled = "empirical:file=times.csv:sha256=00ff"
        rows = [{"law": pooled, "strategy": "sync", "workers": m} for m in range(1, 14)]
        self.assertEqual(recommend_command(pooled, rows, {"unit": ""}), "dsgd recommend --law empirical:file=times.csv -m 1:13 --strategy sync -o decision.json")


if __name__ == "__main__":
    unittest.main()
