"""Row counts told by other tables' row counts."""

import pytest

from catalog.errors import Refusal
from factories.ratios import Ratio
from tests.unit.factories.test_plan import name, plan


def rows(**asked: int | str) -> dict[str, int]:
    said = {table: Ratio.parse(count) if isinstance(count, str) else count for table, count in asked.items()}
    return {table.name.name: table.rows for table in plan(rows=said).tables}


def test_a_ratio_follows_the_other_table() -> None:
    """Three for each, one and a half for each, a third for each."""
    assert rows(authors=40, books="3 per authors")["books"] == 120
    assert rows(authors=41, books="1.5 per public.authors")["books"] == 61
    assert rows(authors=40, books="1/3 per authors")["books"] == 13


def test_ratios_chain() -> None:
    """A ratio of a table that itself has a ratio."""
    found = rows(authors=10, books="2 per authors", credits="3 per books")
    assert (found["books"], found["credits"]) == (20, 60)


def test_a_ratio_follows_what_is_left_after_caps() -> None:
    """Where the other table is capped or empty, so is this one, with the reason."""
    drawn = plan(rows={"authors": 0, "books": Ratio.parse("3 per authors")})
    books = next(table for table in drawn.tables if table.name == name("books"))
    assert books.rows == 0
    capped = plan(rows={"authors": 2, "books": 3, "credits": 500})
    assert next(table.rows for table in capped.tables if table.name == name("credits")) == 6


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"books": "3 per authors", "authors": "1 per books"}, "leads in a circle"),
        ({"books": "3 per books"}, "leads in a circle"),
        ({"books": "3 per nobody"}, '"nobody" is not in the schema'),
        ({"authors": 1000, "books": "10000000 per authors"}, "makes 10000000000 rows"),
    ],
)
def test_ratios_that_lead_nowhere_are_refused(asked: dict[str, int | str], sentence: str) -> None:
    """Circular, unknown and absurd ratios are refused, naming the table."""
    with pytest.raises(Refusal, match=sentence):
        rows(**asked)


def test_a_slip_in_a_tables_name_tells_the_nearest() -> None:
    """Of a count and of a ratio alike."""
    for asked in ({"bocks": 5}, {"books": "3 per authros"}):
        with pytest.raises(Refusal) as refused:
            rows(**asked)
        assert refused.value.todo in ("Much like it: public.books.", "Much like it: public.authors.")


@pytest.mark.parametrize(
    "text", ["-3 per users", "three per users", "3 users", "3 per ", "per users", "1/0 per users", ""]
)
def test_texts_that_say_no_ratio_are_refused(text: str) -> None:
    """Negative numbers, words, and a division by zero."""
    with pytest.raises(ValueError, match=r"ratio|zero"):
        Ratio.parse(text)


def test_a_ratio_is_shown_as_it_is_written() -> None:
    """What the settings say is what people are shown."""
    assert [str(Ratio.parse(text)) for text in ("3 per users", "1.5 per app.users")] == [
        "3 per users",
        "1.5 per app.users",
    ]
