"""The factories' values for new columns of kept rows, beside the rows that have landed."""

from collections.abc import Sequence

import pyarrow
from psycopg import sql

from catalog.model import Column, DataType, TableName
from database.copying import copy_rows
from database.keeping.carry import SCHEMA, Keeping
from database.session import Connection

_NUMBER = Column("n", DataType("bigint", "int8"), 1)


def make_values(connection: Connection, keeping: Keeping) -> None:
    """Create the table for values of the source's new columns, empty."""
    columns = [
        sql.SQL("{} {}").format(sql.Identifier(f"m{place}"), sql.SQL(column.type.name))
        for place, column in enumerate(keeping.new, 1)
    ]
    listed = sql.SQL(", ").join((sql.SQL("n bigint"), *columns))
    connection.execute(
        sql.SQL("CREATE UNLOGGED TABLE {} ({}) WITH (autovacuum_enabled = off)").format(keeping.values, listed)
    )
    connection.execute(sql.SQL("CREATE INDEX ON {} (n)").format(keeping.values))


def add_values(
    connection: Connection,
    keeping: Keeping,
    columns: Sequence[Column],
    numbers: Sequence[int],
    arrays: Sequence[pyarrow.Array],
) -> None:
    """Put in the values of these columns for the rows with these numbers, in place of those they had."""
    names = [column.name for column in keeping.new]
    places = [names.index(column.name) + 1 for column in columns]
    sent = [_NUMBER, *(_renamed(column, place) for column, place in zip(columns, places, strict=True))]
    batch = pyarrow.RecordBatch.from_arrays(
        [pyarrow.array(numbers, pyarrow.int64()), *arrays], names=[column.name for column in sent]
    )
    with connection.transaction():
        connection.execute(sql.SQL("DELETE FROM {} WHERE n = ANY(%s)").format(keeping.values), (list(numbers),))
        copy_rows(connection, TableName(SCHEMA, f"values_{keeping.number}"), sent, [batch])


def forget_values(connection: Connection, keeping: Keeping, columns: Sequence[Column], first: int, past: int) -> None:
    """Make the values of these columns NULL in those of the rows that do not fit."""
    names = [column.name for column in keeping.new]
    nothing = sql.SQL(", ").join(
        sql.SQL("{} = NULL").format(sql.Identifier(f"m{names.index(column.name) + 1}")) for column in columns
    )
    connection.execute(
        sql.SQL(
            "UPDATE {} SET {} WHERE n IN (SELECT n FROM greenroom_keep.broken WHERE n >= {} AND n < {})"
        ).format(keeping.values, nothing, first, past)
    )




def _renamed(column: Column, place: int) -> Column:
    return Column(f"m{place}", column.type, place + 1)
