"""Who is given something to do: people who have been there for some days, and may come in."""

from dataclasses import dataclass

import numpy
from pyarrow import compute

from catalog.model import TableName
from factories.keys.picks import bind
from factories.tables.people import PERSONAS, may
from factories.tables.story import settled_in, texts
from factories.values.randomness import Flags, Whole
from factories.world import Draw, Frame, World
from factories.written.personas import owned

_LEADERS = ("ADMIN", "MANAGER")


@dataclass(frozen=True, slots=True)
class Leader:
    """An administrator or manager who has been there for a while; anybody settled in where there is none."""

    target: TableName

    def parent_rows(self, draw: Draw) -> Whole:
        """The leaders' row numbers, -1 where there are no people."""
        return _one_of(draw, self.target, leaders(draw.world, self.target))


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who has been there for a while, and may write; of so many in a thousand rows nobody."""

    target: TableName
    nobody: int = 0

    def parent_rows(self, draw: Draw) -> Whole:
        """The colleagues' row numbers, -1 for nobody."""
        people = authors(draw.world, self.target)
        return _one_of(draw, self.target, people, draw.below(1000, 7) < self.nobody)


@dataclass(frozen=True, slots=True)
class Publisher:
    """Somebody who has been there for a while, and may post; anybody settled in where there is none."""

    target: TableName

    def parent_rows(self, draw: Draw) -> Whole:
        """The publishers' row numbers, -1 where there are no people."""
        return _one_of(draw, self.target, publishers(draw.world, self.target))


def leaders(world: World, users: TableName) -> Whole:
    """Administrators and managers; anybody settled in where there is none."""

    def find() -> Whole:
        everybody, there = _everybody(world, users)
        roles = everybody.column("role") if "role" in everybody.table.recipes else texts([None] * len(everybody))
        return _first(numpy.asarray(compute.is_in(roles, value_set=texts(_LEADERS))), there)

    return world.remembered(("leaders", users), find)  # type: ignore[no-any-return]  # one cache for all kinds of indexes


def authors(world: World, users: TableName) -> Whole:
    """Those who may write; anybody settled in where there is none."""

    def find() -> Whole:
        everybody, there = _everybody(world, users)
        return _first(may(everybody, "CREATE_CONTENT"), there)

    return world.remembered(("authors", users), find)  # type: ignore[no-any-return]  # one cache for all kinds of indexes


def publishers(world: World, users: TableName) -> Whole:
    """Those who may post; anybody settled in where there is none."""

    def find() -> Whole:
        everybody, there = _everybody(world, users)
        return _first(may(everybody, "PUBLISH_POSTS"), there)

    return world.remembered(("publishers", users), find)  # type: ignore[no-any-return]  # one cache for all kinds of indexes


def _everybody(world: World, users: TableName) -> tuple[Frame, Flags]:
    everybody = world.frame(users, numpy.arange(world.rows(users), dtype=numpy.uint64))
    return everybody, settled_in(everybody)


def _first(fitting: Flags, there: Flags) -> Whole:
    """Those who fit and are there; else who fits, who is there, or anybody."""
    return next(
        (n for fits in (fitting & there, fitting, there, there | True) if len(n := numpy.flatnonzero(fits))),
        numpy.empty(0, numpy.int64),
    )


def _one_of(draw: Draw, users: TableName, people: Whole, nobody: Flags | None = None) -> Whole:
    """One of them a row, nobody where it says so; the rows that belong to a persona in any case are the persona's."""
    if not len(people):
        return numpy.full(len(draw), -1, dtype=numpy.int64)
    chosen = people[draw.chosen(len(people))]
    chosen = chosen if nobody is None else numpy.where(nobody, -1, chosen)
    return bind(draw, chosen, owned(PERSONAS, draw.frame.table.name.name), draw.world.rows(users))
