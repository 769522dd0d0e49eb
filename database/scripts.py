"""Running SQL that somebody else wrote, statement by statement, in a database of ours and as its owner."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from psycopg import sql

from database.endpoints import Scratch
from database.queries import query
from database.session import Connection, DatabaseError, primary_message, writing
from database.transactions import printing_alike


@dataclass(frozen=True, slots=True)
class Failed:
    """Which statement failed, counted from 0, and what PostgreSQL said."""

    number: int
    why: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What a session sees between two statements, each name as PostgreSQL quotes it.

    `path` are the schemas in which it looks for names, in their order; `things` is what can be granted on, each by its
    kind (TABLE, SEQUENCE, FUNCTION, PROCEDURE or TYPE), its schema, and its name with it.
    """

    path: tuple[str, ...] = ()
    things: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of a script: where it failed, if it did, and what was seen before the statements of these numbers."""

    failed: Failed | None = None
    seen: Mapping[int, Seen] = field(default_factory=dict)


def run_as_owner(at: Scratch, owner: str, statements: Sequence[str], look_before: Collection[int] = ()) -> Ran:
    """Run the statements in their order, each by itself; stops at the first that fails.

    Each has to be a single statement: none is taken apart here. The session looks about it before the statements of
    the given numbers, counted from 0; the number past the last is its end.
    """
    seen: dict[int, Seen] = {}
    with writing(at) as connection:
        connection.execute("SET client_encoding = 'UTF8'; SET standard_conforming_strings = on")
        if owner != at.user:
            connection.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(owner)))
        for number in range(len(statements) + 1):
            try:
                if number in look_before:
                    seen[number] = _look(connection)
                if number < len(statements):
                    connection.execute(statements[number].encode())
            except DatabaseError as error:
                return Ran(Failed(number, primary_message(error) or "the connection was lost"), seen)
    return Ran(seen=seen)


def _look(connection: Connection) -> Seen:
    """Look about with PostgreSQL's own names alone: the script may have made others that are better matches."""
    named = "SELECT pg_catalog.quote_ident(s) FROM pg_catalog.unnest(pg_catalog.current_schemas(false)) AS s"
    path = tuple(str(row[0]) for row in connection.execute(named))
    with printing_alike(connection):
        return Seen(path, tuple(connection.execute(query("grantable_now")).fetchall()))
