"""Connections: one way to read production, one way to write to what is ours."""

from typing import Any, TypeAlias

import psycopg

from catalog.errors import Failure
from database.endpoints import Endpoint, Scratch, Staging

Connection: TypeAlias = psycopg.Connection[tuple[Any, ...]]
DatabaseError = psycopg.Error

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
    """A session that may write, in autocommit; use it in a `with`. Raises Failure if it cannot be reached."""
    return _connect(at)


def _connect(at: Endpoint) -> Connection:
    try:
        return psycopg.connect(
            at.with_tls().url,
            autocommit=True,
            application_name="greenroom",
            connect_timeout=_CONNECT_SECONDS,
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
