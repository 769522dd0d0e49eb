"""Within a row, columns agree: what a status says has happened, sums add up, moments are in order, names are one."""

import re
from dataclasses import replace
from datetime import timedelta

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from catalog.model import Check, DataType, TypeKind
from factories.proof.sieve import Sieve
from factories.values.vocabulary import latin, pool
from tests.unit.factories.tables import ANCHOR, plan, rows, table

ORDERS = table(
    "orders",
    "id:i status:t quantity:i unit_price:n subtotal:n discount:n tax_rate:n tax_amount:n shipping_cost:n total:n "
    "amount_paid:n amount_due:n paid_at:m? shipped_at:m? delivered_at:m? cancelled_at:m? cancellation_reason:t? "
    "is_paid:b created_at:m updated_at:m? deleted_at:m? is_deleted:b",
)
JOBS = table(
    "jobs",
    "id:i status:t progress:i attempts:i max_attempts:i queued_at:m started_at:m? finished_at:m? duration_ms:i? "
    "error_message:t? failed_at:m? created_at:m",
)
POSTS = table(
    "posts", "id:i title:t slug:t status:t published_at:m? is_published:b view_count:i likes:i", unique="slug"
)
PEOPLE = table(
    "people",
    "id:i first_name:t last_name:t full_name:t email:t username:t birth_date:d age:i city:t region:t country:t "
    "country_code:t postal_code:t latitude:f longitude:f time_zone:t currency:t phone:t shipping_city:t "
    "shipping_country:t company_name:t website:t domain:t created_at:m",
    unique="email username",
)
FILES = table("files", "id:i file_name:t mime_type:t extension:t size_bytes:i user_agent:t browser:t os:t")


def number(value: object) -> float:
    return float(value)  # type: ignore[arg-type]  # a number of some kind


def cents(value: object) -> int:
    return round(number(value) * 100)


def test_moments_and_flags_say_what_the_status_says() -> None:
    """What is not paid has no moment of payment; what is shipped was paid; what is cancelled says why."""
    found = rows(ORDERS)
    assert len({row["status"] for row in found}) > 4
    for row in found:
        status = row["status"]
        assert row["is_paid"] == (row["paid_at"] is not None)
        assert row["is_deleted"] == (row["deleted_at"] is not None)
        assert (row["delivered_at"] is not None) == (status in ("delivered", "completed"))
        assert (row["cancelled_at"] is not None) == (status == "cancelled")
        assert (row["cancellation_reason"] is not None) == (status == "cancelled")
        assert status != "pending" or (row["paid_at"], row["shipped_at"]) == (None, None)


def test_moments_are_in_order() -> None:
    """Created before paid, paid before shipped, shipped before delivered; nothing ahead of the anchor."""
    for row in rows(ORDERS):
        told = [row[name] for name in ("created_at", "paid_at", "shipped_at", "delivered_at") if row[name]]
        assert told == sorted(told)  # type: ignore[type-var]  # moments
        assert row["updated_at"] is None or row["created_at"] <= row["updated_at"] <= ANCHOR  # type: ignore[operator]  # moments


def test_jobs_tell_how_they_went() -> None:
    """Only failed ones have an error; the duration is what lies between start and end; done is 100 percent."""
    for row in rows(JOBS):
        failed = row["status"] == "failed"
        assert (row["error_message"] is not None) == failed
        assert (row["failed_at"] is not None) == failed
        assert (row["started_at"] is not None) == (row["status"] != "queued")
        assert row["status"] != "succeeded" or row["progress"] == 100
        assert row["status"] != "queued" or row["progress"] == 0
        assert number(row["attempts"]) <= number(row["max_attempts"])
        if row["duration_ms"] is not None:
            assert timedelta(milliseconds=number(row["duration_ms"])) == row["finished_at"] - row["started_at"]  # type: ignore[operator]  # moments
            assert number(row["duration_ms"]) < 600_000


def test_what_is_not_published_has_no_readers() -> None:
    """Views and likes are zero unless the post is out, and the slug is the title's."""
    found = rows(POSTS)
    for row in found:
        assert row["is_published"] == (row["published_at"] is not None)
        assert row["is_published"] or (row["view_count"], row["likes"]) == (0, 0)
        assert row["slug"] == re.sub("[^a-z0-9]+", "-", str(row["title"]).lower()).strip("-")
    assert len({row["slug"] for row in found}) == len(found)
    assert any(number(row["view_count"]) > 0 for row in found)


def test_a_person_is_one_person() -> None:
    """Full name, address and user name are made of first and last name; the age is the birth date's."""
    found = rows(PEOPLE)
    for row in found:
        first, last = str(row["first_name"]), str(row["last_name"])
        assert row["full_name"] == f"{first} {last}"
        assert row["email"] == f"{first}.{last}@example.com".lower()
        assert row["username"] == f"{first}_{last}".lower()
        born = row["birth_date"]
        assert int(number(row["age"])) == (ANCHOR.date() - born).days * 10_000 // 3_652_425  # type: ignore[operator]  # dates
        assert str(row["domain"]) in str(row["website"])
    assert len({row["email"] for row in found}) == len(found)


def test_a_place_is_one_place_and_each_prefix_has_its_own() -> None:
    """A city has one region, country, postcode, time zone and currency; shipping goes elsewhere."""
    found = rows(PEOPLE)
    about = ("region", "country", "country_code", "postal_code", "latitude", "longitude", "time_zone", "currency")
    seen: dict[object, tuple[object, ...]] = {}
    for row in found:
        here = tuple(row[name] for name in about)
        assert seen.setdefault(row["city"], here) == here
    assert any(row["city"] != row["shipping_city"] for row in found)
    known = {row["city"]: row["country"] for row in found}
    assert all(known.get(row["shipping_city"], row["shipping_country"]) == row["shipping_country"] for row in found)


def test_a_country_that_a_key_names_has_its_cities() -> None:
    """Where the country is a foreign key, the row's city lies there, and the country's name is its code's."""
    countries = table("countries", "id:t name:t currency:t")
    cities = table("cities", "id:i country_code:t name:t time_zone:t", keys="country_code>countries")
    zones = {"DE": "Europe/Berlin", "GB": "Europe/London", "FR": "Europe/Paris", "JP": "Asia/Tokyo"}
    for row in rows(countries, cities):
        assert row["time_zone"] == zones.get(str(row["country_code"]), row["time_zone"])
    for row in rows(countries):
        assert row["name"] == {"DE": "Germany", "NL": "Netherlands"}.get(str(row["id"]), row["name"])


def test_files_and_browsers_are_of_one_kind() -> None:
    """The name's ending is the extension, the type is the ending's, and the agent's browser is the browser."""
    types = {"jpg": "image/jpeg", "png": "image/png", "pdf": "application/pdf", "csv": "text/csv"}
    for row in rows(FILES):
        assert str(row["file_name"]).endswith(f".{row['extension']}")
        assert row["mime_type"] == types.get(str(row["extension"]), row["mime_type"])
        assert str(row["browser"]).replace("Edge", "Edg") in str(row["user_agent"])


def test_children_go_by_their_parents() -> None:
    """A payment has its account's currency, a line its product's price, and neither is older than its parents."""
    accounts = table("accounts", "id:i currency:t created_at:m")
    products = table("products", "id:i name:t price:n created_at:m")
    lines = table(
        "lines",
        "id:i account_id:i product_id:i currency:t price:n created_at:m",
        keys="account_id>accounts product_id>products",
    )
    owners = {row["id"]: row for row in rows(accounts, products, lines, of="accounts", rows={})}
    wares = {row["id"]: row for row in rows(accounts, products, lines, of="products", rows={})}
    for row in rows(accounts, products, lines):
        owner, ware = owners[row["account_id"]], wares[row["product_id"]]
        assert (row["currency"], row["price"]) == (owner["currency"], ware["price"])
        assert row["created_at"] >= max(owner["created_at"], ware["created_at"])  # type: ignore[call-overload]  # moments


def test_a_new_slug_or_constraint_changes_no_title() -> None:
    """Next week's unique slug, unique address, and a column about something else leave what was there as it was."""
    before = rows(table("posts", "id:i title:t author_name:t author_email:t status:t city:t"))
    wider = "id:i title:t author_name:t author_email:t status:t city:t slug:t note:t?"
    after = rows(table("posts", wider, unique="slug author_email title"))
    assert [{name: row[name] for name in before[0]} for row in after] == before


def test_the_team_says_what_a_column_holds() -> None:
    """A column that is called otherwise in the settings is made, and agrees with others, as its other name says."""
    odd = table("odd", "id:i kd_mail:t kd_nr:t f1:t f2:t", unique="kd_mail")
    names = (("kd_mail", "email"), ("odd.kd_nr", "order number"), ("f1", "first name"), ("f2", "last name"))
    for row in rows(odd, names=names):
        assert row["kd_mail"] == f"{row['f1']}.{row['f2']}@example.com".lower()
        assert str(row["kd_nr"]).startswith("SO-")


def test_a_check_goes_before_a_name() -> None:
    """Where a CHECK lists the values or bounds them, the name's meaning gives way."""
    rules = (
        Check("s", ("status",), "(status = ANY (ARRAY['x'::text, 'y'::text]))"),
        Check("a", ("age",), "(age >= 90)"),
    )
    for row in rows(table("odd", "id:i status:t age:i birth_date:d", checks=rules)):
        assert row["status"] in ("x", "y")
        assert number(row["age"]) >= 90


@pytest.mark.parametrize(
    ("columns", "check"),
    [
        ("clicks:i? impressions:i?", ("impressions", "clicks")),
        ("views:i? open_count:i? price:i?", ("views", "open_count")),
        ("clicks:i? conversions:i? impressions:i?", ("impressions", "conversions")),
    ],
)
def test_a_check_goes_before_a_funnel(columns: str, check: tuple[str, str]) -> None:
    """Where a CHECK makes the first step a part of a later one, the later one is no part of the first."""
    drawn = plan(table("things", columns, checks=(Check("c", check, f"({check[0]} <= {check[1]})"),)))
    frame = drawn.world.frame(drawn.tables[0].name, numpy.arange(200, dtype=numpy.uint64))
    smaller, larger = (frame.column(name).to_pylist() for name in check)
    assert all(s is None or t is None or s <= t for s, t in zip(smaller, larger, strict=True))


NAMES = """
status paid_at is_paid total subtotal tax tax_rate discount quantity unit_price price price_cents list_price cost amount
fee net amount_paid amount_due line_total title slug name email username first_name last_name error_message failed_at
deleted_at is_deleted is_active started_at ended_at duration_seconds views published_at age birth_date currency country
city progress rate clicks impressions open_count refunded_amount banned_at ban_reason
"""

COLUMNS = some.lists(
    some.tuples(some.sampled_from(NAMES.split()), some.sampled_from("itbmdnf")),
    min_size=2,
    max_size=14,
    unique_by=lambda pair: pair[0],
)


@given(COLUMNS, some.data())
@settings(max_examples=60, deadline=None)
def test_no_two_columns_look_at_each_other(columns: list[tuple[str, str]], data: some.DataObject) -> None:
    """Whatever columns a table has, of whatever types, and whatever CHECKs order them, every cell can be computed."""
    numbers = [name for name, kind in columns if kind in "in"]
    pairs = (
        data.draw(some.lists(some.tuples(some.sampled_from(numbers), some.sampled_from(numbers)), max_size=3))
        if numbers
        else []
    )
    checks = tuple(
        Check(f"c{n}", pair, f"({pair[0]} <= {pair[1]})") for n, pair in enumerate(pairs) if pair[0] != pair[1]
    )
    drawn = plan(table("things", " ".join(f"{name}:{kind}?" for name, kind in columns), checks=checks))
    frame = drawn.world.frame(drawn.tables[0].name, numpy.arange(20, dtype=numpy.uint64))
    for name, _ in columns:
        assert len(frame.column(name)) == 20


def test_a_japanese_address_spells_the_name_beside_it() -> None:
    """The family names and their spellings stand in the same order."""
    spelled = dict(zip(pool("last name", "ja_JP"), latin("last name", "ja_JP"), strict=True))
    known = {"佐々木": "sasaki", "中島": "nakajima", "山本": "yamamoto", "鈴木": "suzuki", "遠藤": "endo"}
    assert {name: spelled[name] for name in known} == known


FOLDERS = table("folders", "id:i parent_id:i? name:t depth:i level:i", keys="parent_id>folders")


def test_the_depth_of_a_row_is_counted_along_its_parents() -> None:
    """The first row of a tree is at depth 0, on level 1; every other one is one deeper than its parent."""
    found = {row["id"]: row for row in rows(FOLDERS)}
    assert len({row["depth"] for row in found.values()}) > 2
    for row in found.values():
        above = found.get(row["parent_id"])
        assert row["depth"] == (number(above["depth"]) + 1 if above else 0)
        assert row["level"] == number(row["depth"]) + 1


def test_the_depth_is_counted_along_the_parents_that_passed_a_sieve() -> None:
    """Where not all numbers of a tree fit, parents are told by their numbers, not by the rows these have become."""
    drawn = plan(FOLDERS, rows={"folders": 300})
    made = drawn.world.tables[FOLDERS.name]
    kept = numpy.array([number for number in range(600) if number % 3], dtype=numpy.int64)
    drawn.world.put(replace(made, rows=len(kept), sieve=Sieve(kept, 4)))
    frame = drawn.world.frame(FOLDERS.name, numpy.arange(len(kept), dtype=numpy.uint64))
    ids, above, depths = (frame.column(name).to_pylist() for name in ("id", "parent_id", "depth"))
    found = dict(zip(ids, depths, strict=True))
    assert max(depths) > 2
    assert depths == [0 if parent is None else found[parent] + 1 for parent in above]


def test_a_card_is_told_of_what_is_paid_by_card_alone() -> None:
    """Brand, last digits and expiry hang on the way of paying, and so does an account."""
    paid = table("payments", "id:i method:t card_brand:t? card_last4:t? card_exp_month:i? iban:t? amount:n")
    found = rows(paid)
    assert len({row["method"] for row in found}) > 2
    for row in found:
        card = (row["card_brand"], row["card_last4"], row["card_exp_month"])
        assert (None not in card) if row["method"] == "card" else card == (None, None, None)
        assert (row["iban"] is not None) == (row["method"] == "bank_transfer")


def test_kinds_of_things_are_listed_once_and_slugs_say_their_names() -> None:
    """No two plans have one name; a slug is the name even where nothing asks for it to be unique."""
    names = [row["name"] for row in rows(table("plans", "id:i name:t price:n"))]
    assert len(set(names)) == len(names)
    for row in rows(table("tags", "id:i name:t slug:t")):
        assert row["slug"] == re.sub("[^a-z0-9]+", "-", str(row["name"]).lower()).strip("-")


def test_a_gender_goes_with_the_first_name() -> None:
    """Nobody is called Robert and a woman, whether a pool, a CHECK or an enum lists the words."""
    people = table("persons", "id:i first_name:t gender:t sex:t salutation:t")
    listed = DataType("sexes", "sexes", kind=TypeKind.ENUM, labels=("M", "F", "X"))
    columns = tuple(replace(c, type=listed) if c.name == "sex" else c for c in people.columns)
    women, men = pool("a woman's name"), pool("a man's name")
    found = rows(replace(people, columns=columns), count=300)
    assert {row["gender"] for row in found} == {"female", "male", "diverse"}
    for row in found:
        if row["first_name"] in women:
            assert {row["gender"], row["sex"], row["salutation"]}.isdisjoint({"male", "M", "Mr"})
        if row["first_name"] in men:
            assert {row["gender"], row["sex"], row["salutation"]}.isdisjoint({"female", "F", "Ms", "Mrs"})


def test_a_private_address_is_another_than_the_one_at_work() -> None:
    """The same person's, at another domain."""
    for row in rows(table("staff", "id:i first_name:t last_name:t work_email:t personal_email:t")):
        work, private = str(row["work_email"]), str(row["personal_email"])
        assert work != private
        assert work.partition("@")[0] == private.partition("@")[0]


@pytest.mark.parametrize(("name", "signs"), [("final_grade", 2), ("letter_grade", 1)])
def test_a_letter_goes_with_the_marks(name: str, signs: int) -> None:
    """Whoever has more percent has no worse letter, and some have a good one."""
    plain = table("enrollments", f"id:i percentage:n {name}:t")
    kind = DataType(f"varchar({signs})", "varchar", length=signs)
    found = rows(replace(plain, columns=(*plain.columns[:2], replace(plain.columns[2], type=kind))))
    best = sorted(found, key=lambda row: -float(str(row["percentage"])))
    letters = [str(row[name])[:1] for row in best]
    assert letters == sorted(letters)
    assert {"A", "F"} <= set(letters)


def test_a_grade_of_pay_is_no_mark() -> None:
    """Also where an employee has a score."""
    found = rows(table("employees", "id:i score:i grade:t"))
    assert not {str(row["grade"]) for row in found} & set("ABCDF")
