"""What a row says of all the rows that point at it: how many they are, what they come to, when the last one came.

No arithmetic tells from a parent which children chose it: all of these are looked at once, block by block, and eight
bytes are kept for each parent.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy
import pyarrow
from pyarrow import compute

from catalog.model import TableName
from factories.keys.indexes import blocks
from factories.recipe import Recipe
from factories.values.agreeing import Witness
from factories.values.moments import instants, stamps
from factories.values.randomness import Real, Whole
from factories.values.sums import Scale, amounts
from factories.world import Draw, Frame, World

MOST = 500_000  # children: of more, a parent's number is drawn like any other


class Tally(StrEnum):
    """What is told of the children."""

    COUNT = "count"
    SUM = "sum"
    MEAN = "mean"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Tallied:
    """What the rows of `child` that point at a row by `key` come to, in `column`; only those of which `by` says so.

    Where there are none it is nought, or NULL if it is a mean or a moment and may be (`nullable`); else, and where
    there are too many children, another recipe's value.
    """

    child: TableName
    key: str
    what: Tally
    column: str
    scale: Scale
    otherwise: Recipe
    nullable: bool
    by: Witness | None = None
    label: str = "what the rows that point here come to"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The numbers, or the moments."""
        usual = self.otherwise.values(draw)
        if draw.world.rows(self.child) > MOST:
            return usual
        count, told = self._found(draw)
        made = stamps(told.astype(numpy.int64)) if self.what is Tally.LAST else self.scale.written(told)
        if self.what in (Tally.COUNT, Tally.SUM):
            return made
        instead: Any = pyarrow.nulls(len(draw), made.type) if self.nullable else usual.cast(made.type)
        return compute.if_else(pyarrow.array(count > 0), made, instead)

    def _found(self, draw: Draw) -> tuple[Whole, Real]:
        """For each row how many children it has, and what they come to."""
        table, rows = draw.frame.table, draw.rows.astype(numpy.int64)
        place = rows if table.sieve is None else numpy.searchsorted(table.sieve.kept, rows)
        size = draw.world.rows(table.name)
        name = ("tally", self.child, self.key, self.what, self.column, self.by)
        kept = draw.world.remembered(name, lambda: self._tally(draw.world, max(size, 1)))
        inside, known = place < size, numpy.minimum(place, max(size, 1) - 1)
        return tuple(numpy.where(inside, found[known], 0) for found in kept)  # type: ignore[return-value]  # two

    def _tally(self, world: World, size: int) -> tuple[Whole, Real]:
        counts, found = numpy.zeros(size, dtype=numpy.int64), numpy.zeros(size)
        for frame in blocks(world, self.child):
            if len(frame):
                self._add(frame, counts, found)
        if self.what is Tally.COUNT:
            return counts, counts.astype(numpy.float64)
        return counts, found / numpy.maximum(counts, 1) if self.what is Tally.MEAN else found

    def _add(self, frame: Frame, counts: Whole, found: Real) -> None:
        parents = frame.parent_rows(self.key)
        counted = (parents >= 0) & (parents < len(counts))
        if self.by is not None:
            counted &= self.by.tells(frame.draw("tally"))[0]
        if self.what is Tally.LAST:
            moments, missing = instants(frame, self.column)
            counted &= ~missing
            numpy.maximum.at(found, parents[counted], moments[counted])
        elif self.what is not Tally.COUNT:
            numbers = amounts(frame.draw("tally"), self.column)
            found += numpy.bincount(parents[counted], numbers[counted], len(found))
        counts += numpy.bincount(parents[counted], minlength=len(counts))
