"""Counting rows by day, by value and by parent, for charts; reads only, and no row leaves PostgreSQL."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from psycopg import sql

from catalog.model import TableName
from database.queries import query
from database.session import Connection

_MOST_DAYS = 5000


def few_values(connection: Connection, most: int) -> dict[TableName, frozenset[str]]:
    """The columns with at least two and at most so many different values, by the table's statistics."""
    found = connection.execute(query("few_values"), (most,)).fetchall()
    return {TableName(schema, table): frozenset(columns) for schema, table, columns in found}


def by_day(
    connection: Connection, table: TableName, column: str, measures: Sequence[str]
) -> list[tuple[date, tuple[float, ...]]]:
    """Of each day that has rows, by the session's time zone: how many, and the sum of each measure; the newest 5000."""
    sums = [sql.SQL("coalesce(sum({}), 0)").format(sql.Identifier(name)) for name in measures]
    select = sql.SQL(
        "SELECT {day}::date, {amounts} FROM {table} WHERE {day} IS NOT NULL AND isfinite({day})"
        " AND {day}::date BETWEEN '1900-01-01' AND '2199-12-31' GROUP BY 1 ORDER BY 1 DESC LIMIT {most}"
    ).format(
        day=sql.Identifier(column),
        amounts=sql.SQL(", ").join([sql.SQL("count(*)"), *sums]),
        table=_identifier(table),
        most=_MOST_DAYS,
    )
    return [(day, tuple(map(float, amounts))) for day, *amounts in reversed(_rows(connection, select))]


def by_value(
    connection: Connection, table: TableName, columns: Sequence[str]
) -> dict[str, tuple[tuple[str | None, int], ...]]:
    """Of each column how often each value occurs, as text, the most frequent first; in one pass over the table."""
    names = [sql.Identifier(name) for name in columns]
    select = sql.SQL("SELECT {groups}, {values}, count(*) FROM {table} GROUP BY GROUPING SETS ({sets})").format(
        groups=sql.SQL(", ").join(sql.SQL("grouping({})").format(name) for name in names),
        values=sql.SQL(", ").join(sql.SQL("{}::text").format(name) for name in names),
        table=_identifier(table),
        sets=sql.SQL(", ").join(sql.SQL("({})").format(name) for name in names),
    )
    found: dict[str, list[tuple[str | None, int]]] = {name: [] for name in columns}
    for row in _rows(connection, select):
        at = row[: len(columns)].index(0)  # the column that this row is grouped by
        found[columns[at]].append((row[len(columns) + at], row[-1]))
    return {name: tuple(sorted(counts, key=_most_first)) for name, counts in found.items()}


def by_parent(connection: Connection, child: TableName, columns: Sequence[str]) -> list[tuple[int, int]]:
    """Of each number of children, from one on, how many parents have it."""
    select = sql.SQL(
        "SELECT children, count(*)"
        " FROM (SELECT count(*) AS children FROM {table} WHERE {given} GROUP BY {columns}) AS p"
        " GROUP BY children ORDER BY children"
    ).format(
        table=_identifier(child),
        given=sql.SQL(" AND ").join(sql.SQL("{} IS NOT NULL").format(sql.Identifier(name)) for name in columns),
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
    )
    return [(children, parents) for children, parents in _rows(connection, select)]


def _identifier(table: TableName) -> sql.Identifier:
    return sql.Identifier(table.schema, table.name)


def _rows(connection: Connection, select: sql.Composed) -> list[tuple[Any, ...]]:
    return connection.execute(select).fetchall()


def _most_first(counted: tuple[str | None, int]) -> tuple[int, str]:
    return -counted[1], counted[0] or ""
