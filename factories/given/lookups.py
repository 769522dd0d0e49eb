"""Rows of lookup tables that the schema itself tells: by a list on their key, or by the columns that point at them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count as counting
from itertools import islice, product, repeat
from math import prod

from catalog.model import Catalog, Column, ForeignKey, Table, TableName, TypeKind
from factories.conditions import expressions
from factories.conditions.functions import meanings
from factories.conditions.hints import Hints, hints
from factories.given.rows import GivenRows, Source
from factories.naming import Family, family
from factories.proof.pools import Cell, Own

_LABEL = re.compile(r"^(display_?)?(name|label|title|caption)$", re.IGNORECASE)
_MOST_VALUES = 1000
_ABBREVIATED = 4  # letters up to which capitals stay: EUR, IBAN


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a table's key: the values of its columns, in whose words, and whether there are no others.

    `own` says that the table itself lists them, so that it can have no more rows.
    """

    columns: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    by: str
    closed: bool
    own: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """The values of the last column, which the others only say the kind of."""
        return tuple(cells[-1] for cells in self.values)


def told_rows(catalog: Catalog) -> tuple[GivenRows, ...]:
    """The rows that the schema tells, for every table of which it tells any."""
    functions = meanings(catalog.functions)
    limits = {table.name: hints(table, functions) for table in catalog.tables}
    pointing: dict[TableName, list[_Said]] = {table.name: [] for table in catalog.tables}
    for child in catalog.tables:
        for key in child.foreign_keys:
            if key.target in pointing:
                pointing[key.target].append(_said(child, key, limits[child.name]))
    return tuple(
        _rows(table, told)
        for table in catalog.tables
        if (told := _all_told(table, limits[table.name], pointing[table.name]))
    )


def _all_told(table: Table, limits: Mapping[str, Hints], pointing: "Sequence[_Said]") -> tuple[Told, ...]:
    """What is told of the table's keys, the surest first, of each column once."""
    told = (_told(table, columns, limits, pointing) for columns in _keys(table))
    found: list[Told] = []
    for known in sorted(filter(None, told), key=lambda item: (item.own, item.closed, len(item.values)), reverse=True):
        if not any(set(known.columns) & set(other.columns) for other in found):
            found.append(known)
    return tuple(found)


def _keys(table: Table) -> Iterator[tuple[str, ...]]:
    """What tells the table's rows apart by itself, and is not told by another table."""
    owned = {column for key in table.foreign_keys for column in key.columns}
    for unique in table.uniques:
        columns = [table.column(name) for name in unique.columns]
        plain = not unique.predicate and not unique.expressions and not set(unique.columns) & owned
        if plain and all(column.writable and column.required for column in columns):
            yield unique.columns


def _told(
    table: Table, columns: tuple[str, ...], limits: Mapping[str, Hints], pointing: "Sequence[_Said]"
) -> Told | None:
    if len(columns) == 1:
        column = table.column(columns[0])
        own = limits[column.name].options or _labels(column)
        if 0 < len(own) <= _MOST_VALUES and column.type.concrete.base != "bool":
            return Told(columns, tuple((text,) for text in own), _lister(table, column), closed=True, own=True)
    here = [said.ordered(columns) for said in pointing if set(said.target) == set(columns)]
    lists = sorted((said for said in here if said.values), key=lambda said: not said.listed)
    if not lists:
        return None
    values = list(dict.fromkeys(cells for said in lists for cells in said.values))
    if all(text.isdecimal() for cells in values for text in cells):
        values.sort(key=lambda cells: tuple(map(int, cells)))
    by = ", ".join(dict.fromkeys(said.by for said in lists))
    return Told(columns, tuple(values), by, closed=all(said.listed for said in here))


def _labels(column: Column) -> tuple[str, ...]:
    kind = column.type.concrete
    return kind.labels if kind.kind is TypeKind.ENUM else ()


def _lister(table: Table, column: Column) -> str:
    """What lists the column's values, in words."""
    named = [check.name for check in table.checks if column.name in expressions.columns(check.expression)]
    return f"CHECK {named[0]} of {table.name}" if named else f"type {column.type.name}"


@dataclass(frozen=True, slots=True)
class _Said:
    """What the columns that point at the key `target` say of its values; `listed` that they take no others."""

    target: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    by: str
    listed: bool

    def ordered(self, columns: tuple[str, ...]) -> "_Said":
        """The same, with the key's columns in that order."""
        places = [self.target.index(name) for name in columns]
        return replace(self, target=columns, values=tuple(tuple(cells[n] for n in places) for cells in self.values))


def _said(child: Table, key: ForeignKey, limits: Mapping[str, Hints]) -> _Said:
    options = [limits[name].options for name in key.columns]
    if 0 < prod(map(len, options)) <= _MOST_VALUES:
        by = dict.fromkeys(_lister(child, child.column(name)) for name in key.columns)
        return _Said(key.target_columns, tuple(product(*options)), ", ".join(by), listed=True)
    here = child.column(key.columns[0])
    default = expressions.literal(expressions.parsed(here.default)) if here.default and len(options) == 1 else None
    values = ((default,),) if default is not None else ()
    return _Said(key.target_columns, values, f"the default of {child.name}.{here.name}", listed=False)


def _rows(table: Table, told: Sequence[Told]) -> GivenRows:
    """A row for each value that is told of a key; where several keys are told, the first of each go together."""
    own = [len(known.values) for known in told if known.own]
    count = min(own) if own else max(len(known.values) for known in told)
    told = (told[0], *(known for known in told[1:] if known.closed or not _reached(known, count)))
    by, closed = ", ".join(dict.fromkeys(known.by for known in told)), any(known.closed for known in told)
    found = GivenRows(table.name, (), ((),) * count, (by,) * count, Source.SCHEMA, by, closed)
    for known in told:
        for place, name in enumerate(known.columns):
            found = found.with_column(name, _filled([cells[place] for cells in known.values], count))
    for column in _labelled(table, told[0]):
        if column.name not in found.columns:
            found = found.with_column(column.name, _filled([in_words(code) for code in told[0].codes], count))
    return found


def _reached(told: Told, count: int) -> bool:
    """Whether counting rows up gives these numbers anyway."""
    return all(text.isdecimal() and 0 < int(text) <= count for cells in told.values for text in cells)


def _filled(values: Sequence[str], count: int) -> list[Cell]:
    """So many cells: the values, then numbers that are none of them; what is no number is left to be derived."""
    missing = max(count - len(values), 0)
    more: Iterable[Cell] = repeat(Own.VALUE)
    if all(value.isdecimal() for value in values):
        more = (str(number) for number in counting(1) if str(number) not in values)
    return [*values[:count], *islice(more, missing)]


def _labelled(table: Table, told: Told) -> Iterator[Column]:
    """The columns that say in words what the key says in a code, if the key's values have words in them."""
    owned = {column for key in table.foreign_keys for column in key.columns}
    longest = max(map(len, told.codes))
    if not all(re.search("[^0-9]", code) for code in told.codes):
        return
    for column in table.columns:
        room = column.type.concrete.length or longest
        plain = column.name not in told.columns and column.name not in owned and column.writable
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
