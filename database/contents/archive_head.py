"""The beginning of a custom archive: which of its blocks hold which table's rows, and where the first one begins.

Source: PostgreSQL, src/bin/pg_dump/pg_backup_archiver.c, ReadHead and ReadToc, and pg_backup_custom.c, _ReadExtraToc.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from catalog.errors import Failure

MAGIC = b"PGDMP"
_KNOWN = ((1, 14), (1, 15), (1, 16))  # pg_dump 12 to 15, 16, 17 and 18
_WITH_ALGORITHM, _WITH_KIND = (1, 15), (1, 16)
_NUMBER, _OFFSET, _CUSTOM = 4, 8, 1  # sizes in bytes, and the format's number
_TIME = 7  # numbers
_FIXED = len(MAGIC) + 6


class NotYet(Exception):
    """The bytes end before the table of contents does."""


@dataclass(frozen=True, slots=True)
class Head:
    """The table (schema, name) whose rows the block of each number holds, and where the first block begins.

    Names are in the database's own encoding, whichever that is.
    """

    tables: Mapping[int, tuple[bytes, bytes]]
    size: int


def read_head(data: bytes) -> Head:
    """What an archive begins with; NotYet if the bytes are too few, Failure if it is laid out in another way."""
    if len(data) < _FIXED:
        raise NotYet
    version = (data[5], data[6])
    if data[:5] != MAGIC or version not in _KNOWN or tuple(data[8:_FIXED]) != (_NUMBER, _OFFSET, _CUSTOM):
        raise Failure(
            "the archive that pg_dump writes is laid out in a way that is not known here",
            why=f"it begins with {data[:_FIXED].hex()}",
            todo="Name the folder of a pg_dump of version 15 to 18 in GREENROOM_PG_BIN.",
        )
    cursor = _Cursor(data, _FIXED + (1 if version >= _WITH_ALGORITHM else 0))
    for _ in range(_TIME + (0 if version >= _WITH_ALGORITHM else 1)):
        cursor.number()
    for _ in ("database", "server version", "pg_dump version"):
        cursor.text()
    entries = [_entry(cursor, version) for _ in range(cursor.number())]
    return Head({number: table for number, kind, table in entries if kind == b"TABLE DATA"}, cursor.at)


def _entry(cursor: "_Cursor", version: tuple[int, int]) -> tuple[int, bytes, tuple[bytes, bytes]]:
    """An entry of the table of contents: its number, its kind, and of what schema and name it is."""
    number, _ = cursor.number(), cursor.number()  # and whether it has data
    _, _, name, kind = (cursor.text() for _ in ("catalog", "oid", "tag", "desc"))
    cursor.number()  # the section
    for _ in ("definition", "how to drop it", "how to copy it"):
        cursor.text()
    schema, _, _ = (cursor.text() for _ in ("namespace", "tablespace", "access method"))
    if version >= _WITH_KIND:
        cursor.number()
    for _ in ("owner", "with oids"):
        cursor.text()
    while cursor.text() is not None:
        pass  # what it depends on
    cursor.skip(1 + _OFFSET)
    return number, kind or b"", (schema or b"", name or b"")


class _Cursor:
    """Reads numbers and texts, one after the other."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data, self.at = data, at

    def skip(self, size: int) -> int:
        """Go on by so many bytes; where they begin."""
        begin, self.at = self.at, self.at + size
        if self.at > len(self._data):
            raise NotYet
        return begin

    def number(self) -> int:
        """A sign and four bytes, the least first."""
        begin = self.skip(1 + _NUMBER)
        size = int.from_bytes(self._data[begin + 1 : self.at], "little")
        return -size if self._data[begin] else size

    def text(self) -> bytes | None:
        """A length and so many bytes; there is none if the length is negative."""
        size = self.number()
        if size < 0:
            return None
        begin = self.skip(size)
        return self._data[begin : self.at]
