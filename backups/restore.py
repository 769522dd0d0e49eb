"""Restoring a backup into a fresh scratch database, and comparing what arrived with what was dumped.

The clear archive goes straight into `pg_restore` and never touches the disk. A cipher gives out clear bytes before it
has seen the end, so the database that takes them is one nobody uses yet, and it is dropped unless every hash is right.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass

from backups.cipher import Identity
from backups.fetch import fetch, require_readable
from backups.manifest import Manifest
from backups.settled import settled_fingerprint
from backups.stores import Store
from backups.streams import Progress, silent
from database.endpoints import Scratch
from database.exported import Contents
from database.lifecycle import create, drop, maintenance
from database.programs import Programs, feeding, restore_command
from database.session import writing


@dataclass(frozen=True, slots=True)
class Destination:
    """A database to restore into, created anew with the locale of the database named `like`, and what restores it.

    `owner` is the role that everything in it will belong to, the connecting role if it is empty.
    """

    database: Scratch
    like: str
    programs: Programs
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup back in a database: `seconds` from the first byte read until it is ready to be used."""

    manifest: Manifest
    into: Scratch
    seconds: float


def restore(
    manifest: Manifest,
    store: Store,
    identities: Sequence[Identity],
    into: Destination,
    *,
    progress: Progress = silent,
) -> Restored:
    """Restore a backup into a fresh database, and analyze it.

    Raises Refusal if no identity opens the backup, Damaged if its bytes changed, Failure if `pg_restore` fails; in
    the last two cases the database is dropped.
    """
    require_readable(manifest, store, identities)
    started = time.monotonic()
    with _fresh(into.database, into.like):
        with feeding(restore_command(into.programs, into.database, owner=into.owner)) as archive, closing(archive):
            fetch(manifest, store, identities, archive, progress=progress)
        with writing(into.database) as connection:
            connection.execute("ANALYZE")
    return Restored(manifest, into.database, round(time.monotonic() - started, 3))


def compare_with_manifest(manifest: Manifest, contents: Contents) -> tuple[str, ...]:
    """What a restored database lacks, or has too much of, by the manifest; empty if it is what was dumped."""
    findings = _compare_counts(dict(manifest.row_counts), dict(contents.row_counts))
    if settled_fingerprint(contents.catalog) != manifest.settled_fingerprint:
        findings.append("the schema is not the one that was dumped: its fingerprint differs")
    return tuple(findings)


def _compare_counts(dumped: dict[str, int], restored: dict[str, int]) -> list[str]:
    lost = [f"{table} is missing" for table in sorted(dumped.keys() - restored.keys())]
    extra = [f"{table} was not in the dump" for table in sorted(restored.keys() - dumped.keys())]
    changed = [
        f"{table} holds {restored[table]} rows instead of {dumped[table]}"
        for table in sorted(dumped.keys() & restored.keys())
        if restored[table] != dumped[table]
    ]
    return lost + extra + changed


@contextmanager
def _fresh(into: Scratch, like: str) -> Iterator[None]:
    """An empty database that is dropped if what follows fails; no session is held open meanwhile."""
    with maintenance(into) as server:
        drop(server, into)
        create(server, into, like)
    try:
        yield
    except BaseException:
        with maintenance(into) as server:
            drop(server, into)
        raise
