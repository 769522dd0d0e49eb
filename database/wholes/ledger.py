"""The ledger: inside a database that is being filled, which plan fills it and which chunks of rows are in.

A chunk's line is written in the transaction that loads its rows, so that line and rows are in together or not at all.
Whoever finds the line of another transaction under way waits for its end. So each chunk is loaded once, however often
it is tried and by whomever; and once the ledger is closed, nobody loads any more.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from catalog.errors import Failure
from catalog.model import TableName
from database.queries import query
from database.session import Connection

SCHEMA = "greenroom_ledger"
"""The schema in the candidate that the ledger is in; gone before it is finished."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a ledger says of the plan it was opened for: its digest, and the moment at which its history ends."""

    digest: str
    anchor: datetime


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table from `first` up to, and without, `past`."""

    table: TableName
    first: int
    past: int


def open_ledger(connection: Connection, ledger: Ledger) -> None:
    """Open the database's ledger, empty, for the plan of that digest; in one transaction, whole or not at all."""
    with connection.transaction():
        connection.execute(query("ledger"))
        connection.execute(
            "INSERT INTO greenroom_ledger.plan (digest, anchor) VALUES (%s, %s)", (ledger.digest, ledger.anchor)
        )


def read_ledger(connection: Connection) -> Ledger | None:
    """The database's ledger, None if it has none."""
    if connection.execute("SELECT to_regclass('greenroom_ledger.plan')").fetchone() == (None,):
        return None
    row = connection.execute("SELECT digest, anchor FROM greenroom_ledger.plan").fetchone()
    return Ledger(row[0], row[1].astimezone(UTC)) if row else None


def entered(connection: Connection) -> frozenset[Rows]:
    """The chunks of rows that are in."""
    lines = connection.execute("SELECT schema_name, table_name, first, past FROM greenroom_ledger.lines").fetchall()
    return frozenset(Rows(TableName(schema, table), first, past) for schema, table, first, past in lines)


def enter(connection: Connection, digest: str, rows: Rows) -> bool:
    """Write the line of a chunk that is loaded in the same transaction; False if its rows are in already.

    Waits for whoever is loading the same chunk. Raises Failure if the ledger is not that of the plan with this digest.
    """
    values = {"schema": rows.table.schema, "table": rows.table.name, "first": rows.first, "past": rows.past}
    if connection.execute(query("ledger_enter"), values | {"digest": digest}).fetchone():
        return True
    found = read_ledger(connection)
    if found is None or found.digest != digest:
        raise Failure(
            f"rows of {rows.table} came too late",
            why="the database they were made for has been replaced by that of another run",
            todo="Nothing: what belongs to a run that has ended is not loaded.",
        )
    return False


def keep_plan(connection: Connection, pickled: bytes) -> str:
    """Put the pickled plan into the ledger, for workers elsewhere; gives its SHA-256."""
    connection.execute("UPDATE greenroom_ledger.plan SET pickled = %s", (pickled,))
    return sha256(pickled).hexdigest()


def kept_plan(connection: Connection, sha: str) -> bytes:
    """The pickled plan out of the ledger. Raises Failure unless it is, byte for byte, the one with this SHA-256."""
    row = connection.execute("SELECT pickled FROM greenroom_ledger.plan").fetchone()
    if row is None or row[0] is None or sha256(row[0]).hexdigest() != sha:
        raise Failure("the plan in the ledger is not the one that was put there", todo="Run again.")
    return bytes(row[0])


def close_ledger(connection: Connection) -> None:
    """Drop the ledger, once whoever is still loading has ended; safe to run twice."""
    connection.execute("DROP SCHEMA IF EXISTS greenroom_ledger CASCADE")
