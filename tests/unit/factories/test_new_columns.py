"""What a new column moves: nothing if its name tells nothing, and else only what is said to agree with it."""

import re
from dataclasses import replace

import numpy
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from catalog.model import Column, DataType, ForeignKey, Table, TableName, TypeKind
from database.copy.copying import as_text
from factories.plan import SeedPlan
from tests.unit.factories.tables import KINDS, plan, table
from tests.unit.factories.test_agreeing import FILES, JOBS, ORDERS, PEOPLE, POSTS
from tests.unit.factories.test_repeating import SALES, TRIED

LABELS = ("draft", "active", "done")
TYPES = {
    **KINDS,
    "enum": DataType("mood", "mood", kind=TypeKind.ENUM, labels=LABELS),
    "varchar": DataType("character varying(8)", "varchar", length=8),
    "time": DataType("time without time zone", "time"),
    **{name: DataType(name, name) for name in ("jsonb", "uuid", "inet", "interval", "bytea", "int8", "timestamp")},
}
EVENTS = table("events", "id:i person_id:i occurred_at:m due_at:m? note:t? amount:n?", keys="person_id>people")
BARE = table("bare", "id:i person_id:i amount:n body:t reviewed_at:m? score:i", keys="person_id>people")
TABLES = {item.name.name: item for item in (ORDERS, JOBS, POSTS, PEOPLE, FILES, EVENTS, BARE, SALES, TRIED)}
LOOKED_AT = 12

MOMENT_NAMES = (
    "created_at", "updated_at", "deleted_at", "ended_at", "expires_at", "scheduled_at", "published_on", "occurred_on",
    "start_date", "check_out", "due_date", "last_seen", "valid_from", "valid_until", "approved_at", "seen_at",
)  # fmt: skip
BLORBS = (
    "extra_remark",
    "blorb_at",
    "fnord_date",
    "gizmo",
    "blorb_on",
    "is_blorb",
    "blorb_id",
    "Größe",
    "2nd",
    "select",
)
TELLS_NOTHING = some.text("bgjkqvwxz_", min_size=1, max_size=9).map("{}q".format) | some.sampled_from(BLORBS)

Cells = dict[tuple[str, str], list[str | None]]


def cells(drawn: SeedPlan) -> Cells:
    """The first values of every column."""
    found: Cells = {}
    for item in drawn.tables:
        frame = drawn.world.frame(item.name, numpy.arange(min(item.rows, LOOKED_AT), dtype=numpy.uint64))
        for column in drawn.writes[item.name]:
            found[item.name.name, column.name] = as_text(frame.column(column.name)).to_pylist()
    return found


def parents(of: Table) -> tuple[Table, ...]:
    """The tables that the table points at."""
    return tuple(TABLES[key.target.name] for key in of.foreign_keys)


KNOWN = {name: cells(plan(*parents(item), item, seed=7)) for name, item in TABLES.items()}


def moved(title: str, added: Column, place: int, *, key: str = "") -> set[str]:
    """The columns that had other values once the table got that one, as its `place`-th."""
    old = TABLES[title]
    columns = [replace(column) for column in old.columns if column.name != added.name]
    columns.insert(place % (len(columns) + 1), added)
    numbered = tuple(replace(column, position=at) for at, column in enumerate(columns, 1))
    keys = (ForeignKey("new_fkey", (added.name,), TableName("public", key), ("id",)),) if key else ()
    new = replace(old, columns=numbered, foreign_keys=(*old.foreign_keys, *keys))
    targets = {item.name: item for item in (*parents(old), *([TABLES[key]] if key else []))}
    before, after = KNOWN[title], cells(plan(*targets.values(), new, seed=7))
    return {column for (owner, column), values in before.items() if after[owner, column] != values} - {added.name}


@settings(max_examples=100)
@given(
    title=some.sampled_from(sorted(TABLES)),
    name=TELLS_NOTHING,
    kind=some.sampled_from(sorted(TYPES)),
    required=some.booleans(),
    place=some.integers(0, 30),
)
def test_a_column_whose_name_tells_nothing_moves_nothing(
    title: str, name: str, kind: str, required: bool, place: int
) -> None:
    """Whatever its type and its place in the table, and whether it may be NULL."""
    assert moved(title, Column(name, TYPES[kind], 1, not_null=required), place) == set()


@settings(max_examples=80)
@given(
    title=some.sampled_from(sorted(TABLES)),
    name=some.sampled_from(MOMENT_NAMES),
    kind=some.sampled_from(("m", "d", "timestamp")),
    required=some.booleans(),
    place=some.integers(0, 30),
)
def test_a_new_moment_moves_no_other(title: str, name: str, kind: str, required: bool, place: int) -> None:
    """Each moment has its place in the row's life, whichever others there are."""
    if not any(column.name == name for column in TABLES[title].columns):
        found = moved(title, Column(name, TYPES[kind], 1, not_null=required), place)
        assert {column for column in found if column.endswith(("_at", "_date", "_on"))} == set()


TELLING = {
    # what a new column of that name tells of the row, and so the columns that it may move
    "currency": r"amount|total",
    "tax": r"total|amount_due|amount_paid",
    "duration_ms": r"_at$",
    "status": r"_at$|_status$|^is_|succeeded|progress|error|reason|view_count|likes",
    "city": r"phone|currency|time_zone|state",
    "author_name": r"email|username|name",
    "last_name": r"name|email",
    "price": r"total|amount",
    "quantity": r"total|amount",
    "is_deleted": r"^$",
    "is_in_stock": r"^$",
    "path": r"^$",
    "product_name": r"slug",
    "title": r"slug",
    "description": r"^$",
    "email": r"^$",
    "country": r"phone|currency|time_zone",
    "url": r"^$",
    "version": r"^$",
    "position": r"^$",
    "notes": r"^$",
    "code": r"^$",
    "attempts": r"^$",
    "rating": r"^$",
    "token": r"^$",
    "started_at": r"duration|progress|is_",
    "latitude": r"^$",
}


@settings(max_examples=60)
@given(
    title=some.sampled_from(sorted(TABLES)),
    name=some.sampled_from(sorted(TELLING)),
    kind=some.sampled_from(sorted(TYPES)),
    required=some.booleans(),
)
@example(title="deliveries", name="status", kind="uuid", required=False)
@example(title="sales", name="currency", kind="varchar", required=False)
def test_a_telling_name_moves_only_what_agrees_with_it(title: str, name: str, kind: str, required: bool) -> None:
    """What the page on seeding says: values that another column of the row may tell, and no others."""
    if not any(column.name == name for column in TABLES[title].columns):
        found = moved(title, Column(name, TYPES[kind], 1, not_null=required), len(TABLES[title].columns))
        assert {column for column in found if not re.search(TELLING[name], column)} == set()


@settings(max_examples=20)
@given(
    title=some.sampled_from(sorted(TABLES)),
    key=some.sampled_from(("files", "people")),
    required=some.booleans(),
    place=some.integers(0, 30),
)
def test_a_new_foreign_key_moves_only_moments(title: str, key: str, required: bool, place: int) -> None:
    """A row is no older than its parents; where these tell no moment (`files`), nothing moves at all."""
    if key not in (title, *(other.target.name for other in TABLES[title].foreign_keys)):
        found = moved(title, Column("blorb_id", TYPES["i"], 1, not_null=required), place, key=key)
        follows = r"_at$|duration" if key == "people" else r"^$"
        assert {column for column in found if not re.search(follows, column)} == set()


@pytest.mark.parametrize("title", sorted(TABLES))
def test_a_table_that_is_pointed_at_keeps_its_values(title: str) -> None:
    """Also one in which events pile up, where moments lean to the present."""
    old, new = TABLES[title], table("zz_notes", "id:i about:i body:t", keys=f"about>{title}")
    after = cells(plan(*parents(old), old, new, seed=7))
    before = {cell: values[: len(after[cell])] for cell, values in KNOWN[title].items()}
    assert {cell: after[cell][: len(before[cell])] for cell in before} == before
