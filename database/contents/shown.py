"""What a database shows beside its tables' rows: materialized views, and the rows that personas sign in with."""

from collections.abc import Sequence
from dataclasses import dataclass

from psycopg import sql

from database.contents.hashed import content_hash, hash_statement, rows_with
from database.queries import query
from database.session import Connection
from database.wholes.marker import SignIn

NOT_FILLED = ""
"""Instead of a hash: of a materialized view that holds nothing yet, and gives an error when it is asked."""

Columns = Sequence[tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class SignInRow:
    """How many rows have somebody's address, one if all is well, and what they amount to (database.hashed)."""

    sign_in: SignIn
    rows: int
    digest: str


def views(connection: Connection) -> tuple[tuple[str, str], ...]:
    """Of each materialized view that may be read what its rows amount to, or NOT_FILLED, by title."""
    found = connection.execute(query("hashed_views")).fetchall()
    return tuple(
        (title, digest(connection, hash_statement(schema, name, columns))[1] if filled else NOT_FILLED)
        for title, schema, name, filled, columns in found
    )


def sign_in_rows(connection: Connection, asked: Sequence[SignIn]) -> tuple[SignInRow, ...]:
    """The row of each; there is none where the table or the column is another by now."""
    return tuple(_row(connection, one) for one in asked)


def _row(connection: Connection, sign_in: SignIn) -> SignInRow:
    found = connection.execute(query("hashed_table"), (sign_in.schema, sign_in.table)).fetchone()
    columns = [(name, known) for name, known in found[0]] if found else []
    if sign_in.column not in dict(columns):
        return SignInRow(sign_in, 0, content_hash(0, 0))
    return SignInRow(sign_in, *digest(connection, rows_with(sign_in, columns)))


def inherited_columns(connection: Connection) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Of each table that inherits from another its columns as pg_dump copies them: a restore may order them anew."""
    return tuple((title, tuple(names)) for title, names in connection.execute(query("inherited_columns")).fetchall())


def digest(connection: Connection, statement: sql.Composed) -> tuple[int, str]:
    """How many rows a statement of database.hashed counts, and what they amount to."""
    row = connection.execute(statement).fetchone()
    assert row is not None  # an aggregate gives one row
    count, first, second = row
    return int(count), content_hash(first and int(first), second and int(second))
