"""The team's own factories: what they declare is what is seeded, and what cannot stand is refused in a sentence."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from catalog.errors import Refusal
from catalog.model import Catalog, Check, DataType, Exclusion, ForeignKey, Table, TableKind, TableName, TypeKind, Unique
from catalog.model import Column as TableColumn
from database.shadow.oracle import Insertion, Question, Reception, Values
from factories import Choice, Column, Made, ParentRow, Row, RowNumber, Same, TableFactory, Tagged, Words
from factories.given.rows import GivenRows, Source
from factories.keys.picks import Skewed
from factories.plan import SeedPlan, SeedRequest, draw_up
from factories.sampling import digest, sample
from factories.values.coded import Coded
from factories.written.declare import stand_together

ANCHOR = datetime(2026, 3, 1, tzinfo=UTC)
INTEGER, TEXT, FLAG = DataType("integer", "int4"), DataType("text", "text"), DataType("boolean", "bool")
CODE = DataType("character varying(6)", "varchar", length=6)
STATE = DataType("state", "state", TypeKind.ENUM, "public", labels=("new", "used"))
JSON, ID = DataType("jsonb", "jsonb"), DataType("uuid", "uuid")
ODD = DataType("quaternion", "quaternion", schema="public")
ORDERS = TableName("sales", "orders")


def columns(**kinds: DataType) -> tuple[TableColumn, ...]:
    return tuple(TableColumn(key, kind, n, not_null=True) for n, (key, kind) in enumerate(kinds.items(), 1))


CUSTOMERS = Table(
    TableName("sales", "customers"),
    TableKind.ORDINARY,
    columns(id=INTEGER, name=TEXT),
    uniques=(Unique("customers_pkey", ("id",), primary=True),),
)
TABLE = Table(
    ORDERS,
    TableKind.ORDINARY,
    (
        *columns(id=ID, code=CODE, state=STATE, customer_id=INTEGER, amount=INTEGER),
        TableColumn("extra", JSON, 6),
        TableColumn("note", TEXT, 7),
    ),
    uniques=(Unique("orders_pkey", ("id",), primary=True), Unique("orders_code_key", ("code",))),
    checks=(Check("amount_check", ("amount",), "small(amount)"),),
    foreign_keys=(ForeignKey("customer_fkey", ("customer_id",), CUSTOMERS.name, ("id",)),),
)
CATALOG = Catalog(180000, (CUSTOMERS, TABLE), ())


@dataclass
class Small:
    """An oracle for which a CHECK that calls `small` takes numbers below 100, and everything else is fine."""

    def accepts(self, question: Question, rows: Sequence[Values]) -> tuple[bool, ...]:
        asked = "small" in question.expression
        return tuple(not asked or len(row[0] or "") < 3 for row in rows)

    def values(self, question: Question, rows: Sequence[Values]) -> tuple[str | None, ...]:
        del question
        return (None,) * len(rows)

    def trial(self, table: TableName, columns: Sequence[tuple[str, DataType]]) -> AbstractContextManager["Small"]:
        del table, columns
        return nullcontext(self)

    def rehearse(self, insertions: Sequence[Insertion]) -> tuple[Reception, ...]:
        del insertions
        return ()

    def aside(self) -> AbstractContextManager[None]:
        return nullcontext()

    def put(self, insertion: Insertion) -> None:
        del insertion

    def takes(self, rows: Sequence[Values]) -> list[int]:
        return list(range(len(rows)))


def plan(*factories: type[TableFactory], catalog: Catalog = CATALOG, rows: int = 40, strict: bool = False) -> SeedPlan:
    request = SeedRequest(seed=1, anchor=ANCHOR, rows={"orders": rows}, factories=factories, strict=strict)
    return draw_up(catalog, request, Small())


def orders(drawn: SeedPlan, rows: int = 10_000) -> tuple[dict[str, object], ...]:
    return sample(drawn, ORDERS, rows)


def cheap(row: Row) -> int:
    return row.random.randrange(100)


def described(row: Row) -> dict[str, object] | None:
    return {"number": row.number, "state": row["state"]} if row.number % 3 else None


class OrderFactory(TableFactory):
    class Meta:
        table = "sales.orders"
        rows = {"uat": 30, "smoke": 3}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    id = Column(Made(lambda row: UUID(int=row.number)))
    code = Column(Made(lambda row: f"C{row.number:05}", label="running code"))
    state = Column(Choice(("used",)))
    customer_id = ParentRow(Skewed, "customers")
    amount = Column(Made(cheap))
    extra = Column(Made(described))


def test_what_is_declared_is_seeded_and_the_rest_is_derived() -> None:
    """Declared columns hold what the factory gives, the others are still derived, and the plan says which is which."""
    drawn = plan(OrderFactory)
    rows = orders(drawn)
    assert [row["code"] for row in rows[:2]] == ["C00000", "C00001"]
    assert {row["state"] for row in rows} == {"used"}
    assert rows[4]["extra"] == '{"number": 4, "state": "used"}'
    assert rows[3]["extra"] is None
    assert {row["customer_id"] for row in rows} <= {row["id"] for row in sample(drawn, CUSTOMERS.name, 10_000)}
    assert any(row["note"] for row in rows)
    told = {column.name: column for table in drawn.tables if table.name == ORDERS for column in table.columns}
    assert (told["code"].generator, told["code"].reason) == ("running code", "declared by OrderFactory")
    assert "declared" not in told["note"].reason


def test_texts_of_few_variants_stay_so() -> None:
    """Each is looked at once, and not in every row."""
    frame = plan(OrderFactory).world.frame(ORDERS, numpy.arange(5, dtype=numpy.uint64))
    found = frame.text("state")
    assert isinstance(found, Coded)
    assert found.variants == ("used",)


def test_a_factory_says_how_many_rows_unless_the_settings_do() -> None:
    """The profile's count of the factory holds; a count that was asked for goes before it."""
    unasked = draw_up(CATALOG, SeedRequest(seed=1, anchor=ANCHOR, factories=(OrderFactory,)), Small())
    assert len(orders(unasked)) == 30
    assert len(orders(plan(OrderFactory))) == 40


@given(some.integers(0, 39), some.integers(1, 40))
@settings(max_examples=40, deadline=None)
def test_one_row_built_is_that_row_of_every_batch(number: int, chunk: int) -> None:
    """Row n of the factory is row n of the plan, derived columns and JSON included, whatever the chunks."""
    assert OrderFactory.build(_row=number, _world=DRAWN.world) == ROWS[number]
    assert digest(DRAWN, ORDERS, chunk_rows=chunk) == WHOLE


DRAWN = plan(OrderFactory)
ROWS, WHOLE = orders(DRAWN), digest(DRAWN, ORDERS)


def test_a_factory_builds_rows_without_a_plan() -> None:
    """What is declared can be had in a test of the team's own, one row at a time, a value overridden."""
    built = OrderFactory.build(_row=7, state="new")
    assert (built["code"], built["state"], built["id"]) == ("C00007", "new", UUID(int=7))
    assert built["customer_id"] is None  # no factory here is for customers


def test_factories_that_stand_together_find_their_parents() -> None:
    """Without a plan, a row's parent is a row of the other factory, chosen as the pick says."""

    class CustomerFactory(TableFactory):
        class Meta:
            table = "sales.customers"

        id = Column(RowNumber(100))

    class ChildFactory(TableFactory):
        class Meta:
            table = "sales.orders"

        customer_id = ParentRow(Same, "customers")

    stand_together((CustomerFactory, ChildFactory))
    assert ChildFactory.build(_row=5)["customer_id"] == 105


def test_a_type_that_nobody_knows_is_tried_unless_a_factory_knows_it() -> None:
    """A required column of an unknown type gets whatever PostgreSQL reads as one, until a factory gives its values."""
    odd = replace(TABLE, columns=(*TABLE.columns, TableColumn("turn", ODD, 8, not_null=True)))
    catalog = Catalog(180000, (CUSTOMERS, odd), ())
    assert {row["turn"] for row in orders(plan(catalog=catalog))} == {"1"}

    class TurnFactory(TableFactory):
        class Meta:
            table = "orders"

        turn = Column(Choice(("1+2i", "3j")))

    assert {row["turn"] for row in orders(plan(TurnFactory, catalog=catalog))} == {"1+2i", "3j"}


def test_what_is_never_drawn_is_not_looked_at() -> None:
    """A word of no weight may be one that the column does not take, or no longer."""

    class StateFactory(TableFactory):
        class Meta:
            table = "orders"

        state = Column(Choice(("new", "lost"), (1, 0)))

    assert {row["state"] for row in orders(plan(StateFactory))} == {"new"}


def test_parent_rows_are_the_factorys_to_choose() -> None:
    """A pick of the factory's is taken where the key is free, and refused where it points elsewhere."""

    class Paired(TableFactory):
        class Meta:
            table = "orders"

        customer_id = ParentRow(Same, "customers")

    drawn = plan(Paired, rows=10)
    assert [row["customer_id"] for row in orders(drawn)] == [row["id"] for row in sample(drawn, CUSTOMERS.name, 10)]

    class Astray(TableFactory):
        class Meta:
            table = "orders"

        customer_id = ParentRow(Same, "invoices")

    with pytest.raises(Refusal, match="rows of invoices, and no foreign key of it points there"):
        plan(Astray)


def test_what_production_no_longer_has_is_told_and_passed_over() -> None:
    """A table and a column that are gone do not stop a refresh; the nearest name is told."""

    class Gone(TableFactory):
        class Meta:
            table = "order"

    class Half(TableFactory):
        class Meta:
            table = "orders"

        stat = Column(Choice(("a",)))

    drawn = plan(Gone, Half)
    assert drawn.notes == (
        'Gone is for table "order", which is not in the schema (the nearest is "orders")',
        'Half declares stat, which sales.orders does not have (the nearest is "state")',
    )
    with pytest.raises(Refusal, match="own factories name what is not in the schema"):
        plan(Gone, strict=True)


def test_it_has_to_be_clear_which_table_is_meant() -> None:
    """A name that stands in two schemas, and two factories for one table, are refused."""

    class Short_(TableFactory):  # noqa: N801  # another name than the recipe's
        class Meta:
            table = "orders"

    elsewhere = replace(TABLE, name=TableName("old", "orders"))
    with pytest.raises(Refusal, match=r"in several schemas"):
        draw_up(
            replace(CATALOG, tables=(CUSTOMERS, TABLE, elsewhere)), SeedRequest(1, ANCHOR, factories=(Short_,)), Small()
        )
    with pytest.raises(Refusal) as caught:
        plan(OrderFactory, Short_)
    assert 'two factories are for table "sales.orders": OrderFactory and Short_' in str(caught.value)


def test_a_unique_pair_is_kept_by_the_column_that_is_still_free() -> None:
    """A declared word beside a derived name: the name is made unique, the word stays as declared."""
    pair = Unique("pair", ("state", "note"))
    table = replace(
        TABLE, columns=tuple(replace(c, not_null=c.name != "extra") for c in TABLE.columns), uniques=(pair,)
    )

    class Worded(TableFactory):
        class Meta:
            table = "orders"

        state = Column(Choice(("new",)))

    rows = orders(plan(Worded, catalog=Catalog(180000, (CUSTOMERS, table), ())))
    assert len({row["note"] for row in rows}) == len(rows) == 40
    assert {row["state"] for row in rows} == {"new"}


def test_what_no_rows_were_known_to_keep_apart_is_the_factorys() -> None:
    """An exclusion constraint over declared columns is left to the factory, and tried out on PostgreSQL."""
    apart = Exclusion("apart", ("note",), ("note",), ("&&",))
    catalog = Catalog(180000, (CUSTOMERS, replace(TABLE, exclusions=(apart,))), ())

    class Apart(TableFactory):
        class Meta:
            table = "orders"

        note = Column(Made(lambda row: f"place {row.number}"))

    drawn = plan(Apart, catalog=catalog)
    assert len(orders(drawn)) == 40
    (told,) = (c.how for t in drawn.tables for c in t.constraints if c.name == "apart")
    assert told == "as Apart declares note; PostgreSQL took the rows beside each other"


def test_given_rows_are_judged_for_themselves() -> None:
    """A fixture's row that a CHECK turns down is the fixture's fault, and not told as the factory's."""
    given = GivenRows(ORDERS, ("amount",), (("500",),), ("orders.csv, line 2",), Source.FIXTURE, "orders.csv")

    class Cheap(TableFactory):
        class Meta:
            table = "orders"

        amount = Column(Made(cheap))

    with pytest.raises(Refusal) as caught:
        draw_up(CATALOG, SeedRequest(seed=1, anchor=ANCHOR, factories=(Cheap,), given=(given,)), Small())
    assert "Cheap" not in str(caught.value)
    assert "amount_check" in str(caught.value)


def test_the_vocabulary_is_there_for_factories() -> None:
    """Recipes may be put together, as the built-in ones are."""

    class Named(TableFactory):
        class Meta:
            table = "customers"

        name = Column(Tagged(Words("company"), " #"))

    names = [row["name"] for row in sample(plan(Named), CUSTOMERS.name, 3)]
    assert all(" #" in str(name) for name in names)
