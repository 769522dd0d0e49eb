"""What every source of shape can do, and the bench that it works at."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from database.endpoints import Production, Scratch, Staging
from database.programs import for_dump
from database.session import reading
from database.wholes.lifecycle import create, drop, maintenance
from schema_sync.pull import pull
from schema_sync.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Bench:
    """What a source is given to work with.

    `archive` is the file that the snapshot goes to. A source that has to build a database first makes it beside
    `staging`, owned by the role `owner`; `prepare` is told the extensions and roles that it names, before they are
    needed there, and raises Refusal if they are not to be had.
    """

    archive: Path
    taken_at: datetime
    staging: Staging
    owner: str
    pg_bin: Path | None
    prepare: Callable[[Sequence[str], Sequence[str]], None]


class Source(Protocol):
    """Something that a shape can be had from; its text says what it is, without a secret."""

    def look(self) -> str:
        """What is there, in a clause; changes nothing. Raises Refusal, or Failure, if no shape is to be had from it."""

    def snapshot(self, bench: Bench) -> Snapshot:
        """The shape as a snapshot in the bench's archive; leaves nothing if it fails."""


@dataclass(frozen=True, slots=True)
class LiveDatabase:
    """A database that is up: production or, for a reseed, staging itself."""

    at: Production | Staging
    pg_bin: Path | None = None

    def __str__(self) -> str:
        return str(self.at)

    def look(self) -> str:
        """See Source.look."""
        with reading(self.at) as connection:
            return f"{self.at} answers, PostgreSQL {connection.info.server_version // 10_000}"

    def snapshot(self, bench: Bench) -> Snapshot:
        """See Source.snapshot."""
        return pulled(self.at, bench)


def pulled(at: Production | Staging | Scratch, bench: Bench) -> Snapshot:
    """A snapshot of a database that is up, by the pg_dump that fits it."""
    with reading(at) as connection:
        major = connection.info.server_version // 10_000
    return pull(at, for_dump(major, bench.pg_bin), bench.archive, bench.taken_at)


@contextmanager
def built_beside(bench: Bench) -> Iterator[Scratch]:
    """An empty database beside staging, to build a shape in; dropped again, however that ends."""
    scratch = bench.staging.source
    with maintenance(bench.staging) as server:
        drop(server, scratch)
        create(server, scratch, bench.staging.database)
        try:
            yield scratch
        finally:
            drop(server, scratch)
