"""Which charts of a schema's rows are worth drawing: by what its columns are, not by what is in them."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from catalog.model import Catalog, Column, ForeignKey, Table, TableName, TypeKind

MOST_VALUES = 12
_MOST_SERIES, _MOST_WITH_STATES, _MOST_FAN_OUTS = 10, 24, 24
_MOST_MEASURES, _MOST_COLUMNS = 4, 4
_FEWEST_ROWS = 20
_TIMES = {"timestamptz", "timestamp"}
_NUMBERS = {"int2", "int4", "int8", "numeric"}
_TEXTS = {"text", "varchar", "bpchar"}
_DATING = tuple(
    re.compile(rf"(^|_)({words})(_|$)")
    for words in ("occurred|happened|recorded|logged|measured|sent|event", "created|inserted|added|joined|started|made")
)
"""Names of columns that say when a row came about, the plainer first."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A table to be drawn over time: by which column, and what of it is added up beside its rows."""

    table: TableName
    by: str
    measures: tuple[str, ...] = ()


def dated(catalog: Catalog, rows: Mapping[TableName, int]) -> Iterator[Dated]:
    """The tables whose rows have a time, those with facts of each day first, then the largest."""
    found = [one for table in _largest(catalog, rows) if (one := _dated(table))]
    yield from sorted(found, key=lambda one: not one.measures)[:_MOST_SERIES]


def with_states(
    catalog: Catalog, rows: Mapping[TableName, int], few: Mapping[TableName, Collection[str]]
) -> Iterator[tuple[TableName, tuple[str, ...]]]:
    """The tables with columns of few values, the largest first; `few` are those columns by their statistics."""
    chosen = ((table.name, _states(table, few.get(table.name, ()))) for table in _largest(catalog, rows))
    yield from [(table, columns) for table, columns in chosen if columns][:_MOST_WITH_STATES]


def fanning_out(catalog: Catalog, rows: Mapping[TableName, int]) -> Iterator[tuple[TableName, ForeignKey]]:
    """The foreign keys by which parents may have several children, those of the largest tables first."""
    chosen = [(table.name, key) for table in _largest(catalog, rows) for key in _fanning_out(table, rows)]
    yield from chosen[:_MOST_FAN_OUTS]


def with_ancestors(catalog: Catalog, tables: Collection[TableName]) -> frozenset[TableName]:
    """These tables and all that they inherit from: PostgreSQL counts a parent's rows with those of its children."""
    above = {table.name: table.inherits for table in catalog.tables}
    found, due = set(tables), list(tables)
    while due:
        new = set(above.get(due.pop(), ())) - found
        found |= new
        due += new
    return frozenset(found)


def _largest(catalog: Catalog, rows: Mapping[TableName, int]) -> Sequence[Table]:
    tables = [table for table in catalog.tables if rows.get(table.name, 0) >= _FEWEST_ROWS]
    return sorted(tables, key=lambda table: (-rows[table.name], table.name))


def _dated(table: Table) -> Dated | None:
    in_keys = {column for unique in table.uniques for column in unique.columns}
    day = next((c.name for c in table.columns if c.type.concrete.base == "date" and c.name in in_keys), None)
    if day:
        return Dated(table.name, day, _measures(table, in_keys))
    times = [column for column in table.columns if column.type.concrete.base in _TIMES]
    named = [column for pattern in _DATING for column in times if pattern.search(column.name)]
    found = next(iter([*named, *(column for column in times if column.required)]), None)
    return Dated(table.name, found.name) if found else None


def _measures(table: Table, in_keys: Collection[str]) -> tuple[str, ...]:
    """The numbers of a table that has a row for each day: neither keys nor pointers."""
    apart = {*in_keys, *(column for key in table.foreign_keys for column in key.columns)}
    numbers = (column.name for column in table.columns if column.type.concrete.base in _NUMBERS)
    return tuple(name for name in numbers if name not in apart)[:_MOST_MEASURES]


def _states(table: Table, few: Collection[str]) -> tuple[str, ...]:
    pointing = {column for key in table.foreign_keys for column in key.columns}
    states = [c for c in table.columns if c.name not in pointing and (_is_enum(c) or _is_text_of(c, few))]
    return tuple(column.name for column in sorted(states, key=lambda column: not _is_enum(column)))[:_MOST_COLUMNS]


def _is_enum(column: Column) -> bool:
    return column.type.concrete.kind is TypeKind.ENUM


def _is_text_of(column: Column, few: Collection[str]) -> bool:
    return column.name in few and column.type.concrete.base in _TEXTS


def _fanning_out(table: Table, rows: Mapping[TableName, int]) -> Iterator[ForeignKey]:
    single = [set(unique.columns) for unique in table.uniques if not unique.expressions]
    seen: set[tuple[str, ...]] = set()
    for key in table.foreign_keys:
        if key.columns not in seen and rows.get(key.target) and not any(one <= set(key.columns) for one in single):
            seen.add(key.columns)
            yield key
