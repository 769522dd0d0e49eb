"""Transactions in which a session sees things in a certain way: printed alike, as of one moment, with all rows."""

from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import sql

from database.queries import query
from database.session import Connection


@contextmanager
def printing_alike(connection: Connection) -> Iterator[None]:
    """A transaction in which PostgreSQL prints names and definitions the same way, whatever role and database carry.

    Every name comes out with its schema. A partition's bound is printed by time zone and date style, a default of type
    money by its locale.
    """
    with connection.transaction():
        names, values = list(_PRINTING), list(_PRINTING.values())
        connection.execute(
            "SELECT set_config(n, v, true) FROM unnest(%s::text[], %s::text[]) AS s(n, v)", (names, values)
        )
        yield


@contextmanager
def one_picture(connection: Connection) -> Iterator[None]:
    """A read-only transaction in which all is seen as of one moment, and printed the same way on every server."""
    with connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        with printing_alike(connection):
            yield


_PRINTING = {
    "search_path": "pg_catalog",
    "quote_all_identifiers": "off",
    "DateStyle": "ISO, MDY",
    "IntervalStyle": "postgres",
    "TimeZone": "UTC",
    "bytea_output": "hex",
    "extra_float_digits": "1",
    "lc_monetary": "C",
    "standard_conforming_strings": "on",
}


@contextmanager
def seeing_all_rows(connection: Connection) -> Iterator[None]:
    """Lift row-level security from our own role while inside, in one transaction that puts it back at its end.

    An owner sees all rows of a table unless its row-level security is forced ("Row Security Policies").
    """
    with connection.transaction():
        forced = [sql.Identifier(*row) for row in connection.execute(query("forced_tables")).fetchall()]
        for table in forced:
            connection.execute(sql.SQL("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY").format(table))
        yield
        for table in forced:
            connection.execute(sql.SQL("ALTER TABLE {} FORCE ROW LEVEL SECURITY").format(table))
