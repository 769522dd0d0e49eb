"""The swap: renames in one transaction, while everybody is kept out by PostgreSQL's own lock.

RENAME takes the database's exclusive lock and then waits for its sessions to end; a session that wants to connect
waits for that lock. So sessions are ended from a second connection while RENAME waits: nobody can come back in between,
and at no moment is anything committed but the state before or the state after. (Forbidding connections first, in a
transaction of its own, would leave staging closed if this process died right then.)
"""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from psycopg import errors, sql

from catalog.errors import Failure
from database.endpoints import Staging
from database.facts import database_facts
from database.lifecycle import drop, end_sessions, maintenance
from database.session import Connection

_EVERY_SECONDS = 0.01


@dataclass(frozen=True, slots=True)
class Swapped:
    """How long nobody could reach staging, in seconds, and how many sessions were ended."""

    away_seconds: float
    sessions_ended: int


def promote(staging: Staging, *, bound_seconds: float = 30.0) -> Swapped:
    """Make the candidate staging and its copy the golden, keep what was staging as the previous.

    What was the previous and the golden before is left as `__oldest` and `__oldgold`, for the caller to drop. All or
    nothing. Raises Failure if the renames do not happen within the bound; staging is then as it was.
    """
    oldest, old_golden = staging.beside("oldest"), staging.beside("oldgold")
    with maintenance(staging) as server:
        drop(server, oldest)
        drop(server, old_golden)
        pairs = (
            (staging.golden.database, old_golden.database),
            (staging.next_golden.database, staging.golden.database),
            (staging.previous.database, oldest.database),
            (staging.database, staging.previous.database),
            (staging.candidate.database, staging.database),
        )
        return _swap(server, staging, pairs, bound_seconds)


def roll_back(staging: Staging, *, bound_seconds: float = 30.0) -> Swapped:
    """Make the previous database staging again, and what was staging the previous. All or nothing, as `promote`."""
    aside = staging.beside("oldest")
    with maintenance(staging) as server:
        drop(server, aside)
        pairs = (
            (staging.database, aside.database),
            (staging.previous.database, staging.database),
            (aside.database, staging.previous.database),
        )
        return _swap(server, staging, pairs, bound_seconds)


def _swap(server: Connection, staging: Staging, pairs: Sequence[tuple[str, str]], bound_seconds: float) -> Swapped:
    _bound(server, bound_seconds)
    began = time.monotonic()
    with _ending_sessions(staging, [old for old, _ in pairs]) as ended:
        _rename_all(server, staging, pairs)
    _bound(server, 0)
    return Swapped(time.monotonic() - began, ended[0])


def _rename_all(server: Connection, staging: Staging, pairs: Sequence[tuple[str, str]]) -> None:
    try:
        with server.transaction():
            for old, new in pairs:
                if database_facts(server, old):
                    server.execute(_RENAME.format(sql.Identifier(old), sql.Identifier(new)))
            _stays(server, staging)
    except (errors.ObjectInUse, errors.QueryCanceled) as error:
        raise Failure(
            f'"{staging.database}" could not be renamed',
            why=f"a session on it did not end in time ({error.diag.message_primary})",
            left="staging is as it was",
            todo="Run again at a quieter moment; the next run drops what is left of this one.",
        ) from error


def _stays(server: Connection, staging: Staging) -> None:
    if database_facts(server, staging.database) is None:
        raise Failure(
            f'nothing would be called "{staging.database}" any more',
            why="the database that was to take its place has disappeared",
            left="staging is as it was",
        )


_RENAME = sql.SQL("ALTER DATABASE {} RENAME TO {}")


def _bound(server: Connection, seconds: float) -> None:
    server.execute("SELECT set_config('statement_timeout', %s, false)", (f"{int(seconds * 1000)}ms",))


@contextmanager
def _ending_sessions(staging: Staging, names: Sequence[str]) -> Iterator[list[int]]:
    """End the sessions on these databases again and again while inside; the list's one number counts them."""
    ended, done = [0], threading.Event()

    def keep_ending() -> None:
        with maintenance(staging) as second:
            while not done.wait(_EVERY_SECONDS):
                ended[0] += end_sessions(second, *names)

    worker = threading.Thread(target=keep_ending, name="end-sessions", daemon=True)
    worker.start()
    try:
        yield ended
    finally:
        done.set()
        worker.join()
