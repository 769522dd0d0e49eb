"""Foreign keys as arithmetic: which row of the parent each row points at."""

from dataclasses import dataclass

import numpy
import pyarrow
from pyarrow import compute

from catalog.model import TableName
from factories.keys.demands import AnyDemand, allowed_rows
from factories.keys.indexes import index_of
from factories.values.randomness import Whole
from factories.world import Draw


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key's column: the parent row's value of the column it refers to, NULL where there is no parent."""

    key: str
    target: str
    label: str = "parent row's key"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The parents' values."""
        if not draw.world.rows(draw.frame.table.picks[self.key][0]):
            return pyarrow.nulls(len(draw))
        found = draw.frame.parent(self.key).column(self.target)
        return compute.if_else(pyarrow.array(draw.frame.parent_rows(self.key) >= 0), found, None)


@dataclass(frozen=True, slots=True)
class Skewed:
    """Any parent row, the first ones more often by the fan-out; NULL in so many of a thousand rows.

    `bound` are rows with the parent that each has in any case.
    """

    target: TableName
    empty: int = 0
    demands: "tuple[AnyDemand, ...]" = ()
    but: int = 0
    bound: tuple[tuple[int, int], ...] = ()

    def parent_rows(self, draw: Draw) -> Whole:
        """The chosen parents; only those that meet the demands, and not the last `but`."""
        allowed = allowed_rows(draw.world, self.target, self.demands)
        size = (draw.world.rows(self.target) if allowed is None else len(allowed)) - self.but
        if size <= 0:
            return numpy.full(len(draw), -1, dtype=numpy.int64)
        chosen = draw.chosen(size)
        found = _sometimes(draw, chosen if allowed is None else allowed[chosen], self.empty)
        return bind(draw, found, self.bound, draw.world.rows(self.target))


def bind(draw: Draw, found: Whole, bound: tuple[tuple[int, int], ...], parents: int) -> Whole:
    """The chosen parents, but for the rows that are bound to one, if there are so many parents."""
    for row, parent in bound:
        if parent < parents:
            found = numpy.where(draw.rows == numpy.uint64(row), parent, found)
    return found


@dataclass(frozen=True, slots=True)
class Covering:
    """Every parent row once, then any: for parents that must have a child."""

    target: TableName

    def parent_rows(self, draw: Draw) -> Whole:
        """The row of the same number as long as there is one."""
        rows = draw.rows.astype(numpy.int64)
        further = Skewed(self.target).parent_rows(draw)
        return numpy.where(rows < draw.world.rows(self.target), rows, further)


@dataclass(frozen=True, slots=True)
class Same:
    """The parent row of the same number: one to one."""

    target: TableName
    demands: "tuple[AnyDemand, ...]" = ()

    def parent_rows(self, draw: Draw) -> Whole:
        """The row numbers, as long as there are parents."""
        allowed = allowed_rows(draw.world, self.target, self.demands)
        size = draw.world.rows(self.target) if allowed is None else len(allowed)
        rows = draw.rows.astype(numpy.int64)
        chosen = rows if allowed is None else allowed[numpy.minimum(rows, max(size - 1, 0))] if size else rows
        return numpy.where(rows < size, chosen, -1)


@dataclass(frozen=True, slots=True)
class ByValue:
    """The parent row that holds the value which the row's own column was given first."""

    target: TableName
    column: str
    target_column: str

    def parent_rows(self, draw: Draw) -> Whole:
        """The rows found, -1 where the value is NULL or nobody's."""
        index = index_of(draw.world, self.target, (self.target_column,))
        first, count = index.find([draw.column(self.column).cast(index.types[0])])
        return numpy.where(count > 0, index.row_at(first), -1)


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier row of the same table, so that trees have a root and stay shallow.

    A root is NULL if it may be, itself otherwise; `apart`, where no row may point at itself, the second row.
    """

    nullable: bool
    apart: bool = False

    def parent_rows(self, draw: Draw) -> Whole:
        """Rows between an eighth and a third of the own number."""
        rows, sieve = draw.rows.astype(numpy.int64), draw.frame.table.sieve
        known = rows if sieve is None else sieve.before(rows)
        low, high = known // 8, known // 3
        chosen = low + draw.below(high - low + 1)
        if sieve is not None:
            chosen = numpy.where(known > 0, sieve.numbers(chosen.astype(numpy.uint64)).astype(numpy.int64), rows)
        if self.apart and not self.nullable and sieve is None:
            return numpy.where((rows == 0) & (draw.world.rows(draw.frame.table.name) > 1), 1, chosen)
        if not self.nullable:
            return chosen
        root = (known == 0) | (draw.below(1000, 1) < 150)
        return numpy.where(root, -1, chosen)


@dataclass(frozen=True, slots=True)
class Next:
    """The row before in the same table, each once: chains whose first row has NULL, or itself if it must have one.

    `links` is how many rows a chain has; 0 is one chain of all rows, for a key that may be NULL only once. Where no row
    may point at itself (`apart`) nor at nothing, two rows point at each other; of an odd number the last three in turn.
    """

    nullable: bool
    links: int = 4
    apart: bool = False

    def parent_rows(self, draw: Draw) -> Whole:
        """The number below one's own."""
        rows = draw.rows.astype(numpy.int64)
        if not self.nullable:
            return _in_pairs(rows, draw.world.rows(draw.frame.table.name)) if self.apart else rows
        return numpy.where(rows % self.links == 0, -1, rows - 1) if self.links else rows - 1


def _in_pairs(rows: Whole, size: int) -> Whole:
    """Each row's partner among so many."""
    three = size - 3 if size % 2 and size > 1 else size
    return numpy.where(rows < three, rows ^ 1, three + (rows - three + 1) % 3 if size > 1 else rows)


@dataclass(frozen=True, slots=True)
class Matching:
    """A parent row that agrees with columns another key has already given (the tenant's, say).

    `shared` pairs each such column with the target's column; `own` restricts a self reference to earlier rows.
    """

    target: TableName
    shared: tuple[tuple[str, str], ...]
    empty: int = 0
    own: bool = False
    nullable: bool = True

    def parent_rows(self, draw: Draw) -> Whole:
        """One of the rows that agree, -1 if there is none (a self reference that must not be NULL: itself)."""
        index = index_of(draw.world, self.target, tuple(there for _, there in self.shared))
        first, count = index.find([draw.column(here) for here, _ in self.shared])
        if self.own:
            count = index.rank(draw.rows.astype(numpy.int64)) - first
        some = numpy.maximum(count, 1)
        chosen = index.row_at(first + (draw.below(some) if self.own else draw.chosen(some)))
        lone = draw.rows.astype(numpy.int64) if self.own and not self.nullable else -1
        return _sometimes(draw, numpy.where(count > 0, chosen, lone), self.empty)


@dataclass(frozen=True, slots=True)
class Once:
    """Like Matching, but no parent twice: the rows that agree take one parent each, the rest are NULL."""

    target: TableName
    shared: tuple[tuple[str, str], ...]

    def parent_rows(self, draw: Draw) -> Whole:
        """The n-th of the parents that agree for the n-th of the rows that agree."""
        given = [draw.column(here) for here, _ in self.shared]
        parents = index_of(draw.world, self.target, tuple(there for _, there in self.shared))
        children = index_of(draw.world, draw.frame.table.name, tuple(here for here, _ in self.shared))
        first, count = parents.find(given)
        turn = children.rank(draw.rows.astype(numpy.int64)) - children.find(given)[0]
        return numpy.where(turn < count, parents.row_at(first + numpy.minimum(turn, numpy.maximum(count - 1, 0))), -1)


def _sometimes(draw: Draw, chosen: Whole, empty: int) -> Whole:
    return numpy.where(draw.below(1000, 7) < empty, -1, chosen) if empty else chosen


@dataclass(frozen=True, slots=True)
class Another:
    """A parent row that is not the one another key of the row points at; with `greater`, a later one if there is."""

    target: TableName
    than: str
    greater: bool = False

    def parent_rows(self, draw: Draw) -> Whole:
        """The rows, -1 where there is none."""
        size = draw.world.rows(self.target)
        first = draw.frame.parent_rows(self.than)
        if size < 2:
            return numpy.full(len(draw), -1, dtype=numpy.int64)
        if self.greater:
            later = first + 1 + draw.chosen(numpy.maximum(size - 1 - first, 1))
            return numpy.where(first + 1 < size, later, -1)
        second = draw.chosen(size - 1)
        return second + (second >= first)
