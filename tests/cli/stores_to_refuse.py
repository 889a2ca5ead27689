"""Stores that others may have made or changed, and how the program is to end that is given them."""

import os
import pathlib
import shutil
import sqlite3
import struct

from hostile_stores import MINIMUM, description, patched, schema, statements, summary

SEEDS = pathlib.Path(__file__).resolve().parents[1] / "fuzz/corpus/store"
POINT = "shifted-exponential:shift=1:rate=1 sync 2"


def law(spec):
    return description(("typed-law", spec))


def beside(name, make):
    """A store with something beside it."""
    return lambda folder: make(folder / name)


def bytes_at(offset, values):
    def make(folder):
        with open(folder / "s.db", "r+b") as file:
            file.seek(offset)
            file.write(values)

    return make


def instead(make):
    """Something else where the store was."""

    def attack(folder):
        (folder / "s.db").unlink()
        make(folder / "s.db")

    return attack


def write_ahead(folder):
    connection = sqlite3.connect(folder / "s.db")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()


# name: (what is done to a good store, exit codes of merge, exit codes of the sweep that made it). 0 is for what still is the
# store of that sweep: its results are then those without a store.
STORES = {
    "no law": (description(("law",), ("swept-law",), ("typed-law",)), {7}, {7}),
    "no law that was swept": (description(("swept-law",)), {7}, {7}),
    "no law that was typed": (description(("typed-law",)), {7}, {7}),
    "more laws typed than swept": (law("exponential:rate=1\ntyped-law exponential:rate=2"), {7}, {7}),
    "no strategy": (description(("strategy",)), {7}, {7}),
    "no workers": (description(("workers", "")), {7}, {0, 7}),
    "arithmetic of another version": (description(("arithmetic", "1")), {7}, {7}),
    "arithmetic that is none": (description(("arithmetic", "\u202e\x1b[2J")), {7}, {7}),
    "a law that was not swept": (law("exponential:rate=1"), {7}, {0}),
    "a law that is none": (law("exponential"), {7}, {0}),
    "a law of no name": (law("=:=:"), {7}, {0}),
    "a law that is long": (law("exponential:rate=" + "9" * 1_000_000), {7}, {0}),
    "a law of a pipe": (law("empirical:file=pipe"), {7}, {0}),
    "a law of an endless device": (law("empirical:file=/dev/zero"), {7}, {0}),
    "a law of a terminal": (law("empirical:file=/dev/tty"), {6, 7}, {0}),
    "a law of a folder": (law("empirical:file=/"), {7}, {0}),
    "a law of a loop": (law("empirical:file=loop"), {6}, {0}),
    "a law of a missing file": (law("empirical:file=none"), {6}, {0}),
    "a law of the store itself": (law("empirical:file=s.db"), {7}, {0}),
    "a fleet of equal workers": (description(*((key, "2*shifted-exponential:shift=1:rate=1") for key in ("law", "swept-law", "typed-law"))), {7}, {7}),
    "a fleet of a pipe": (law("1*exponential:rate=1+1*empirical:column=1:file=pipe"), {7}, {0}),
    "a strategy that is none": (description(("strategy", "sinc")), {7}, {0}),
    "strategies without end": (description(("strategy", "k-sync:k=1..1000000")), {7}, {0}),
    "workers without end": (description(("workers", "1:16777215")), {7}, {7}),
    "workers that are none": (description(("workers", "-1")), {7}, {7}),
    "other workers": (description(("workers", "5")), {7}, {0}),
    "a seed that is none": (description(("seed", "-1")), {7}, {7}),
    "iterations that are none": (description(("iterations", "1e99")), {7}, {7}),
    "more iterations": (description(("iterations", "51")), {7}, {0}),
    "draws that are none": (description(("draws", "x")), {7}, {7}),
    "sampling that is none": (description(("sampling", "x")), {7}, {7}),
    "communication that is none": (description(("communication", "x")), {7}, {7}),
    "histograms that are none": (description(("histograms", "x")), {7}, {7}),
    "histograms that are not there": (description(("histograms", "yes")), {7}, {7}),
    "quantiles that are none": (description(("quantiles", "2,nan")), {7}, {0}),
    "updates that are none": (description(("updates", "-1")), {7}, {0}),
    "a precision that is none": (description(("relative-error", "nan")), {7}, {7}),
    "a shard that is none": (description(("shard", "0/0")), {7}, {7}),
    "a shard of many": (description(("shard", f"1/{2**64 - 1}")), {7}, {7}),
    "an unknown entry": (law("exponential:rate=1\nmore 1"), {7}, {7}),
    "a description of bytes": (statements("UPDATE header SET text = CAST(text AS BLOB)", sealed=False), {7}, {7}),
    "no description": (statements("UPDATE header SET text = NULL", sealed=False), {7}, {7}),
    "a description of 20 MB": (statements("UPDATE header SET text = hex(zeroblob(10000000)) WHERE id = 1"), {7}, {7}),
    "a negative count": (statements("UPDATE points SET count = -1"), {7}, {7}),
    "a huge count": (statements("UPDATE points SET count = 1125899906842624"), {7}, {7}),
    "a count too large": (statements("UPDATE points SET count = count + 1"), {7}, {7}),
    "a count too small": (statements("UPDATE points SET count = 1"), {7}, {7}),
    "a count of 0": (statements("UPDATE points SET count = 0"), {7}, {7}),
    "a count that is none": (statements("UPDATE points SET count = 0.5"), {7}, {7}),
    "a negative first": (statements("UPDATE points SET first = -1"), {7}, {7}),
    "another first": (statements("UPDATE points SET first = 1"), {7}, {7}),
    "a negative number": (statements("UPDATE points SET id = -1 WHERE id = 1"), {7}, {7}),
    "the largest number": (statements("UPDATE points SET id = 9223372036854775807 WHERE id = 1"), {7}, {7}),
    "a point twice": (statements(f"UPDATE points SET point = '{POINT}'"), {7}, {7}),
    "points missing": (statements("DELETE FROM points WHERE id > 1"), {7}, {0}),
    "no points": (statements("DELETE FROM points"), {7}, {0}),
    "a point of bytes": (statements("UPDATE points SET point = CAST(point AS BLOB)", sealed=False), {7}, {7}),
    "a point with a zero in it": (statements("UPDATE points SET point = point || char(0)"), {7}, {0}),
    "an empty summary": (summary(lambda before: b""), {7}, {7}),
    "a summary too short": (summary(lambda before: before[:-1]), {7}, {7}),
    "a summary too long": (summary(lambda before: before + b"\0"), {7}, {7}),
    "a summary of zeros": (summary(lambda before: bytes(len(before))), {7}, {7}),
    "a summary of ones": (summary(lambda before: b"\xff" * len(before)), {7}, {7}),
    "a summary of 8 MB": (summary(lambda before: bytes(8_000_000)), {7}, {7}),
    "a summary of text": (statements("UPDATE points SET summary = 'x'", sealed=False), {7}, {7}),
    "a summary of more iterations": (patched(0, "Q", 2**63), {7}, {7}),
    "a summary of no iterations": (patched(0, "Q", 0), {7}, {7}),
    "a sum too large for its squares": (patched(8, "QQ", 2**64 - 1, 2**64 - 1), {7}, {7}),
    "a minimum above the maximum": (patched(MINIMUM, "ff", 2, 1), {7}, {7}),
    "a minimum that is no number": (patched(MINIMUM, "ff", float("nan"), float("inf")), {7}, {7}),
    "a histogram without end": (patched(MINIMUM + 8, "I", 2**32 - 1), {7}, {7}),
    "a view for a table": (statements("ALTER TABLE points RENAME TO p", "CREATE VIEW points AS SELECT * FROM p", sealed=False), {7}, {7}),
    "a view that never ends": (statements(
        "DROP TABLE points", "CREATE VIEW points AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n AS id, "
        "'' AS point, 0 AS first, 1 AS count, x'' AS summary, 0 AS checksum FROM r", sealed=False), {7}, {7}),
    "a trigger": (statements("CREATE TRIGGER t AFTER INSERT ON points BEGIN DELETE FROM points; END"), {7}, {7}),
    "an index": (statements("CREATE INDEX i ON points(count)"), {7}, {7}),
    "another table": (statements("CREATE TABLE more(id)"), {7}, {7}),
    "a column too many": (statements("ALTER TABLE points ADD COLUMN more"), {7}, {7}),
    "generated columns": (statements(
        "DROP TABLE points", "CREATE TABLE points(id INTEGER PRIMARY KEY, point TEXT, first INTEGER, count INTEGER AS (first + 1), "
        "summary BLOB AS (zeroblob(1000000000)), checksum INTEGER)", sealed=False), {7}, {7}),
    "a table that calls itself a view": (schema("UPDATE sqlite_schema SET type = 'view' WHERE name = 'points'"), {7}, {0, 7}),
    "tables of one page": (schema("UPDATE sqlite_schema SET rootpage = 2"), {7}, {7}),
    "tables on no page": (schema("UPDATE sqlite_schema SET rootpage = 99999"), {7}, {7}),
    "tables of each other's names": (schema("UPDATE sqlite_schema SET name = iif(name = 'points', 'header', 'points')"), {7}, {0, 7}),
    "text in UTF-16": (instead(lambda path: sqlite3.connect(path).executescript(
        "PRAGMA encoding = 'UTF-16'; CREATE TABLE header(id); PRAGMA application_id = 1685284708; PRAGMA user_version = 1").close()), {7}, {7}),
    "a schema that is no text": (instead(lambda path: shutil.copy(SEEDS / "schema_without_text", path)), {7}, {7}),
    "another program's database": (statements("PRAGMA application_id = 1"), {7}, {7}),
    "another format": (statements("PRAGMA user_version = -1"), {7}, {7}),
    "a write-ahead log": (write_ahead, {0, 7}, {0, 7}),
    "pages of another size": (bytes_at(16, b"\x02\x00"), {7}, {7}),
    "a free list that is a loop": (bytes_at(32, struct.pack(">II", 2, 1000)), {7}, {7}),
    "more pages than there are": (bytes_at(28, struct.pack(">I", 2**31 - 1)), {7}, {7}),
    "nothing": (instead(lambda path: path.touch()), {7}, {7}),
    "zeros": (instead(lambda path: path.write_bytes(bytes(100_000))), {7}, {7}),
    "a folder": (instead(lambda path: path.mkdir()), {6}, {6}),
    "a pipe": (instead(os.mkfifo), {6}, {6}),
    "an endless device": (instead(lambda path: path.symlink_to("/dev/zero")), {6}, {6}),
    "a loop": (instead(lambda path: path.symlink_to("s.db")), {6}, {6}),
    "a journal that is a pipe": (beside("s.db-journal", os.mkfifo), {6}, {6}),
    "a journal that is a link": (beside("s.db-journal", lambda path: path.symlink_to("good.csv")), {6}, {6}),
    "a journal that is a folder": (beside("s.db-journal", lambda path: path.mkdir()), {6}, {6}),
    "a log that is a pipe": (beside("s.db-wal", os.mkfifo), {6}, {6}),
}

# Those that are stores of another sweep, or of one that is not finished, and how a command ends that takes their word for it.
OF_ANOTHER_SWEEP = {
    "other workers": {0}, "more iterations": {0}, "points missing": {0}, "no points": {0}, "a point with a zero in it": {0},
}
