"""Connections: one way to read production, one way to write to what is ours."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

import psycopg
from psycopg import sql

from catalog.errors import Failure
from database.endpoints import Endpoint, Scratch, Staging
from database.queries import query

Connection: TypeAlias = psycopg.Connection[tuple[Any, ...]]
DatabaseError = psycopg.Error
InUse = psycopg.errors.ObjectInUse

_CONNECT_SECONDS = 15


def reading(at: Endpoint, *, lock_seconds: int = 10, statement_seconds: int = 120) -> Connection:
    """A read-only session, the only kind production gets, that never waits long for a lock; use it in a `with`.

    PostgreSQL itself refuses every write in it ("Client Connection Defaults", default_transaction_read_only).
    Raises Failure if the server cannot be reached.
    """
    connection = _connect(at)
    connection.execute("SET default_transaction_read_only = on")
    connection.execute("SELECT set_config('lock_timeout', %s, false)", (f"{lock_seconds}s",))
    connection.execute("SELECT set_config('statement_timeout', %s, false)", (f"{statement_seconds}s",))
    return connection


def writing(at: Staging | Scratch) -> Connection:
    """A session that may write, in autocommit and without time limits; use it in a `with`.

    Raises Failure if the server cannot be reached.
    """
    connection = _connect(at)
    connection.execute("SELECT set_config(name, '0', false) FROM pg_settings WHERE name = ANY(%s)", (list(_LIMITS),))
    connection.execute("SET default_transaction_read_only = off")
    return connection


class Sessions:
    """Sessions for loading rows, kept between pieces of work: opening one costs as much as some five thousand rows.

    Whoever works borrows one; none is lent twice at a time, and one whose work failed is not lent again. Use it in a
    `with`, which closes them. Commits do not wait for the disk: what is loaded is worthless until the candidate is
    finished, and the next commit that does wait takes all those before it along ("Asynchronous Commit").
    """

    def __init__(self, at: Staging | Scratch) -> None:
        self.at = at
        self._free: list[Connection] = []  # its append and pop are atomic, so threads need no lock

    def __enter__(self) -> "Sessions":
        return self

    def __exit__(self, *_: object) -> None:
        while self._free:
            self._free.pop().close()

    @contextmanager
    def one(self) -> Iterator[Connection]:
        """A session that nobody else has, opened if none is free. Raises Failure if the server cannot be reached."""
        connection = self._borrowed()
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        self._free.append(connection)

    def _borrowed(self) -> Connection:
        try:
            return self._free.pop()
        except IndexError:
            connection = writing(self.at)
            connection.execute("SET synchronous_commit = off")
            return connection


_LIMITS = (
    "statement_timeout",
    "lock_timeout",
    "idle_session_timeout",
    "idle_in_transaction_session_timeout",
    "transaction_timeout",
)
"""Limits that a role or database may carry for its application's sake, and that would cut a long step short."""

KEPT_VARIABLES = {"PGPASSFILE", "PGSSLROOTCERT", "PGSSLCERT", "PGSSLKEY", "PGSSLCRL"}


def primary_message(error: Exception) -> str:
    """What PostgreSQL said, without detail and context, which may hold values of rows; empty for any other error."""
    return str(error.diag.message_primary or "") if isinstance(error, DatabaseError) else ""


def may_pass(error: DatabaseError) -> bool:
    """Whether trouble may be over when it is tried again: a lost connection, a server without room or restarting."""
    return isinstance(error, (psycopg.OperationalError, psycopg.InterfaceError))


@contextmanager
def seeing_all_rows(connection: Connection) -> Iterator[None]:
    """Lift row-level security from our own role while inside, in one transaction that puts it back at its end.

    An owner sees all rows of a table unless its row-level security is forced ("Row Security Policies").
    """
    with connection.transaction():
        forced = [sql.Identifier(*row) for row in connection.execute(query("forced_tables")).fetchall()]
        for table in forced:
            connection.execute(sql.SQL("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY").format(table))
        yield
        for table in forced:
            connection.execute(sql.SQL("ALTER TABLE {} FORCE ROW LEVEL SECURITY").format(table))


def ignore_ambient_settings() -> None:
    """Take libpq's environment variables away that could lead a URL elsewhere (PGHOSTADDR, PGSERVICE, PGOPTIONS ...).

    Guards and pg_dump must look at one and the same server ("Environment Variables" in libpq's manual); certificates
    and the password file stay.
    """
    for name in [name for name in os.environ if name.startswith("PG") and name not in KEPT_VARIABLES]:
        del os.environ[name]


def _connect(at: Endpoint) -> Connection:
    try:
        return psycopg.connect(
            at.with_tls().url,
            autocommit=True,
            application_name="greenroom",
            connect_timeout=_CONNECT_SECONDS,
            keepalives_idle=30,
        )
    except psycopg.OperationalError as error:
        raise Failure(f"cannot connect to {at}", why=_reason(error), todo=_advice(error)) from None


def _reason(error: psycopg.OperationalError) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[-1].removesuffix(".") if lines else "no reason was given"


def _advice(error: psycopg.OperationalError) -> str:
    text = str(error)
    if "password authentication failed" in text or "no password supplied" in text:
        return "Check the user and password in the database URL."
    if "does not exist" in text:
        return "Check the database's name in the URL, or create the database first."
    if "SSL" in text:
        return "The server has to offer TLS, or the guard is overruled by name: --allow no-tls."
    return "Check the host and port in the database URL, and that the server is running."
