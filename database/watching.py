"""Watching tables while somebody else works on them: which are held locked, and which are written anew."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from database.endpoints import Scratch
from database.queries import query
from database.session import Connection, DatabaseError, writing

_EVERY_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Sighting:
    """That a relation was seen locked at a moment between two others (seconds since 1970), and in which mode."""

    since: float
    until: float
    relation: int
    mode: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A table or materialized view: its quoted name, and the number of the file it is in (0 if it is in none)."""

    name: str
    file: int


def relations(connection: Connection) -> dict[int, Relation]:
    """The tables and materialized views by their object ids."""
    return {oid: Relation(name, file) for oid, name, file in connection.execute(query("relation_files"))}


def rewritten(before: Mapping[int, Relation], after: Mapping[int, Relation]) -> tuple[int, ...]:
    """Which relations are in another file than before; those that are new or gone are not among them."""
    return tuple(oid for oid in sorted(before.keys() & after.keys()) if before[oid].file != after[oid].file)


class LockWatch:
    """Looks, while inside, which tables other sessions of a database hold locked, twenty times a second.

    It takes no lock on them itself. A lock that is held for less than that may not be seen.
    """

    def __init__(self, at: Scratch) -> None:
        self._at = at
        self._seen: list[Sighting] = []
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    @property
    def seen(self) -> tuple[Sighting, ...]:
        """What was seen so far, in the order of time."""
        return tuple(self._seen)

    def __enter__(self) -> Self:
        self._connection = writing(self._at)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._done.set()
        self._thread.join()
        self._connection.close()

    def _look(self) -> None:
        while not self._done.wait(_EVERY_SECONDS):
            since = time.time()
            try:
                rows = self._connection.execute(query("table_locks")).fetchall()
            except DatabaseError:
                return  # whoever works there has ended our session; what follows is not seen, and nothing else is lost
            self._seen.extend(Sighting(since, time.time(), relation, mode) for relation, mode in rows)
