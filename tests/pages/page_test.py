"""A page holds all it shows, can be read by programs that read aloud, and no text of a document becomes a part of it."""

from __future__ import annotations

import hashlib
import base64
import json
import re
import unittest

from documents import Element, changed, documents, page_of, parsed, unpacked

ALLOWED = re.compile(r"#|data:application/gzip;base64,")  # that a link may lead to
NAMESPACES = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}  # names, which nobody asks for
HOSTILE = '</script><b onmouseover="alert(1)">\'"&<!--]]></title></style><img src=x onerror=alert(2)>${1}{{2}}'


def outside(root: Element) -> list[str]:
    """Whatever would ask another machine or file for something."""
    found = []
    for each in root.all():
        for key, value in each.attributes.items():
            leads = key in ("src", "href", "xlink:href", "action", "poster", "srcset", "data", "formaction", "background")
            if (leads and not ALLOWED.match(value)) or (not leads and not key.startswith("xmlns") and "://" in value and key not in ("aria-label", "title", "data-name")):
                found.append(f"<{each.name} {key}={value[:60]!r}>")
        if each.name in ("link", "iframe", "object", "embed", "base", "img", "audio", "video", "foreignobject"):
            found.append(f"<{each.name}>")
        if each.name == "style":
            found += re.findall(r"@import[^;]*|url\((?!#)[^)]*\)", each.text())
    return found


def unlabelled(root: Element) -> list[str]:
    """Drawings, fields, regions and tables that nothing names, and names that nothing has."""
    ids = [each.attributes["id"] for each in root.all() if "id" in each.attributes]
    found = [f"id {each} twice" for each in set(ids) if ids.count(each) > 1]
    for each in root.all():
        attributes = each.attributes
        for key in ("aria-labelledby", "aria-describedby"):
            found += [f"{key}={name}" for name in attributes.get(key, "").split() if name not in ids]
        for key in ("href", "xlink:href"):
            if attributes.get(key, "").startswith("#") and attributes[key][1:] not in ids:
                found.append(f"{key}={attributes[key]}")
        named = attributes.get("aria-label") or attributes.get("aria-labelledby")
        if (attributes.get("role") in ("img", "region") or each.name in ("nav", "aside", "form", "figure", "section")) and not named:
            found.append(f"<{each.name}> without a name")
        if each.name in ("button", "a", "th", "h1", "h2", "h3", "h4", "summary") and not each.text().strip() and not named:
            found.append(f"<{each.name}> without a text")
    return found


def leaps(root: Element) -> list[str]:
    """Headings that leave a level out."""
    levels = [int(each.name[1]) for each in root.all("h1", "h2", "h3", "h4", "h5", "h6")]
    return [f"h{after} after h{before}" for before, after in zip([0, *levels], levels) if after > before + 1]


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.data = documents()
        cls.given = [(f"{name}.json", data) for name, data in cls.data.items()]
        cls.text = page_of(*cls.given, title="All kinds")
        cls.root = parsed(cls.text)

    def test_asks_no_other_machine_for_anything(self) -> None:
        self.assertEqual(outside(self.root), [])
        self.assertLessEqual(set(re.findall(r'https?://[^"\'<>\s)]+', self.text)), NAMESPACES)

    def test_what_would_ask_is_noticed(self) -> None:
        for part in ('<img src="x.png">', '<script src="https://a.b/c.js"></script>', '<a href="https://a.b">c</a>', "<style>@import 'a.css';</style>",
                     "<p style=\"background: url(https://a.b/c)\">d</p>", '<link rel="icon" href="#">'):  # fmt: skip
            self.assertTrue(outside(parsed(f"<div>{part}</div>")), part)

    def test_the_browser_refuses_other_scripts_and_addresses(self) -> None:
        policy = next(each.attributes["content"] for each in self.root.all("meta") if each.attributes.get("http-equiv"))
        (script,) = [each for each in self.root.all("script") if "type" not in each.attributes]
        digest = base64.b64encode(hashlib.sha256(script.text().encode()).digest()).decode()
        self.assertEqual(policy, f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'")
        self.assertEqual([each.name for each in self.root.all() if any(key.startswith("on") for key in each.attributes)], [])

    def test_can_be_read_aloud(self) -> None:
        self.assertEqual(unlabelled(self.root), [])
        self.assertEqual(leaps(self.root), [])
        for name in ("header", "nav", "main", "footer", "h1", "title"):
            self.assertEqual(len([each for each in self.root.all(name) if each.text().strip()]), 1, name)
        self.assertEqual(self.root.all("html")[0].attributes["lang"], "en")
        self.assertEqual([each for each in self.root.all() if int(each.attributes.get("tabindex", "0")) > 0], [])  # order is the page's
        skip = self.root.all("a")[0]
        self.assertEqual((skip.attributes["href"], skip.attributes["class"]), ("#main", "skip"))
        self.assertTrue(all(each.attributes.get("scope") == "col" for each in self.root.all("th")))
        drawings = [each for each in self.root.all() if each.attributes.get("role") == "img"]
        self.assertEqual(len(drawings), len(self.root.all("svg")))
        self.assertTrue(all(len(each.attributes["aria-label"]) > 30 for each in drawings))

    def test_what_cannot_be_read_aloud_is_noticed(self) -> None:
        for part in ('<svg role="img"></svg>', '<i id="a"></i><i id="a"></i>', '<section aria-labelledby="b"></section>', '<a href="#c">d</a>', "<button></button>"):
            self.assertTrue(unlabelled(parsed(f"<div>{part}</div>")), part)
        self.assertTrue(leaps(parsed("<div><h1>a</h1><h3>b</h3></div>")))

    def test_documents_are_in_it_to_the_byte(self) -> None:
        links = self.root.of_class("download")
        self.assertEqual([each.attributes["data-name"] for each in links], [name for name, _ in self.given])
        for link, (_, data) in zip(links, self.given):
            self.assertEqual(unpacked(link.attributes["href"].partition(",")[2]), data)

    def test_equal_documents_give_equal_pages(self) -> None:
        self.assertEqual(page_of(*self.given, title="All kinds"), self.text)

    def test_sections_stand_in_the_order_that_was_given(self) -> None:
        sections = [each for each in self.root.all("section") if "document" in each.attributes["class"].split()]
        names = [section.of_class("kind")[0].text().partition(" · ")[2] for section in sections]
        self.assertEqual(names, [name for name, _ in self.given])
        self.assertEqual([each.attributes["href"][1:] for each in self.root.all("nav")[0].all("a")], [each.attributes["id"] for each in sections])
        for section, name in zip(sections, self.data):
            command = section.of_class("command")[0].all("code")[0].text()
            self.assertTrue(command.startswith(f"dsgd {COMMAND_OF.get(name, name)} "), command)

    def test_what_is_known_without_a_script(self) -> None:
        """Rows, figures and answers stand in the page; what only a script serves is hidden."""
        for section, name in zip(self.root.of_class("document"), self.data, strict=True):
            self.assertTrue(section.all("tr"))
            self.assertTrue(section.all("svg"), name)
        hidden = [each for name in ("copy", "panel", "tools", "show-more") for each in self.root.of_class(name)]
        self.assertTrue(hidden)
        self.assertTrue(all("hidden" in each.attributes for each in hidden))

    def test_texts_of_documents_stay_texts(self) -> None:
        plain = parsed(page_of(("r.json", self.data["sweep"])))
        document = json.loads(changed(self.data["sweep"], law=HOSTILE, strategy=f"sync:x={HOSTILE}"))
        document["provenance"] = {**document["provenance"], "argv": ["dsgd", HOSTILE], "host": HOSTILE}
        document["run"] = {**document["run"], "unit": HOSTILE[:16]}
        root = parsed(page_of((HOSTILE, json.dumps(document).encode()), title=HOSTILE))
        elements = {each.name for each in root.all()} - {each.name for each in plain.all()}
        self.assertLessEqual(elements, {"circle", "use", "lineargradient"})  # of other figures
        self.assertEqual(outside(root), [])
        self.assertEqual(root.all("title")[0].text(), HOSTILE)
        self.assertIn(HOSTILE, root.all("main")[0].text())
        self.assertEqual([each.name for each in root.all() if any(key.startswith("on") for key in each.attributes)], [])
        rows = json.loads(unpacked(root.of_class("rows")[0].text()))
        self.assertIn(HOSTILE, [cell for row in rows["rows"] for cell in row])

    def test_hostile_workers_of_a_fit_stay_texts(self) -> None:
        fit = json.loads(self.data["fit"])
        fit["curves"]["workers"][0]["worker"] = fit["replacing"]["worker"] = HOSTILE
        fit["use_note"] = HOSTILE
        root = parsed(page_of(("fit.json", json.dumps(fit).encode())))
        self.assertIn(HOSTILE, root.all("main")[0].text())
        self.assertEqual(outside(root), [])
        self.assertEqual(root.all("b") + root.all("img"), [])


COMMAND_OF = {"many": "sweep", "curves": "race", "updates": "race", "both": "race", "traces": "sweep", "raced": "recommend"}

if __name__ == "__main__":
    unittest.main()
