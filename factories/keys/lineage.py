"""Histories: of the rows that tell how a row's status changed, the last one comes to the status that the row has.

Which step of its parent's history a row is hangs on the moments of all that point there, so these are looked at once.
"""

from dataclasses import dataclass

import numpy
import pyarrow

from catalog.model import TableName
from factories.keys.indexes import blocks
from factories.recipe import Recipe
from factories.values.fitting import micros
from factories.values.life import Lived
from factories.values.lifecycle import way_to
from factories.values.moments import instants, stamps
from factories.values.randomness import Whole
from factories.world import Draw, World

MOST = 500_000  # rows of a history: of more, each tells what it likes


@dataclass(frozen=True, slots=True)
class Step:
    """The status to which a row of a history leads, or from which it comes if `before`.

    `key` leads to the row whose `status` it is; `moment` puts the steps in order; `statuses` are those that there are.
    Where the first step comes from nothing that is NULL if it may be (`nullable`).
    """

    key: str
    status: str
    moment: str
    statuses: tuple[str, ...]
    before: bool
    nullable: bool
    otherwise: Recipe
    label: str = "a step on the way to the row's status"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The statuses as text."""
        usual = self.otherwise.values(draw)
        if draw.world.rows(draw.frame.table.name) > MOST or draw.frame.table.sieve is not None:
            return usual
        after, rank = self._places(draw)
        finals = draw.frame.parent(self.key).column(self.status).cast(pyarrow.string()).fill_null("").to_pylist()
        told = [
            self._told(final, int(place) - self.before, int(place + behind) + 1)
            for final, place, behind in zip(finals, rank, after, strict=True)
        ]
        return pyarrow.array(told, pyarrow.string())

    def _told(self, final: str, place: int, count: int) -> str | None:
        """The status at that place of so many steps."""
        way = way_to(final, self.statuses)
        if place < 0:
            return None if self.nullable else way[0]
        if count <= len(way):  # some of the way is passed over, but not its beginning
            return way[0] if place == 0 and count > 1 else way[place - count]
        there = way[:2] if len(way) > 1 else (final, next((s for s in self.statuses if s != final), final))
        if (count - len(way)) % 2 and len(way) > 2:
            way = (way[0], *way[2:])
        first = count - len(way) + 1  # so many go to and fro before the rest of the way
        return way[place - first + 1] if place >= first else there[(first - 1 - place) % 2]

    def _places(self, draw: Draw) -> tuple[Whole, Whole]:
        """For each row how many steps come after it, and how many before."""
        table = draw.frame.table.name
        name = ("lineage", table, self.key, self.moment)
        after, rank = draw.world.remembered(name, lambda: self._ordered(draw.world, table))
        known = numpy.minimum(draw.rows.astype(numpy.int64), max(len(after) - 1, 0))
        return after[known], rank[known]

    def _ordered(self, world: World, table: TableName) -> tuple[Whole, Whole]:
        frames = [frame for frame in blocks(world, table) if len(frame)]
        if not frames:
            return numpy.zeros(1, dtype=numpy.int64), numpy.zeros(1, dtype=numpy.int64)
        parents = numpy.concatenate([frame.parent_rows(self.key) for frame in frames])
        moments = numpy.concatenate([instants(frame, self.moment)[0] for frame in frames])
        order = numpy.lexsort((moments, parents))
        told = parents[order]
        begins = numpy.flatnonzero(numpy.concatenate([[True], told[1:] != told[:-1]]))
        ends = numpy.append(begins[1:], len(told))
        after, rank = (numpy.empty(len(told), dtype=numpy.int64) for _ in range(2))
        place = numpy.arange(len(told))
        after[order] = numpy.repeat(ends, ends - begins) - 1 - place
        rank[order] = place - numpy.repeat(begins, ends - begins)
        return after, rank


@dataclass(frozen=True, slots=True)
class InOrder:
    """Another recipe's moments, dealt out anew among the rows of one parent so that they rise with a number.

    `alone` is the same recipe where the row's own tree does not count, whose order the numbers have. None is older than
    what else the row points at: it and those of higher numbers come so much later.
    """

    key: str
    number: str
    column: str
    otherwise: Recipe
    alone: Recipe

    @property
    def label(self) -> str:
        """The other recipe's label, and what they go with."""
        return f"{self.otherwise.label}, rising with {self.number}"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The moments."""
        table = draw.frame.table
        if draw.world.rows(table.name) > MOST or table.sieve is not None:
            return self.otherwise.values(draw)
        told = draw.world.remembered(("in order", table.name, self.column), lambda: self._dealt(draw.world, table.name))
        size, rows = len(told), draw.rows.astype(numpy.int64)
        if not size or (rows >= size).any():  # rows beyond the table's are tried, too
            return self.otherwise.values(draw)
        return stamps(told[rows])

    def _dealt(self, world: World, table: TableName) -> Whole:
        frames = [frame for frame in blocks(world, table) if len(frame)]
        if not frames:
            return numpy.empty(0, dtype=numpy.int64)
        parents = numpy.concatenate([frame.parent_rows(self.key) for frame in frames])
        numbers = numpy.concatenate([numpy.asarray(frame.column(self.number)) for frame in frames])
        moments = numpy.concatenate([micros(self.alone.values(frame.draw(self.column)))[0] for frame in frames])
        dealt, order = numpy.empty_like(moments), numpy.lexsort((numbers, parents))
        dealt[order] = moments[numpy.lexsort((moments, parents))]
        if not isinstance(self.alone, Lived) or all(key == self.key for key, _ in self.alone.first.parents):
            return dealt
        floor = [numpy.broadcast_to(self.alone.first.earliest(frame.draw("life")), len(frame)) for frame in frames]
        dealt[order] = _rising(numpy.maximum(dealt, numpy.concatenate(floor))[order], parents[order])
        return dealt


def _rising(moments: Whole, parents: Whole) -> Whole:
    """The moments, none of them earlier than one before it of the same parent; rows of a parent are together."""
    known, rank = numpy.unique(moments, return_inverse=True)
    lifted = numpy.cumsum(numpy.append(False, parents[1:] != parents[:-1])) * len(known)
    risen: Whole = known[numpy.maximum.accumulate(rank + lifted) - lifted]
    return risen
