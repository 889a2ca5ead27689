"""Tables of measured times by chance, as people and programs write them, each with how it is written: what a reader is told."""

from __future__ import annotations

import random
from typing import NamedTuple

MISSING = ("", "NA", "N/A", "n/a", "NaN", "nan", "null", "NULL", "None", "<NA>", "#N/A", "-", "--", "?", "missing")
TEXTS = ("ok", "slow, again", 'said "no"', "two\nlines", "a;b", "tab\there", "ü", "x y")


class Written(NamedTuple):
    """A table and how it is written."""

    data: bytes
    plain: str  # the same without comments, lines ended by LF: pandas cuts rows at #N/A where # begins comments, and loses a comma after CR
    request: dict  # keys for the reader
    separator: str  # what stands between fields: a blank for any number of blanks
    decimal: str
    thousands: str  # "" for none
    header: bool
    times: tuple[int, ...]  # numbers of the columns of times, from 0
    worker: tuple[int, ...]  # numbers of the columns that tell workers apart, from 0
    step: int | None
    where: tuple[tuple[int, str], ...]  # numbers of columns, and the text that a row has there that is taken
    skip: int  # steps, or rows where no column tells steps apart, that are left out at the start
    oddities: frozenset[str]  # why it may be refused; where there are none it must be read


def number(draw: random.Random, decimal: str, thousands: str, exponents: bool) -> str:
    """A delay as text, of any of the ways to write one."""
    value = draw.choice((draw.random(), draw.lognormvariate(3, 2), draw.uniform(0, 1e5), 10.0 ** draw.randint(-12, 12)))
    way = draw.randrange(9)
    if thousands:
        whole, fraction = f"{draw.uniform(0, 3e6):.2f}".split(".")
        groups = []
        while whole:
            groups.insert(0, whole[-3:])
            whole = whole[:-3]
        return thousands.join(groups) + decimal + fraction
    if exponents and way < 3:
        text = (f"{value:.5e}", f"{value:.3E}", f"{value:.0e}".replace("e+", "e"))[way]
    elif way == 3:
        text = str(draw.randrange(10**6))
    elif way == 4:
        text = f"{draw.random():.3f}".lstrip("0") if decimal == "." else f"{draw.random():.4f}"
    elif way == 5:
        text = f"{int(value)}." if decimal == "." else f"{int(value)}.5"
    elif way == 6:
        text = "+" + f"{value:.4f}"
    elif way == 7:
        text = repr(value) if exponents else f"{value:.25f}"
    else:
        text = f"{value:.{draw.randint(1, 20)}f}"
    return text.replace(".", decimal)


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def spoilt(draw: random.Random, text: str, oddity: str) -> str:
    """A time that is none, or is one only by another notation."""
    if oddity == "unit":
        return text + draw.choice(("s", " ms", "us", "%", " µs"))
    if oddity == "text":
        return draw.choice("-1.5|inf|-inf|Infinity|1e400|1_000|0x1A|1e|1.2.3|e5|1 2|12:30|True".split("|"))
    return draw.choice(("1'234.5", "12 345", "1,5", "1.5", "1,234", "1.234,5", "1,234.5"))  # "mixed" notations


def table(seed: int) -> Written:
    """The table of a seed."""
    draw = random.Random(seed)
    separator = draw.choices((",", ";", "\t", " "), (5, 3, 2, 1))[0]
    decimal = "," if separator != "," and draw.random() < 0.4 else "."
    thousands = ""
    if draw.random() < 0.06:
        thousands = draw.choice(("'", " ") if separator != " " else ("'",)) if decimal == "." else "."
    exponents = draw.random() < 0.4
    shape = draw.choice(("one", "beside", "long", "wide"))
    rows = draw.randint(2, 12)
    texts = separator != " " and draw.random() < 0.4  # a column of other text

    names, columns = [], {}  # columns: what each holds
    if shape == "long":
        names += ["step", "rank"]
    elif shape == "beside" or (shape == "wide" and draw.random() < 0.5):
        names.append("step")
    times = [draw.choice(("ms", "seconds", "step time"))]
    if shape == "wide":
        times = [f"w{i}" for i in range(draw.randint(2, 5))]
    if separator == " ":
        times = [name.replace(" ", "_") for name in times]
    columns = names + times + (["note"] if texts and shape != "one" else [])
    draw.shuffle(columns)
    has_header = draw.random() < 0.8

    oddities = set()
    for oddity, chance in (("missing", 0.15), ("unit", 0.05), ("text", 0.06), ("mixed", 0.06), ("ragged", 0.06)):
        if draw.random() < chance:
            oddities.add(oddity)
    missing = "skip" if "missing" in oddities and draw.random() < 0.7 else ""
    if thousands:
        oddities.add("thousands")
    tells_decimal = draw.random() < 0.3
    if decimal == "," and (shape == "one" or not has_header or not tells_decimal):
        oddities.add("commas")  # the first rows may leave open what they separate, and 60,796 what it is
    if texts and not has_header:
        oddities.add("signs")  # text in the first row may have other separators

    naming = draw.choice(("{}", "node{}", "{:02}"))
    lines: list[list[str]] = []
    for row in range(rows):
        cells = []
        for column in columns:
            if column == "step":
                cells.append(str(row // (3 if shape == "long" else 1)))
            elif column == "rank":
                cells.append(naming.format(row % 3))
            elif column == "note":
                cells.append(draw.choice(TEXTS))
            else:
                cells.append(number(draw, decimal, thousands, exponents))
        lines.append(cells)
    places = [columns.index(name) for name in times]
    for oddity in sorted(oddities & {"missing", "unit", "text", "mixed"}):
        for _ in range(draw.randint(1, 3)):
            # Text in the first row of a table without a header cannot be told from one.
            cells, place = draw.choice(lines if has_header else lines[1:]), draw.choice(places)
            empty_is_lost = separator == " " or len(columns) == 1
            spelling = draw.choice(MISSING[1:] if empty_is_lost else MISSING)
            cells[place] = spelling if oddity == "missing" else spoilt(draw, cells[place], oddity)
    if "ragged" in oddities:
        cells = draw.choice(lines[1:])
        if draw.random() < 0.5:
            cells.append(number(draw, decimal, "", False))
        elif len(cells) > 1:
            cells.pop()

    quotes_all, blanks = draw.random() < 0.15, draw.random() < 0.2 and separator in ",;"

    def field(text: str, alone: bool) -> str:
        special = any(sign in text for sign in (separator, '"', "\n", "\r"))
        # A tab or a semicolon in text may also be taken for a separator.
        if special or (quotes_all and text != "") or (text in TEXTS and any(sign in text for sign in ",;\t")):
            return quoted(text)
        return " " * draw.randrange(3) + text + " " * draw.randrange(3) if blanks and not alone else text

    def line(cells: list[str]) -> str:
        between = " " * draw.randint(1, 4) if separator == " " else separator
        return between.join(field(cell, len(cells) == 1) for cell in cells)

    written = [line(columns)] if has_header else []
    comments = draw.random() < 0.25
    for cells in lines:
        if comments and draw.random() < 0.3:
            written.append("# " + draw.choice(("taken again", "a, b", "1, 2", "see 'notes'")))
        if draw.random() < 0.03:
            written.append(draw.choice(("", "  ")) if separator != " " else "")  # pandas makes a row of blanks there
        written.append(line(cells))
    if comments and draw.random() < 0.5:
        written.insert(0, "# " + draw.choice(("measured on Monday", "unit: ms")))
    end = draw.choice(("\n", "\n", "\r\n", "\r"))
    text = end.join(written) + (end if draw.random() < 0.9 else "")
    plain = "".join(each + "\n" for each in written if not each.startswith("# "))
    data = (b"\xef\xbb\xbf" if draw.random() < 0.15 else b"") + text.encode()

    def name(column: str) -> str:
        return column if has_header and draw.random() < 0.8 else str(columns.index(column) + 1)

    request: dict = {}
    if shape == "wide":
        request["columns"] = ",".join(map(name, times))
        if has_header and not texts and draw.random() < 0.3:
            request["columns"] = "*"
            places.sort()
    elif shape != "one" or draw.random() < 0.5 and has_header:
        request["column"] = name(times[0])
    if shape == "long":
        request |= {"worker": name("rank"), "step": name("step")}
    if missing:
        request["missing"] = missing
    if separator == " " or draw.random() < 0.1:
        request["separator"] = separator
    if tells_decimal:
        request["decimal"] = "comma" if decimal == "," else "point"
    index = columns.index
    workers = [index("rank")] if shape == "long" else []
    where: list[tuple[int, str]] = []
    skip = 0
    # The reader asks less of rows that are not taken than pandas does.
    choose = random.Random(f"rows of {seed}")
    if not oddities - {"missing", "thousands", "commas", "signs"} and choose.random() < 0.8:
        texts_at = [place for place, column in enumerate(columns) if column in ("step", "rank", "note")]
        if shape == "long" and "note" in columns and choose.random() < 0.7:
            workers.append(index("note"))
            request["worker"] = "+".join(name(columns[place]) for place in workers)
        if texts_at and choose.random() < 0.5:
            place = choose.choice(texts_at)
            where = [(place, choose.choice(lines)[place])]
            request["where"] = [[name(columns[place]), text] for place, text in where]
        if choose.random() < 0.5:
            skip = request["skip"] = choose.randint(1, 2)
        if where or skip:
            oddities.add("rows")  # less than two may be left
    return Written(
        data, plain, request, separator, decimal, thousands, has_header, tuple(places), tuple(workers),
        index("step") if shape == "long" else None, tuple(where), skip, frozenset(oddities),
    )  # fmt: skip
