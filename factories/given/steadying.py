"""Uuids that a migration draws by chance: told apart by running a history twice, and replaced by ones that stay.

Without it, the same seed would give other bytes each time, and no run could go on with what a dead one left.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from uuid import NAMESPACE_OID, uuid5

from catalog.model import Table, TableName
from factories.given.rows import GivenRows
from factories.proof.pools import Cell, Own

_UUID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")


def has_uuids(given: Sequence[GivenRows]) -> bool:
    """Whether any cell is a uuid, which may have been drawn by chance."""
    return any(_is_uuid(cell) for item in given for cells in item.rows for cell in cells)


def _is_uuid(cell: Cell) -> bool:
    return isinstance(cell, str) and bool(_UUID.fullmatch(cell))


def steady(
    first: Sequence[GivenRows], second: Sequence[GivenRows], tables: Mapping[TableName, Table]
) -> tuple[GivenRows, ...]:
    """The rows of the first run, each uuid that the second run has another of replaced by one made of its place.

    Whatever else differs between the two is left to be derived. Keys that point at a replaced one still do.
    """
    ours, theirs = [_in_order(item) for item in first], {item.table: _in_order(item) for item in second}
    pairs = [(item, theirs[item.table]) for item in ours if _alike(item, theirs.get(item.table))]
    named = dict(chain.from_iterable(_named(mine, other, tables[mine.table]) for mine, other in pairs))
    known = {mine.table: _steadied(mine, other, named) for mine, other in pairs}
    return tuple(_in_order(known.get(item.table, item), named=True) for item in ours)


def _alike(mine: GivenRows, other: GivenRows | None) -> bool:
    return other is not None and (mine.columns, len(mine.rows)) == (other.columns, len(other.rows))


def _in_order(given: GivenRows, *, named: bool = False) -> GivenRows:
    """The rows as given or, if they have uuids, by what else they hold (by all of it, once those have their names)."""
    if not has_uuids([given]):
        return given

    def rank(cells: Sequence[Cell]) -> list[str]:
        return [str(cell) for cell in cells if named or not _is_uuid(cell)]

    return replace(given, rows=tuple(sorted(given.rows, key=rank)))


def _named(mine: GivenRows, other: GivenRows, table: Table) -> Iterator[tuple[str, str]]:
    """A lasting uuid for each that was drawn for the row itself, not for one that it points at."""
    pointing = {column for key in table.foreign_keys for column in key.columns}
    for name in mine.columns:
        cells = enumerate(zip(mine.column(name), other.column(name), strict=True))
        for place, (cell, again) in cells if name not in pointing else ():
            if cell != again and isinstance(cell, str) and _is_uuid(cell) and _is_uuid(again):
                yield cell, str(uuid5(NAMESPACE_OID, f"{mine.table} {name} {place}"))


def _steadied(mine: GivenRows, other: GivenRows, named: Mapping[str, str]) -> GivenRows:
    rows = (
        tuple(_cell(cell, again, named) for cell, again in zip(cells, others, strict=True))
        for cells, others in zip(mine.rows, other.rows, strict=True)
    )
    steadied = replace(mine, rows=tuple(rows))
    return steadied.without_columns([name for name in mine.columns if set(steadied.column(name)) == {Own.VALUE}])


def _cell(cell: Cell, again: Cell, named: Mapping[str, str]) -> Cell:
    if isinstance(cell, str) and cell in named:
        return named[cell]
    return cell if cell == again else Own.VALUE
