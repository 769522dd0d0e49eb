"""Blanking what stays behind in an archive of our own: the entry stays in its table of contents, its text goes.

So a kept snapshot holds no password of a user mapping, no setting of production's database, no door to another server.
Every byte keeps its place. The layout is that of WriteHead and WriteToc in PostgreSQL's pg_backup_archiver.c, which
pg_dump 15 to 18 write; an archive of any other version is left as it is, and `can_blank` says so.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from database import programs
from database.programs import Programs
from schema_sync.policy import DROPPED, decide, entries
from schema_sync.sources.forms import TABLE_OF_CONTENTS

_MAGIC = b"PGDMP"
_CUSTOM, _DIRECTORY = 1, 3  # a directory's table of contents calls itself that of a tar
_FIRST = 11  # bytes that say what the rest is
_COMPRESSION_IN_A_BYTE, _WITH_RELKIND = (1, 15), (1, 16)
_KNOWN = ((1, 14), _COMPRESSION_IN_A_BYTE, _WITH_RELKIND)
_TIME_PARTS = 7  # from the second to whether it was summer time


def can_blank(archive: Path) -> bool:
    """Whether the layout of this archive is known, a custom one or a directory; reads its first bytes."""
    with _contents(archive).open("rb") as file:
        return _Reader(bytearray(file.read(_FIRST))).known


def blank(archive: Path, tools: Programs) -> int:
    """Blank the entries of an archive that never cross, and say how many; reads and rewrites its file, or toc.dat."""
    listing = programs.run(programs.list_command(tools, archive))
    kept = {line.partition(";")[0] for line in decide(listing).lines}
    stays = {number for _, line in entries(listing) if (number := line.partition(";")[0]) not in kept}
    content = bytearray(_contents(archive).read_bytes())
    texts = tuple(_texts(content, stays))
    for start, end in texts:
        content[start:end] = b"--".ljust(end - start)[: end - start]
    with _contents(archive).open("r+b") as file:
        file.write(content)
    return len(texts)


def _contents(archive: Path) -> Path:
    """The file that holds the table of contents: the archive itself, or one in its folder."""
    return archive / TABLE_OF_CONTENTS if archive.is_dir() else archive


def _texts(content: bytearray, stays: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where the texts of these entries stand, and of those that no listing shows."""
    reader = _Reader(content)
    if not reader.known:
        return
    for _ in range(reader.head()):
        number, kind, *texts = reader.entry()
        if number in stays or kind in DROPPED:
            yield from (place for place in texts if place[1] > place[0])


@dataclass(slots=True)
class _Reader:
    """Reads the table of contents from its beginning; `at` is where it has come to."""

    content: bytearray
    at: int = len(_MAGIC)

    @property
    def version(self) -> tuple[int, int]:
        return self.content[5], self.content[6]

    @property
    def known(self) -> bool:
        """Whether it is an archive of a kind and a version whose layout is known."""
        fits = self.version in _KNOWN and self.content[10] in (_CUSTOM, _DIRECTORY)
        return self.content.startswith(_MAGIC) and fits

    def head(self) -> int:
        """Pass over the head; the number of entries."""
        self.at = _FIRST
        if self.version >= _COMPRESSION_IN_A_BYTE:
            self.at += 1
        else:
            self.number()
        for _ in range(_TIME_PARTS):
            self.number()
        for _ in ("database", "server's version", "pg_dump's version"):
            self.text()
        return self.number()

    def entry(self) -> tuple[str, str, tuple[int, int], tuple[int, int], tuple[int, int]]:
        """An entry's dump id, its type, and where its definition, its DROP and its COPY stand."""
        number, _ = self.number(), self.number()
        for _ in ("table's oid", "oid", "name"):
            self.text()
        kind = self.content[slice(*self.text())].decode()
        self.number()  # section
        texts = self.text(), self.text(), self.text()
        for _ in ("schema", "tablespace", "access method"):
            self.text()
        if self.version >= _WITH_RELKIND:
            self.number()
        for _ in ("owner", "with oids"):
            self.text()
        while (length := self.number()) >= 0:  # what it depends on, up to a text that is none
            self.at += length
        self._pass_over_place()
        return str(number), kind, *texts

    def _pass_over_place(self) -> None:
        """Pass over where an entry's data is: a flag and an offset, or the name of a file."""
        if self.content[10] == _DIRECTORY:
            self.text()
        else:
            self.at += 1 + self.content[9]

    def number(self) -> int:
        """The next number: a byte for its sign, then its bytes, the lowest first."""
        size = self.content[8]
        value = int.from_bytes(self.content[self.at + 1 : self.at + 1 + size], "little")
        negative, self.at = self.content[self.at], self.at + 1 + size
        return -value if negative else value

    def text(self) -> tuple[int, int]:
        """Where the next text stands; nothing, where there is none."""
        length = max(self.number(), 0)
        self.at += length
        return self.at - length, self.at
