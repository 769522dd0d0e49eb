"""A seed plan as people read it: a line for each table, everything of one table, and a helpful no."""

from datetime import UTC, datetime, timedelta

import pytest

from catalog.model import ConstraintKind, TableName
from factories.plan import ColumnPlan, ConstraintPlan, SeedPlan, SeedRequest, TablePlan
from factories.world import World
from operations.cli.plan_lines import generators, no_row, one_table, overview, values
from operations.record import TableRecord

ANCHOR = datetime(2026, 3, 1, tzinfo=UTC)
REMEDY = ("class VouchersFactory(TableFactory):", "    ...")
SWITCHES = TablePlan(
    TableName("public", "switches"),
    2,
    (ColumnPlan("is_on", "each of a list once", "unique", "boolean"), ColumnPlan("id", "row number", "key", "integer")),
    "switches_key allows 2 different values of is_on",
    ("a note",),
    100,
    (
        ConstraintPlan(ConstraintKind.UNIQUE, "switches_key", ("is_on",), "each value once"),
        ConstraintPlan(ConstraintKind.NOT_NULL, "", ("is_on", "id"), "every row brings a value"),
    ),
)
VOUCHERS = TablePlan(TableName("sales", "Vouchers"), 0, (), "no values were found", (), 10, (), REMEDY)
ORDERS = TablePlan(TableName("sales", "orders"), 12_000, (), wanted=12_000)
OLD = TablePlan(TableName("old", "orders"), 1, (), wanted=1)


def plan(*tables: TablePlan) -> SeedPlan:
    return SeedPlan(SeedRequest(1, ANCHOR), tables, World(1, ANCHOR, timedelta()), {})


def test_each_table_stands_on_a_line() -> None:
    """Rows, what caps them, notes; then what stays empty, and what would fill it."""
    lines = list(overview(plan(SWITCHES, VOUCHERS, ORDERS), ("table t added",), ("Gone is for table x",)))
    assert lines == [
        "1 objects differ from staging",
        "  table t added",
        "",
        "12,002 rows in 3 tables, 1 left empty",
        "  Gone is for table x",
        "",
        "table              rows  remark",
        "public.switches       2  of 100: switches_key allows 2 different values of is_on; a note",
        "sales.Vouchers        0  left empty: no values were found",
        "sales.orders     12,000",
        "",
        "sales.Vouchers is left empty: no values were found",
        "class VouchersFactory(TableFactory):",
        "    ...",
        "",
        "How each constraint is met: greenroom plan --table NAME, or '*' for all",
    ]


def test_each_column_is_told_with_its_generator_and_why() -> None:
    """Table by table, in the order of their names; a control character in a name is spelled out."""
    odd = TablePlan(TableName("public", "a\x1b"), 1, (ColumnPlan("c\r", "row number", "key", "integer"),), wanted=1)
    assert list(generators((SWITCHES, odd))) == [
        "public.a\\x1b: 1 row",
        "  column  type     generator   why",
        "  c\\r     integer  row number  key",
        "",
        "public.switches: 2 rows",
        "  column  type     generator            why",
        "  is_on   boolean  each of a list once  unique",
        "  id      integer  row number           key",
        "",
    ]


def test_one_table_is_told_in_full() -> None:
    """Its columns with type, generator and reason; its constraints with how each is met."""
    assert list(one_table(SWITCHES)) == [
        "public.switches: 2 rows",
        "  of 100: switches_key allows 2 different values of is_on; a note",
        "",
        "column  type     generator            why",
        "is_on   boolean  each of a list once  unique",
        "id      integer  row number           key",
        "",
        "constraints, and how each is met",
        "  unique switches_key (is_on)",
        "      each value once",
        "  not null (is_on, id)",
        "      every row brings a value",
    ]
    assert "class VouchersFactory(TableFactory):" in list(one_table(VOUCHERS))
    assert list(one_table(VOUCHERS))[-1] == "no constraint"


def test_programs_get_the_same() -> None:
    """The JSON values hold what the lines tell."""
    found = values(SWITCHES)
    assert (found["rows"], found["wanted"]) == (2, 100)
    assert found["constraints"] == [
        {"kind": "unique", "name": "switches_key", "columns": ["is_on"], "how": "each value once"},
        {"kind": "not null", "name": "", "columns": ["is_on", "id"], "how": "every row brings a value"},
    ]
    assert values(VOUCHERS)["remedy"] == list(REMEDY)


def test_a_name_cannot_fool_a_terminal() -> None:
    """Control characters in names are spelled out."""
    odd = TablePlan(TableName("public", "a\x1b[31m\nb"), 1, (ColumnPlan("c\r", "x", "y", "z"),), wanted=1)
    for lines in (overview(plan(odd), (), ()), one_table(odd)):
        assert all(line.isprintable() for line in lines)


def test_one_long_cell_does_not_move_all_others() -> None:
    """A name of two hundred characters stands in its row; the other rows stay together."""
    long = TablePlan(TableName("public", "x" * 200), 1, (), wanted=1)
    lines = list(overview(plan(long, ORDERS), (), ()))
    assert next(line for line in lines if line.startswith("sales.orders")) == f"{'sales.orders':<64}  12,000"


@pytest.mark.parametrize(
    ("reason", "why"),
    [("left empty on purpose: the settings exclude it", "left empty on purpose: the settings exclude it"),
     ("", "none is asked for")],
)  # fmt: skip
def test_a_table_without_rows_says_why_there_is_none_to_show(reason: str, why: str) -> None:
    """In the words of the run's record, or that nobody asked for any."""
    assert no_row(TableRecord("old.orders", 0, reason)) == f"old.orders has no row to show: {why}"
