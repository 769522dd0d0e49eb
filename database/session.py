"""Connections: one way to read production, one way to write to what is ours."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType, TracebackType
from typing import Any, TypeAlias, TypeVar

import psycopg
from psycopg.abc import RV, PQGen
from psycopg.errors import _WaitTimeout as WaitTimeout

from catalog.errors import Failure
from database.endpoints import Endpoint, Production, Scratch, Staging

Connection: TypeAlias = psycopg.Connection[tuple[Any, ...]]
DatabaseError = psycopg.Error
InUse = psycopg.errors.ObjectInUse
_C = TypeVar("_C", bound=Connection)

_CONNECT_SECONDS = 15
_ON_THE_WAY_SECONDS = 30


def reading(
    at: Endpoint, *, lock_seconds: int = 10, statement_seconds: int = 120, as_application: bool = False
) -> Connection:
    """A read-only session, the only kind production gets, that never waits long for a lock; use it in a `with`.

    PostgreSQL itself refuses every write in it ("Client Connection Defaults", default_transaction_read_only). It calls
    no function of the application's, whatever that is named and whoever made it, unless it is to look for names
    `as_application` does, which production's never is. Raises Failure if the server cannot be reached; so does leaving
    the `with` if it did not answer to the end.
    """
    limits = {"lock_timeout": f"{lock_seconds}s", "statement_timeout": f"{statement_seconds}s"}
    own_names = {} if as_application and not isinstance(at, Production) else BUILT_IN_NAMES
    connection = _connect(_Reading, at.with_server_settings({**READ_ONLY, **limits, **own_names}))
    connection.at, connection.patience = at, statement_seconds + _ON_THE_WAY_SECONDS
    return connection


def writing(at: Staging | Scratch, *, built_in_names: bool = False) -> Connection:
    """A session that may write, in autocommit and without time limits; use it in a `with`.

    It looks for names as the application does, whose triggers and functions may run in it, unless it is to know
    `built_in_names` alone. Raises Failure if the server cannot be reached.
    """
    own_names = BUILT_IN_NAMES if built_in_names else {}
    connection = _connect(psycopg.Connection, at.with_server_settings({**MAY_WRITE, **own_names}))
    connection.execute("SELECT set_config(name, '0', false) FROM pg_settings WHERE name = ANY(%s)", (list(_LIMITS),))
    return connection


class _Reading(psycopg.Connection[tuple[Any, ...]]):
    """A reading session: what it was left with, unanswered, becomes a sentence.

    It waits no longer than `patience` for an answer, in seconds: the server keeps its own limits, but what it says may
    be lost on the way.
    """

    at: Endpoint
    patience: float | None = None

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except WaitTimeout:
            self.close()  # nothing more can be asked of it
            raise psycopg.OperationalError(f"no answer within {self.patience:g} s") from None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        super().__exit__(kind, error, trace)
        if isinstance(error, psycopg.OperationalError):
            todo = "See how that server is, and who holds locks there (pg_stat_activity); then run again."
            raise Failure(f"{self.at} did not answer to the end", why=_said(error), todo=todo) from None


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


READ_ONLY: Mapping[str, str] = MappingProxyType({"default_transaction_read_only": "on"})
MAY_WRITE: Mapping[str, str] = MappingProxyType({"default_transaction_read_only": "off"})
"""What a session is given from its first moment on, whatever its role or database carries."""

BUILT_IN_NAMES: Mapping[str, str] = MappingProxyType({"search_path": "pg_catalog"})
"""A session whose queries mean PostgreSQL's own functions and operators, and never better matches in other schemas.

Who may create in `public` could else have a `format(text, name, name)` there called by us, with our rights
(CVE-2018-1058).
"""

_LIMITS = (
    "statement_timeout",
    "lock_timeout",
    "idle_session_timeout",
    "idle_in_transaction_session_timeout",
    "transaction_timeout",
)
"""Limits that a role or database may carry for its application's sake, and that would cut a long step short."""

KEPT_VARIABLES = {"PGPASSFILE", "PGSSLROOTCERT", "PGSSLCERT", "PGSSLKEY", "PGSSLCRL"}


NOT_OF_ROWS = ("08", "53", "57", "58", "XX")
"""Classes of SQLSTATE that say nothing of a row: a lost connection, no room, an operator, a defect."""


def primary_message(error: Exception) -> str:
    """What PostgreSQL said, without detail and context, which may hold values of rows; empty for any other error."""
    return str(error.diag.message_primary or "") if isinstance(error, DatabaseError) else ""


def may_pass(error: DatabaseError) -> bool:
    """Whether trouble may be over when it is tried again: a lost connection, a server without room or restarting."""
    return isinstance(error, (psycopg.OperationalError, psycopg.InterfaceError))


def ignore_ambient_settings() -> None:
    """Take libpq's environment variables away that could lead a URL elsewhere (PGHOSTADDR, PGSERVICE, PGOPTIONS ...).

    Guards and pg_dump must look at one and the same server ("Environment Variables" in libpq's manual); certificates
    and the password file stay.
    """
    for name in [name for name in os.environ if name.startswith("PG") and name not in KEPT_VARIABLES]:
        del os.environ[name]


def _connect(kind: type[_C], at: Endpoint) -> _C:
    try:
        return kind.connect(
            at.with_tls().url,
            autocommit=True,
            application_name="greenroom",
            client_encoding="utf8",  # a database in SQL_ASCII would give bytes
            connect_timeout=_CONNECT_SECONDS,
            keepalives_idle=30,
        )
    except psycopg.OperationalError as error:
        raise Failure(f"cannot connect to {at}", why=_reason(error), todo=_advice(error)) from None


def _said(error: psycopg.OperationalError) -> str:
    return primary_message(error) or str(error).strip().partition("\n")[0]


def _reason(error: psycopg.OperationalError) -> str:
    """What the server, or libpq, said last; libpq's guesses at the cause follow it, and are indented."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip() and not line[0].isspace()]
    telling = [line for line in lines if not line.startswith(("DETAIL:", "HINT:"))]
    return telling[-1].removesuffix(".") if telling else "no reason was given"


_ADVICE = {
    "password authentication failed": "Check the user and password in the database URL.",
    "no password supplied": "Check the user and password in the database URL.",
    "does not exist": "Check the database's name in the URL, or create the database first.",
    "permission denied for database": "Run as a superuser there: GRANT CONNECT ON DATABASE, for the role of the URL.",
    "too many connections": "A run has up to eight sessions at once. End some, or raise the role's CONNECTION LIMIT.",
    "too many clients": "Wait until the server has room, or raise its max_connections.",
    "startup parameter": "That is a pooler. Name the server itself in the database URL.",
    "SSL": "The server has to offer TLS, or the guard is overruled by name: --allow no-tls.",
}
"""What to do, by what the server said."""


def _advice(error: psycopg.OperationalError) -> str:
    text = str(error)
    known = (todo for said, todo in _ADVICE.items() if said in text)
    return next(known, "Check the host and port in the database URL, and that the server is running.")
