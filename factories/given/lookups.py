"""Rows of lookup tables that the schema itself tells: by a list on their key, or by the columns that point at them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from catalog.model import Catalog, Column, ForeignKey, Table, TableName, TypeKind
from factories.conditions import expressions
from factories.conditions.functions import meanings
from factories.conditions.hints import Hints, hints
from factories.given.rows import GivenRows, Source
from factories.naming import Family, family

_LABEL = re.compile(r"^(display_?)?(name|label|title|caption)$", re.IGNORECASE)
_MOST_VALUES = 1000
_ABBREVIATED = 4  # letters up to which capitals stay: EUR, IBAN


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a table's key column: values, in whose words, and whether there are no others."""

    column: str
    values: tuple[str, ...]
    by: str
    closed: bool


def told_rows(catalog: Catalog) -> tuple[GivenRows, ...]:
    """The rows that the schema tells, for every table of which it tells any."""
    functions = meanings(catalog.functions)
    limits = {table.name: hints(table, functions) for table in catalog.tables}
    pointing: dict[TableName, list[_Said]] = {table.name: [] for table in catalog.tables}
    for child in catalog.tables:
        for key in child.foreign_keys:
            if len(key.columns) == 1 and key.target in pointing:
                pointing[key.target].append(_said(child, key, limits[child.name]))
    return tuple(
        _rows(table, max(told, key=lambda known: (known.closed, len(known.values))))
        for table in catalog.tables
        if (told := _all_told(table, limits[table.name], pointing[table.name]))
    )


def _all_told(table: Table, limits: Mapping[str, Hints], pointing: "Sequence[_Said]") -> list[Told]:
    told = (_told(table, column, limits[column.name], pointing) for column in _keys(table))
    return [known for known in told if known]


def _keys(table: Table) -> Iterator[Column]:
    """The columns that tell the table's rows apart by themselves, and that are not told by another table."""
    owned = {column for key in table.foreign_keys for column in key.columns}
    for unique in table.uniques:
        if len(unique.columns) == 1 and not unique.predicate and not unique.expressions:
            column = table.column(unique.columns[0])
            if column.writable and column.name not in owned and (column.not_null or unique.primary):
                yield column


def _told(table: Table, column: Column, limits: Hints, pointing: "Sequence[_Said]") -> Told | None:
    own = limits.options or _labels(column)
    if 0 < len(own) <= _MOST_VALUES and column.type.concrete.base != "bool":
        return Told(column.name, own, _lister(table, column), closed=True)
    here = [said for said in pointing if said.target == column.name]
    lists = sorted((said for said in here if said.values), key=lambda said: not said.listed)
    if not lists:
        return None
    values = list(dict.fromkeys(value for said in lists for value in said.values))
    if all(value.isdigit() for value in values):
        values.sort(key=int)
    by = ", ".join(dict.fromkeys(said.by for said in lists))
    return Told(column.name, tuple(values), by, closed=all(said.listed for said in here))


def _labels(column: Column) -> tuple[str, ...]:
    kind = column.type.concrete
    return kind.labels if kind.kind is TypeKind.ENUM else ()


def _lister(table: Table, column: Column) -> str:
    """What lists the column's values, in words."""
    named = [check.name for check in table.checks if column.name in expressions.columns(check.expression)]
    return f"CHECK {named[0]} of {table.name}" if named else f"type {column.type.name}"


@dataclass(frozen=True, slots=True)
class _Said:
    """What a column that points at the key `target` says of its values; `listed` that it takes no others."""

    target: str
    values: tuple[str, ...]
    by: str
    listed: bool


def _said(child: Table, key: ForeignKey, limits: Mapping[str, Hints]) -> _Said:
    here, target = child.column(key.columns[0]), key.target_columns[0]
    options = limits[here.name].options
    if 0 < len(options) <= _MOST_VALUES:
        return _Said(target, options, _lister(child, here), listed=True)
    default = expressions.literal(expressions.parsed(here.default)) if here.default else None
    values = (default,) if default is not None else ()
    return _Said(target, values, f"the default of {child.name}.{here.name}", listed=False)


def _rows(table: Table, told: Told) -> GivenRows:
    columns, rows = (told.column,), tuple((value,) for value in told.values)
    found = GivenRows(table.name, columns, rows, (told.by,) * len(rows), Source.SCHEMA, told.by, told.closed)
    for column in _labelled(table, told):
        found = found.with_column(column.name, [in_words(value) for value in told.values])
    return found


def _labelled(table: Table, told: Told) -> Iterator[Column]:
    """The columns that say in words what the key says in a code, if the key's values have words in them."""
    owned = {column for key in table.foreign_keys for column in key.columns}
    longest = max(len(value) for value in told.values)
    if not all(re.search("[^0-9]", value) for value in told.values):
        return
    for column in table.columns:
        room = column.type.concrete.length or longest
        plain = column.name != told.column and column.name not in owned and column.writable
        if plain and is_label(column.name) and family(column.type) is Family.TEXT and room >= longest:
            yield column


def is_label(name: str) -> bool:
    """Whether a column of that name says in words what a code says."""
    return bool(_LABEL.match(name))


def in_words(code: str) -> str:
    """A code as a person would write it: `in_progress` is "In progress", `EUR` stays."""
    if len(code) <= _ABBREVIATED and code.isupper():
        return code
    parts = re.findall(r"[A-Z]{2,}(?![a-z])|[A-Z]?[^A-Z_\-\s.]+|[A-Z]", code)
    words = " ".join(part if part.isupper() and not code.isupper() else part.lower() for part in parts)
    return words[:1].upper() + words[1:] if words else code
