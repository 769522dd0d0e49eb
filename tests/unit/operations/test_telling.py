"""What a run tells of its plan, as findings."""

from dataclasses import replace

from catalog.model import TableName
from database.finishing import Unfilled
from database.shadow.oracle import Reception
from operations.telling import not_received, unfilled_views
from tests.unit.factories.tables import plan, table


def test_tables_whose_triggers_would_have_done_something_are_named() -> None:
    """With what they would have done; those whose rows were taken as they are, are not."""
    drawn = plan(table("orders", "id:i note:t"), table("users", "id:i note:t"), table("visits", "id:i"))
    name = drawn.tables[0].name
    received = {
        "orders": Reception(name, 50, 3, "no such note", 0, ("note",)),
        "users": Reception(name, 50),
        "visits": Reception(name, message="no such setting"),
    }
    tables = tuple(replace(item, received=received[item.name.name]) for item in drawn.tables)
    (finding,) = not_received(replace(drawn, tables=tables))
    assert finding.what == (
        "the triggers of 2 tables do not see the rows that are loaded: public.orders (they refused 3 of 50 rows"
        " (no such note); would have changed note); public.visits (they could not be shown any row (no such setting))"
    )
    assert list(not_received(drawn)) == []


def test_nobody_is_told_to_fill_a_view_that_reaches_out() -> None:
    """By hand it would bring along what the refresh did not; a view that rows make fail may be filled."""
    view = TableName("public", "v")
    fails, reaches = unfilled_views([Unfilled(view, "it fails"), Unfilled(view, "it calls", reaches_out=True)])
    assert fails.todo == "REFRESH MATERIALIZED VIEW fills it, or says what is wrong."
    assert reaches.todo.startswith("Fill it by hand only if nothing of production's can come that way")
