"""The commands of a document do what it says: they are run in the order of the page, print what stands below them, and draw the
pictures that are shown.

Usage: documents_test.py PROGRAM [DOCUMENT...]: paths from the project's folder. Without one, the test tests itself, and the links.
"""

import pathlib
import re
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "scripts"))

from following import differences  # noqa: E402
from following.blocks import blocks_of  # noqa: E402
from following.reader import Reader, Wrong, pictures_of  # noqa: E402
from pictures import differences_of, differences_of_parts  # noqa: E402

PROGRAM, DOCUMENTS = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:]


def follow(document, text):
    with tempfile.TemporaryDirectory() as folder:
        reader = Reader(PROGRAM, document, pathlib.Path(folder))
        reader.follow(text)
        compare_pictures(reader, text)
        return reader


def compare_pictures(reader, text):
    """Those that the commands have drawn, with those that are shown under the same names."""
    reader.pictures = 0
    for picture in pictures_of(text):
        name = pathlib.Path(picture).name
        if (reader.folder / name).exists():
            pair, parts = (reader.folder / name, (ROOT / reader.document).parent / picture), differences.COMPARED_BY_PARTS.get(name)
            if found := differences_of_parts(*pair, parts) if parts else differences_of(*pair):
                raise Wrong(f"{reader.document}: {picture} is not what is drawn today ({'; '.join(found)}): run scripts/gallery {reader.document}")
            reader.pictures += 1


class Documents(unittest.TestCase):
    def test_commands_do_what_is_said(self):
        for document in DOCUMENTS:
            with self.subTest(document):
                reader = follow(document, (ROOT / document).read_text())
                print(f"{document}: {reader.commands} commands run, {reader.compared} lines and {reader.pictures} pictures compared, {reader.named} commands named")


def documents():
    return [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]


class Itself(unittest.TestCase):
    def test_a_command_and_what_it_prints_are_followed(self):
        text = "Text\n\n    $ dsgd draw -m 2 \\\n           --law constant:value=2 | grep -o '2$'\n\n    2\n    2\n"
        reader = follow("none", text)
        self.assertEqual((reader.commands, reader.compared, reader.named), (1, 2, 0))

    def test_what_is_wrong_is_noticed(self):
        for text, part in (("    $ dsgd exact -m 1\n    no such line\n", "none:1: is not printed there: no such line"),
                           ("    $ echo b; echo a\n    a\n    b\n", "is not printed there: b"),
                           ("Text\n\n    dsgd sweep --no-such-option\n", "none:3: dsgd sweep --no-such-option\nexits with 2"),
                           ("    $ dsgd plan -n 1e3\n    engine  no such column\n", "is not printed there"),
                           ("    unknown words\n", "is not printed there: unknown words"),
                           ("```sh\ndsgd sweep\n```\n", "a fence of sh is not run")):
            with self.subTest(text), self.assertRaisesRegex(Wrong, re.escape(part)):
                follow("none", text)

    def test_differences_are_of_what_is_there(self):
        texts = {path.relative_to(ROOT).as_posix(): path.read_text() for path in documents()}
        commands = "\n".join(block.commands for text in texts.values() for block in blocks_of(text))
        self.assertEqual([each for each in differences.NOT_RUN if not re.search(f"(?m)^{re.escape(each)}", commands)], [])
        self.assertEqual([each for each, *_ in differences.IN_PLACE if not re.search(f"(?m){each}", commands)], [])
        self.assertEqual([each for each in differences.COMPARED_BY_FORM if each not in commands], [])
        self.assertEqual([(name, part) for name, part, _ in differences.NOT_PRINTED if part not in texts[name]], [])
        self.assertEqual(set(differences.FILES) - set(texts), set())
        self.assertEqual(set(differences.COMPARED_BY_PARTS) - {pathlib.Path(each).name for text in texts.values() for each in pictures_of(text)}, set())

    def test_another_picture_is_noticed(self):
        """Any two figures differ; so does one that has other values, one curve less, or another title."""
        shown = sorted([*ROOT.glob("docs/gallery/*.svg"), *ROOT.glob("docs/figures/*.png")])
        self.assertGreater(len(shown), 9)
        for one in shown:
            for other in shown:
                if one.suffix == other.suffix:
                    self.assertEqual(bool(differences_of(one, other)), one != other, (one.name, other.name))
        text = (ROOT / "docs/gallery/waiting.svg").read_text()
        curve = r'<path d="M (\S+) (\S+)([^>]*stroke: #09a17a; stroke-width: 1.2; [^>]*)>'
        changes = [("<!-- Comparison of Strategies -->", "<!-- Comparison of Laws -->"), ("<!-- 4 -->", "<!-- 5 -->"), (curve, ""),
                   (curve, r'<path d="M \1 \2 L 60 90 \3>'), (curve, r'<path d="M \1 90 \3>')]
        for pattern, replacement in changes:
            with self.subTest(pattern), tempfile.TemporaryDirectory() as folder:
                changed = pathlib.Path(folder) / "waiting.svg"
                changed.write_text(re.sub(pattern, replacement, text))
                self.assertNotEqual(changed.read_text(), text)
                self.assertNotEqual(differences_of(changed, ROOT / "docs/gallery/waiting.svg"), [])


class Words(unittest.TestCase):
    def test_links_lead_somewhere(self):
        for document in documents():
            for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", document.read_text()):
                if not link.startswith("http"):
                    self.assertTrue((document.parent / link).exists(), f"{document}: {link}")

    def test_the_readme_is_short(self):
        self.assertLess(len((ROOT / "README.md").read_text().split()), 1200)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *(["Documents"] if DOCUMENTS else ["Itself", "Words"])])
