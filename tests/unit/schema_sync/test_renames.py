"""Renames: what the settings say is called otherwise is looked for in both shapes, and refused if not there."""

from collections.abc import Sequence

import pytest

from catalog.errors import Refusal
from catalog.model import Catalog, Generated
from schema_sync.keeping import decide_keep
from schema_sync.renames import decide_renames
from tests.unit.schema_sync.test_keeping import CASTS, catalog, column, table

OLD = catalog(table("orders", column("id"), column("total")), table("shop.items", column("id")))
MADE = column("made", generated=Generated.STORED, generated_as="1")
NEW = catalog(
    table("purchases", column("id"), column("amount"), MADE), table("shop.items", column("id"), column("total"))
)


def carried(
    renames: dict[str, str], old: Catalog = OLD, new: Catalog = NEW, keep: Sequence[str] = ("*",)
) -> dict[str, list[str]]:
    decided = decide_renames(tuple(renames.items()), old, new)
    kept = decide_keep(list(keep), old, new, CASTS, {}, {}, decided)
    return {str(item.source): [one.column.name for one in item.carried] for item in kept.keepings}


def test_a_renamed_table_and_column_come_along() -> None:
    """By names with or without schema; what is not renamed is matched by name as ever."""
    assert carried({}) == {"shop.items": ["id"]}
    assert carried({"orders": "purchases"}) == {"public.orders": ["id"], "shop.items": ["id"]}
    wanted = {"public.orders": ["id", "amount"], "shop.items": ["id"]}
    assert carried({"orders": "public.purchases", "public.orders.total": "amount"}) == wanted


def test_what_an_earlier_run_renamed_is_left_alone() -> None:
    """The settings need not be changed on the morning after: staging has the new names by then."""
    told = {"orders": "purchases", "orders.total": "amount", "purchases.total": "amount"}
    assert carried(told, NEW, NEW) == carried({}, NEW, NEW)
    assert carried({"shop.orders": "shop.items", "shop.orders.sum": "total"}, NEW, NEW) == carried({}, NEW, NEW)


def test_columns_that_changed_places_with_their_table_stay_there() -> None:
    """Their names alone do not tell; that of the table does."""
    told = (("orders", "purchases"), ("orders.id", "amount"), ("orders.amount", "id"))
    assert decide_renames(told, NEW, NEW).columns == {}


def test_what_the_marker_calls_done_is_not_done_again() -> None:
    """Where two have changed places, and where the old name has come again: names alone do not tell."""
    swapped = (("orders.id", "total"), ("orders.total", "id"))
    assert decide_renames(swapped, OLD, OLD).columns == {OLD.tables[0].name: {"id": "total", "total": "id"}}
    assert decide_renames(swapped, OLD, OLD, done=swapped).columns == {}
    assert decide_renames((("orders", "shop.items"),), OLD, NEW, done=[("orders", "shop.items")]).tables == {}
    came_again = catalog(table("orders", column("amount"), column("total")))
    amount = ("orders.total", "amount")
    assert decide_renames((amount,), came_again, came_again, done=[amount]).columns == {}


def test_a_table_that_was_renamed_is_known_by_its_old_name_though_another_has_it_now() -> None:
    """`keep` and the renames of its columns may still call it so."""
    again = catalog(table("orders", column("id")), table("purchases", column("id"), column("amount")))
    told = (("orders", "purchases"), ("orders.total", "amount"))
    decided = decide_renames(told, again, again, done=told)
    assert (decided.tables, decided.columns) == ({}, {})
    kept = decide_keep(["orders"], again, again, CASTS, {}, {}, decided)
    assert [str(item.source) for item in kept.keepings] == ["public.orders", "public.purchases"]


def test_what_was_done_in_a_shape_without_it_is_still_to_do() -> None:
    """The settings may have told of it before production was migrated."""
    told = {"orders": "purchases", "orders.total": "amount"}
    decided = decide_renames(tuple(told.items()), OLD, NEW, done=tuple(told.items()))
    assert decided == decide_renames(tuple(told.items()), OLD, NEW)


def test_what_was_renamed_is_kept_by_the_name_it_had() -> None:
    """`keep` may stay as it is as well; a column may follow its table a week later."""
    told = {"orders": "purchases", "orders.amount": "sum"}
    later = catalog(table("purchases", column("id"), column("sum")))
    assert carried(told, NEW, later, keep=["orders"]) == {"public.purchases": ["id", "sum"]}


def test_what_is_said_goes_before_what_is_guessed() -> None:
    """A table of the same name that went from another schema is not taken for the renamed one."""
    old = catalog(table("orders", column("id")), table("shop.purchases", column("id")))
    new = catalog(table("purchases", column("id")))
    assert carried({}, old, new) == {"shop.purchases": ["id"]}
    assert carried({"orders": "purchases"}, old, new) == {"public.orders": ["id"]}


@pytest.mark.parametrize(
    ("renames", "said"),
    [
        ({"ordres": "purchases"}, '"ordres" is to be renamed, and staging has no table or column called so'),
        ({"orders.totel": "amount"}, '"orders.totel" is to be renamed, and staging has no table or column'),
        ({"orders": "purchase"}, 'the table "orders" is to be "purchase", and the new shape has no table called so'),
        ({"orders": "purchases", "orders.total": "sum"}, 'total is to be "sum", and public.purchases has no such'),
        ({"orders": "purchases", "orders.total": "made"}, 'total is to be "made", which PostgreSQL computes'),
        ({"orders": "purchases", "orders.total": "id"}, "total is to be id, and another column of public.orders"),
        ({"orders.total": "amount"}, "public.orders.total is to be renamed, and the new shape has no such table"),
        ({"orders": "shop.items"}, "public.orders is to be shop.items, and another table is called so already"),
    ],
)
def test_what_is_not_there_is_refused(renames: dict[str, str], said: str) -> None:
    """A slip must not lose values in silence."""
    with pytest.raises(Refusal) as refused:
        carried(renames)
    assert said in str(refused.value)


def test_a_name_that_says_two_things_is_refused() -> None:
    """`orders.total` is a table of the schema `orders`, and a column of the table."""
    both = catalog(table("orders", column("total")), table("orders.total", column("id")))
    with pytest.raises(Refusal, match="more than one thing"):
        decide_renames((("orders.total", "amount"),), both, NEW)
