"""NULLs of kept rows in columns that must have a value now: the column's default takes their place, and is counted."""

from collections.abc import Sequence

from psycopg import sql

from catalog.model import Column
from database.keeping.carry import SCHEMA, Keeping
from database.keeping.fitting import Ready
from database.session import Connection


def fill_nulls(connection: Connection, ready: Ready, keepings: Sequence[Keeping]) -> None:
    """Have the ready table put the default where a row that comes in has no value.

    By a trigger, since the value is then one of the new column already, by whatever way it came.
    """
    columns = {item.column.name: item.column for keeping in keepings for item in keeping.filled}
    if not columns:
        return
    function = sql.Identifier(SCHEMA, f"fill_{ready.place}")
    lines = sql.SQL(" ").join(map(_filling, columns.values())).as_string(connection)
    connection.execute(
        sql.SQL("CREATE FUNCTION {}() RETURNS trigger LANGUAGE plpgsql AS {}").format(
            function, sql.Literal(f"BEGIN {lines} RETURN NEW; END")
        )
    )
    connection.execute(
        sql.SQL("CREATE TRIGGER fill BEFORE INSERT ON {} FOR EACH ROW EXECUTE FUNCTION {}()").format(
            ready.name, function
        )
    )


def _filling(column: Column) -> sql.Composed:
    """An assignment, as PostgreSQL prints a default without the cast to the column's type."""
    value, default = sql.Identifier("new", column.name), sql.SQL(column.default or "NULL")
    missing = sql.SQL("{} IS NOT DISTINCT FROM NULL").format(value)  # a composite value of NULLs is one, and not NULL
    return sql.SQL("IF {} THEN {} := {}; END IF;").format(missing, value, default)


def count_filled(connection: Connection, keeping: Keeping, ready: Ready) -> dict[str, int]:
    """In how many of the source's rows that are in, each column has the default for want of a value."""
    if not keeping.filled:
        return {}
    counts = sql.SQL(", ").join(
        sql.SQL("count(*) FILTER (WHERE l.{} IS NULL)").format(sql.Identifier(f"c{item.place}"))
        for item in keeping.filled
    )
    row = connection.execute(
        sql.SQL("SELECT {} FROM {} AS l JOIN {} AS r ON r.{} = l.n").format(
            counts, keeping.landing, ready.name, ready.number
        )
    ).fetchone()
    found = zip(keeping.filled, row or (), strict=True)
    return {item.column.name: int(count) for item, count in found if count}
