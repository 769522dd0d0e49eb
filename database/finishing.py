"""What a loaded database needs before it is used: sequences past their columns, views filled, statistics."""

from collections.abc import Sequence

from psycopg import sql

from catalog.model import TableName
from database.queries import query
from database.session import Connection


def set_sequences(connection: Connection) -> int:
    """Set each sequence that feeds a column past what the column holds, and say how many were set."""
    rows = connection.execute(query("sequences")).fetchall()
    for sequence, table, column, increment, low, high in rows:
        edge = "max" if increment > 0 else "min"
        statement = (
            f"SELECT setval(%s::regclass, least(greatest({edge}({column})::bigint, %s), %s)) FROM {table}"  # noqa: S608  # names quoted by PostgreSQL's format()
            f" HAVING {edge}({column}) IS NOT NULL"
        )
        connection.execute(statement, (sequence, low, high))
    return len(rows)


def write_revisions(connection: Connection, tables: Sequence[TableName], revisions: Sequence[str]) -> None:
    """Put Alembic's current revisions into the tables where Alembic reads them."""
    for table in tables:
        insert = sql.SQL("INSERT INTO {} VALUES (%s)").format(sql.Identifier(table.schema, table.name))
        for revision in revisions:
            connection.execute(insert, (revision,))


def refresh_views(connection: Connection, views: Sequence[TableName]) -> None:
    """Fill the materialized views, in the order given."""
    for view in views:
        name = sql.Identifier(view.schema, view.name)
        connection.execute(sql.SQL("REFRESH MATERIALIZED VIEW {}").format(name))


def analyze(connection: Connection) -> None:
    """Gather planner statistics for the whole database."""
    connection.execute("ANALYZE")
