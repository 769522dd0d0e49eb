"""A database's rows as texts, in an order that stays; reads only."""

from collections.abc import Sequence

from psycopg import sql

from catalog.errors import Failure
from catalog.model import Table, TableKind
from database.session import Connection, DatabaseError

_PLAIN: tuple[sql.SQL, ...] = (
    sql.SQL("SET LOCAL datestyle = 'ISO'"),
    sql.SQL("SET LOCAL intervalstyle = 'postgres'"),
    sql.SQL("SET LOCAL bytea_output = 'hex'"),
    sql.SQL("SET LOCAL timezone = 'UTC'"),
    sql.SQL("SET LOCAL row_security = off"),  # a policy that hides rows is an error, not fewer rows
)

Row = tuple[str | None, ...]


def read_rows(connection: Connection, table: Table, columns: Sequence[str], most: int, whose: str) -> tuple[Row, ...]:
    """The table's own rows, each column as PostgreSQL prints it, in the order of its primary key; `most` at most.

    A table without a primary key is read in the order of all its columns' texts. Raises Failure, in which `whose` names
    the database, if it may not be read.
    """
    wanted = [sql.SQL("{}::text").format(sql.Identifier(name)) for name in columns]
    by_key = [sql.Identifier("t", name) for name in table.primary_key]  # the column: not its text in the output
    by_text = [sql.SQL('{} COLLATE "C"').format(text) for text in wanted]
    select = sql.SQL("SELECT {} FROM {}{} AS t ORDER BY {} LIMIT {}").format(
        sql.SQL(", ").join(wanted),
        sql.SQL("ONLY " if table.kind is TableKind.ORDINARY else ""),  # without what inherits from it
        sql.Identifier(table.name.schema, table.name.name),
        sql.SQL(", ").join(by_key or by_text),
        sql.Literal(most),
    )
    try:
        with connection.transaction():
            for setting in _PLAIN:
                connection.execute(setting)
            return tuple(connection.execute(select).fetchall())
    except DatabaseError as error:
        why = (error.diag.message_primary or str(error)).strip().rstrip(".")
        raise Failure(f"the rows of {table.name} cannot be read from {whose}", why=why) from None
