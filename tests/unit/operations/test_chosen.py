"""The table that somebody named on the command line, or a helpful no."""

import pytest

from catalog.errors import Refusal
from catalog.model import TableName
from operations.chosen import all_chosen, chosen

VOUCHERS, ORDERS, OLD = TableName("sales", "Vouchers"), TableName("sales", "orders"), TableName("old", "orders")


@pytest.mark.parametrize("wanted", ["sales.Vouchers", "Vouchers", '"Vouchers"', 'sales."Vouchers"'])
def test_a_table_is_found_as_it_is_written(wanted: str) -> None:
    """With its schema or without, quoted or not, its case as it is."""
    assert chosen((VOUCHERS, ORDERS), wanted) is VOUCHERS


@pytest.mark.parametrize(
    ("wanted", "sentence", "todo"),
    [
        ("vouchers", 'there is no table "vouchers"', "Much like it: sales.Vouchers"),
        ("SALES.ORDER", 'there is no table "SALES.ORDER"', "sales.orders"),
        ("orders", 'there are 2 tables "orders"', "Name one with its schema: sales.orders, old.orders."),
        ('"; drop table', 'there is no table ""; drop table"', "greenroom plan lists the tables."),
    ],
)
def test_a_table_that_is_not_clear_is_refused_with_what_is_near(wanted: str, sentence: str, todo: str) -> None:
    """A slip of the pen is told with what was meant; all five hundred tables are not listed."""
    with pytest.raises(Refusal) as caught:
        chosen((TableName("public", "switches"), VOUCHERS, ORDERS, OLD), wanted)
    assert sentence in str(caught.value)
    assert todo in str(caught.value)


def test_a_pattern_names_all_that_it_fits() -> None:
    """All tables, those of a schema, or one; a pattern that fits none is refused like a name."""
    known = (VOUCHERS, ORDERS, OLD)
    assert all_chosen(known, "*") == known
    assert all_chosen(known, "sales.*") == (VOUCHERS, ORDERS)
    assert all_chosen(known, "Vouchers") == (VOUCHERS,)
    with pytest.raises(Refusal, match=r'there is no table "billing\.\*"'):
        all_chosen(known, "billing.*")
