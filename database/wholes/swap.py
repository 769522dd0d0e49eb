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
from dataclasses import dataclass, field

from psycopg import errors, sql

from catalog.errors import Failure
from database.endpoints import Staging
from database.queries import query
from database.session import Connection, DatabaseError
from database.wholes.lifecycle import drop, end_sessions, maintenance

_EVERY_SECONDS = 0.01
_PATIENCE_SECONDS = 5  # PostgreSQL's own: RENAME waits no longer than that for sessions to end

Renames = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Swapped:
    """How long nobody could reach staging, in seconds, and how many sessions were ended."""

    away_seconds: float
    sessions_ended: int


def promote(staging: Staging, *, bound_seconds: float = 30.0, golden: bool = True) -> Swapped:
    """Make the candidate staging and its copy the golden, keep what was staging as the previous.

    What was the previous and the golden before is left as `__oldest` and `__oldgold`, for the caller to drop. Without
    `golden`, the golden there is stays the golden. All or nothing. Raises Failure if the renames do not happen within
    the bound; staging is then as it was.
    """
    oldest, old_golden = staging.beside("oldest"), staging.beside("oldgold")
    replaced = (
        (staging.golden.database, old_golden.database),
        (staging.next_golden.database, staging.golden.database),
    )
    with maintenance(staging) as server:
        drop(server, oldest)
        drop(server, old_golden)
        renames = (
            *(replaced if golden else ()),
            (staging.previous.database, oldest.database),
            (staging.database, staging.previous.database),
            (staging.candidate.database, staging.database),
        )
        return _swap(server, staging, renames, bound_seconds)


def roll_back(staging: Staging, *, bound_seconds: float = 30.0) -> Swapped:
    """Make the previous database staging again, and what was staging the previous. All or nothing, as `promote`."""
    aside = staging.beside("oldest")
    with maintenance(staging) as server:
        drop(server, aside)
        renames = (
            (staging.database, aside.database),
            (staging.previous.database, staging.database),
            (aside.database, staging.previous.database),
        )
        return _swap(server, staging, renames, bound_seconds)


def _swap(server: Connection, staging: Staging, renames: Renames, bound_seconds: float) -> Swapped:
    """Do the renames of the databases there are, again and again until they are done or the bound is reached."""
    there = _existing(server, [old for old, _ in renames])
    possible = _possible(renames, set(there))
    if staging.database not in {new for _, new in possible}:
        raise Failure(
            f'nothing would be called "{staging.database}" any more',
            why="the database that was to take its place has disappeared",
        )
    began = time.monotonic()
    others = [oid for name, oid in there.items() if name != staging.database]
    busy = [oid for oid in there.values() if oid not in others]
    with maintenance(staging) as second, _ending_sessions(second, busy) as ended:
        until = began + bound_seconds
        while not _renamed(server, possible, others, until):
            if time.monotonic() >= until:
                raise _held_open(staging, ended)
    return Swapped(time.monotonic() - began, ended.count)


def _existing(server: Connection, names: Sequence[str]) -> dict[str, int]:
    return {str(name): int(oid) for name, oid in server.execute(query("existing"), {"names": list(names)})}


def _possible(renames: Renames, there: set[str]) -> Renames:
    """The renames of databases that are there when their turn comes."""
    possible = []
    for old, new in renames:
        if old in there:
            possible.append((old, new))
            there = (there - {old}) | {new}
    return possible


def _renamed(server: Connection, renames: Renames, others: Sequence[int], until: float) -> bool:
    """Do all renames in one transaction; False if a session held one of the databases open for too long.

    Sessions on databases other than staging are ended once, beforehand: what becomes staging must not lose its first.
    """
    try:
        with server.transaction():
            end_sessions(server, others)
            for old, new in renames:
                _bound(server, until - time.monotonic())
                server.execute(_RENAME.format(sql.Identifier(old), sql.Identifier(new)))
    except (errors.ObjectInUse, errors.QueryCanceled):
        return False
    return True


_RENAME = sql.SQL("ALTER DATABASE {} RENAME TO {}")


def _bound(server: Connection, seconds: float) -> None:
    """Let the next statement of this transaction take no longer than that."""
    milliseconds = max(1, int(min(seconds, _PATIENCE_SECONDS + 1) * 1000))
    server.execute("SELECT set_config('statement_timeout', %s, true)", (f"{milliseconds}ms",))


@dataclass(slots=True)
class _Ended:
    """How many sessions were ended so far, and what went wrong in ending them."""

    count: int = 0
    trouble: str = ""
    done: threading.Event = field(default_factory=threading.Event)


@contextmanager
def _ending_sessions(second: Connection, databases: Sequence[int]) -> Iterator[_Ended]:
    """End the sessions on these databases (by oid, which a rename keeps) again and again while inside."""
    ended = _Ended()

    def keep_ending() -> None:
        try:
            while not ended.done.is_set():
                ended.count += end_sessions(second, databases)
                ended.done.wait(_EVERY_SECONDS)
        except DatabaseError as error:
            ended.trouble = str(error.diag.message_primary or error)

    worker = threading.Thread(target=keep_ending, name="end-sessions", daemon=True)
    worker.start()
    try:
        yield ended
    finally:
        ended.done.set()
        worker.join()


def _held_open(staging: Staging, ended: _Ended) -> Failure:
    reason = ended.trouble or "a session on it, or on what takes its place, did not end in time"
    return Failure(
        f'"{staging.database}" could not be renamed, and is as it was',
        why=reason,
        todo="See who is connected (pg_stat_activity). To let our role end the sessions of others, run as a superuser: "
        f'GRANT pg_signal_backend TO "{staging.user}"; and run again.',
    )
