"""What a page says of a race: who is ahead, its figures, and its captions."""

from __future__ import annotations

import json
import unittest

from documents import documents
from sections import answer_of, checks_of, section_of


class Races(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.data = documents()

    def test_a_race_says_who_is_ahead(self) -> None:
        section = section_of(self.data["race"])
        self.assertRegex(section.of_class("answer")[0].text(), r"^Least error with 4 workers under exponential:rate=2: async at 1")
        self.assertIn("Time to an error of 0.1", section.text())
        self.assertIn("6 points with exact values", " ".join(text for _, text in checks_of(self.data["race"])))

    def test_a_race_with_curves(self) -> None:
        """They are in the document where a figure was drawn, and so is their scale in the caption."""
        self.assertTrue(json.loads(self.data["curves"])["curves"])
        captions = {name: section_of(self.data[name]).of_class("pictures")[0].text() for name in ("race", "curves")}
        self.assertIn("time, the error on a logarithmic axis; lower is better", captions["curves"])  # 5 / 1 is linear
        self.assertIn("time, both on logarithmic axes; lower is better", captions["race"])

    def test_both_kinds_of_rows_of_a_race_are_drawn(self) -> None:
        """Errors at times, and after updates, which have no time."""
        figures = section_of(self.data["both"]).of_class("pictures")[0].all("figure")
        self.assertEqual([each.all("h3")[0].text() for each in figures], ["Error over time", "Error after updates"])
        captions = [each.all("p")[0].text() for each in figures]
        self.assertRegex(captions[0], "^Mean error over time, both on logarithmic axes; lower is better. Bars are 95 % intervals; the bar below tells who is ahead.$")
        self.assertRegex(captions[1], "^Mean error over numbers of updates, the error on a logarithmic axis; lower is better. Bars are")
        self.assertIn("Bands are 95 % intervals", section_of(self.data["curves"]).of_class("pictures")[0].text())
        for figure in figures:
            self.assertNotIn("Left out", figure.text())
        columns = section_of(self.data["both"]).of_class("columns")[0].text()
        self.assertIn("since the start; empty where the number of updates was asked for", columns)

    def test_a_race_of_updates_alone_has_an_answer(self) -> None:
        self.assertRegex(answer_of(self.data["updates"]), r"^After 20 updates the least mean error is of sync: 0\.0[0-9]+\.$")
        document = json.loads(self.data["updates"])
        document["points"] += [{**each, "workers": 8, "learning_rate": 0.2, "expected": 1e-3} for each in document["points"][-1:]]
        self.assertEqual(answer_of(json.dumps(document).encode()), "After 20 updates the least mean error is of async, 8 workers, learning rate 0.200: 0.0010000.")
        document["points"] = [{**each, "error": None, "expected": None, "ci95_low": None, "ci95_high": None} for each in document["points"]]
        section = section_of(json.dumps(document).encode())
        self.assertEqual(section.of_class("answer")[0].text(), "No point has a time at which errors can be compared.")
        self.assertEqual(section.all("svg"), [])

    def test_captions_of_races_tell_what_is_there(self) -> None:
        document = json.loads(self.data["race"])
        document["points"] = [{**each, "ci95_low": None, "ci95_high": None} for each in document["points"] if each["strategy"] == "sync"]
        caption = section_of(json.dumps(document).encode()).of_class("pictures")[0].all("p")[0].text()
        self.assertTrue(caption.endswith("lower is better."), caption)

    def test_points_of_a_race_go_astray_together(self) -> None:
        """They are of the same runs, so that many far ones are no proof; a single one may be."""
        document = json.loads(self.data["race"])
        document["points"] = [{**document["points"][0], "time": 1.0 + i, "z": 2.5} for i in range(50)]
        self.assertEqual(checks_of(json.dumps(document).encode())[0][0], "fine")
        document["points"][0]["z"] = 7.0
        self.assertEqual(checks_of(json.dumps(document).encode())[0][0], "problem")


if __name__ == "__main__":
    unittest.main()
