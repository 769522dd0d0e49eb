"""A trial table: a temporary copy of a table in the shadow, keys and all, that takes only rows which fit together."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Protocol, TypeAlias

from psycopg import Error, sql

from catalog.model import DataType, TableName
from database.queries import query
from database.session import Connection

Values: TypeAlias = tuple[str | None, ...]
"""Values of one row as PostgreSQL reads them, None for NULL."""

_NAME = "greenroom_trial"
_TRIAL = sql.Identifier("pg_temp", _NAME)
_DEFERRED = re.compile(r" DEFERRABLE( INITIALLY (DEFERRED|IMMEDIATE))?$")


class Trial(Protocol):
    """Whoever can say which rows of a table fit together."""

    def takes(self, rows: Sequence[Values]) -> list[int]:
        """The places of the rows that fit beside those taken before, ascending; these are taken, too."""
        ...


class TrialTable:
    """Takes rows in their order, each unless it conflicts with one that is there already, or is itself no row."""

    def __init__(self, connection: Connection, columns: Sequence[tuple[str, DataType]]) -> None:
        self._connection = connection
        self._insert = _insertion(columns)
        self._width = len(columns)

    def takes(self, rows: Sequence[Values]) -> list[int]:
        """The places of the rows that were taken, ascending.

        Unique and exclusion constraints are asked of PostgreSQL itself: INSERT ... ON CONFLICT DO NOTHING goes row by
        row, and knows both kinds (manual, "INSERT").
        """
        return self._taken(list(enumerate(rows)))

    def _taken(self, placed: list[tuple[int, Values]]) -> list[int]:
        if not placed:
            return []
        columns = [list(values) for values in zip(*(row for _, row in placed), strict=True)]
        try:
            with self._connection.transaction():
                found = self._connection.execute(self._insert, [*columns, [place for place, _ in placed]]).fetchall()
                return sorted(place for (place,) in found)
        except Error:  # a row among them is none: a CHECK, a type, an expression's error
            if len(placed) == 1:
                return []
        half = len(placed) // 2
        return self._taken(placed[:half]) + self._taken(placed[half:])


@contextmanager
def trial_table(
    connection: Connection, like: TableName, columns: Sequence[tuple[str, DataType]]
) -> Iterator[TrialTable]:
    """An empty trial table like the one named, for rows of these columns; gone afterwards.

    It has the table's CHECKs, unique and exclusion constraints, defaults and generated columns, but no foreign key and
    no trigger (manual, "CREATE TABLE", LIKE). Deferrable constraints are made immediate, so that they can be asked.
    Raises psycopg.Error if PostgreSQL cannot make it.
    """
    source = sql.Identifier(like.schema, like.name)
    try:
        with connection.transaction():
            name = sql.Identifier(_NAME)
            connection.execute(sql.SQL("CREATE TEMPORARY TABLE {} (LIKE {} INCLUDING ALL)").format(name, source))
            place = sql.Identifier(_place(columns))
            connection.execute(sql.SQL("ALTER TABLE {} ADD COLUMN {} int").format(_TRIAL, place))
            _make_immediate(connection)
        yield TrialTable(connection, columns)
    finally:
        with suppress(Error):  # broken off amid a statement, or lost: the table goes with the session
            connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(_TRIAL))


def _place(columns: Sequence[tuple[str, DataType]]) -> str:
    """The name of the column that says which row is which; none of the table's own."""
    name = "greenroom_place"
    while any(name == own for own, _ in columns):
        name += "_"
    return name


def _make_immediate(connection: Connection) -> None:
    for name, definition in connection.execute(query("deferrable"), {"table": f"pg_temp.{_NAME}"}).fetchall():
        drop = sql.SQL("ALTER TABLE {} DROP CONSTRAINT {}").format(_TRIAL, sql.Identifier(name))
        immediate = sql.SQL(_DEFERRED.sub("", definition))
        connection.execute(drop)
        connection.execute(sql.SQL("ALTER TABLE {} ADD {}").format(_TRIAL, immediate))


def _insertion(columns: Sequence[tuple[str, DataType]]) -> sql.Composed:
    """One INSERT of rows that come as one array of texts a column, in the order of their places."""
    names = [sql.SQL(doubled(quoted(name))) for name, _ in columns]
    given = [sql.Identifier(f"v{place}") for place in range(len(columns))]
    casts = [
        sql.SQL("{}::{}").format(value, sql.SQL(doubled(kind.name)))
        for value, (_, kind) in zip(given, columns, strict=True)
    ]
    return sql.SQL(
        "INSERT INTO {table} ({names}, {place}) OVERRIDING SYSTEM VALUE"
        " SELECT {casts}, {place} FROM unnest({arrays}, %s::int[]) AS u({given}, {place}) ORDER BY {place}"
        " ON CONFLICT DO NOTHING RETURNING {place}"
    ).format(
        table=_TRIAL,
        names=sql.SQL(", ").join(names),
        place=sql.Identifier(_place(columns)),
        casts=sql.SQL(", ").join(casts),
        arrays=sql.SQL(", ").join(sql.SQL("%s::text[]") for _ in columns),
        given=sql.SQL(", ").join(given),
    )


def doubled(text: str) -> str:
    """SQL with its percent signs doubled, as the driver wants them in a statement with parameters."""
    return text.replace("%", "%%")


def quoted(name: str) -> str:
    """An identifier in double quotes."""
    return '"' + name.replace('"', '""') + '"'
