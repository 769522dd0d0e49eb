"""What a row says of the rows that point at it is so: how many, what they come to, and when the last one came."""

from collections import Counter
from dataclasses import replace
from datetime import datetime

import pytest

from catalog.model import Check, DataType, Partition, Table, TableName, Unique
from factories.sampling import sample
from tests.unit.factories.tables import Row, plan, rows, table
from tests.unit.factories.test_agreeing import cents

BUYERS = table(
    "buyers", "id:i orders_count:i number_of_paid_orders:i total_spent:n last_order_at:m? closed_at:m? created_at:m"
)
GOODS = table("goods", "id:i name:t price:n average_rating:n? reviews_count:i")
SALES = table(
    "orders", "id:i buyer_id:i status:t subtotal:n tax:n total:n items_count:i created_at:m", keys="buyer_id>buyers"
)
LINES = table(
    "order_items",
    "id:i order_id:i good_id:i position:i quantity:i unit_price:n line_total:n",
    keys="order_id>orders good_id>goods",
)
LINES = replace(LINES, uniques=(*LINES.uniques, Unique("placed", ("order_id", "position"))))
OPINIONS = table("reviews", "id:i good_id:i rating:i created_at:m", keys="good_id>goods")
TRADE = (BUYERS, GOODS, SALES, LINES, OPINIONS)
FINE = DataType("numeric(6,3)", "numeric", precision=6, scale=3)
COUNTS = {"buyers": 40, "goods": 30, "orders": 120, "order_items": 300, "reviews": 100}


def trade(title: str, *, of: tuple[Table, ...] = TRADE, **more: int) -> list[Row]:
    return rows(*of, of=title, count=400, rows=COUNTS | more)


def test_numbers_of_children_are_counted() -> None:
    """Also those of one kind, by their status."""
    orders = trade("orders")
    placed, lines = Counter(o["buyer_id"] for o in orders), Counter(i["order_id"] for i in trade("order_items"))
    for buyer in trade("buyers"):
        paid = sum(
            o["status"] in ("paid", "shipped", "delivered", "refunded", "returned")
            for o in orders
            if o["buyer_id"] == buyer["id"]
        )
        assert buyer["orders_count"] == placed[buyer["id"]]
        assert paid <= int(str(buyer["number_of_paid_orders"])) <= placed[buyer["id"]]
    assert all(order["items_count"] == lines[order["id"]] for order in orders)


def test_a_subtotal_is_what_the_lines_come_to() -> None:
    """And the total follows from it; what somebody spent, from their orders."""
    lines: Counter[object] = Counter()
    for line in trade("order_items"):
        lines[line["order_id"]] += cents(line["line_total"])
    spent: Counter[object] = Counter()
    for order in trade("orders"):
        assert cents(order["subtotal"]) == lines[order["id"]]
        assert cents(order["total"]) == cents(order["subtotal"]) + cents(order["tax"])
        spent[order["buyer_id"]] += cents(order["total"])
    assert all(cents(buyer["total_spent"]) == spent[buyer["id"]] for buyer in trade("buyers"))


@pytest.mark.parametrize("numbered", [True, False])
def test_an_order_has_a_line(numbered: bool) -> None:
    """Be they numbered within it or not, as long as there are as many lines."""
    lines = LINES if numbered else replace(LINES, uniques=LINES.uniques[:1])
    found = trade("order_items", of=(*TRADE[:3], lines, OPINIONS), order_items=130)
    assert len({line["order_id"] for line in found}) == COUNTS["orders"]


def test_the_last_one_is_the_newest() -> None:
    """NULL if there is none, and never after the end."""
    newest: dict[object, datetime] = {}
    for order in trade("orders"):
        made = order["created_at"]
        assert isinstance(made, datetime)
        newest[order["buyer_id"]] = max(made, newest.get(order["buyer_id"], made))
    buyers = trade("buyers")
    assert all(buyer["last_order_at"] == newest.get(buyer["id"]) for buyer in buyers)
    assert any(buyer["closed_at"] for buyer in buyers)


def test_a_rating_is_the_mean_of_the_reviews() -> None:
    """NULL if there are none."""
    given: dict[object, list[int]] = {}
    for review in trade("reviews"):
        given.setdefault(review["good_id"], []).append(int(str(review["rating"])))
    for good in trade("goods"):
        own = given.get(good["id"])
        assert (good["average_rating"] is None) == (own is None)
        assert own is None or abs(cents(good["average_rating"]) / 100 - sum(own) / len(own)) < 0.006
        assert good["reviews_count"] == len(own or ())


def test_a_review_without_a_rating_does_not_count_as_a_bad_one() -> None:
    """The mean is of those that there are, also where it has three places and must not be NULL."""
    opinions = table("reviews", "id:i good_id:i rating:i? created_at:m", keys="good_id>goods")
    columns = (*GOODS.columns[:3], replace(GOODS.columns[3], type=FINE, not_null=True), *GOODS.columns[4:])
    asked = (BUYERS, replace(GOODS, columns=columns), SALES, LINES, opinions)
    given: dict[object, list[int]] = {}
    for review in trade("reviews", of=asked):
        given.setdefault(review["good_id"], []).extend([] if review["rating"] is None else [int(str(review["rating"]))])
    assert [] in given.values() or any(len(marks) < 2 for marks in given.values())
    for good in trade("goods", of=asked):
        own = given.get(good["id"])
        assert good["average_rating"] is not None
        assert not own or abs(float(str(good["average_rating"])) - sum(own) / len(own)) < 0.006


def test_what_is_kept_does_not_grow_with_the_parents() -> None:
    """Of a thousand million buyers with a hundred orders, those hundred are remembered."""
    made = plan(*TRADE, rows={**COUNTS, "buyers": 1_000_000_000})
    sample(made, "buyers", 20)
    kept = [known for name, (known, _) in made.world.indexes.items() if isinstance(name, tuple) and name[0] == "tally"]
    assert kept
    assert sum(part.nbytes for found in kept for part in found) < 100_000


def test_a_partition_goes_before() -> None:
    """What tells in which partition a row lies is no tally."""
    when = "last_order_at IS NOT NULL AND last_order_at >= '2026-01-01' AND last_order_at < '2026-03-01'"
    parts = (Partition(TableName("public", "buyers_1"), "", when),)
    parted = replace(BUYERS, partition_key="RANGE (last_order_at)", partitions=parts)
    made = plan(parted, *TRADE[1:], rows=COUNTS)
    column = next(c for t in made.tables if t.name.name == "buyers" for c in t.columns if c.name == "last_order_at")
    assert "partitions" in column.reason


@pytest.mark.parametrize(
    "check", ["orders_count >= 5", "orders_count <= 2", "orders_count > total_spent", "orders_count % 2 = 0"]
)
def test_a_check_goes_before(check: str) -> None:
    """Where one binds the column, it is no tally."""
    names = ("orders_count", "total_spent") if "spent" in check else ("orders_count",)
    bound = replace(BUYERS, checks=(Check("bound", names, check),))
    placed = Counter(order["buyer_id"] for order in trade("orders"))
    found = trade("buyers", of=(bound, *TRADE[1:]))
    assert any(buyer["orders_count"] != placed[buyer["id"]] for buyer in found)


@pytest.mark.parametrize(
    ("name", "told"),
    [("total_billed", True), ("lifetime_value", True), ("open_orders_count", False), ("orders", False)],
)
def test_names_that_tell_of_orders(name: str, told: bool) -> None:
    """What is open now is not what has been open once, and a bare `orders` may be anything."""
    kind = "n" if "total" in name or "value" in name else "i"
    buyers = table("buyers", f"id:i {name}:{kind} created_at:m")
    made = plan(buyers, *TRADE[1:], rows=COUNTS)
    column = next(c for t in made.tables if t.name.name == "buyers" for c in t.columns if c.name == name)
    assert ("orders" in column.reason) is told


def test_children_with_two_keys_are_not_counted() -> None:
    """Nobody says which of them is meant: who follows, or who is followed."""
    people = table("people", "id:i follows_count:i")
    follows = table("follows", "id:i follower_id:i followed_id:i", keys="follower_id>people followed_id>people")
    found = rows(people, follows, of="people", count=40, rows={"people": 40, "follows": 3})
    assert sum(int(str(row["follows_count"])) for row in found) > 3


def test_more_children_change_nothing_but_what_is_told_of_them() -> None:
    """The rest of a parent's row stays."""
    told = {"orders_count", "number_of_paid_orders", "total_spent", "last_order_at"}
    before, after = trade("buyers"), trade("buyers", orders=200)
    for old, new in zip(before, after, strict=True):
        assert {name for name in old if old[name] != new[name]} <= told
