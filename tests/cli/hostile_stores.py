"""Stores as an attacker makes them: what SQLite finds in order, with checksums that are right again."""

import hashlib
import re
import sqlite3
import struct

# A summary's bytes begin: iterations, ticks (128 bits), squared ticks (192), minimum and maximum (float32), bins of a histogram.
MINIMUM = 48


def checksum(table, numbers, text, summary=b""):
    words = " ".join([table, *map(str, numbers), str(len(text.encode()))])
    digest = hashlib.sha256(f"{words} ".encode() + text.encode() + summary).digest()
    return struct.unpack(">q", digest[:8])[0]


def unsigned(number):
    return number % 2**64


def seal(connection):
    """Rights the checksums of all rows that have one."""
    total, rows = 0, connection.execute("SELECT id, point, first, count, summary FROM points").fetchall()
    for row, point, first, count, summary in rows:
        if not (isinstance(point, str) and isinstance(summary, bytes) and isinstance(first, int) and isinstance(count, int)):
            continue
        value = checksum("points", map(unsigned, (row, first, count)), point, summary)
        connection.execute("UPDATE points SET checksum = ? WHERE id = ?", (value, row))
        total += unsigned(value)
    connection.execute("UPDATE header SET text = ? WHERE id = 2", (f"points {len(rows)} checksums {total % 2**64}",))
    for row, text in connection.execute("SELECT id, text FROM header").fetchall():
        if isinstance(text, str):
            connection.execute("UPDATE header SET checksum = ? WHERE id = ?", (checksum("header", [row], text), row))


def edited(edit, sealed=True):
    """A store after edit(connection)."""

    def make(folder):
        connection = sqlite3.connect(folder / "s.db", isolation_level=None)
        edit(connection)
        if sealed:
            seal(connection)
        connection.close()

    return make


def statements(*texts, sealed=True):
    return edited(lambda connection: [connection.execute(text) for text in texts], sealed)


def schema(*texts):
    """What stands in SQLite's own table, which is then read as it is. Checksums stay."""
    return statements("PRAGMA writable_schema = ON", *texts, sealed=False)


def description(*changes):
    """Entries replaced in the description: (key, value...), one line for each value; none takes the lines away."""

    def edit(connection):
        (text,) = connection.execute("SELECT text FROM header WHERE id = 1").fetchone()
        for key, *values in changes:
            lines = "".join(f"{key} {value}\n" for value in values)
            assert re.search(rf"^{key} ", text, re.MULTILINE), key
            text = re.sub(rf"(^{key} .*\n)+", lambda _, lines=lines: lines, text, count=1, flags=re.MULTILINE)
        connection.execute("UPDATE header SET text = ? WHERE id = 1", (text,))

    return edited(edit)


def summary(change):
    """change(bytes) in place of every summary."""

    def edit(connection):
        for row, before in connection.execute("SELECT id, summary FROM points").fetchall():
            connection.execute("UPDATE points SET summary = ? WHERE id = ?", (change(before), row))

    return edited(edit)


def patched(offset, form, *values):
    """A summary with these numbers in it, little-endian."""

    def change(before):
        after = struct.pack("<" + form, *values)
        return before[:offset] + after + before[offset + len(after):]

    return summary(change)
