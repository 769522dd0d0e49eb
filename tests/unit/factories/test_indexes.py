"""Indexes over whole tables: what they find, and that they keep a few bytes a row."""

import tracemalloc
from datetime import UTC, datetime, timedelta

import numpy
import pyarrow
import pytest

from catalog.model import DataType, TableName
from factories.keys import indexes
from factories.keys.indexes import Index
from factories.recipe import TableRecipe
from factories.values.randomness import Whole
from factories.world import Draw, World

TASKS = TableName("public", "tasks")


class Remainder:
    """The row's number modulo seven, NULL for every fifth row."""

    label = "remainder"

    def values(self, draw: Draw) -> pyarrow.Array:
        return pyarrow.array(draw.rows % 7, pyarrow.int32(), mask=draw.rows % 5 == 0)


class Letter:
    """One of three letters."""

    label = "letter"

    def values(self, draw: Draw) -> pyarrow.Array:
        return pyarrow.array(numpy.array(["a", "b", "c"])[draw.rows % 3])


def world(rows: int) -> World:
    integer, text = DataType("integer", "int4"), DataType("text", "text")
    made = World(1, datetime(2026, 3, 1, tzinfo=UTC), timedelta())
    made.put(TableRecipe(TASKS, rows, {"n": integer, "l": text}, {"n": Remainder(), "l": Letter()}))
    return made


def those_with(number: int, letter: str, rows: int) -> Whole:
    every = numpy.arange(rows)
    found: Whole = every[(every % 5 != 0) & (every % 7 == number) & (every % 3 == "abc".index(letter))]
    return found


@pytest.mark.parametrize("block", [1, 7, 64, 100_000])
def test_rows_that_agree_are_found_in_order(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """For any values exactly the rows that have them, lowest first, in whatever blocks the index was made."""
    monkeypatch.setattr(indexes, "_BLOCK_ROWS", block)
    index = Index(world(500), TASKS, ("n", "l"))
    for number in range(7):
        asked = [pyarrow.array([number], pyarrow.int32()), pyarrow.array(["b"])]
        (first,), (count,) = index.find(asked)
        rows = index.row_at(numpy.arange(first, first + count))
        assert rows.tolist() == those_with(number, "b", 500).tolist()
        assert index.rank(rows).tolist() == list(range(first, first + count))


def test_what_is_unknown_or_null_agrees_with_nothing() -> None:
    """NULL agrees with no row, nor does a value that the table never has, nor anything with an empty table."""
    full, empty = Index(world(500), TASKS, ("n", "l")), Index(world(0), TASKS, ("n", "l"))
    asked = [pyarrow.array([None, 9, 1], pyarrow.int32()), pyarrow.array(["a", "a", "z"])]
    assert full.find(asked)[1].tolist() == empty.find(asked)[1].tolist() == [0, 0, 0]
    assert empty.row_at(numpy.arange(2)).tolist() == [-1, -1]


def test_an_index_keeps_a_few_bytes_a_row() -> None:
    """A table of a million rows costs some 12 MB, and not much more while its index is made."""
    tables, rows = world(1_000_000), 1_000_000
    tracemalloc.start()
    index = Index(tables, TASKS, ("n", "l"))
    kept, most = tracemalloc.get_traced_memory()
    index.rank(numpy.arange(3))
    tracemalloc.stop()
    assert kept < 9 * rows
    assert most < 45 * rows
