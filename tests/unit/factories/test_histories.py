"""Histories end in what they are of and run in order; names are those of whom a key leads to."""

from dataclasses import replace
from itertools import groupby, pairwise

import pytest

from catalog.model import Unique
from factories.values.lifecycle import way_to
from tests.unit.factories.tables import Row, rows, table

BUYERS = table("customers", "id:i first_name:t last_name:t created_at:m")
PARCELS = table("orders", "id:i customer_id:i customer_name:t status:t created_at:m", keys="customer_id>customers")
STEPS = table("order_status_history", "id:i order_id:i old_status:t? new_status:t changed_at:m", keys="order_id>orders")
EVENTS = table("order_events", "id:i order_id:i sequence:i status:t occurred_at:m", keys="order_id>orders")
EVENTS = replace(EVENTS, uniques=(*EVENTS.uniques, Unique("in_turn", ("order_id", "sequence"))))
CARDS = table("cards", "id:i customer_id:i cardholder_name:t", keys="customer_id>customers")
TOLD = (BUYERS, PARCELS, STEPS, EVENTS, CARDS)
COUNTS = {"customers": 30, "orders": 60, "order_status_history": 300, "order_events": 200, "cards": 40}


def told(title: str) -> list[Row]:
    return rows(*TOLD, of=title, count=400, rows=COUNTS)


def by_order(title: str, moment: str) -> list[list[Row]]:
    found = sorted(told(title), key=lambda row: (int(str(row["order_id"])), str(row[moment])))
    return [list(group) for _, group in groupby(found, key=lambda row: row["order_id"])]


def test_a_history_ends_in_the_status_that_its_row_has() -> None:
    """And each step comes from where the one before it led, the first one from nothing."""
    statuses = {row["id"]: row["status"] for row in told("orders")}
    for steps in by_order("order_status_history", "changed_at"):
        assert steps[0]["old_status"] is None
        assert steps[-1]["new_status"] == statuses[steps[0]["order_id"]]
        assert all(after["old_status"] == before["new_status"] for before, after in pairwise(steps))


def test_events_that_are_numbered_come_in_that_order() -> None:
    """And end in the status that their order has."""
    statuses = {row["id"]: row["status"] for row in told("orders")}
    for events in by_order("order_events", "occurred_at"):
        assert [int(str(event["sequence"])) for event in events] == list(range(1, len(events) + 1))
        assert events[-1]["status"] == statuses[events[0]["order_id"]]


@pytest.mark.parametrize("born", ["", " created_at:m"])
def test_what_is_numbered_is_not_older_than_what_it_points_at(born: str) -> None:
    """Neither than the issue that it is a part of, nor than who reported it."""
    people = table("users", "id:i name:t created_at:m")
    projects = table("projects", f"id:i name:t{born}")
    issues = table(
        "issues",
        "id:i project_id:i number:i parent_id:i? reporter_id:i created_at:m",
        keys="project_id>projects parent_id>issues reporter_id>users",
    )
    issues = replace(issues, uniques=(*issues.uniques, Unique("numbered", ("project_id", "number"))))
    asked, counts = (people, projects, issues), {"users": 60, "projects": 20, "issues": 300}
    joined = {row["id"]: row["created_at"] for row in rows(*asked, of="users", rows=counts)}
    found = {row["id"]: row for row in rows(*asked, rows=counts)}
    assert all(str(joined[row["reporter_id"]]) <= str(row["created_at"]) for row in found.values())
    above = [(row, found[row["parent_id"]]) for row in found.values() if row["parent_id"]]
    assert above
    assert all(str(one["created_at"]) <= str(row["created_at"]) for row, one in above)
    numbered = sorted(found.values(), key=lambda row: (int(str(row["project_id"])), int(str(row["number"]))))
    for one, row in pairwise(numbered):
        assert one["project_id"] != row["project_id"] or str(one["created_at"]) <= str(row["created_at"])


@pytest.mark.parametrize(
    ("final", "way"),
    [
        ("shipped", ("pending", "paid", "shipped")),
        ("pending", ("pending",)),
        ("cancelled", ("pending", "cancelled")),
        ("refunded", ("pending", "paid", "refunded")),
        ("of its own", ("pending", "of its own")),
    ],
)
def test_the_way_to_a_status(final: str, way: tuple[str, ...]) -> None:
    """Through those that are less far along, and are no end themselves."""
    assert way_to(final, ("pending", "paid", "shipped", "delivered", "cancelled", "refunded")) == way


@pytest.mark.parametrize(("title", "column"), [("orders", "customer_name"), ("cards", "cardholder_name")])
def test_a_name_is_that_of_whom_a_key_leads_to(title: str, column: str) -> None:
    """Made of the halves that are there."""
    names = {row["id"]: f"{row['first_name']} {row['last_name']}" for row in told("customers")}
    assert all(row[column] == names[row["customer_id"]] for row in told(title))
