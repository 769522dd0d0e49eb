"""Lives of months and years, and what comes to a row while it is there: nothing after it was closed."""

from datetime import datetime, timedelta

import pytest

from factories.deriving.chronology import begins, ends, is_bound, lasts, takes
from factories.values.moments import HOUR
from tests.unit.factories.tables import ANCHOR, Row, rows, table

CUSTOMERS = table("customers", "id:i status:t created_at:m updated_at:m last_login_at:m closed_at:m?")
ORDERS = table("orders", "id:i customer_id:i created_at:m", keys="customer_id>customers")
LINES = table("order_parts", "id:i order_id:i created_at:m", keys="order_id>orders")
STAFF = table("staff", "id:i hired_on:d left_on:d?")
LOG = table("customer_status_log", "id:i customer_id:i changed_at:m", keys="customer_id>customers")
COUNTS = {"customers": 100, "orders": 400, "order_parts": 400, "customer_status_log": 200}
SHOP = (CUSTOMERS, ORDERS, LINES, LOG)


def shop(title: str) -> list[Row]:
    return rows(*SHOP, of=title, count=400, rows=COUNTS)


def moment(value: object) -> datetime:
    assert isinstance(value, datetime)
    return value


def test_a_customer_was_seen_not_long_ago() -> None:
    """And not only on the day they came: what lasts is there for months."""
    seen = [moment(row["last_login_at"]) - moment(row["created_at"]) for row in shop("customers")]
    left = [moment(ANCHOR) - moment(row["created_at"]) for row in shop("customers")]
    assert sum(since * 2 > room for since, room in zip(seen, left, strict=True)) > 60


def test_nothing_comes_to_what_is_closed() -> None:
    """No order of a customer is newer than its customer's end; a log has a line of it, too."""
    closed = {row["id"]: row["closed_at"] for row in shop("customers") if row["closed_at"]}
    orders = [row for row in shop("orders") if row["customer_id"] in closed]
    assert orders
    assert all(moment(row["created_at"]) <= moment(closed[row["customer_id"]]) for row in orders)


def test_generations_do_not_pile_up_at_the_anchor() -> None:
    """Half of the grandchildren are older than some days."""
    ages = sorted(moment(ANCHOR) - moment(row["created_at"]) for row in shop("order_parts"))
    assert ages[len(ages) // 2] > timedelta(days=7)


@pytest.mark.parametrize(
    ("name", "told"), [("closed_at", True), ("employed_to", True), ("failed_at", False), ("updated_at", False)]
)
def test_names_that_tell_an_end(name: str, told: bool) -> None:
    """After which nothing comes: what failed is tried again."""
    assert ends(name) is told


@pytest.mark.parametrize(
    ("name", "told"),
    [("employed_from", True), ("started_at", True), ("current_period_start", False), ("paid_at", False)],
)
def test_names_that_tell_a_beginning(name: str, told: bool) -> None:
    """Of a row that has no earlier moment."""
    assert begins(name) is told


@pytest.mark.parametrize(("name", "told"), [("shop_customers", True), ("customer_orders", False), ("jobs", False)])
def test_tables_of_what_lasts(name: str, told: bool) -> None:
    """By the last word of their names."""
    assert lasts(name) is told


def test_a_flight_is_over_within_a_day() -> None:
    """So is an interview, but no project."""
    assert 0 < takes(("Flight",)) == takes(("job_interviews",)) <= 12 * HOUR
    assert not takes(("projects",))


def test_a_log_goes_on_after_the_end() -> None:
    """As do refunds."""
    assert not is_bound("status_history")
    assert not is_bound("refunds")
    assert is_bound("orders")
