"""Rows counted out to their parents: each parent has as many children as its own row says, one after the other.

    user_id = ParentRow(partial(Within, sizes=permissions_of_the_role), "users")

Child n belongs to the parent in whose run of numbers it lies, so that a child's place among its siblings is known by
arithmetic: the first campaign of a project, the third version of a configuration. More children extend the list; a
parent that comes last adds its children at the end.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

import numpy

from catalog.model import TableName
from factories.keys.indexes import blocks
from factories.keys.picks import Reference
from factories.values.randomness import Whole
from factories.world import Draw, Frame, World

Sizes = Callable[[Frame], Whole]


@dataclass(frozen=True, slots=True)
class Within:
    """The parent row in whose run the row lies; `sizes` tells how many children each row of the parent has.

    It is `exact`: a table has as many rows as it says, be it none, if nobody asks for another number.
    """

    target: TableName
    sizes: Sizes
    exact: ClassVar[bool] = True

    def starts(self, world: World) -> Whole:
        """The number of each parent's first child; one more at the end, the number of all children."""
        return world.remembered(("within", self), lambda: self._starts(world))  # type: ignore[no-any-return]  # one cache for all kinds of indexes

    def _starts(self, world: World) -> Whole:
        counts = [numpy.maximum(self.sizes(frame), 0) for frame in blocks(world, self.target) if len(frame)]
        return numpy.cumsum(numpy.concatenate([numpy.zeros(1, dtype=numpy.int64), *counts]))

    def capacity(self, world: World) -> int | None:
        """How many children there are in all."""
        return int(self.starts(world)[-1])

    def parent_rows(self, draw: Draw) -> Whole:
        """The parents' row numbers; the last one's for rows beyond the list."""
        return self.holders(draw.world, draw.rows.astype(numpy.int64))

    def holders(self, world: World, rows: Whole) -> Whole:
        """The parents of these rows."""
        starts = self.starts(world)
        found = numpy.searchsorted(starts, rows, side="right") - 1
        return numpy.clip(found, 0, max(len(starts) - 2, 0))

    def places(self, draw: Draw) -> Whole:
        """Each row's place among its siblings, from 0 on."""
        return draw.rows.astype(numpy.int64) - self.starts(draw.world)[self.parent_rows(draw)]


def key_of(frame: Frame, column: str) -> str:
    """The name of the foreign key that fills the column; ValueError if none does."""
    recipe = frame.table.recipes.get(column)
    recipe = getattr(recipe, "then", recipe)
    if not isinstance(recipe, Reference) or recipe.key not in frame.table.picks:
        raise ValueError(f"{column} of {frame.table.name} points at no other table")
    return recipe.key


def parent(frame: Frame, column: str) -> Frame:
    """The rows that the column points at, row by row."""
    return frame.parent(key_of(frame, column))


def parent_numbers(frame: Frame, column: str) -> Whole:
    """Their row numbers, -1 for NULL."""
    return frame.parent_rows(key_of(frame, column))


def counted(frame: Frame, column: str) -> Within:
    """How the rows are counted out to the parents that the column points at; ValueError if they are not."""
    pick = frame.table.picks[key_of(frame, column)][1]
    if not isinstance(pick, Within):
        raise ValueError(f"rows of {frame.table.name} are not counted out by {column}")
    return pick


def place_within(frame: Frame, column: str) -> Whole:
    """Each row's place among the rows that share its parent, from 0 on."""
    return counted(frame, column).places(frame.draw(column))


def everything(world: World, title: str, near: TableName) -> Frame:
    """All rows of the table of that name, in the schema of the table `near`; KeyError if there is none."""
    name = TableName(near.schema, title)
    if name not in world.tables:
        raise KeyError(f"there is no table {name}")
    return world.frame(name, numpy.arange(world.rows(name), dtype=numpy.uint64))
