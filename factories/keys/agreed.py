"""Foreign keys that follow another key of their row, so that two ways to one table lead to the same row there.

The room that a booking names lies in the hotel that it names: one key chooses, the others go where it led.
"""

from dataclasses import dataclass

import numpy
import pyarrow

from catalog.model import TableName
from factories.keys.indexes import WISHED, index_of
from factories.keys.picks import Skewed
from factories.recipe import Pick
from factories.values.randomness import Whole
from factories.world import Draw, Frame


@dataclass(frozen=True, slots=True)
class Followed:
    """The row that another key's row points at by its own `key`; another pick's where that tells nothing."""

    target: TableName
    via: str
    key: str
    otherwise: Pick

    def parent_rows(self, draw: Draw) -> Whole:
        """The rows at the end of the way."""
        first = draw.frame.parent_rows(self.via)
        found = numpy.where(first >= 0, draw.frame.parent(self.via).parent_rows(self.key), -1)
        missing = found < 0
        return numpy.where(missing, self.otherwise.parent_rows(draw), found) if missing.any() else found


@dataclass(frozen=True, slots=True)
class Told:
    """Where a row's agreement is read: in its column, or in that of the row at the end of some keys."""

    column: str
    way: tuple[str, ...] = ()

    def read(self, frame: Frame) -> pyarrow.Array:
        """The values, NULL where one of the keys is."""
        known = numpy.ones(len(frame), dtype=bool)
        for key in self.way:
            known &= frame.parent_rows(key) >= 0
            frame = frame.parent(key)
        found = frame.column(self.column)
        return found if known.all() else pyarrow.compute.if_else(pyarrow.array(known), found, None)


@dataclass(frozen=True, slots=True)
class Agreed:
    """A row of the target whose `column` says what the row's other key says; another pick's where there is none.

    NULL in so many of a thousand rows. Where there are too many rows to keep an index of, any of them.
    """

    target: TableName
    column: str
    told: Told
    otherwise: Pick
    empty: int = 0

    def parent_rows(self, draw: Draw) -> Whole:
        """One of those that agree, the first ones more often."""
        if draw.world.rows(self.target) > WISHED:
            return Skewed(self.target, self.empty).parent_rows(draw)
        index = index_of(draw.world, self.target, (self.column,))
        first, count = index.find([self.told.read(draw.frame).cast(index.types[0])])
        chosen = index.row_at(first + draw.chosen(numpy.maximum(count, 1)))
        lone = count == 0
        found = numpy.where(lone, self.otherwise.parent_rows(draw), chosen) if lone.any() else chosen
        return numpy.where(draw.below(1000, 7) < self.empty, -1, found) if self.empty else found


@dataclass(frozen=True, slots=True)
class Kin:
    """An earlier row of the same table that agrees in some columns: a reply's comment is on the same task.

    Trees stay as shallow as without: it is one between an eighth and a third of those that came before. The first of
    its kind is a root: NULL if it may be, itself otherwise. Of too many rows to keep an index of, any earlier one.
    """

    target: TableName
    columns: tuple[str, ...]
    otherwise: Pick
    nullable: bool = True

    def parent_rows(self, draw: Draw) -> Whole:
        """Rows of a lower number."""
        if draw.frame.table.sieve is not None or draw.world.rows(self.target) > WISHED:
            return self.otherwise.parent_rows(draw)
        rows = draw.rows.astype(numpy.int64)
        index = index_of(draw.world, self.target, self.columns)
        first, count = index.find([draw.column(column) for column in self.columns])
        place = numpy.maximum(numpy.minimum(index.rank(rows) - first, count), 0)
        low, high = place // 8, place // 3
        chosen = index.row_at(first + low + draw.below(high - low + 1))
        root = (place == 0) | (draw.below(1000, 1) < 150)
        fine = chosen < rows
        return numpy.where(root | ~fine, -1 if self.nullable else rows, chosen)
