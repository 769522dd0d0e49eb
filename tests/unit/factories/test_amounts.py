"""Amounts of a row go together: sums, taxes, discounts, what is due, and the currency they are in."""

from dataclasses import replace

import pytest

from catalog.model import DataType
from tests.unit.factories.tables import rows, table
from tests.unit.factories.test_agreeing import ORDERS, cents, number


def test_sums_add_up() -> None:
    """Subtotal is quantity times price, the tax goes by its rate, the total by all of them, what is due by the rest."""
    for row in rows(ORDERS):
        assert cents(row["subtotal"]) == cents(row["unit_price"]) * int(number(row["quantity"]))
        assert 0 <= number(row["discount"]) <= number(row["subtotal"])
        assert abs(number(row["tax_amount"]) - number(row["subtotal"]) * number(row["tax_rate"]) / 100) <= 0.01
        parts = cents(row["subtotal"]) + cents(row["tax_amount"]) + cents(row["shipping_cost"]) - cents(row["discount"])
        assert cents(row["total"]) == parts
        assert cents(row["amount_paid"]) == (cents(row["total"]) if row["is_paid"] else 0)
        assert cents(row["amount_due"]) == cents(row["total"]) - cents(row["amount_paid"])


def test_what_is_due_is_nothing_once_it_is_paid() -> None:
    """Without a column for what was paid, the status alone tells what is due; cents add up like whole amounts."""
    bills = table(
        "bills", "id:i status:t subtotal_cents:i tax_cents:i total_cents:i amount_due_cents:i salary_min:i salary_max:i"
    )
    found = rows(bills)
    assert {row["status"] for row in found} >= {"paid", "draft"}
    for row in found:
        assert row["total_cents"] == row["subtotal_cents"] + row["tax_cents"]  # type: ignore[operator]  # numbers
        assert row["amount_due_cents"] == (0 if row["status"] == "paid" else row["total_cents"])
        assert number(row["salary_max"]) > number(row["salary_min"])


def test_a_currency_without_cents_gets_none() -> None:
    """Amounts in yen are whole, and larger than those in euros."""
    found = rows(table("prices", "id:i price:n currency:t"), locale="ja_JP")
    yen = [number(row["price"]) for row in found if row["currency"] == "JPY"]
    euros = [number(row["price"]) for row in found if row["currency"] == "EUR"]
    assert all(price == int(price) for price in yen)
    assert sorted(yen)[len(yen) // 2] > 10 * sorted(euros)[len(euros) // 2]


def test_totals_take_every_discount_into_account() -> None:
    """Whether it is an amount beside a plain amount, or a percentage on a line."""
    bills = table("bills", "id:i amount:n discount_amount:n total_amount:n")
    lines = table("lines", "id:i quantity:i unit_price:n discount_percent:n line_total:n")
    assert {cents(r["amount"]) - cents(r["discount_amount"]) - cents(r["total_amount"]) for r in rows(bills)} == {0}
    for row in rows(lines):
        whole = number(row["quantity"]) * number(row["unit_price"]) * (1 - number(row["discount_percent"]) / 100)
        assert number(row["line_total"]) == pytest.approx(whole, abs=0.011)


@pytest.mark.parametrize(("precision", "scale", "most"), [(10, 8, 100), (9, 6, 180), (2, 2, 1)])
def test_a_place_is_within_what_its_type_takes(precision: int, scale: int, most: int) -> None:
    """A longitude beyond a hundred is at the edge of a column that has two digits for it."""
    kind = DataType(f"numeric({precision},{scale})", "numeric", precision=precision, scale=scale)
    spots = table("spots", "id:i longitude:n")
    found = rows(replace(spots, columns=(spots.columns[0], replace(spots.columns[1], type=kind))))
    assert most / 2 < max(abs(number(row["longitude"])) for row in found) < most


def test_money_of_a_type_with_many_places_is_money() -> None:
    """What an object mapper makes of a decimal (`numeric(65,30)`) holds prices, and sums of them, as any other does."""
    wide = DataType("numeric(65,30)", "numeric", precision=65, scale=30)
    lines = table("order_items", "id:i quantity:i price:n total:n tax_rate:n")
    columns = tuple(replace(c, type=wide) if c.type.base == "numeric" else c for c in lines.columns)
    for row in rows(replace(lines, columns=columns)):
        assert 0 < number(row["price"]) < 10_000
        assert cents(row["total"]) == cents(row["price"]) * int(number(row["quantity"]))


def test_a_part_is_a_part_of_its_whole() -> None:
    """Marks are some of the marks there were, their percentage is theirs, and who passed has enough of them."""
    found = rows(table("exam_results", "id:i marks_obtained:i max_marks:i percentage:n passed:b"))
    assert {row["passed"] for row in found} == {True, False}
    for row in found:
        obtained, most = number(row["marks_obtained"]), number(row["max_marks"])
        assert obtained <= most
        assert abs(number(row["percentage"]) - 100 * obtained / most) <= 0.01
        assert (obtained / most >= 0.55) is row["passed"]


def test_the_due_is_the_total_where_there_is_no_other() -> None:
    """What was paid is a part of what was due, and the balance is the rest."""
    for row in rows(table("tuition_bills", "id:i status:t amount_due:n amount_paid:n balance:n")):
        assert cents(row["balance"]) == cents(row["amount_due"]) - cents(row["amount_paid"])


def test_a_league_table_counts_its_games() -> None:
    """Games played are those won, drawn and lost; points and the difference of goals follow."""
    for row in rows(
        table("standings", "id:i played:i won:i drawn:i lost:i goals_for:i goals_against:i goal_diff:i points:i")
    ):
        told = {name: int(number(value)) for name, value in row.items()}
        assert told["played"] == told["won"] + told["drawn"] + told["lost"]
        assert told["points"] == 3 * told["won"] + told["drawn"]
        assert told["goal_diff"] == told["goals_for"] - told["goals_against"]


def test_a_bound_has_its_other_end_above_it() -> None:
    """An upper limit is above the lower one, and hours of labour and parts are what the work costs."""
    for row in rows(table("lab_tests", "id:i ref_low:n ref_high:n labor_cost:n parts_cost:n total:n")):
        assert number(row["ref_high"]) > number(row["ref_low"])
        assert cents(row["total"]) == cents(row["labor_cost"]) + cents(row["parts_cost"])


def test_what_is_given_back_is_what_was_too_much() -> None:
    """The change is what was tendered less the total, a count's difference what was counted less what was booked."""
    for row in rows(table("sales", "id:i subtotal:n tax:n total:n amount_tendered:n change_given:n")):
        assert cents(row["amount_tendered"]) >= cents(row["total"])
        assert cents(row["change_given"]) == cents(row["amount_tendered"]) - cents(row["total"])
    for row in rows(table("stock_counts", "id:i system_qty:i counted_qty:i difference:i")):
        assert number(row["difference"]) == number(row["counted_qty"]) - number(row["system_qty"])


def test_pence_and_paise_are_counted_like_cents() -> None:
    """Whole amounts in another currency's smallest unit are hundreds of what they are in whole units."""
    found = rows(table("payments", "id:i amount_paise:l fee_pence:i refund_amount_kopecks:i deposit_centavos:i"))
    for name in ("amount_paise", "refund_amount_kopecks", "deposit_centavos"):
        assert max(number(row[name]) for row in found) > 5_000, name
    assert max(number(row["fee_pence"]) for row in found) > 500


@pytest.mark.parametrize("name", ["tax_rate", "discount_percent", "interest_rate", "attendance_percentage"])
@pytest.mark.parametrize(("precision", "scale"), [(5, 4), (3, 3)])
def test_a_percentage_is_a_share_where_it_has_no_room(name: str, precision: int, scale: int) -> None:
    """A tax of 19 percent is 0.19 in a column with one digit before the point."""
    kind = DataType(f"numeric({precision},{scale})", "numeric", precision=precision, scale=scale)
    taken = table("charges", f"id:i {name}:n")
    found = rows(replace(taken, columns=(taken.columns[0], replace(taken.columns[1], type=kind))))
    assert 0 < max(number(row[name]) for row in found) <= 1


def test_gross_is_net_and_fee() -> None:
    """What is paid out is what came in less what the platform keeps."""
    for row in rows(table("payouts", "id:i gross_amount:n platform_fee:n net_amount:n")):
        assert cents(row["gross_amount"]) == cents(row["net_amount"]) + cents(row["platform_fee"])


def test_a_claims_parts_are_no_more_than_was_billed() -> None:
    """What is allowed, and what is left to the patient."""
    for row in rows(table("claims", "id:i billed_amount:n allowed_amount:n patient_responsibility:n")):
        assert cents(row["allowed_amount"]) <= cents(row["billed_amount"])
        assert cents(row["patient_responsibility"]) <= cents(row["billed_amount"])
