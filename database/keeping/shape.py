"""What the new shape says of the rows that it will take: keys, references, and casts; reads only."""

from dataclasses import dataclass
from typing import Any

from psycopg import errors

from catalog.model import TableName
from database.queries import query
from database.session import Connection

DEFERRED = r" DEFERRABLE( INITIALLY (DEFERRED|IMMEDIATE))?$"
"""What ends the definition of a constraint that is not asked at once."""


@dataclass(frozen=True, slots=True)
class Key:
    """A unique index or an exclusion constraint; the latter by its `definition`, as PostgreSQL prints it.

    `partition` is the one that it binds alone, as SQL.
    """

    table: TableName
    name: str
    keys: tuple[str, ...]
    condition: str | None
    nulls_equal: bool
    definition: str | None
    partition: str | None


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key: its columns, what they point at, and by which operators; `whole` is MATCH FULL.

    With `period`, the last column is one, which the periods of the rows pointed at have to cover together.

    `here` and `there` are the partitions that alone point or are pointed at, as SQL.
    """

    table: TableName
    name: str
    target: TableName
    columns: tuple[str, ...]
    target_columns: tuple[str, ...]
    operators: tuple[str, ...]
    whole: bool
    here: str | None
    there: str | None
    period: bool


@dataclass(frozen=True, slots=True)
class Index:
    """An index that may refuse a row for itself: how it is made, from `USING` on; `computed` if by an expression.

    `long_columns` are those of variable length; `partition` is the one that it is on alone, as SQL; `temporal` is the
    definition of a constraint that takes no empty period.
    """

    table: TableName
    name: str
    made: str
    computed: bool
    long_columns: tuple[str, ...]
    partition: str | None
    temporal: str | None


def read_indexes(shadow: Connection) -> tuple[Index, ...]:
    """Every index of the new shape that may refuse a row for itself."""
    found = (
        Index(TableName(schema, table), name, made, computed, tuple(columns), *rest)
        for schema, table, name, made, computed, columns, *rest in _asked(shadow, "keep_indexes")
    )
    return tuple(index for index in found if index.computed or index.long_columns or index.temporal)


def read_keys(shadow: Connection) -> tuple[Key, ...]:
    """Every unique index and exclusion constraint of the new shape, the primary key first."""
    return tuple(
        Key(TableName(schema, table), name, tuple(keys), *rest)
        for schema, table, name, keys, *rest in _asked(shadow, "keep_keys")
    )


def read_references(shadow: Connection) -> tuple[Reference, ...]:
    """Every foreign key of the new shape that PostgreSQL will prove."""
    return tuple(
        Reference(
            TableName(schema, table),
            name,
            TableName(target_schema, target),
            tuple(columns),
            tuple(targets),
            tuple(operators),
            *rest,
        )
        for schema, table, name, target_schema, target, columns, targets, operators, *rest in _asked(
            shadow, "keep_references"
        )
    )


def read_casts(shadow: Connection) -> dict[tuple[str, str], bool]:
    """PostgreSQL's casts between its own types, and whether an INSERT makes use of one by itself."""
    return {(source, target): itself for source, target, itself in _asked(shadow, "keep_casts")}


def takes_xml(shadow: Connection) -> bool:
    """Whether the server takes values of type xml: it was built with libxml, without which it takes none."""
    try:
        shadow.execute("SELECT '<none/>'::pg_catalog.xml")
    except errors.FeatureNotSupported:
        return False
    return True


def _asked(shadow: Connection, name: str) -> list[tuple[Any, ...]]:
    """The answers, with every name in them qualified."""
    with shadow.transaction():
        shadow.execute("SET LOCAL search_path = pg_catalog")
        return shadow.execute(query(name)).fetchall()
