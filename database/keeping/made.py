"""The factories' values for new columns of kept rows, beside the rows that have landed."""

from collections.abc import Sequence

import pyarrow
from psycopg import sql

from catalog.model import Column, DataType, TableName
from database.copy.copying import copy_rows
from database.keeping.carry import SCHEMA, Keeping
from database.session import Connection

_NUMBER = Column("n", DataType("bigint", "int8"), 1)


def make_values(connection: Connection, keeping: Keeping) -> None:
    """Create the table for values of the source's new columns, empty."""
    columns = [
        sql.SQL("{} {}").format(sql.Identifier(f"m{place}"), sql.SQL(column.type.concrete.name))
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
    """Put in the values of these columns for the rows with these numbers, in place of all they had."""
    with connection.transaction():
        connection.execute(sql.SQL("DELETE FROM {} WHERE n = ANY(%s)").format(keeping.values), (list(numbers),))
        _copy(connection, TableName(SCHEMA, f"values_{keeping.number}"), keeping, columns, numbers, arrays)


def change_values(
    connection: Connection,
    keeping: Keeping,
    columns: Sequence[Column],
    numbers: Sequence[int],
    arrays: Sequence[pyarrow.Array],
) -> None:
    """Change the values of these columns, and no others, in the rows with these numbers."""
    changed = ", ".join(f"m{place} = r.m{place}" for place in _places(keeping, columns))
    with connection.transaction():
        connection.execute(
            sql.SQL("CREATE TEMPORARY TABLE greenroom_changed (LIKE {}) ON COMMIT DROP").format(keeping.values)
        )
        _copy(connection, TableName("pg_temp", "greenroom_changed"), keeping, columns, numbers, arrays)
        connection.execute(
            sql.SQL("UPDATE {} AS v SET {} FROM pg_temp.greenroom_changed AS r WHERE r.n = v.n").format(
                keeping.values, sql.SQL(changed)
            )
        )


def _places(keeping: Keeping, columns: Sequence[Column]) -> list[int]:
    names = [column.name for column in keeping.new]
    return [names.index(column.name) + 1 for column in columns]


def _copy(
    connection: Connection,
    table: TableName,
    keeping: Keeping,
    columns: Sequence[Column],
    numbers: Sequence[int],
    arrays: Sequence[pyarrow.Array],
) -> None:
    renamed = (
        Column(f"m{place}", column.type, place + 1)
        for place, column in zip(_places(keeping, columns), columns, strict=True)
    )
    sent = [_NUMBER, *renamed]
    batch = pyarrow.RecordBatch.from_arrays(
        [pyarrow.array(numbers, pyarrow.int64()), *arrays], names=[column.name for column in sent]
    )
    copy_rows(connection, table, sent, [batch])


def forget_values(connection: Connection, keeping: Keeping, columns: Sequence[Column], first: int, past: int) -> None:
    """Make the values of these columns NULL in those of the rows that do not fit."""
    nothing = sql.SQL(", ".join(f"m{place} = NULL" for place in _places(keeping, columns)))
    connection.execute(
        sql.SQL("UPDATE {} SET {} WHERE n IN (SELECT n FROM greenroom_keep.broken WHERE n >= {} AND n < {})").format(
            keeping.values, nothing, first, past
        )
    )
