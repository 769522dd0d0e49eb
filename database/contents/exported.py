"""A database's contents at one instant: exported for `pg_dump` to join, and meanwhile counted and described."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from threading import Event
from typing import LiteralString

from psycopg import sql

from catalog.errors import Failure
from catalog.model import Catalog
from database.contents.hashed import SESSION, hash_statement
from database.contents.shown import SignInRow, digest, inherited_columns, sign_in_rows, views
from database.endpoints import Scratch, Staging
from database.queries import query
from database.session import Connection, DatabaseError, writing
from database.shape.introspect import read_catalog
from database.wholes.marker import Marker, SignIn, read_marker

_COMMENT = """
SELECT pg_catalog.shobj_description(oid, 'pg_database') FROM pg_catalog.pg_database
 WHERE datname = pg_catalog.current_database()
"""
_Table = tuple[str, str, str, list[tuple[str, str | None]]]


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds: the rows of every ordinary table and leaf partition, large objects, and the schema.

    `names` says of each table's title what its schema and name are, as an archive has them (`archive_head`).
    `views`, `sign_in` and `inherited_columns` are those of `shown`.
    """

    row_counts: tuple[tuple[str, int], ...]
    names: tuple[tuple[str, tuple[bytes, bytes]], ...]
    large_objects: int
    catalog: Catalog
    views: tuple[tuple[str, str], ...] = ()
    sign_in: tuple[SignInRow, ...] = ()
    inherited_columns: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Exported:
    """A snapshot that `pg_dump --snapshot` can join while it is held.

    `size` is the database's on disk, in bytes; `server_version` is server_version_num (180006); `marker` is staging's,
    empty if there is none. What the snapshot contains is being read meanwhile.
    """

    snapshot: str
    size: int
    server_version: int
    marker: Marker
    _reading: "Future[Contents]"

    def contents(self) -> Contents:
        """What that very snapshot contains, waiting until all of it is read; Failure if it cannot be read in full."""
        return self._reading.result()


@contextmanager
def exported(at: Staging | Scratch) -> Iterator[Exported]:
    """Hold a database's state at this instant, and read all of it on the side; writes nothing.

    Source: PostgreSQL manual, "Snapshot Synchronization Functions". Raises Failure, before anything is dumped, if the
    database cannot be read in full, for example because of row-level security.
    """
    # Not committed: who has joined does not need us, lost or not, at the end.
    with closing(writing(at, built_in_names=True)) as connection:
        with explained(at):
            _begin(connection)
            tables = _tables(connection)
            snapshot = str(_one(connection, "SELECT pg_catalog.pg_export_snapshot()"))
            size = int(str(_one(connection, "SELECT pg_catalog.pg_database_size(pg_catalog.current_database())")))
            marker = read_marker(str(_one(connection, _COMMENT) or "")) or Marker()
        with ThreadPoolExecutor(1, thread_name_prefix="contents") as aside:
            enough = Event()
            reading = aside.submit(_read, at, connection, tables, enough, marker.sign_in)
            try:
                yield Exported(snapshot, size, connection.info.server_version, marker, reading)
            finally:
                _end(reading, connection, enough)


def _end(reading: "Future[Contents]", connection: Connection, enough: Event) -> None:
    """See that nothing is read any more; a statement that begins just now is asked to end a moment later."""
    enough.set()
    while not reading.done():
        with suppress(DatabaseError):  # a session that is lost needs no end
            connection.cancel_safe()
        wait([reading], timeout=1)


def contents(of: Staging | Scratch, sign_in: Sequence[SignIn] = ()) -> Contents:
    """What a database holds at this instant, and these rows in it; reads only. Raises Failure as `exported` does."""
    with closing(writing(of, built_in_names=True)) as connection:
        with explained(of):
            _begin(connection)
            tables = _tables(connection)
        return _read(of, connection, tables, Event(), sign_in)


def column_hashes(of: Staging | Scratch) -> tuple[tuple[str, str], ...]:
    """Each table's content hash as backups of format 2 have it, by title; reads only. Raises Failure as `exported`."""
    with closing(writing(of, built_in_names=True)) as connection, explained(of):
        _begin(connection)
        tables = _tables(connection)
        return tuple(
            (title, digest(connection, hash_statement(schema, name, columns))[1])
            for title, schema, name, columns in tables
        )


def sequence_positions(of: Staging | Scratch) -> tuple[tuple[str, int], ...]:
    """The value that each sequence gives next. No snapshot holds them still: they are as they are now."""
    with closing(writing(of, built_in_names=True)) as connection, explained(of):
        names = connection.execute(query("sequence_names")).fetchall()
        return tuple((title, _next(connection, schema, name, step)) for title, schema, name, step in names)


def _next(connection: Connection, schema: str, name: str, step: int) -> int:
    statement = sql.SQL("SELECT last_value, is_called FROM {}").format(sql.Identifier(schema, name))
    row = connection.execute(statement).fetchone()
    assert row is not None  # a sequence is a table of one row
    return int(row[0]) + (int(step) if row[1] else 0)


def _begin(connection: Connection) -> None:
    """One snapshot for all that follows, never ended for being idle; a row policy is an error, not a lower count."""
    connection.execute("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    connection.execute("SET LOCAL row_security = off")
    connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
    connection.execute("SET LOCAL statement_timeout = 0")
    for name, value in SESSION:
        connection.execute("SELECT pg_catalog.set_config(%s, %s, true)", (name, value))


def _tables(connection: Connection) -> list[_Table]:
    """The tables with their columns; asks each for no row, which finds out what we may not read."""
    tables: list[_Table] = [
        (title, schema, name, [(column, known) for column, known in columns])
        for title, schema, name, columns in connection.execute(query("hashed_columns")).fetchall()
    ]
    for _, schema, name, _ in tables:
        connection.execute(sql.SQL("SELECT FROM ONLY {} LIMIT 0").format(sql.Identifier(schema, name)))
    return tables


def _read(
    at: Staging | Scratch, connection: Connection, tables: list[_Table], enough: Event, sign_in: Sequence[SignIn]
) -> Contents:
    with explained(at):
        counts = []
        for title, schema, name, _ in tables:
            if enough.is_set():
                raise Failure(f'cannot read all of "{at.database}"', why="nobody needs it any more")
            counts.append((title, _count(connection, schema, name)))
        return Contents(
            row_counts=tuple(counts),
            names=_stored_names(connection),
            large_objects=int(str(_one(connection, "SELECT count(*) FROM pg_catalog.pg_largeobject_metadata"))),
            views=views(connection),
            sign_in=sign_in_rows(connection, sign_in),
            inherited_columns=inherited_columns(connection),
            catalog=read_catalog(connection),
        )


def _stored_names(connection: Connection) -> tuple[tuple[str, tuple[bytes, bytes]], ...]:
    names = connection.execute(query("stored_names")).fetchall()
    return tuple((title, (bytes(schema), bytes(name))) for title, schema, name in names)


def _count(connection: Connection, schema: str, name: str) -> int:
    row = connection.execute(sql.SQL("SELECT count(*) FROM ONLY {}").format(sql.Identifier(schema, name))).fetchone()
    assert row is not None  # an aggregate gives one row
    return int(row[0])


def _one(connection: Connection, statement: LiteralString) -> object:
    row = connection.execute(statement).fetchone()
    return row[0] if row else None


@contextmanager
def explained(at: Staging | Scratch) -> Iterator[None]:
    """Say what kept the database from being read."""
    try:
        yield
    except DatabaseError as error:
        why = (error.diag.message_primary or str(error)).strip().rstrip(".")
        raise Failure(f'cannot read all of "{at.database}"', why=why) from None
