"""Databases as wholes: creating, cloning, dropping, marking; each from another database on the same server."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from hashlib import blake2b
from typing import Any

from psycopg import errors, sql

from catalog.errors import Failure, Refusal
from database.endpoints import Scratch, Staging
from database.facts import database_facts
from database.queries import query
from database.session import Connection, DatabaseError, writing
from database.wholes.marker import Marker, write_marker
from database.wholes.strategy import Strategy, strategies

_MAINTENANCE = "postgres"
_LOCK_SECONDS = 1.0
# What a kernel or file system says that cannot clone files (errcode_for_file_access in PostgreSQL's source), and a
# server that was built without the method. A full disk is none of them.
_UNKNOWN_WAY = (
    errors.InvalidParameterValue,
    errors.InternalError_,
    errors.IoError,
    errors.SystemError,
    errors.FeatureNotSupported,
)


def maintenance(at: Staging | Scratch) -> Connection:
    """A session beside the databases that come and go, on the server's maintenance database; use it in a `with`.

    Raises Failure if the server cannot be reached.
    """
    return writing(at.with_database(_MAINTENANCE), built_in_names=True)


def create(server: Connection, new: Scratch, like: str) -> None:
    """Create an empty database with the owner, place and locale of the database named `like`; PUBLIC stays out."""
    name = sql.Identifier(new.database)
    server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 {}").format(name, _like(server, like)))
    _shut(server, new)


def create_for_staging(server: Connection, staging: Staging) -> None:
    """Create an empty database of the name that is to become staging, ours, open to whom PostgreSQL's defaults say."""
    server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(staging.database)))


def clone(server: Connection, new: Scratch, source: str, *, owner: str = "", closed: bool = False) -> Strategy:
    """Copy a whole database the fastest way there is, and say which that was; PUBLIC stays out, also of the copy.

    Nobody may be on the source meanwhile: PostgreSQL waits five seconds for that, and raises ObjectInUse. The copy
    belongs to `owner`, or to our own role; if it is `closed`, nobody can connect to it, not even a superuser.
    """
    facts = database_facts(server, source)
    ways = strategies(facts.size if facts else 0, server.info.server_version // 10_000)
    whose = sql.SQL("OWNER {}").format(sql.Identifier(owner)) if owner else sql.SQL("")
    shut = sql.SQL("ALLOW_CONNECTIONS false" if closed else "")
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} {} {} STRATEGY {}")
    for way in ways:
        names = sql.Identifier(new.database), sql.Identifier(source)
        created = statement.format(*names, whose, shut, sql.SQL(way.clause))
        if _copied(server, created, way, last=way is ways[-1]):
            break
    _shut(server, new)
    return way


def _copied(server: Connection, statement: sql.Composed, way: Strategy, *, last: bool) -> bool:
    """Whether the copy is there; the file system, or how PostgreSQL was built, may not know the way."""
    try:
        if way.method and server.info.server_version >= 180_000:
            server.execute("SELECT set_config('file_copy_method', %s, false)", (way.method,))
        server.execute(statement)
    except _UNKNOWN_WAY:
        if last:
            raise
        return False
    return True


def _shut(server: Connection, new: Scratch) -> None:
    """Nobody but its owner connects to what is being built or kept; a promotion gives staging's own grants."""
    server.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(new.database)))


def drop(server: Connection, old: Scratch) -> None:
    """Drop one of our databases, ending whoever is on it; safe to run twice.

    FORCE may end no autovacuum worker, which is nobody's, unless a superuser says it, and gives up. Without FORCE
    PostgreSQL has such workers end by themselves, and waits five seconds for all who are on it to be gone.
    """
    dropped = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(old.database))
    forced = dropped + sql.SQL(" WITH (FORCE)")
    try:
        server.execute(forced)
    except errors.InsufficientPrivilege:
        try:
            server.execute(dropped)
        except errors.ObjectInUse:
            server.execute(forced)  # the workers are gone, and who else is on it is ended, or named by its error


def drop_at_once(at: Staging | Scratch, old: Sequence[Scratch]) -> None:
    """Drop several of our databases, two at a time: what PostgreSQL writes down before it drops one counts for both."""
    with ThreadPoolExecutor(2) as two:
        for dropped in [two.submit(_drop_alone, at, database) for database in old]:
            dropped.result()


def _drop_alone(at: Staging | Scratch, old: Scratch) -> None:
    with maintenance(at) as server:
        drop(server, old)


def rename(server: Connection, old: Scratch, new: Scratch) -> None:
    """Give one of our databases another name; nobody may be on it."""
    names = sql.Identifier(old.database), sql.Identifier(new.database)
    server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*names))


def open_as(server: Connection, closed: Scratch, new: Scratch) -> None:
    """Give a closed database of ours another name, and let its owner in, in one transaction."""
    with server.transaction():
        rename(server, closed, new)
        server.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(sql.Identifier(new.database)))


def end_sessions(server: Connection, databases: Sequence[int]) -> int:
    """End the sessions on the databases of these oids that our role may end, and say how many there were."""
    row = server.execute(query("end_sessions"), {"databases": list(databases)}).fetchone()
    return int(row[0]) if row else 0


def sessions_on(server: Connection, name: str) -> tuple[str, ...]:
    """Who is on the database of that name, each as a clause: program, role, place, since when."""
    rows = server.execute(query("on_database"), {"name": name}).fetchall()
    return tuple(f"{program}, as {role} from {place}, since {since}" for program, role, place, since in rows)


def mark(server: Connection, name: str, marker: Marker) -> None:
    """Write the staging marker into the comment of the database of that name, keeping its other lines."""
    facts = database_facts(server, name)
    set_comment(server, name, write_marker(facts.comment if facts else "", marker))


def set_comment(server: Connection, name: str, comment: str) -> None:
    """Give the database of that name this comment."""
    server.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(comment)))


@contextmanager
def exclusive(
    at: Staging | Scratch, who: str, *, patience: float = 0, waiting: Callable[[str], None] | None = None
) -> Iterator[Connection]:
    """Hold the one lock of this database while inside, and give the maintenance session that holds it.

    Staging's is held by whoever changes staging, the golden's by whoever copies or replaces the golden; who needs both
    takes staging's first.

    The lock is a session advisory lock, freed by PostgreSQL when the session ends, however it ends. While another run
    holds it, `waiting` hears who that is, for `patience` seconds; then raises Refusal, naming the holder.
    """
    until = time.monotonic() + patience
    with maintenance(at) as server:
        server.execute("SELECT set_config('application_name', %s, false)", (f"greenroom {who}"[:63],))
        while not _locked(server, at):
            holder = _holder(server, at)
            if time.monotonic() >= until:
                raise _busy(at, holder)
            if waiting and holder:
                waiting(holder[0])
            time.sleep(_LOCK_SECONDS)
        yield server


@contextmanager
def if_free(server: Connection, at: Scratch) -> Iterator[bool]:
    """Whether nobody else holds the lock of this database; if so, this session holds it while inside."""
    free = _locked(server, at)
    try:
        yield free
    finally:
        if free:
            with suppress(DatabaseError):  # broken off amid a statement, or lost: the lock goes with the session
                server.execute("SELECT pg_advisory_unlock(%s)", (_key(at),))


def _locked(server: Connection, at: Staging | Scratch) -> bool:
    row = server.execute("SELECT pg_try_advisory_lock(%s)", (_key(at),)).fetchone()
    return bool(row and row[0])


def require_lock(server: Connection, at: Staging | Scratch, who: str) -> None:
    """Make sure that this run still holds the lock; Failure if its session was ended from outside meanwhile."""
    holder = _holder(server, at)
    if holder is None or holder[0] != f"greenroom {who}"[:63]:
        raise Failure(
            f'the lock on "{at.database}" was lost on the way',
            why=f"it is held by {holder[0]} now" if holder else "the session that held it was ended",
            todo="Connect without a pooler in between, see who ends idle sessions, and run again.",
        )


def _key(at: Staging | Scratch) -> int:
    return int.from_bytes(blake2b(f"greenroom {at.database}".encode(), digest_size=8).digest(), signed=True)


def _holder(server: Connection, at: Staging | Scratch) -> tuple[str, str] | None:
    """Who holds the lock (as the session calls itself) and since when; None if nobody does."""
    key = _key(at) % 2**64
    row = server.execute(query("lock_holder"), {"high": key >> 32, "low": key & 0xFFFFFFFF}).fetchone()
    return (str(row[0]), str(row[1])) if row else None


def _busy(at: Staging | Scratch, holder: tuple[str, str] | None) -> Refusal:
    told = f"{holder[0]}, since {holder[1]}" if holder else "it has just ended"
    return Refusal(
        f'another run is under way on "{at.database}"',
        why=told,
        todo="Wait until it has ended, or end it, and run again.",
    )


def _like(server: Connection, like: str) -> sql.Composable:
    row = server.execute(query("locale"), {"name": like}).fetchone()
    if row is None:
        raise Failure(f'there is no database "{like}" to take owner and locale from')
    owner = sql.SQL("OWNER {}").format(sql.Identifier(row[1]))
    place = sql.SQL("TABLESPACE {}").format(sql.Identifier(row[2]))
    return sql.SQL(" ").join([owner, *([] if row[2] == "pg_default" else [place]), *_locale_clauses(row[0])])


def _locale_clauses(database: dict[str, Any]) -> Iterator[sql.Composable]:
    yield sql.SQL("ENCODING {} LC_COLLATE {} LC_CTYPE {}").format(
        sql.Literal(database["encoding"]), sql.Literal(database["datcollate"]), sql.Literal(database["datctype"])
    )
    if database["datlocprovider"] == "c":  # else the template's provider would be taken
        yield sql.SQL("LOCALE_PROVIDER libc")
    locale = database.get("datlocale") or database.get("daticulocale")
    if database["datlocprovider"] == "i":
        yield sql.SQL("LOCALE_PROVIDER icu ICU_LOCALE {}").format(sql.Literal(locale))
    if database["datlocprovider"] == "b":
        yield sql.SQL("LOCALE_PROVIDER builtin BUILTIN_LOCALE {}").format(sql.Literal(locale))
