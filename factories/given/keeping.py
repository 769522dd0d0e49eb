"""Kept rows in a seed plan: parents for what is seeded, and the ground on which their new columns get values.

The rows themselves are none of the plan's: of a kept table it knows the columns that keys point at, in the first rows.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy
import pyarrow
from pyarrow import compute

from catalog.model import Catalog, Column, DataType, ForeignKey, Generated, Identity, Table, TableKind, TableName
from factories.given.rows import GivenRows, Source
from factories.plan import SeedPlan, SeedRequest
from factories.proof.pools import parsed
from factories.ratios import Ratio
from factories.values import randomness
from factories.values.coded import Pieces, array, kept
from factories.values.randomness import Bits
from factories.world import Draw, Frame

MOST_PARENTS = 10_000
"""Rows of a kept table that seeded rows may point at: they are held in memory, and PostgreSQL is asked about each."""

Cells = Sequence[tuple[str | None, ...]]


def pointed_at(catalog: Catalog, table: Table) -> tuple[str, ...]:
    """The table's columns that foreign keys point at, those of its partitions included."""
    names = {table.name, *(partition.name for partition in table.partitions)}
    found = {
        column for other in catalog.tables for key in other.foreign_keys if key.target in names
        for column in key.target_columns
    }  # fmt: skip
    return tuple(column.name for column in table.columns if column.name in found)


def parents(table: TableName, columns: Sequence[str], rows: Cells) -> GivenRows:
    """The first rows of a kept table, as all there is to point at; nothing points at a NULL."""
    rows = [row for row in rows if None not in row]
    places = tuple(f"row {number} kept from staging" for number in range(1, len(rows) + 1))
    return GivenRows(table, tuple(columns), tuple(rows), places, Source.STAGING, "staging", complete=True)


def asked_of_seeding(catalog: Catalog, request: SeedRequest, kept: Sequence[GivenRows]) -> tuple[Catalog, SeedRequest]:
    """The schema and the request for everything else: kept tables as mere parents, with the rows that are there."""
    names = {given.table for given in kept}
    bare = {given.table: _bare(catalog.table(given.table), given.columns) for given in kept}
    tables = tuple(bare.get(table.name, table) for table in catalog.tables)
    return replace(catalog, tables=tables), replace(
        request,
        rows=_without(request.rows, names),
        given=(*(item for item in request.given if item.table not in names), *kept),
        factories=tuple(factory for factory in request.factories if not _is_for(factory.table(), names)),
    )


def asked_of_new_columns(
    catalog: Catalog, request: SeedRequest, kept: Sequence[GivenRows], rows: Mapping[TableName, int]
) -> tuple[Catalog, SeedRequest]:
    """The schema and the request for values of new columns, in tables of which so many rows are kept.

    Such a table stands there whole; where it is pointed at, a twin with the rows that are there stands in for it.
    """
    twins = {given.table: replace(given, table=_twin(given.table)) for given in kept if given.table in rows}
    twins = {name: given for name, given in twins.items() if given.columns and given.rows}
    known, asked = asked_of_seeding(catalog, request, [given for given in kept if given.table not in rows])
    tables = [
        replace(table, foreign_keys=tuple(_redirected(key, twins) for key in table.foreign_keys))
        for table in known.tables
    ]
    tables += [_bare(catalog.table(name), given.columns, given.table) for name, given in twins.items()]
    counts = {str(name): min(max(count, 1), MOST_PARENTS) for name, count in rows.items()}
    given = (*(item for item in asked.given if item.table not in rows), *twins.values())
    whole = replace(
        asked,
        rows={**_without(asked.rows, rows), **counts},
        given=given,
        strict=False,
    )
    return replace(catalog, tables=tuple(tables)), whole


def _redirected(key: ForeignKey, twins: Mapping[TableName, GivenRows]) -> ForeignKey:
    twin = twins.get(key.target)
    there = twin is not None and set(key.target_columns) <= set(twin.columns)
    return replace(key, target=twin.table) if twin and there else key


def _twin(name: TableName) -> TableName:
    return TableName(name.schema, f"{name.name} as it is kept")


def _bare(table: Table, columns: Sequence[str], name: TableName | None = None) -> Table:
    """The table with these columns alone, and nothing that says which rows it takes."""
    kept = [column for column in table.columns if column.name in columns] or list(table.columns[:1])
    plain = tuple(
        replace(
            column, not_null=False, default=None, identity=Identity.NONE, generated=Generated.NONE, generated_as=None,
            sequence=None,
        )
        for column in kept
    )  # fmt: skip
    return Table(name or table.name, TableKind.ORDINARY, plain)


def _without(asked: Mapping[str, int | Ratio], names: Collection[TableName]) -> dict[str, int | Ratio]:
    return {text: count for text, count in asked.items() if not _is_for(text, names)}


def _is_for(told: str, names: Collection[TableName]) -> bool:
    return any(told in (str(name), name.name) for name in names)


def without_kept(plan: SeedPlan, kept: Collection[TableName]) -> SeedPlan:
    """The plan with nothing to load into kept tables."""
    tables = tuple(replace(t, rows=0, reason="", wanted=0) if t.name in kept else t for t in plan.tables)
    return replace(plan, tables=tables)


@dataclass(frozen=True, slots=True)
class _Laid:
    """A column whose values are there already."""

    array: pyarrow.Array
    label: str = "as it was in staging"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The values there are."""
        assert len(draw) == len(self.array)
        return self.array


def makeable(plan: SeedPlan, table: Table, columns: Sequence[Column]) -> tuple[Column, ...]:
    """Those of the columns for which the plan knows values: a key to a table without rows has none."""
    recipe = plan.world.tables[table.name]
    nowhere = {
        name
        for key in table.foreign_keys
        if key.name in recipe.picks and not plan.world.rows(recipe.picks[key.name][0])
        for name in key.columns
    }
    return tuple(column for column in columns if column.name in recipe.recipes and column.name not in nowhere)


def needed(plan: SeedPlan, table: TableName, columns: Sequence[Column], known: Collection[str]) -> tuple[str, ...]:
    """Those of the known columns at which the new ones look."""
    frame = Frame(plan.world, replace(plan.world.tables[table], sieve=None), numpy.arange(2, dtype=numpy.uint64))
    for column in columns:
        frame.text(column.name)
    return tuple(sorted(frame.looked_at & frozenset(known)))


def new_values(
    plan: SeedPlan,
    table: TableName,
    columns: Sequence[Column],
    numbers: Bits,
    known: Mapping[str, Sequence[str | None]],
) -> list[pyarrow.Array]:
    """Values of the new columns for these row numbers, beside the values known of the same rows."""
    recipe = plan.world.tables[table]
    arrays = {name: _array(recipe.types.get(name), cells) for name, cells in known.items()}
    laid = {name: _Laid(found) for name, found in arrays.items() if found is not None}
    frame = Frame(plan.world, replace(recipe, recipes={**recipe.recipes, **laid}, sieve=None), numbers)
    texts = [frame.text(column.name) for column in columns]
    return [array(text) if isinstance(text, Pieces) else kept(text) for text in texts]


def thinned(values: pyarrow.Array, numbers: Bits, place: int) -> pyarrow.Array:
    """The values, NULL in half of the rows; which half differs from one place to another."""
    stays = randomness.bits(randomness.key("thinned", place), numbers) & numpy.uint64(1) == 1
    return compute.if_else(pyarrow.array(stays), _plain(values), None)


def instead_of_null(*values: pyarrow.Array) -> pyarrow.Array:
    """For each row the first of the values that is not NULL."""
    return compute.coalesce(*map(_plain, values))


def _plain(values: pyarrow.Array) -> pyarrow.Array:
    return values.dictionary.take(values.indices) if pyarrow.types.is_dictionary(values.type) else values


def _array(kind: DataType | None, cells: Sequence[str | None]) -> pyarrow.Array | None:
    """The texts as values of the type; None if one of them is none that Arrow knows, such as infinity."""
    try:
        return parsed(list(cells), kind) if kind else None
    except (ValueError, pyarrow.ArrowNotImplementedError):
        return None
