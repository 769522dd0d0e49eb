"""Restoring a backup into a fresh scratch database.

The clear archive goes straight into `pg_restore` and never touches the disk. A cipher gives out clear bytes before it
has seen the end, so the database that takes them is one nobody uses yet, and it is dropped unless every hash is right.
"""

import io
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from backups.cipher import Identity
from backups.fetch import require_readable, require_roles
from backups.manifest import Manifest
from backups.refill import Destination, refill
from backups.stores import Store
from backups.streams import Progress, silent
from catalog.errors import Failure
from database.endpoints import Scratch
from database.rights.roles_sql import make_roles
from database.session import DatabaseError, primary_message, writing
from database.wholes.lifecycle import create, drop, maintenance

__all__ = ["Destination", "Restored", "dropped", "dropped_on_failure", "restore"]


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
        if into.makes_roles:
            _make_roles(manifest, store, identities, into.database)
        refill(manifest, store, identities, into, progress)
        with writing(into.database) as connection:
            connection.execute("ANALYZE")
    return Restored(manifest, into.database, round(time.monotonic() - started, 3))


def _make_roles(manifest: Manifest, store: Store, identities: Sequence[Identity], into: Scratch) -> None:
    """Make the roles that policies name, for one; the backup's bytes are known to be good before they are run."""
    clear = io.BytesIO()
    require_roles(manifest, store, identities, clear)
    with writing(into) as connection:
        make_roles(connection, clear.getvalue().decode())


@contextmanager
def dropped_on_failure(database: Scratch) -> Iterator[None]:
    """Drop the database if what is inside fails; no session is held open meanwhile.

    If that fails as well, the first error is the one that is raised, and it says what is left and why.
    """
    try:
        yield
    except BaseException as error:
        left = dropped(database)
        if left and isinstance(error, Failure):
            raise _with_left(error, left) from error
        if left:
            error.add_note(left)
        raise


def dropped(database: Scratch) -> str:
    """Drop the database, if it is there; what is left and why if that fails, and nothing to say if it does not."""
    try:
        with maintenance(database) as server:
            drop(server, database)
    except (DatabaseError, Failure) as error:
        return f'"{database.database}" is left, as it could not be dropped ({_words(error)}); the next run drops it'
    return ""


def _with_left(first: Failure, left: str) -> Failure:
    """The same error of the same kind; whoever goes by its kind still can."""
    return type(first)(first.what, why=first.why, left=f"{first.left}; {left}" if first.left else left, todo=first.todo)


def _words(error: Exception) -> str:
    if isinstance(error, Failure):
        return f"{error.what}: {error.why}" if error.why else error.what
    return primary_message(error) or str(error).strip()


@contextmanager
def _fresh(into: Scratch, like: str) -> Iterator[None]:
    """An empty database that is dropped if what follows fails."""
    with maintenance(into) as server:
        drop(server, into)
        create(server, into, like)
    with dropped_on_failure(into):
        yield
