"""Rows that are given rather than derived: told by the schema, by a fixture or by migrations, or kept from staging.

A table stays a function from row numbers to rows: the first numbers are the given rows, the rest is derived.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy
import pyarrow
from pyarrow import compute

from catalog.model import Column, TableName
from database.copy.copying import as_text
from factories.keys.indexes import index_of
from factories.proof.pools import Cell, Own, parsed
from factories.recipe import Pick, Recipe, TableRecipe
from factories.values.fitting import fit
from factories.values.randomness import Whole
from factories.world import Draw


class Source(StrEnum):
    """Where given rows come from."""

    SCHEMA = "told by the schema"
    FIXTURE = "a fixture"
    STAGING = "kept from staging"
    MIGRATIONS = "the application's migrations"


@dataclass(frozen=True, slots=True)
class GivenRows:
    """The first rows of a table: cells as texts, `Own.VALUE` where a cell is left to be derived.

    `places` says for each row where it stands, for whoever has to find it; `complete` that the table has no others.
    """

    table: TableName
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    places: tuple[str, ...]
    source: Source
    told: str = ""
    complete: bool = False

    def column(self, name: str) -> tuple[Cell, ...]:
        """That column's cell of every row."""
        place = self.columns.index(name)
        return tuple(cells[place] for cells in self.rows)

    def whole(self, name: str) -> bool:
        """Whether every row gives that column."""
        return name in self.columns and Own.VALUE not in self.column(name)

    def first(self, count: int) -> "GivenRows":
        """The first so many rows."""
        return replace(self, rows=self.rows[:count], places=self.places[:count])

    def without(self, rows: Sequence[int]) -> "GivenRows":
        """All rows but these."""
        kept = [place for place in range(len(self.rows)) if place not in set(rows)]
        return replace(
            self, rows=tuple(self.rows[place] for place in kept), places=tuple(self.places[place] for place in kept)
        )

    def without_columns(self, names: Sequence[str]) -> "GivenRows":
        """The same rows without those columns."""
        places = [place for place, name in enumerate(self.columns) if name not in names]
        rows = tuple(tuple(cells[place] for place in places) for cells in self.rows)
        return replace(self, columns=tuple(self.columns[place] for place in places), rows=rows)

    def with_column(self, name: str, cells: Iterable[Cell]) -> "GivenRows":
        """The same rows with that column's cells, in place of those it had."""
        columns = self.columns if name in self.columns else (*self.columns, name)
        made = tuple(cells)
        kept = [made if column == name else self.column(column) for column in columns]
        return replace(self, columns=columns, rows=tuple(zip(*kept, strict=True)))


@dataclass(frozen=True, slots=True)
class Cells:
    """One given column as values of its type, NULL in the rows that are `open`, which do not give it."""

    values: pyarrow.Array
    open: tuple[int, ...] = ()

    def given(self, places: Whole) -> "numpy.ndarray":
        """Whether the rows at these places have a given cell."""
        inside = places < len(self.values)
        return inside & ~numpy.isin(places, self.open) if self.open else inside

    def at(self, places: Whole) -> pyarrow.Array:
        """The values at these places; beyond the end, the last."""
        return self.values.take(pyarrow.array(numpy.minimum(places, len(self.values) - 1)))


def as_cells(cells: Sequence[Cell], column: Column) -> Cells:
    """Texts as values of the column's Arrow type; ValueError if one is none."""
    values = parsed([cell if isinstance(cell, str) else None for cell in cells], column.type)
    return Cells(values, tuple(place for place, cell in enumerate(cells) if isinstance(cell, Own)))


@dataclass(frozen=True, slots=True)
class Given:
    """One column: the given cells for the first rows, the derived recipe for the rest and for open cells."""

    cells: Cells
    then: Recipe
    column: Column

    @property
    def label(self) -> str:
        """How many rows are given, and the recipe behind."""
        return f"given in {len(self.cells.values) - len(self.cells.open)} rows, then {self.then.label}"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The values in the column's own Arrow type."""
        numbers = draw.rows.astype(numpy.int64)
        given = self.cells.given(numbers)
        if given.all() and len(numbers):
            return self.cells.at(numbers)
        own = fit(self.then.values(draw), self.column.type, draw.world.offset_us)
        return compute.if_else(pyarrow.array(given), self.cells.at(numbers), own) if given.any() else own


@dataclass(frozen=True, slots=True)
class GivenParents:
    """A foreign key: given rows point where their cells say, the rest where the derived pick says."""

    cells: tuple[Cells, ...]
    target: TableName
    target_columns: tuple[str, ...]
    then: Pick

    def parent_rows(self, draw: Draw) -> Whole:
        """The rows of the target that hold the given values, -1 where they are NULL or there is none."""
        numbers = draw.rows.astype(numpy.int64)
        given = numpy.logical_and.reduce([cells.given(numbers) for cells in self.cells])
        if not given.any():
            return self.then.parent_rows(draw)
        own = self.then.parent_rows(draw)
        index = index_of(draw.world, self.target, self.target_columns)
        first, count = index.find([cells.at(numbers) for cells in self.cells])
        found, sieve = index.row_at(first), draw.frame.table.sieve
        if sieve is not None and self.target == draw.frame.table.name:
            found = sieve.numbers(found.astype(numpy.uint64)).astype(numpy.int64)
        return numpy.where(given, numpy.where(count > 0, found, -1), own)


@dataclass(frozen=True, slots=True)
class Overlay:
    """Given rows laid over a table's derived recipe.

    `keys` are the foreign keys whose columns are given, with the target's columns.
    """

    cells: Mapping[str, Cells]
    keys: Mapping[str, tuple[tuple[Cells, ...], tuple[str, ...]]]

    def over(self, table: TableRecipe, known: Mapping[str, Column]) -> TableRecipe:
        """The table with the given rows as its first."""
        recipes = {name: Given(cells, table.recipes[name], known[name]) for name, cells in self.cells.items()}
        picks = {
            key: (target, GivenParents(self.keys[key][0], target, self.keys[key][1], pick))
            for key, (target, pick) in table.picks.items()
            if key in self.keys
        }
        return replace(table, recipes={**table.recipes, **recipes}, picks={**table.picks, **picks})


def key_texts(arrays: Sequence[pyarrow.Array], *, nulls_distinct: bool) -> pyarrow.Array:
    """One text a row for the values of a unique key, in lower case; NULL where the row collides with none."""
    texts = [compute.utf8_lower(compute.utf8_rtrim_whitespace(as_text(array))) for array in arrays]
    handling = "emit_null" if nulls_distinct else "replace"
    return compute.binary_join_element_wise(*texts, "\x1f", null_handling=handling, null_replacement="\x00")
