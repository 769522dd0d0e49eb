"""Rows of migrations are given rows: what fits the schema, without what the clock gave, after what is on purpose."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from catalog.errors import Refusal
from catalog.model import Catalog, Column, DataType, ForeignKey, Table, TableKind, TableName, Unique
from factories.given.choosing import choose
from factories.given.migrated import MOST_MIGRATED, Matched, Ran, fitting, migrated_rows
from factories.given.rows import GivenRows, Source
from factories.given.steadying import has_uuids, steady
from factories.proof.pools import Own
from tests.unit.factories.test_given import AUTHORS
from tests.unit.factories.test_plan import cells, name, plan

RAN = Ran(("0009",), datetime(2026, 3, 1, 12, 7, 30, tzinfo=UTC), datetime(2026, 3, 1, 12, 7, 40, tzinfo=UTC))
TOLD = replace(AUTHORS, source=Source.MIGRATIONS, told=str(RAN), places=tuple(f"row {n} of {RAN}" for n in (1, 2)))


def table(called: str, **columns: str) -> Table:
    made = [Column(n, DataType(base, base), place) for place, (n, base) in enumerate(columns.items(), 1)]
    return Table(TableName("public", called), TableKind.ORDINARY, tuple(made))


def catalog(*tables: Table) -> Catalog:
    return Catalog(180000, tables, ())


LANDS = table("lands", code="text", name="text")


def test_tables_that_hold_rows_are_taken_with_the_columns_of_both() -> None:
    """By the names of tables and columns; an empty table is nobody's business."""
    empty = table("orders", id="int4")
    found = fitting(catalog(LANDS, empty), catalog(LANDS, empty), {LANDS.name: 2, empty.name: 0})
    assert found.matched == (Matched(LANDS, ("code", "name")),)
    assert found.apart == ()


def test_what_does_not_fit_is_told() -> None:
    """Tables and columns that only one of the two has, or has as another kind, each in a clause."""
    gone, new = table("codes", id="int4"), table("levels", id="int4")
    here = table("lands", code="text", size="int4", vat="numeric")
    there = table("lands", code="text", size="text", iso3="text")
    counts = {there.name: 1, gone.name: 3}
    found = fitting(catalog(here, new), catalog(there, gone), counts)
    assert [keeping.columns for keeping in found.matched] == [("code",)]
    assert found.apart == (
        "the schema has no public.codes, into which the migrations insert 3 rows",
        "public.lands has no column iso3 in the schema: those values are left out",
        "public.lands has size as another type in the schema: derived instead",
        "public.lands has no column vat in the history: derived instead",
        "the history does not make 1 table of the schema (public.levels)",
    )


def test_tables_of_migration_tools_are_left_alone() -> None:
    """Their rows are facts about another database."""
    kept = table("alembic_version", version_num="varchar")
    assert fitting(catalog(LANDS), catalog(LANDS, kept), {kept.name: 1}, [kept.name]).apart == ()
    assert fitting(catalog(LANDS, kept), catalog(LANDS), {}, [kept.name]).apart == ()


def test_a_table_that_grew_big_is_seeded_as_any_other() -> None:
    """And it is said."""
    found = fitting(catalog(LANDS), catalog(LANDS), {LANDS.name: MOST_MIGRATED + 1})
    assert found.matched == ()
    assert found.apart == (
        "the migrations insert into public.lands 100001 rows, more than the 100000 that can be taken over: it is seeded"
        " as any other table",
    )


@pytest.mark.parametrize(
    ("base", "text", "clock"),
    [
        ("timestamptz", "2026-03-01 12:07:35.5+00", True),
        ("timestamptz", "2026-03-01 12:07:20+00", False),
        ("timestamptz", "2026-03-01 13:07:35+00", False),
        ("timestamp", "2026-03-01 12:07:31", True),
        ("timestamp", "2026-03-01 17:37:31.25", True),  # by a clock in Kolkata
        ("timestamp", "2026-03-01 04:07:31", True),  # by one in Los Angeles
        ("timestamp", "2026-03-01 17:38:31", False),
        ("timestamp", "2026-02-01 12:07:31", False),
        ("timestamp", "infinity", False),
        ("date", "2026-03-01", True),
        ("date", "2026-02-27", False),
        ("date", "0044-03-15 BC", False),
        ("text", "2026-03-01", False),
    ],
)
def test_what_the_clock_gave_is_left_open(base: str, text: str, clock: bool) -> None:
    """In whatever zone that clock is; what a migration says itself stays."""
    given = migrated_rows(Matched(table("t", id="int4", at=base), ("id", "at")), [("1", text), ("2", None)], RAN)
    assert given.column("at") == (Own.VALUE if clock else text, None)


def test_a_column_that_only_the_clock_filled_is_derived() -> None:
    """As if the history did not have it."""
    row = ("1", str(RAN.began + timedelta(seconds=1)))
    given = migrated_rows(Matched(table("t", id="int4", at="timestamptz"), ("id", "at")), [row], RAN)
    assert (given.columns, given.rows) == (("id",), (("1",),))
    assert given.places == ("row 1 of the application's migrations, at 0009",)


def test_rows_of_migrations_are_the_first_of_their_table() -> None:
    """As a fixture's are, and the plan says where they came from."""
    drawn = plan(given=(TOLD,))
    assert [row["id"] for row in cells(drawn, "authors")[:2]] == [3, 17]
    assert cells(drawn, "authors") == cells(plan(given=(AUTHORS,)), "authors")
    (authors,) = [table for table in drawn.tables if table.name == name("authors")]
    assert "the first 2 rows from the application's migrations, at 0009" in authors.notes


def test_what_is_given_on_purpose_goes_before_them() -> None:
    """A fixture, a count, an exclusion; in whatever order they are given."""
    fixture = AUTHORS.first(1)
    drawn = plan(given=(TOLD, fixture))
    (authors,) = [table for table in drawn.tables if table.name == name("authors")]
    assert "the first 1 row from authors.csv, before the application's migrations, at 0009" in authors.notes
    assert [row["id"] for row in cells(plan(given=(TOLD,), rows={"authors": 1}), "authors")] == [3]
    assert [len(cells(plan(given=(TOLD,), rows={"authors": n}), "authors")) for n in (0, 2, 9)] == [0, 2, 9]
    assert cells(plan(given=(TOLD,), exclude=("authors",)), "authors") == []


def test_a_row_that_the_schema_does_not_take_is_refused() -> None:
    """The sentence says whose row it is, and what goes before it."""
    twice = GivenRows(TOLD.table, ("email",), (("a@example.com",),) * 2, TOLD.places, Source.MIGRATIONS, TOLD.told)
    with pytest.raises(
        Refusal, match=r"row 2 of the application's migrations, at 0009: this cannot be a row of"
    ) as told:
        plan(given=(twice,))
    assert "Exclude the table, or write a fixture for it" in str(told.value)


def uuid(digit: str) -> str:
    return f"{digit * 8}-0000-4000-8000-000000000000"


def drawn_by(people: str, key: str) -> tuple[GivenRows, GivenRows]:
    """Two people whose ids are these digits, one id that is written down, and who holds which key."""
    named = zip("ab", people, strict=True)
    rows = [(uuid(digit), letter, uuid("9"), f"token {digit}") for letter, digit in named]
    first = replace(TOLD, table=PEOPLE.name, columns=("id", "name", "role", "token"), rows=tuple(sorted(rows)))
    held = ((uuid(people[0]), key), (uuid(people[1]), None))
    return first, replace(TOLD, table=KEYS.name, columns=("person", "key"), rows=tuple(sorted(held)))


PEOPLE = table("people", id="uuid", name="text", role="uuid", token="text")
KEYS = replace(
    table("keys", person="uuid", key="text"), foreign_keys=(ForeignKey("fk", ("person",), PEOPLE.name, ("id",)),)
)
BOTH = {PEOPLE.name: PEOPLE, KEYS.name: KEYS}


def test_uuids_that_are_drawn_by_chance_become_ones_that_stay() -> None:
    """Whatever was drawn, the rows are the same in the end, and keys still point where they did."""
    people, keys = steady(drawn_by("12", "x"), drawn_by("54", "x"), BOTH)
    assert (people, keys) == steady(drawn_by("87", "x"), drawn_by("36", "x"), BOTH)
    ids = dict(zip(people.column("name"), people.column("id"), strict=True))
    assert set(ids.values()).isdisjoint({uuid("1"), uuid("2")})
    assert set(keys.rows) == {(ids["a"], "x"), (ids["b"], None)}


def test_what_is_written_down_stays_and_other_chances_are_derived() -> None:
    """A uuid that both runs have is the migration's own; a token that differs is nobody's."""
    people, _ = steady(drawn_by("12", "x"), drawn_by("54", "x"), BOTH)
    assert people.column("role") == (uuid("9"), uuid("9"))
    assert people.columns == ("id", "name", "role")


def test_rows_without_uuids_are_left_as_they_are() -> None:
    """And need no second run."""
    assert not has_uuids([TOLD])
    assert steady([TOLD], [TOLD], {TOLD.table: LANDS}) == (TOLD,)


def lookup(called: str) -> Table:
    return replace(table(called, code="text"), uniques=(Unique("pk", ("code",), primary=True),))


ROLES, PERMISSIONS = lookup("roles"), lookup("permissions")
LINKS = replace(
    table("role_permissions", role="text", permission="text", note="text"),
    uniques=(Unique("pk", ("role", "permission"), primary=True),),
    foreign_keys=(
        ForeignKey("r", ("role",), ROLES.name, ("code",)),
        ForeignKey("p", ("permission",), PERMISSIONS.name, ("code",)),
    ),
)
STAFF = replace(
    table("staff", id="int4", role="text"),
    uniques=(Unique("pk", ("id",), primary=True),),
    foreign_keys=(ForeignKey("r", ("role",), ROLES.name, ("code",)),),
)


def left(of: Table, *rows: tuple[str, ...]) -> GivenRows:
    columns = tuple(column.name for column in of.columns)[: len(rows[0])]
    return GivenRows(of.name, columns, rows, tuple(f"row {row}" for row in rows), Source.MIGRATIONS, str(RAN))


def test_rows_that_link_lookups_are_all_rows_and_those_of_others_are_the_first() -> None:
    """Which role may do what is told by migrations; who works here is not told by the one account they make."""
    rows = (left(ROLES, ("boss",), ("help",)), left(PERMISSIONS, ("read",), ("write",)))
    given = (left(LINKS, ("boss", "read"), ("boss", "write"), ("help", "read")), left(STAFF, ("1", "boss")), *rows)
    shop = catalog(ROLES, PERMISSIONS, LINKS, STAFF)
    planned = {item.name: 20 for item in shop.tables}
    chosen = choose(shop, given, planned, {}, frozenset(), {})
    assert {item.table.name for item in chosen.values() if item.complete} == {
        "roles",
        "permissions",
        "role_permissions",
    }
    chosen = choose(shop, given, planned, {LINKS.name: 4}, frozenset(), {})
    assert not chosen[LINKS.name].complete
    chosen = choose(shop, given, planned, {ROLES.name: 5}, frozenset(), {})
    assert not chosen[LINKS.name].complete
