"""What a row says of all the rows that point at it: how many they are, what they come to, when the last one came.

No arithmetic tells from a parent which children chose it: all of these are looked at once, block by block, and kept is
what the parents that have any come to, 16 bytes for each.
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
from factories.values.randomness import Flags, Real, Whole
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
        if draw.world.rows(self.child) > MOST:
            return self.otherwise.values(draw)
        there, told = self._found(draw)
        made = stamps(told.astype(numpy.int64)) if self.what is Tally.LAST else self.scale.written(told)
        if self.what in (Tally.COUNT, Tally.SUM) or there.all():
            return made
        instead: Any = pyarrow.nulls(len(draw), made.type)
        if not self.nullable:
            instead = self.otherwise.values(draw).cast(made.type)
        return compute.if_else(pyarrow.array(there), made, instead)

    def _found(self, draw: Draw) -> tuple[Flags, Real]:
        """For each row whether it has children, and what they come to."""
        table, rows = draw.frame.table, draw.rows.astype(numpy.int64)
        name = ("tally", self.child, self.key, self.what, self.column, self.by)
        parents, come_to = draw.world.remembered(name, lambda: self._tally(draw.world))
        if not len(parents):
            return numpy.zeros(len(rows), dtype=bool), numpy.zeros(len(rows))
        place = rows if table.sieve is None else numpy.searchsorted(table.sieve.kept, rows)
        near = numpy.minimum(numpy.searchsorted(parents, place), len(parents) - 1)
        there: Flags = parents[near] == place
        return there, numpy.where(there, come_to[near], 0.0)

    def _tally(self, world: World) -> tuple[Whole, Real]:
        """The rows that have children, in their order, and what those come to."""
        if not world.rows(self.child):
            return numpy.zeros(0, dtype=numpy.int64), numpy.zeros(0)
        found = [self._told(frame) for frame in blocks(world, self.child)]
        pointed, numbers = (numpy.concatenate(parts) for parts in zip(*found, strict=True))
        parents, place, counts = numpy.unique(pointed, return_inverse=True, return_counts=True)
        if self.what is Tally.LAST:
            newest = numpy.full(len(parents), -numpy.inf)
            numpy.maximum.at(newest, place, numbers)
            return parents, newest
        come_to: Real = numpy.bincount(place, numbers, len(parents)).astype(numpy.float64)
        return parents, come_to / counts if self.what is Tally.MEAN else come_to

    def _told(self, frame: Frame) -> tuple[Whole, Real]:
        """The parents of the children that count, and for each of these its number."""
        parents, numbers = frame.parent_rows(self.key), numpy.ones(len(frame))
        if self.what is Tally.LAST:
            moments, missing = instants(frame, self.column)
            numbers = numpy.where(missing, numpy.nan, moments)  # exact: a double holds the microseconds of 285 years
        elif self.what is not Tally.COUNT:
            numbers = amounts(frame.draw("tally"), self.column, numpy.nan)
        counted = (parents >= 0) & ~numpy.isnan(numbers)
        if self.by is not None:
            counted &= self.by.tells(frame.draw("tally"))[0]
        return parents[counted], numbers[counted]
