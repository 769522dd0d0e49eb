"""What a parent row has to be, so that a foreign key may choose it."""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from catalog.model import TableName
from database.copy.copying import as_text
from factories.keys.indexes import WISHED, blocks, index_of
from factories.values.randomness import Whole
from factories.world import Frame, World


@dataclass(frozen=True, slots=True)
class Demand:
    """What a parent row must offer: rows of another table that agree with it in these columns."""

    columns: tuple[str, ...]
    table: TableName
    targets: tuple[str, ...]

    def met(self, world: World, frame: Frame) -> numpy.ndarray:
        """Whether each row of the frame offers it."""
        index = index_of(world, self.table, self.targets)
        met: numpy.ndarray = index.find([frame.column(column) for column in self.columns])[1] > 0
        return met


@dataclass(frozen=True, slots=True)
class Wish(Demand):
    """A demand that counts for nothing where no parent row meets it: what reads well, and breaks nothing.

    Nor where there are too many rows to look at.
    """

    def fits(self, world: World, target: TableName) -> bool:
        """Whether there are so few rows that it can be looked at which of the target's meet it."""
        return max(world.rows(target), world.rows(self.table)) <= WISHED


@dataclass(frozen=True, slots=True)
class Among:
    """What a parent row must be: one whose key the child's own constraints permit, as texts."""

    columns: tuple[str, ...]
    permitted: tuple[tuple[str | None, ...], ...]

    def met(self, world: World, frame: Frame) -> numpy.ndarray:
        """Whether each row of the frame is one of them."""
        del world
        permitted = set(self.permitted)
        keys = zip(*(as_text(frame.column(column)).to_pylist() for column in self.columns), strict=True)
        return numpy.fromiter((key in permitted for key in keys), dtype=bool, count=len(frame))


@dataclass(frozen=True, slots=True)
class Besides:
    """What a parent row must not be: one of these, at which nothing points."""

    rows: tuple[int, ...]

    def met(self, world: World, frame: Frame) -> numpy.ndarray:
        """Whether each row of the frame is another."""
        del world
        return ~numpy.isin(frame.rows.astype(numpy.int64), self.rows)


AnyDemand = Demand | Among | Besides


def allowed_rows(world: World, target: TableName, demands: "tuple[AnyDemand, ...]") -> Whole | None:
    """The target's rows that meet every demand; None if that is all of them."""
    demands = tuple(one for one in demands if not isinstance(one, Wish) or one.fits(world, target))
    if not demands:
        return None
    return world.remembered(("allowed", target, demands), lambda: _allowed(world, target, demands))  # type: ignore[no-any-return]  # one cache for all kinds of indexes


def _allowed(world: World, target: TableName, demands: "tuple[AnyDemand, ...]") -> Whole | None:
    fine = numpy.concatenate([_meets(world, frame, demands) for frame in blocks(world, target)])
    needed = tuple(demand for demand in demands if not isinstance(demand, Wish))
    if not fine.any() and len(needed) < len(demands):
        return _allowed(world, target, needed)
    return None if fine.all() else numpy.flatnonzero(fine)


def _meets(world: World, frame: Frame, demands: "tuple[AnyDemand, ...]") -> NDArray[numpy.bool_]:
    fine = numpy.ones(len(frame), dtype=bool)
    for demand in demands:
        fine &= demand.met(world, frame)
    return fine
