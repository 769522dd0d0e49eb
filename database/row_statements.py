"""Statements that insert rows which come as texts, each value read as its column's type."""

from collections.abc import Sequence
from json import dumps

from psycopg import sql

from database.shadow.reception import Insertion
from database.shadow.trial import Values, doubled, quoted


def inserting(insertion: Insertion, *, told: bool = False) -> sql.Composed:
    """One INSERT of a row; `told`, it gives for each column whether it is as it was given."""
    kinds = _kinds(insertion)
    same = [
        sql.SQL("{}::text IS NOT DISTINCT FROM (%s::{})::text").format(name, kind)
        for name, kind in zip(_names(insertion), kinds, strict=True)
    ]
    return sql.SQL("{} VALUES ({}){}").format(
        _into(insertion),
        sql.SQL(", ").join(sql.SQL("%s::{}").format(kind) for kind in kinds),
        sql.SQL(" RETURNING {}").format(sql.SQL(", ").join(same)) if told else sql.SQL(""),
    )


def inserting_all(insertion: Insertion, *, told: bool = False) -> sql.Composed:
    """One INSERT of all rows, whose values come as one JSON list a column; `told`, it gives what is there as texts."""
    names = [sql.SQL("{}::text").format(name) for name in _names(insertion)]
    return sql.SQL("{} SELECT {} {}{}").format(
        _into(insertion),
        sql.SQL(", ").join(_read(insertion)),
        _from_lists(insertion),
        sql.SQL(" RETURNING {}").format(sql.SQL(", ").join(names)) if told else sql.SQL(""),
    )


def reading_all(insertion: Insertion) -> sql.Composed:
    """A SELECT of the same values as their types write them."""
    texts = [sql.SQL("({})::text").format(value) for value in _read(insertion)]
    return sql.SQL("SELECT {} {}").format(sql.SQL(", ").join(texts), _from_lists(insertion))


def listed(rows: Sequence[Values]) -> list[str]:
    """The rows as one JSON list a column."""
    return [dumps(column) for column in zip(*rows, strict=True)]


def _read(insertion: Insertion) -> list[sql.Composed]:
    pairs = zip(_places(insertion), _kinds(insertion), strict=True)
    return [sql.SQL("{}::{}").format(value, kind) for value, kind in pairs]


def _from_lists(insertion: Insertion) -> sql.Composed:
    lists = [sql.SQL("json_array_elements_text(%s::json)")] * len(insertion.columns)
    return sql.SQL("FROM ROWS FROM ({}) AS u({})").format(
        sql.SQL(", ").join(lists), sql.SQL(", ").join(_places(insertion))
    )


def _places(insertion: Insertion) -> list[sql.Identifier]:
    return [sql.Identifier(f"v{place}") for place in range(len(insertion.columns))]


def _into(insertion: Insertion) -> sql.Composed:
    table = sql.SQL(doubled(sql.Identifier(insertion.table.schema, insertion.table.name).as_string()))
    return sql.SQL("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE").format(table, sql.SQL(", ").join(_names(insertion)))


def _names(insertion: Insertion) -> list[sql.SQL]:
    return [sql.SQL(doubled(quoted(name))) for name, _ in insertion.columns]


def _kinds(insertion: Insertion) -> list[sql.SQL]:
    return [sql.SQL(doubled(kind.name)) for _, kind in insertion.columns]
