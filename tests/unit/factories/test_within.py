"""Rows that are counted out to their parents: runs of numbers, places, and what becomes of a key that cannot stand."""

from dataclasses import replace
from functools import partial

import numpy
import pyarrow
import pytest

from catalog.model import TableName, Unique
from factories.keys.within import Within, counted, parent, place_within
from factories.plan import SeedPlan
from factories.sampling import sample
from factories.tables.story import Story
from factories.values.randomness import Whole
from factories.world import Frame
from factories.written.declare import Column, ParentRow, TableFactory, world_of
from tests.unit.factories.tables import plan, table


def sizes(parents: Frame) -> Whole:
    """Three children for the first parent, none for the second, two for the third, and so on."""
    return numpy.array([3, 0, 2], dtype=numpy.int64)[parents.rows.astype(numpy.int64) % 3]


class Shelves(TableFactory):
    class Meta:
        table = "shelves"
        rows = {"uat": 4}  # noqa: RUF012  # factory_boy's Meta is read once, never changed


class Books(TableFactory):
    class Meta:
        table = "books"
        rows = {"uat": 100}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    shelf_id = ParentRow(partial(Within, sizes=sizes), "shelves")
    place = Column(Story(lambda draw: pyarrow.array(place_within(draw.frame, "shelf_id")), "place"))


def books() -> Frame:
    world = world_of((Shelves, Books))
    name = TableName("public", "books")
    return world.frame(name, numpy.arange(world.rows(name), dtype=numpy.uint64))


def test_each_parent_has_its_children_one_after_the_other() -> None:
    """Parents of 3, 0, 2 and 3 children: eight rows, each with its place; there are no more than that."""
    frame = books()
    assert frame.column("shelf_id").to_pylist() == [1, 1, 1, 3, 3, 4, 4, 4]
    assert frame.column("place").to_pylist() == [0, 1, 2, 0, 1, 0, 1, 2]
    assert parent(frame, "shelf_id").rows.tolist() == [0, 0, 0, 2, 2, 3, 3, 3]


def test_what_is_not_counted_out_says_so() -> None:
    """A column that is no foreign key, or one that chooses otherwise, has no places."""
    with pytest.raises(ValueError, match=r"place of public\.books points at no other table"):
        counted(books(), "place")


class Once(TableFactory):
    class Meta:
        table = "seats"

    shelf_id = ParentRow(partial(Within, sizes=sizes), "shelves")
    number = Column(Story(lambda draw: pyarrow.array(place_within(draw.frame, "shelf_id")), "place"))


class Twice(Once):
    class Meta:
        table = "seats"

    number = Column(Story(lambda draw: pyarrow.array(numpy.zeros(len(draw), dtype=numpy.int64)), "always 0"))


class Half(TableFactory):
    class Meta:
        table = "seats"

    shelf_id = ParentRow(partial(Within, sizes=sizes), "shelves")


def seats(monkeypatch: pytest.MonkeyPatch, factory: type[TableFactory], **rows: int) -> SeedPlan:
    """A plan of shelves and their numbered seats, with the factory among the built-in ones."""
    monkeypatch.setattr("factories.tables.WRITTEN", (factory,))
    found = table("seats", "id:i shelf_id:i number:i", keys="shelf_id>shelves")
    unique = Unique("seats_number_once", ("shelf_id", "number"))
    return plan(
        table("shelves", "id:i title:t"), replace(found, uniques=(*found.uniques, unique)), rows={"shelves": 6, **rows}
    )


def test_a_built_in_factory_may_keep_a_key_of_several_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parents and places together are the factory's: six shelves have 3, 0, 2, 3, 0 and 2 seats."""
    drawn = seats(monkeypatch, Once)
    found = [(row["shelf_id"], row["number"]) for row in sample(drawn, "seats", 100)]
    assert found == [(1, 0), (1, 1), (1, 2), (3, 0), (3, 1), (4, 0), (4, 1), (4, 2), (6, 0), (6, 1)]
    assert not drawn.tables[1].reason
    assert len(sample(seats(monkeypatch, Once, seats=4), "seats", 100)) == 4
    assert (
        seats(monkeypatch, Once, seats=40).tables[1].reason
        == "its factory makes each combination once, and there are no more"
    )


def test_a_key_that_repeats_gives_way_to_the_derived_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the factory's values of a unique key repeat, all of them are left, and a note says so."""
    drawn = seats(monkeypatch, Twice)
    found = [(row["shelf_id"], row["number"]) for row in sample(drawn, "seats", 100)]
    assert len(set(found)) == len(found) > 10
    assert "Twice declares keys, which were dropped: values of seats_number_once repeat" in drawn.tables[1].notes


def test_half_a_key_is_not_the_factorys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a factory chooses parents of a key whose other column it leaves, the key stays as it was derived."""
    drawn = seats(monkeypatch, Half, seats=60)
    found = [(row["shelf_id"], row["number"]) for row in sample(drawn, "seats", 100)]
    assert len(set(found)) == len(found) == 60
