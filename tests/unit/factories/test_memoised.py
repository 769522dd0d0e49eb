"""What is memoised over whole tables: forgotten no more than a change makes necessary, and enough for deep schemas."""

from datetime import UTC, datetime, timedelta

import numpy
import pytest

from catalog.model import DataType, TableName
from factories.keys.picks import Skewed
from factories.recipe import TableRecipe
from factories.values.beginnings import Since
from factories.world import World

MOMENT = {"created_at": DataType("timestamp with time zone", "timestamptz")}


@pytest.fixture
def world() -> World:
    return World(1, datetime(2026, 3, 1, tzinfo=UTC), timedelta())


def _table(place: int, rows: int = 50) -> TableRecipe:
    """A table that points at the two before it and is never older than either."""
    before = [TableName("public", f"t{other}") for other in (place - 1, place - 2) if other >= 0]
    picks = {f"to {parent}": (parent, Skewed(parent)) for parent in before}
    born = Since(90, tuple((key, "created_at") for key in picks))
    return TableRecipe(TableName("public", f"t{place}"), rows, MOMENT, {"created_at": born}, picks)


def test_a_table_that_is_reached_on_many_ways_is_evaluated_once(world: World) -> None:
    """Sixty generations with two parents each are more ways than a computer can go; yet no row is older than either."""
    for place in range(60):
        world.put(_table(place))
    last = world.frame(TableName("public", "t59"), numpy.arange(50, dtype=numpy.uint64))
    own = numpy.asarray(last.column("created_at"))
    for key in world.tables[TableName("public", "t59")].picks:
        assert (numpy.asarray(last.parent(key).column("created_at")) <= own).all()


def test_kept_moments_are_those_of_the_rows_themselves(world: World) -> None:
    """A row's moment does not hang on whether it is looked at from a child or by itself."""
    for place in range(3):
        world.put(_table(place))
    child = world.frame(TableName("public", "t2"), numpy.arange(50, dtype=numpy.uint64))
    child.column("created_at")
    kept, _ = world.remembered(("moments", TableName("public", "t1"), "created_at"), lambda: pytest.fail("not kept"))
    alone = world.frame(TableName("public", "t1"), numpy.arange(7, dtype=numpy.uint64)).column("created_at")
    assert (numpy.asarray(alone).astype(numpy.int64) == kept[:7]).all()


def test_a_changed_table_takes_along_what_was_made_from_it_and_nothing_else(world: World) -> None:
    """Directly, or by way of something else that was kept; the rest stays."""
    for place in range(3):
        world.put(_table(place))
    made: list[str] = []

    def count(name: str, table: int) -> int:
        def make() -> int:
            made.append(name)
            return world.rows(TableName("public", f"t{table}"))

        found: int = world.remembered(name, make)
        return found

    def both() -> list[int]:
        sums: int = world.remembered("sum", lambda: count("one", 0) + count("other", 1))
        return [sums, count("third", 2)]

    assert both() == [100, 50]
    assert made == ["one", "other", "third"]
    world.put(_table(1, rows=7))
    assert both() == [57, 50]
    assert made == ["one", "other", "third", "other"]
