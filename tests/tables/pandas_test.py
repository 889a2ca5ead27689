"""The reader of tables beside pandas on 2,000 generated files: what it does not refuse it reads as pandas does, to the last bit.

Usage: pandas_test.py READ_TABLES

pandas is told how a file is written (separator, decimal, thousands, header); the reader is told what a user would have to tell."""

import io
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import pandas
from generated_tables import MISSING, Written, table

PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else ""
FILES = 2000
OLD = int(pandas.__version__.split(".")[0]) < 3
EXACT = {"float_precision": "round_trip"} if OLD else {}  # by default from 3 on


def read(tables: list[Written], folder: str) -> list[dict]:
    """What the reader answers."""
    lines = []
    for number, written in enumerate(tables):
        path = pathlib.Path(folder) / f"{number}.csv"
        path.write_bytes(written.data)
        lines.append(json.dumps({"path": str(path), **written.request}))
    run = subprocess.run([PROGRAM], input="\n".join(lines) + "\n", capture_output=True, text=True, timeout=300, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def by_pandas(written: Written) -> dict | None:
    """What pandas reads: values row by row, workers and steps. None where it finds no numbers, or no table."""
    steps = [] if written.step is None else [written.step]
    labels = list(dict.fromkeys([*written.worker, *steps, *(place for place, _ in written.where)]))
    try:
        frame = pandas.read_csv(
            io.StringIO(written.plain), sep=r"\s+" if written.separator == " " else written.separator, index_col=False,
            header=0 if written.header else None, decimal=written.decimal, thousands=written.thousands or None,
            na_values=[each + " " * n for each in MISSING if each for n in range(3)], skipinitialspace=True,
            dtype={place: str for place in labels} if not written.header else None,
            converters={place: str.strip for place in labels} if written.header else None, **EXACT,
        )  # fmt: skip
    except (pandas.errors.ParserError, pandas.errors.EmptyDataError):
        return None
    times = frame.iloc[:, list(written.times)]
    if not all(pandas.api.types.is_numeric_dtype(kind) for kind in times.dtypes):
        return None
    if any(pandas.api.types.is_bool_dtype(kind) for kind in times.dtypes):
        return None
    rows = times.astype(float)
    texts = {place: frame.iloc[:, place].astype(str).str.strip() for place in labels}
    kept = frame.index
    for place, text in written.where:
        kept = kept[texts[place].loc[kept] == text]
    if not steps:
        kept = kept[written.skip :]
    if len(written.times) == 1:
        kept = kept[rows.iloc[:, 0].loc[kept].notna()]
    if steps and written.skip:
        first = sorted(set(texts[written.step].loc[kept]), key=int)[: written.skip]
        kept = kept[~texts[written.step].loc[kept].isin(first)]
    values = [float(value) for row in rows.loc[kept].to_numpy() for value in row]
    several = len(written.worker) > 1
    parts = [texts[place].loc[kept] for place in written.worker]
    if several:
        parts = [part.str.replace("\\", "\\\\").str.replace("/", "\\/") for part in parts]
    return {
        "values": values,
        "workers": ["/".join(each) for each in zip(*parts)],
        "steps": [text for place in steps for text in texts[place].loc[kept]],
    }


def same(ours: dict, theirs: dict | None) -> bool:
    """True where both read the same values in the same rows, to the bit."""
    if theirs is None or len(ours["values"]) != len(theirs["values"]):
        return False
    for a, b in zip(ours["values"], theirs["values"]):
        if (a is None) != math.isnan(b) or (a is not None and a != b):
            return False
    return all(ours[labels] == theirs[labels] for labels in ("workers", "steps"))


class BesidePandas(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.tables = [table(seed) for seed in range(FILES)]
        with tempfile.TemporaryDirectory() as folder:
            cls.read = read(cls.tables, folder)
        cls.accepted = [number for number, answer in enumerate(cls.read) if "refused" not in answer]

    def shown(self, number: int) -> str:
        written = self.tables[number]
        return f"table({number}): {written.request}\n{written.data!r}\nread: {self.read[number]}\npandas: {by_pandas(written)}"

    def test_what_is_read_is_what_pandas_reads(self) -> None:
        self.assertEqual(len(self.read), FILES)
        wrong = [number for number in self.accepted if not same(self.read[number], by_pandas(self.tables[number]))]
        self.assertFalse(wrong, "\n\n".join(map(self.shown, wrong[:5])))

    def test_what_is_plain_is_not_refused(self) -> None:
        """Else a reader that refuses everything would pass."""
        refused = [n for n, answer in enumerate(self.read) if "refused" in answer and not self.tables[n].oddities]
        self.assertFalse(refused, "\n\n".join(map(self.shown, refused[:5])))
        self.assertGreater(len(self.accepted), FILES // 2)

    def test_rows_are_chosen_in_every_way(self) -> None:
        """Enough tables are accepted in which the choice makes a difference."""
        for change, least in (({"where": ()}, 80), ({"skip": 0}, 80)):
            with self.subTest(change):
                changed = [n for n in self.accepted if repr(by_pandas(self.tables[n]._replace(**change))) != repr(by_pandas(self.tables[n]))]
                self.assertGreater(len(changed), least)
                for number in changed:
                    self.assertFalse(same(self.read[number], by_pandas(self.tables[number]._replace(**change))), self.shown(number))
        steps = [n for n in self.accepted if self.tables[n].skip and self.tables[n].step is not None]
        several = [n for n in self.accepted if len(self.tables[n].worker) > 1]
        self.assertGreater(min(len(steps), len(several)), 20)

    def test_misreadings_are_noticed(self) -> None:
        """Each planted in every file in which it changes something."""

        def without_first_row(answer: dict) -> dict:
            return {**answer, "values": answer["values"][1:]}

        def one_bit_off(answer: dict) -> dict:
            values = list(answer["values"])
            place = next(i for i, value in enumerate(values) if value is not None)
            values[place] = math.nextafter(values[place], math.inf)
            return {**answer, "values": values}

        def missing_as_zero(answer: dict) -> dict:
            return {**answer, "values": [value or 0.0 for value in answer["values"]]}

        def rows_reversed(answer: dict) -> dict:
            return {**answer, "values": answer["values"][::-1]}

        def workers_mixed_up(answer: dict) -> dict:
            return {**answer, "workers": answer["workers"][::-1]}

        for misread in (without_first_row, one_bit_off, missing_as_zero, rows_reversed, workers_mixed_up):
            changed = [n for n in self.accepted if misread(self.read[n]) != self.read[n]]
            with self.subTest(misread.__name__):
                self.assertGreater(len(changed), 15)
                for number in changed[:100]:
                    self.assertFalse(same(misread(self.read[number]), by_pandas(self.tables[number])), self.shown(number))

    def test_a_comma_taken_for_thousands_is_noticed(self) -> None:
        fractions = [n for n in self.accepted if any(value % 1 for value in self.read[n]["values"] if value)]
        commas = [n for n in fractions if self.tables[n].decimal == ","]
        self.assertGreater(len(commas), 50)
        for number in commas[:50]:
            by_thousands = by_pandas(self.tables[number]._replace(decimal=".", thousands=","))
            self.assertFalse(same(self.read[number], by_thousands), self.shown(number))


if __name__ == "__main__":
    unittest.main()
