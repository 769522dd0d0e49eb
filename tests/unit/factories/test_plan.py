"""What a seed plan promises, on catalogs written by hand and an oracle that agrees with everything."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from catalog.errors import Refusal
from catalog.model import (
    Catalog,
    Check,
    Column,
    DataType,
    ForeignKey,
    Identity,
    Table,
    TableKind,
    TableName,
    TypeKind,
    Unique,
)
from database.shadow.oracle import Question, Values
from factories.plan import Profile, SeedPlan, SeedRequest, draw_up
from factories.sampling import digest, sample

ANCHOR = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
INTEGER = DataType("integer", "int4")
TEXT = DataType("text", "text")
MOMENT = DataType("timestamp with time zone", "timestamptz")
MONEY = DataType("numeric(10,2)", "numeric", precision=10, scale=2)
FLAG = DataType("boolean", "bool")
UUID = DataType("uuid", "uuid")
STATE = DataType("state", "state", TypeKind.ENUM, "public", labels=("new", "old"))


class Agreeable:
    """An oracle for schemas whose constraints are solved by their shape: it accepts every row."""

    def accepts(self, question: Question, rows: Sequence[Values]) -> tuple[bool, ...]:
        del question
        return (True,) * len(rows)

    def values(self, question: Question, rows: Sequence[Values]) -> tuple[str | None, ...]:
        del question
        return (None,) * len(rows)


def name(table: str) -> TableName:
    return TableName("public", table)


def columns(**kinds: DataType) -> tuple[Column, ...]:
    return tuple(Column(key, kind, place, not_null=True) for place, (key, kind) in enumerate(kinds.items(), 1))


def key(column: str, target: str, target_column: str = "id") -> ForeignKey:
    return ForeignKey(f"{column}_fkey", (column,), name(target), (target_column,))


def primary(*names: str) -> Unique:
    return Unique("_".join((*names, "pkey")), names, primary=True)


def table(title: str, fields: tuple[Column, ...], *uniques: Unique, **more: object) -> Table:
    return replace(Table(name(title), TableKind.ORDINARY, fields, uniques=uniques), **more)  # type: ignore[arg-type]  # Table's own fields


AUTHORS = table(
    "authors", columns(id=INTEGER, name=TEXT, email=TEXT, created_at=MOMENT), primary("id"), Unique("email", ("email",))
)
BOOKS = table(
    "books",
    columns(id=UUID, author_id=INTEGER, title=TEXT, price=MONEY, state=STATE, created_at=MOMENT, updated_at=MOMENT),
    primary("id"),
    foreign_keys=(key("author_id", "authors"),),
)
CREDITS = table(
    "credits",
    columns(author_id=INTEGER, book_id=UUID, share=INTEGER),
    primary("author_id", "book_id"),
    foreign_keys=(key("author_id", "authors"), key("book_id", "books")),
)
SHELF = Catalog(180000, (AUTHORS, BOOKS, CREDITS), ())


def plan(catalog: Catalog = SHELF, **asked: object) -> SeedPlan:
    request = SeedRequest(seed=1, anchor=ANCHOR)
    return draw_up(catalog, replace(request, **asked), Agreeable())  # type: ignore[arg-type]  # SeedRequest's own fields


def cells(drawn: SeedPlan, title: str, rows: int = 10_000) -> list[dict[str, object]]:
    return list(sample(drawn, title, rows))


def test_the_same_request_gives_the_same_bytes() -> None:
    """Two plans of one request are equal to the last byte; another seed gives other bytes."""
    one, other, third = plan(), plan(), plan(seed=2)
    assert digest(one, name("books")) == digest(other, name("books")) != digest(third, name("books"))


@given(some.integers(1, 500))
@settings(max_examples=15, deadline=None)
def test_chunks_of_any_size_give_the_same_bytes(size: int) -> None:
    """Rows do not depend on the rows that are computed beside them."""
    drawn = plan()
    assert digest(drawn, name("books"), chunk_rows=size) == digest(drawn, name("books"))


def test_a_new_column_and_a_new_table_change_no_other_cell() -> None:
    """Next week's column leaves every existing cell as it was."""
    wider = replace(BOOKS, columns=(*BOOKS.columns, Column("subtitle", TEXT, 9, not_null=True)))
    extra = table("shelves", columns(id=INTEGER, name=TEXT), primary("id"))
    before = cells(plan(), "books")
    after = cells(plan(Catalog(180000, (AUTHORS, CREDITS, extra, wider), ())), "books")
    assert [{key: row[key] for key in before[0]} for row in after] == before


def test_more_rows_extend_and_never_reshuffle() -> None:
    """With as many parents, the first rows of a longer table are those of the shorter one."""
    short, long = cells(plan(rows={"books": 50}), "books"), cells(plan(rows={"books": 200}), "books")
    assert long[:50] == short
    assert len(long) == 200


def test_moments_run_forward_and_end_at_the_anchor() -> None:
    """A book is never older than its author, never updated before it was made, and nothing lies ahead."""
    drawn = plan()
    born = {row["id"]: row["created_at"] for row in cells(drawn, "authors")}
    for row in cells(drawn, "books"):
        assert born[row["author_id"]] <= row["created_at"] <= row["updated_at"] <= ANCHOR  # type: ignore[operator]  # moments


def test_keys_are_unique_and_find_their_parents() -> None:
    """Every primary key is new, every foreign key leads to a row, composite keys repeat no pair."""
    drawn = plan(rows={"credits": 3000})
    authors, books = cells(drawn, "authors"), cells(drawn, "books")
    pairs = [(row["author_id"], row["book_id"]) for row in cells(drawn, "credits")]
    assert len({row["email"] for row in authors}) == len(authors)
    assert len(set(pairs)) == len(pairs) == min(3000, len(authors) * len(books))
    assert {pair[0] for pair in pairs} <= {row["id"] for row in authors}
    assert {pair[1] for pair in pairs} <= {row["id"] for row in books}


def test_addresses_lead_nowhere() -> None:
    """Every e-mail address is at a domain reserved for examples."""
    assert all(str(row["email"]).endswith("@example.com") for row in cells(plan(), "authors"))


def test_a_few_parents_own_more_than_the_rest() -> None:
    """Children lean towards some parents."""
    drawn = plan(rows={"authors": 100, "books": 4000})
    books = Counter(row["author_id"] for row in cells(drawn, "books"))
    owners = sorted(books[n] for n in range(1, 101))
    assert owners[-1] > 1.5 * owners[50]


def test_counts_are_capped_with_the_reason() -> None:
    """Where a key has few values, the table has as many rows, and the plan says which constraint it was."""
    settings_table = table("settings", columns(lit=FLAG, note=TEXT), primary("lit"))
    found = plan(Catalog(180000, (settings_table,), ()))
    assert (found.tables[0].rows, "lit_pkey" in found.tables[0].reason) == (2, True)


def test_a_required_key_to_an_empty_table_empties_the_child() -> None:
    """A table forced empty takes with it what must point at it, and the reason names both."""
    found = plan(rows={"authors": 0})
    books = next(item for item in found.tables if item.name == name("books"))
    assert books.rows == 0
    assert "author_id" in books.reason
    assert "public.authors" in books.reason
    with pytest.raises(Refusal, match="cannot be seeded"):
        plan(rows={"authors": 0}, strict=True)


@pytest.mark.parametrize("rows", [{"books": -1}, {"books": 10**15}, {"boks": 5}])
def test_absurd_requests_are_refused(rows: dict[str, int]) -> None:
    """A negative count, an absurd one, and a table that does not exist are each a refusal."""
    with pytest.raises(Refusal, match=next(iter(rows))):
        plan(rows=rows)


def test_an_anchor_needs_a_zone_and_a_zone_a_name() -> None:
    """An anchor without a zone, and a zone nobody knows, are refused."""
    with pytest.raises(Refusal, match="anchor"):
        plan(anchor=ANCHOR.replace(tzinfo=None))
    with pytest.raises(Refusal, match="Atlantis"):
        plan(time_zone="Atlantis")


def test_an_unknown_type_is_left_out_or_tried_with_the_reason() -> None:
    """A nullable column of an unknown type is NULL; for a required one values are tried."""
    odd = DataType("quaternion", "quaternion", schema="public")
    loose = Table(name("loose"), TableKind.ORDINARY, (Column("id", INTEGER, 1), Column("q", odd, 2)))
    tight = Table(name("tight"), TableKind.ORDINARY, (Column("q", odd, 1, not_null=True),))
    found = plan(Catalog(180000, (loose, tight), ()))
    assert found.tables[0].rows > 0
    assert "quaternion" in found.tables[0].columns[-1].generator
    assert (found.tables[1].rows > 0, "quaternion" in found.tables[1].columns[0].reason) == (True, True)


def test_bounds_of_checks_are_kept_by_shape() -> None:
    """Bounds and order between columns are kept without asking anybody."""
    rules = (
        Check("low", ("n",), "((n >= 10) AND (n < 13))"),
        Check("part", ("part", "n"), "(part <= n)"),
        Check("word", ("word",), "(word = ANY (ARRAY['a'::text, 'b'::text]))"),
        Check("late", ("ends_on", "starts_on"), "(ends_on > starts_on)"),
    )
    day = DataType("date", "date")
    bounded = table("bounded", columns(n=INTEGER, part=INTEGER, word=TEXT, starts_on=day, ends_on=day), checks=rules)
    for row in cells(plan(Catalog(180000, (bounded,), ())), "bounded"):
        assert 10 <= row["n"] < 13  # type: ignore[operator]  # a number
        assert row["part"] <= row["n"]  # type: ignore[operator]  # numbers
        assert row["word"] in ("a", "b")
        assert row["ends_on"] > row["starts_on"]  # type: ignore[operator]  # dates


def test_tenants_agree() -> None:
    """Keys that share a column point at rows of one tenant, also for the table's own parent rows."""
    orgs = table("orgs", columns(id=INTEGER), primary("id"))
    users = table(
        "users", columns(org_id=INTEGER, id=INTEGER), primary("org_id", "id"), foreign_keys=(key("org_id", "orgs"),)
    )
    both = ("org_id", "user_id"), ("org_id", "parent_id")
    tasks = table(
        "tasks",
        (*columns(org_id=INTEGER, id=INTEGER, user_id=INTEGER), Column("parent_id", INTEGER, 4)),
        primary("org_id", "id"),
        foreign_keys=(
            key("org_id", "orgs"),
            ForeignKey("user", both[0], name("users"), ("org_id", "id")),
            ForeignKey("parent", both[1], name("tasks"), ("org_id", "id")),
        ),
    )
    drawn = plan(Catalog(180000, (orgs, users, tasks), ()), profile=Profile.UAT)
    known = {(row["org_id"], row["id"]) for row in cells(drawn, "users")}
    rows = cells(drawn, "tasks")
    own = {(row["org_id"], row["id"]) for row in rows}
    assert len(own) == len(rows) > 20
    assert {(row["org_id"], row["user_id"]) for row in rows} <= known
    parents = {(row["org_id"], row["parent_id"]) for row in rows if row["parent_id"] is not None}
    assert parents
    assert parents <= own


@given(some.integers(2, 40), some.integers(2, 40), some.integers(1, 400))
@settings(max_examples=25, deadline=None)
def test_pairs_never_repeat_whatever_the_counts(left: int, right: int, asked: int) -> None:
    """A junction takes each pair once and is capped at their number."""
    one, two = table("one", columns(id=INTEGER), primary("id")), table("two", columns(id=INTEGER), primary("id"))
    both = table(
        "both",
        columns(a=INTEGER, b=INTEGER),
        primary("a", "b"),
        foreign_keys=(key("a", "one"), key("b", "two")),
    )
    drawn = plan(Catalog(180000, (one, two, both), ()), rows={"one": left, "two": right, "both": asked})
    found = [(row["a"], row["b"]) for row in cells(drawn, "both")]
    assert len(found) == len(set(found)) == min(asked, left * right)


def test_circles_of_required_keys_are_no_obstacle() -> None:
    """Two tables that point at each other are both filled."""
    hens = table("hens", columns(id=INTEGER, egg_id=INTEGER), primary("id"), foreign_keys=(key("egg_id", "eggs"),))
    eggs = table("eggs", columns(id=INTEGER, hen_id=INTEGER), primary("id"), foreign_keys=(key("hen_id", "hens"),))
    drawn = plan(Catalog(180000, (hens, eggs), ()))
    ids = {row["id"] for row in cells(drawn, "eggs")}
    assert {row["egg_id"] for row in cells(drawn, "hens")} <= ids


def test_identity_columns_count_from_one() -> None:
    """A sequence's column is written as 1, 2, 3, ..., so that the sequence can go on from there."""
    column = Column("id", DataType("bigint", "int8"), 1, not_null=True, identity=Identity.ALWAYS)
    rows = cells(plan(Catalog(180000, (table("t", (column,), primary("id")),), ())), "t")
    assert all(after["id"] - before["id"] == 1 for before, after in pairwise(rows))  # type: ignore[operator]  # numbers
    assert rows[0]["id"] == 1
