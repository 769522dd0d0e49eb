"""What a row repeats of those it points at, what follows of its other columns, and what is usual in its table."""

from dataclasses import replace

import pytest

from catalog.model import Column, DataType
from factories.sampling import sample
from factories.values.lifecycle import reached
from tests.unit.factories.tables import ANCHOR, plan, rows, table
from tests.unit.factories.test_agreeing import cents, number

CATEGORIES = table(
    "categories",
    "id:i parent_id:i? name:t slug:t path:t depth:i",
    unique="slug",
    keys="parent_id>categories",
)
PRODUCTS = table(
    "products",
    "id:i category_id:i name:t sku:t price:n stock_quantity:i is_in_stock:b low_stock_threshold:i rating_average:n",
    keys="category_id>categories",
)
SALES = table("sales", "id:i status:t payment_status:t fulfillment_status:t total:n created_at:m paid_at:m?")
SALE_LINES = table(
    "sale_lines",
    "id:i sale_id:i product_id:i product_name:t sku:t quantity:i unit_price:n amount:n",
    keys="sale_id>sales product_id>products",
)
PAYMENTS = table("payments", "id:i sale_id:i amount:n status:t", keys="sale_id>sales")
TRIED = table("deliveries", "id:i succeeded:b response_status:i error_message:t?")
STORE = (CATEGORIES, PRODUCTS, SALES, SALE_LINES, PAYMENTS)
CLOCK = DataType("time without time zone", "time")


def store(title: str, count: int = 200) -> list[dict[str, object]]:
    asked = {"categories": 30, "products": 60, "sales": 120, "sale_lines": 200, "payments": 100}
    return rows(*STORE, of=title, count=count, rows=asked)


def test_a_line_says_the_same_of_its_product_as_the_product() -> None:
    """Its name, its stock code and its price; and its amount is what these make."""
    products = {row["id"]: row for row in store("products")}
    for line in store("sale_lines"):
        product = products[line["product_id"]]
        assert (line["product_name"], line["sku"]) == (product["name"], product["sku"])
        assert line["unit_price"] == product["price"]
        assert cents(line["amount"]) == cents(line["unit_price"]) * int(number(line["quantity"]))


def test_a_payment_is_of_what_is_to_be_paid() -> None:
    """The total of the row that it points at."""
    totals = {row["id"]: row["total"] for row in store("sales")}
    assert all(row["amount"] == totals[row["sale_id"]] for row in store("payments"))


def test_variants_of_a_product_have_stock_codes_of_their_own() -> None:
    """What they cost is the product's."""
    goods = table("goods", "id:i sku:t price:n")
    variants = table("goods_variants", "id:i good_id:i sku:t price:n", keys="good_id>goods")
    products = {row["id"]: row for row in rows(goods, variants, of="goods", rows={"goods": 40, "goods_variants": 100})}
    found = rows(goods, variants, rows={"goods": 40, "goods_variants": 100}, count=100)
    assert all(row["price"] == products[row["good_id"]]["price"] for row in found)
    assert len({row["sku"] for row in found}) > len(products)


def test_a_narrower_column_repeats_what_it_has_room_for() -> None:
    """A total beyond it is not what is paid."""
    narrow = DataType("numeric(4,2)", "numeric", precision=4, scale=2)
    sales = table("sales", "id:i total:n")
    paid = table("payments", "id:i sale_id:i amount:n", keys="sale_id>sales")
    paid = replace(paid, columns=(*paid.columns[:2], replace(paid.columns[2], type=narrow)))
    assert all(number(row["amount"]) < 100 for row in rows(sales, paid))


def test_no_deposit_is_a_price_times_what_is_in_stock() -> None:
    """Only amounts are, and values."""
    for row in rows(table("wares", "id:i price:n stock_quantity:i deposit:n margin:n stock_value:n")):
        held = cents(row["price"]) * int(number(row["stock_quantity"]))
        assert cents(row["stock_value"]) == held
        assert not held or held not in (cents(row["deposit"]), cents(row["margin"]))


def test_what_is_in_stock_is_there() -> None:
    """And of what is not there is none; averages of ratings are ratings, and a threshold is low."""
    found = store("products")
    assert {row["is_in_stock"] for row in found} == {True, False}
    for row in found:
        assert row["is_in_stock"] == (number(row["stock_quantity"]) > 0)
        assert 1 <= number(row["rating_average"]) <= 5
        assert number(row["low_stock_threshold"]) <= 15


def test_a_path_leads_through_the_tree() -> None:
    """From the top, by the slugs of the rows above."""
    found = {row["id"]: row for row in store("categories")}
    for row in found.values():
        above = found.get(row["parent_id"])
        assert row["path"] == (f"{above['path']}/{row['slug']}" if above else row["slug"])
        assert row["depth"] == str(row["path"]).count("/")
    assert max(number(row["depth"]) for row in found.values()) > 1


def test_parts_of_a_row_stand_as_the_row_does() -> None:
    """What is delivered was paid, whatever the table calls the status of its payment; moments go by that too."""
    found = store("sales")
    for row in found:
        for column, what in (("payment_status", "paid"), ("fulfillment_status", "shipped")):
            told = {reached(str(row[name]), what) for name in ("status", column)}
            assert not {True, False} <= told, row
        assert (row["paid_at"] is not None) == bool(reached(str(row["payment_status"]), "paid"))
    assert len({row["payment_status"] for row in found}) > 2


def test_an_answer_says_whether_it_went_well() -> None:
    """An error has a message and a status of its own."""
    for row in rows(TRIED):
        assert (row["error_message"] is None) == row["succeeded"]
        assert (number(row["response_status"]) < 300) == row["succeeded"]


def test_a_day_ends_after_it_began() -> None:
    """A time of day that ends something is later than the one that begins it."""
    slots = table("slots", "id:i")
    times = (Column("end_time", CLOCK, 2, not_null=True), Column("start_time", CLOCK, 3, not_null=True))
    for row in rows(replace(slots, columns=(*slots.columns, *times))):
        assert row["start_time"] < row["end_time"]  # type: ignore[operator]  # times of day


def test_each_end_of_hours_goes_by_its_own_beginning() -> None:
    """A break ends after it began, not after the day did."""
    named = ("opens_at", "closes_at", "lunch_start", "lunch_end")
    times = tuple(Column(name, CLOCK, place, not_null=True) for place, name in enumerate(named, 2))
    days = table("days", "id:i")
    for row in rows(replace(days, columns=(*days.columns, *times))):
        assert row["opens_at"] < row["closes_at"]  # type: ignore[operator]  # times of day
        assert row["lunch_start"] < row["lunch_end"]  # type: ignore[operator]  # times of day


@pytest.mark.parametrize(
    ("title", "fields", "parts", "whole"),
    [
        ("parcels", "freight_cost:n insurance_cost:n handling_fee:n total_cost:n", "111", "total_cost"),
        ("leaves", "days_remaining:n days_taken:n entitlement:n", "11", "entitlement"),
        ("stocks", "quantity_available:i quantity_reserved:i quantity_on_hand:i", "11", "quantity_on_hand"),
        ("payslips", "net_pay:n total_deductions:n gross_pay:n", "11", "gross_pay"),
        ("bills", "balance:n paid_amount:n total_amount:n", "11", "total_amount"),
    ],
)
def test_parts_make_the_whole(title: str, fields: str, parts: str, whole: str) -> None:
    """Costs add up to all costs, what is left and what was taken to all there was."""
    names = [word.partition(":")[0] for word in fields.split()][: len(parts)]
    for row in rows(table(title, f"id:i {fields}")):
        assert sum(cents(row[name]) for name in names) == cents(row[whole])


@pytest.mark.parametrize(
    ("title", "column", "words"),
    [
        ("employee_trainings", "status", {"enrolled", "active", "completed", "withdrawn"}),
        ("job_openings", "status", {"draft", "active", "paused", "closed", "expired"}),
        ("plans", "interval", {"month", "year"}),
        ("prescriptions", "frequency", {"once daily", "twice daily", "as needed"}),
        ("payment_methods", "brand", {"visa", "mastercard", "amex"}),
    ],
)
def test_the_last_word_of_the_table_says_what_is_usual(title: str, column: str, words: set[str]) -> None:
    """Trainings of employees are trainings; a plan is paid by the month and not twice daily."""
    assert {row[column] for row in rows(table(title, f"id:i {column}:t"))} >= words


def test_codes_are_what_a_person_would_make_up() -> None:
    """A department's is its name, a warehouse's counts up, a coupon's is to be typed, a secret one stays so."""
    departments = rows(table("departments", "id:i code:t name:t", unique="code name"), count=8)
    assert all(str(row["name"]).lower().startswith(str(row["code"])[:4]) for row in departments)
    assert rows(table("warehouses", "id:i code:t", unique="code"))[1]["code"] == "WAR-102"
    assert len(str(rows(table("coupons", "id:i code:t", unique="code"))[0]["code"])) == len("YLXNMU5P")
    assert len(str(rows(table("email_verifications", "id:i code:t", unique="code"))[0]["code"])) == len("e08215524137")


def test_a_narrow_code_keeps_its_number() -> None:
    """With so much of its letters as there is room for."""
    narrow = Column("code", DataType("character varying(10)", "varchar", length=10), 2, not_null=True)
    subjects = table("subjects", "id:i code:t", unique="code")
    found = rows(replace(subjects, columns=(subjects.columns[0], narrow)))
    assert [row["code"] for row in found[:2]] == ["SU101", "SU102"]


def test_what_is_called_current_or_next_goes_with_the_present() -> None:
    """The period that is current has begun after the row was made and has not ended; what is next is to come."""
    fields = "id:i status:t current_period_start:m current_period_end:m next_payment_date:d created_at:m"
    for row in rows(table("subscriptions", fields)):
        assert row["created_at"] <= row["current_period_start"] <= ANCHOR < row["current_period_end"]  # type: ignore[operator]  # moments
        assert row["next_payment_date"] > ANCHOR.date()  # type: ignore[operator]  # a day


@pytest.mark.parametrize(
    ("locale", "written"), [("en_US", "{first_name} {last_name}"), ("ja_JP", "{last_name}{first_name}")]
)
def test_whoever_holds_a_card_is_called_as_people_of_the_country_are(locale: str, written: str) -> None:
    """Family name first, and no blank, where that is the custom."""
    people = table("customers", "id:i first_name:t last_name:t")
    cards = table("cards", "id:i customer_id:i cardholder_name:t", keys="customer_id>customers")
    made = plan(people, cards, rows={"customers": 9, "cards": 20}, locale=locale)
    known = {row["id"]: row for row in sample(made, "customers", 9)}
    for card in sample(made, "cards", 20):
        assert card["cardholder_name"] == written.format(**known[card["customer_id"]])
