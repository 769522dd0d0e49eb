"""Looking for production's rows where none may be: every canary is a value that only production holds."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

from backups.fetch import fetch
from backups.listing import list_backups
from backups.stores import Store
from database.endpoints import Scratch
from database.session import reading
from operations.demo.databases import STAGING
from operations.demo.places import Keys

CANARY = "CANARY-7f3a"
_NEEDLE = CANARY.lower().encode()
_PIECE = 1 << 20
_DATABASES = "SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate ORDER BY datname"


@dataclass(frozen=True, slots=True)
class Search:
    """One place that was searched: how much of what (`bytes` or `values`), and how many canaries were in it."""

    place: str
    amount: int
    unit: str
    found: int


class Finder:
    """Takes bytes, as many and in as many pieces as there are, and counts the canaries in them, whatever their case."""

    def __init__(self) -> None:
        self.size = 0
        self.found = 0
        self._tail = b""

    def write(self, data: bytes) -> int:
        """Search the next bytes, and where they meet those before."""
        searched = self._tail + data.lower()
        self.found += searched.count(_NEEDLE)
        self._tail = searched[-(len(_NEEDLE) - 1) :]  # too short to hold a canary that was counted
        self.size += len(data)
        return len(data)

    def search(self, place: str) -> Search:
        """What was found so far."""
        return Search(place, self.size, "bytes", self.found)


def in_databases(place: str, server: Scratch, names: Sequence[str] = ()) -> Search:
    """Search every value that could hold a text, of these databases or, if none is named, of all on the server."""
    cells = found = 0
    for name in names or _databases(server):
        with reading(server.with_database(name)) as connection:
            for (statement,) in connection.execute(_statements(), {"pattern": f"%{CANARY}%"}).fetchall():
                row = connection.execute(str(statement).encode()).fetchone()  # as PostgreSQL itself composed it
                cells, found = (cells + row[0], found + row[1]) if row else (cells, found)
    return Search(place, cells, "values", found)


def _databases(server: Scratch) -> tuple[str, ...]:
    with reading(server) as connection:
        return tuple(str(row[0]) for row in connection.execute(_DATABASES))


@cache
def _statements() -> bytes:
    return files(__package__).joinpath("text_values.sql").read_bytes()


def in_files(place: str, paths: Iterable[Path]) -> Search:
    """Search files, byte by byte."""
    finder = Finder()
    for path in paths:
        for piece in _pieces(path):
            finder.write(piece)
    return finder.search(place)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece
    yield b"\n"


def in_sqlite(place: str, path: Path) -> Search:
    """Search a SQLite database as its files' bytes, and as its values, which a page's end may cut in the files."""
    finder = Finder()
    for part in sorted(path.parent.glob(f"{path.name}*")):
        for piece in _pieces(part):
            finder.write(piece)
    with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as connection:
        for line in connection.iterdump():
            finder.write(line.encode("utf-8", "surrogateescape"))
    return finder.search(place)


def in_objects(place: str, store: Store) -> Search:
    """Search every object of the store as it lies there: archives encrypted, manifests and proofs in the clear."""
    finder = Finder()
    for item in store.objects():
        with store.reading(item.name) as source:
            while piece := source.read(_PIECE):
                finder.write(piece)
    return finder.search(place)


def in_newest_backup(place: str, store: Store, keys: Keys) -> Search:
    """Search the clear archive of staging's newest backup: fetched, decrypted and decompressed, nothing on the disk."""
    finder = Finder()
    manifest = list_backups(store).find(database=STAGING).manifest
    fetch(manifest, store, (keys.identity,), finder)
    return finder.search(place)
