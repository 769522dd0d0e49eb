"""A database's contents at one instant: counted, described, and exported for `pg_dump` to join."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import LiteralString

from psycopg import sql

from catalog.errors import Failure
from catalog.model import Catalog
from database.endpoints import Scratch, Staging
from database.introspect import read_catalog
from database.queries import query
from database.session import Connection, DatabaseError, writing

_TITLE, _SCHEMA, _NAME = range(3)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds: the rows of every ordinary table and leaf partition, and the schema."""

    row_counts: tuple[tuple[str, int], ...]
    catalog: Catalog


@dataclass(frozen=True, slots=True)
class Exported:
    """A snapshot that `pg_dump --snapshot` can join while it is held.

    `contents` are of that very snapshot; `size` is the database's on disk, in bytes; `server_version` is
    server_version_num (180006).
    """

    snapshot: str
    contents: Contents
    size: int
    server_version: int


@contextmanager
def exported(at: Staging | Scratch) -> Iterator[Exported]:
    """Hold a database's state at this instant; reads only.

    Source: PostgreSQL manual, "Snapshot Synchronization Functions". Raises Failure if the database cannot be read
    in full, for example by row-level security.
    """
    with closing(writing(at)) as connection:  # not committed: who has joined does not need us, lost or not, at the end
        with _explained(at):
            _begin(connection)
            held = Exported(
                snapshot=str(_one(connection, "SELECT pg_catalog.pg_export_snapshot()")),
                contents=_contents(connection),
                size=int(str(_one(connection, "SELECT pg_catalog.pg_database_size(pg_catalog.current_database())"))),
                server_version=connection.info.server_version,
            )
        yield held


def contents(of: Staging | Scratch) -> Contents:
    """What a database holds at this instant; reads only. Raises Failure as `exported` does."""
    with exported(of) as held:
        return held.contents


def _begin(connection: Connection) -> None:
    """One snapshot for all that follows, never ended for being idle; a row policy is an error, not a lower count."""
    connection.execute("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    connection.execute("SET LOCAL row_security = off")
    connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
    connection.execute("SET LOCAL statement_timeout = 0")


def _contents(connection: Connection) -> Contents:
    tables = connection.execute(query("row_tables")).fetchall()
    counts = tuple((str(row[_TITLE]), _count(connection, row[_SCHEMA], row[_NAME])) for row in tables)
    return Contents(counts, read_catalog(connection))


def _count(connection: Connection, schema: str, name: str) -> int:
    statement = sql.SQL("SELECT count(*) FROM ONLY {}").format(sql.Identifier(schema, name))
    row = connection.execute(statement).fetchone()
    return int(row[0]) if row else 0


def _one(connection: Connection, statement: LiteralString) -> object:
    row = connection.execute(statement).fetchone()
    return row[0] if row else None


@contextmanager
def _explained(at: Staging | Scratch) -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        why = (error.diag.message_primary or str(error)).strip().rstrip(".")
        raise Failure(f'cannot read all of "{at.database}"', why=why) from None
