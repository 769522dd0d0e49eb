"""What a database's rows and large objects amount to, read from the database itself by COPY."""

from collections.abc import Collection, Mapping
from contextlib import closing
from types import MappingProxyType

from psycopg import sql

from database.contents.content import Amount, Content, LargeObjectSum, RowSum
from database.contents.exported import explained
from database.endpoints import Scratch, Staging
from database.queries import query
from database.session import Connection, writing

PRINTED = {"TimeZone": "UTC", "bytea_output": "hex", "quote_all_identifiers": "off"}
"""What a row's text depends on and pg_dump does not set itself."""
_SET_BY_PG_DUMP = {
    "DateStyle": "ISO",
    "IntervalStyle": "postgres",
    "extra_float_digits": "3",
    "row_security": "off",
    "search_path": "",  # names of regclass and its kin come out with their schemas
}
_ENOUGH = 1000  # rows at a time
_PIECE = 1 << 20  # bytes
_UNCONVERTED = "SQL_ASCII"


def content(of: Staging | Scratch, orders: Mapping[str, Collection[str]] = MappingProxyType({})) -> Content:
    """What a database holds, as `ArchiveContent` would say of its dump; reads only. Failure if it cannot be read.

    `orders` has by title the tables whose columns are to be read in another order than they have here.
    """
    with closing(writing(of, built_in_names=True)) as connection, explained(of):
        tables = connection.execute(query("copied_columns")).fetchall()
        _print_as_pg_dump_does(connection)
        amounts = tuple(
            (title, _rows(connection, _copying(schema, name, _ordered(columns, orders.get(title, columns)))))
            for title, schema, name, columns in tables
        )
        return Content(amounts, _large_objects(connection))


def _print_as_pg_dump_does(connection: Connection) -> None:
    """Have rows printed in the database's own encoding too."""
    connection.execute("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    for name, value in {**PRINTED, **_SET_BY_PG_DUMP}.items():
        connection.execute("SELECT pg_catalog.set_config(%s, %s, true)", (name, value))
    connection.execute(
        "SELECT pg_catalog.set_config('client_encoding', pg_catalog.current_setting('server_encoding'), true)"
    )


def _ordered(columns: list[str], order: Collection[str]) -> Collection[str]:
    """The columns in that order, if it is of the same ones: else its table is another one, which their own tells."""
    return order if set(order) == set(columns) else columns


def _copying(schema: str, name: str, columns: Collection[str]) -> sql.Composed:
    """COPY of a table's own rows, without what PostgreSQL computes: it computes it anew when they are restored."""
    listed = sql.SQL(", ").join(map(sql.Identifier, columns))
    chosen = sql.SQL("({})").format(listed) if columns else sql.SQL("")
    return sql.SQL("COPY {}{} TO STDOUT").format(sql.Identifier(schema, name), chosen)


def _rows(connection: Connection, statement: sql.Composed) -> Amount:
    # in a database without an encoding psycopg would refuse names that are not ASCII
    unconverted = connection.info.parameter_status("server_encoding") == _UNCONVERTED
    text = statement.as_bytes(None if unconverted else connection)
    total, rows = RowSum(), []
    with connection.cursor() as cursor, cursor.copy(text) as copying:
        while row := copying.read():
            rows.append(bytes(row))
            if len(rows) == _ENOUGH:
                total.add(rows)
                rows.clear()
    total.add(rows)
    return total.amount


def _large_objects(connection: Connection) -> Amount:
    total = LargeObjectSum()
    for (number,) in connection.execute("SELECT oid FROM pg_catalog.pg_largeobject_metadata").fetchall():
        total.begin(number)
        at = 0
        while piece := _piece(connection, number, at):
            total.add_part(piece)
            at += len(piece)
        total.end()
    return total.amount


def _piece(connection: Connection, number: int, at: int) -> bytes:
    row = connection.execute("SELECT pg_catalog.lo_get(%s, %s, %s)", (number, at, _PIECE), binary=True).fetchone()
    assert row is not None  # a function gives one row
    return bytes(row[0])
