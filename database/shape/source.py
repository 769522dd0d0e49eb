"""What a snapshot notes of production besides its shape, and what staging needs for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg import errors, sql

from catalog.model import TableName
from database.facts import policy_roles
from database.queries import query
from database.session import Connection
from database.shape.surroundings import Surroundings, read_surroundings


@dataclass(frozen=True, slots=True)
class SourceNotes:
    """Surroundings, roles that policies name, Alembic's revisions (empty if unreadable), whether `public` exists.

    `invalid` are the indexes that no dump holds, as they are not valid, `unfilled` the materialized views that cannot
    be read.
    """

    server_version: int
    surroundings: Surroundings
    policy_roles: tuple[str, ...]
    revisions: tuple[str, ...]
    has_public: bool
    invalid: tuple[str, ...] = ()
    unfilled: tuple[str, ...] = ()


def read_notes(connection: Connection) -> SourceNotes:
    """The notes, read from the catalog; the one table read is `alembic_version`, and only where that is granted."""
    row = connection.execute(query("source")).fetchone()
    assert row is not None  # the query always gives one row
    has_public, alembic_table = row
    return SourceNotes(
        connection.info.server_version,
        read_surroundings(connection),
        policy_roles(connection),
        _revisions(connection, alembic_table),
        has_public,
        _names(connection, "invalid_indexes"),
        _names(connection, "unpopulated"),
    )


def _names(connection: Connection, name: str) -> tuple[str, ...]:
    return tuple(str(row[0]) for row in connection.execute(query(name)))


def _revisions(connection: Connection, table: str | None) -> tuple[str, ...]:
    if table is None:
        return ()
    return _read_revisions(connection, sql.SQL(table))


def _read_revisions(connection: Connection, table: sql.Composable) -> tuple[str, ...]:
    select = sql.SQL("SELECT version_num::text FROM {} ORDER BY 1").format(table)
    return tuple(str(row[0]) for row in connection.execute(select))


def standing(connection: Connection, name: str, schema: str | None = None) -> dict[TableName, tuple[str, ...]]:
    """Alembic's current revisions in the tables of that name: in that schema, or in any."""
    tables = [TableName(*row) for row in connection.execute(query("tables_named"), {"name": name, "schema": schema})]
    return {table: _read_revisions(connection, sql.Identifier(table.schema, table.name)) for table in tables}


def missing_roles(connection: Connection, names: Sequence[str]) -> tuple[str, ...]:
    """Those of the named roles that this server does not have."""
    rows = connection.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", (list(names),))
    return tuple(sorted(set(names) - {row[0] for row in rows}))


def create_roles_without_login(connection: Connection, names: Sequence[str]) -> bool:
    """Create roles that nobody can sign in as, so that policies may name them; False if we have no right to."""
    try:
        for name in names:
            connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(name)))
    except errors.InsufficientPrivilege:
        return False
    return True


def drop_roles(connection: Connection, names: Sequence[str]) -> None:
    """Drop roles that we created for a shape that was not promoted."""
    for name in names:
        connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(name)))
