"""Pages of large documents stay small: 10,000 points are below 5 MB, and say what they leave out."""

from __future__ import annotations

import json
import pathlib
import subprocess
import tempfile
import unittest

from documents import PROGRAM, page_of, parsed, unpacked

MOST_BYTES = 5_000_000
COMMAND = "sweep -m 1:5000 --sampling order-statistics --strategy sync,async -n 100"


def large() -> bytes:
    """A sweep of 10,000 points."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([PROGRAM, *COMMAND.split(), "-o", "r.json"], cwd=folder, check=True, capture_output=True)
        return (pathlib.Path(folder) / "r.json").read_bytes()


class Large(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.data = large()
        cls.text = page_of(("r.json", cls.data))
        cls.root = parsed(cls.text)

    def test_is_below_5_megabytes(self) -> None:
        self.assertEqual(len(json.loads(self.data)["points"]), 10_000)
        self.assertLess(len(self.text.encode()), MOST_BYTES)

    def test_holds_all_rows_and_the_document(self) -> None:
        self.assertEqual(len(json.loads(unpacked(self.root.of_class("rows")[0].text()))["rows"]), 10_000)
        self.assertEqual(unpacked(self.root.of_class("download")[0].attributes["href"].partition(",")[2]), self.data)

    def test_says_what_it_leaves_out(self) -> None:
        self.assertIn("9900 more rows are not shown here", self.root.of_class("left-out")[0].text())
        captions = [each.text() for each in self.root.all("figcaption")]
        self.assertTrue(all("of 5,000 positions. The table has all points." in each for each in captions), captions)

    def test_distributions_give_way(self) -> None:
        """They would take most of a page: the rest of the document is in it as it was."""
        document = json.loads(self.data)
        document["points"] = document["points"][:2000]
        bins = [[i, i + 1, 1, None] for i in range(400)]
        whole = json.dumps({**document, "points": [{**point, "distribution": bins} for point in document["points"]]}).encode()
        self.assertGreater(len(whole), 10_000_000)
        root = parsed(page_of(("r.json", whole)))
        self.assertEqual(json.loads(unpacked(root.of_class("download")[0].attributes["href"].partition(",")[2])), document)
        self.assertIn("without distributions", root.of_class("provenance")[0].text())


if __name__ == "__main__":
    unittest.main()
