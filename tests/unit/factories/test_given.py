"""Given rows are a table's first; the rest stays derived, unique, and the same whatever is asked for beside it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from catalog.errors import Refusal
from factories.given.rows import GivenRows, Source
from factories.proof.pools import Own
from factories.sampling import digest
from tests.unit.factories.test_plan import BOOKS, SHELF, cells, name, plan

AUTHORS = GivenRows(
    name("authors"),
    ("id", "email", "name"),
    (("3", "ada@example.com", "Ada"), ("17", "bo@example.com", Own.VALUE)),
    ("authors.csv, line 2", "authors.csv, line 3"),
    Source.FIXTURE,
    "authors.csv",
)


def test_given_rows_are_the_first_and_what_they_leave_out_is_derived() -> None:
    """Cells that are given stand as they are; an open cell and a column that nobody gives are derived."""
    first, second, *rest = cells(plan(given=(AUTHORS,)), "authors")
    assert (first["id"], first["name"], second["id"], second["email"]) == (3, "Ada", 17, "bo@example.com")
    assert second["name"]
    assert first["created_at"]
    assert len(rest) == len(cells(plan(), "authors")) - 2


def test_no_derived_row_has_a_given_key() -> None:
    """Counting up leaves out the numbers that are given, and every other row keeps its own."""
    ids = [row["id"] for row in cells(plan(given=(AUTHORS,)), "authors")]
    assert len(set(ids)) == len(ids)
    assert ids[:4] == [3, 17, 4, 5]
    assert 17 not in ids[2:]


def test_children_point_at_given_rows() -> None:
    """A foreign key is arithmetic: the parent's key is evaluated, wherever it comes from."""
    drawn = plan(given=(AUTHORS,))
    known = {row["id"] for row in cells(drawn, "authors")}
    used = {row["author_id"] for row in cells(drawn, "books")}
    assert used <= known
    assert {3, 17} <= used


def test_more_rows_extend_a_table_that_has_given_ones() -> None:
    """The first rows of the longer table are those of the shorter."""
    short = cells(plan(given=(AUTHORS,), rows={"authors": 30}), "authors")
    long = cells(plan(given=(AUTHORS,), rows={"authors": 90}), "authors")
    assert long[:30] == short


@given(some.integers(1, 80))
@settings(max_examples=12, deadline=None)
def test_chunks_of_any_size_give_the_same_bytes(size: int) -> None:
    """Given or not, rows do not depend on the rows that are computed beside them."""
    drawn = plan(given=(AUTHORS,))
    assert digest(drawn, name("authors"), chunk_rows=size) == digest(drawn, name("authors"))


def test_given_foreign_keys_lead_the_row_to_its_parent() -> None:
    """A given key names the parent row, also for what else depends on the parent: a book is younger than its author."""
    books = GivenRows(BOOKS.name, ("author_id",), (("17",), ("3",)), ("line 2", "line 3"), Source.FIXTURE, "books.csv")
    drawn = plan(given=(AUTHORS, books))
    born = {row["id"]: row["created_at"] for row in cells(drawn, "authors")}
    first, second = cells(drawn, "books")[:2]
    assert (first["author_id"], second["author_id"]) == (17, 3)
    assert born[17] <= first["created_at"]  # type: ignore[operator]  # moments


def test_all_rows_given_are_all_there_are() -> None:
    """A complete fixture is the whole table, unless more rows are asked for."""
    whole = replace(AUTHORS, complete=True)
    assert len(cells(plan(given=(whole,)), "authors")) == 2
    assert len(cells(plan(given=(whole,), rows={"authors": 5}), "authors")) == 5


def test_excluded_tables_stay_empty_and_the_plan_says_so() -> None:
    """A pattern with or without a schema; what must point at such a table is empty too, and says why."""
    for pattern in ("books", "public.boo*", "b*"):
        books, credits_ = (item for item in plan(exclude=(pattern,)).tables if item.name.name in ("books", "credits"))
        assert (books.rows, books.notes) == (0, ("left empty on purpose: the settings exclude it",))
        assert credits_.rows == 0
        assert "public.books" in credits_.reason


def test_settings_that_contradict_are_refused() -> None:
    """A pattern that names nothing, rows for an excluded table, rows from two places."""
    with pytest.raises(Refusal, match="bokks") as caught:
        plan(exclude=("bokks",))
    assert "Much like it: public.books" in str(caught.value)
    with pytest.raises(Refusal, match=r"public\.authors is to be excluded, and rows are given for it"):
        plan(exclude=("authors",), given=(AUTHORS,))
    with pytest.raises(Refusal, match=r"rows are given twice for public\.authors"):
        plan(given=(AUTHORS, AUTHORS))


def test_a_given_row_that_nobody_is_the_parent_of_is_refused() -> None:
    """The sentence names the place, the column, the value and the table it does not lead to."""
    books = GivenRows(BOOKS.name, ("author_id",), (("999",),), ("books.csv, line 2",), Source.FIXTURE, "books.csv")
    with pytest.raises(Refusal, match=r'books\.csv, line 2: .*"author_id" 999 names no row of public\.authors'):
        plan(SHELF, given=(books,))
