"""Reading a database's schema into a `Catalog`; reads only, and needs no right on any table."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from catalog.model import (
    Catalog,
    Check,
    Column,
    Exclusion,
    ForeignKey,
    Function,
    Generated,
    Identity,
    IndexExpression,
    Partition,
    Table,
    TableKind,
    TableName,
    Unique,
)
from database.queries import query
from database.session import Connection
from database.shape.objects import objects_seen
from database.shape.types import TypeReader
from database.transactions import one_picture

Rows = list[tuple[Any, ...]]
T = TypeVar("T")


def read_catalog(connection: Connection) -> Catalog:
    """The schema as one consistent picture, read in a single read-only transaction.

    Names inside expressions come out qualified, and all of it the same way on every server.
    """
    with one_picture(connection):
        return _read(connection)


def _read(connection: Connection) -> Catalog:
    ask = partial(_ask, connection)
    return Catalog(
        server_version=connection.info.server_version,
        tables=_tables(ask),
        objects=objects_seen(connection),
        materialized_views=tuple(TableName(*row) for row in ask("materialized_views")),
        extensions=tuple((name, version) for name, version in ask("extensions")),
        functions=tuple(Function(*row) for row in ask("constraint_functions")),
    )


def _ask(connection: Connection, name: str) -> Rows:
    return connection.execute(query(name)).fetchall()


@dataclass(frozen=True, slots=True)
class _Parts:
    """What tables are made of, each by the table's oid."""

    names: Mapping[int, TableName]
    columns: Mapping[int, tuple[Column, ...]]
    partitions: Mapping[int, tuple[Partition, ...]]
    uniques: Mapping[int, tuple[Unique, ...]]
    constraints: Mapping[int, tuple[Check | ForeignKey | Exclusion, ...]]
    computed: Mapping[int, tuple[IndexExpression, ...]]


def _tables(ask: partial[Rows]) -> tuple[Table, ...]:
    rows = ask("tables")
    parts = _Parts(
        {row[0]: TableName(row[1], row[2]) for row in rows},
        _columns(ask),
        _by_table((row[0], Partition(TableName(row[1], row[2]), row[3], row[4])) for row in ask("partitions")),
        _by_table((row[0], _unique(row)) for row in ask("uniques")),
        _by_table((row[0], _constraint(row)) for row in ask("constraints")),
        _by_table((row[0], IndexExpression(*row[1:])) for row in ask("index_expressions")),
    )
    return tuple(_table(row, parts) for row in rows if not row[4])


def _table(row: tuple[Any, ...], parts: _Parts) -> Table:
    oid, _, _, relkind, _, partition_key, triggers, rules, parents, comment = row
    constraints = parts.constraints.get(oid, ())
    return Table(
        name=parts.names[oid],
        kind=_KINDS[relkind],
        columns=parts.columns.get(oid, ()),
        checks=_of(Check, constraints),
        foreign_keys=_of(ForeignKey, constraints),
        exclusions=_of(Exclusion, constraints),
        uniques=parts.uniques.get(oid, ()),
        index_expressions=parts.computed.get(oid, ()),
        partition_key=partition_key,
        partitions=parts.partitions.get(oid, ()),
        inherits=tuple(parts.names[parent] for parent in parents or () if parent in parts.names),
        insert_triggers=tuple(triggers or ()),
        insert_rules=tuple(rules or ()),
        comment=comment,
    )


_KINDS = {"r": TableKind.ORDINARY, "p": TableKind.PARTITIONED, "f": TableKind.FOREIGN}


def _by_table(pairs: Iterable[tuple[int, T]]) -> dict[int, tuple[T, ...]]:
    groups: dict[int, list[T]] = defaultdict(list)
    for oid, item in pairs:
        groups[oid].append(item)
    return {oid: tuple(items) for oid, items in groups.items()}


def _of(kind: type[T], items: Iterable[object]) -> tuple[T, ...]:
    return tuple(item for item in items if isinstance(item, kind))


def _columns(ask: partial[Rows]) -> dict[int, tuple[Column, ...]]:
    types = TypeReader(ask("types"))
    found: dict[int, list[Column]] = defaultdict(list)
    for row in ask("columns"):
        oid, name, type_oid, modifier, title, not_null, identity, generated, expression, sequence, comment = row
        found[oid].append(
            Column(
                name=name,
                type=types.read(type_oid, modifier, title),
                position=len(found[oid]) + 1,
                not_null=not_null,
                default=None if generated else expression,
                identity=Identity(identity),
                generated=Generated(generated),
                generated_as=expression if generated else None,
                sequence=sequence,
                comment=comment,
            )
        )
    return {oid: tuple(columns) for oid, columns in found.items()}


def _unique(row: tuple[Any, ...]) -> Unique:
    _, name, primary, predicate, nulls_not_distinct, plain, expressions, inside = row
    columns = tuple(dict.fromkeys([*(plain or ()), *(inside or ())]))
    return Unique(name, columns, primary, tuple(expressions or ()), predicate, not nulls_not_distinct)


def _constraint(row: tuple[Any, ...]) -> Check | ForeignKey | Exclusion:
    _, kind, name, *target, deferrable, validated, expression, columns, targets, operators, elements, where, inside = (
        row
    )
    if kind == "c":
        return Check(name, tuple(columns or ()), expression, validated)
    if kind == "f":
        return ForeignKey(name, tuple(columns), TableName(*target), tuple(targets), deferrable, validated)
    taking_part = tuple(dict.fromkeys([*(columns or ()), *(inside or ())]))
    return Exclusion(name, taking_part, tuple(elements), tuple(operators), where)
