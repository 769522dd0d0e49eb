"""Which charts are drawn of a schema, and how counts become their numbers."""

from dataclasses import replace
from datetime import date, timedelta

from catalog.model import Catalog, Column, DataType, ForeignKey, Table, TableKind, TableName, TypeKind, Unique
from operations.picture import EntityRecord, ReferenceRecord
from operations.picturing import drawing
from operations.picturing.choosing import Dated, dated, fanning_out, with_ancestors, with_states
from operations.picturing.entities import entities

TYPES = {
    "id": DataType("bigint", "int8"),
    "day": DataType("date", "date"),
    "born_on": DataType("date", "date"),
    "created_at": DataType("timestamp with time zone", "timestamptz"),
    "happened_at": DataType("timestamp with time zone", "timestamptz"),
    "clicks": DataType("integer", "int4"),
    "status": DataType("status", "status", TypeKind.ENUM, labels=("a", "b")),
    "channel": DataType("text", "text"),
    "parent_id": DataType("bigint", "int8"),
}
PARENTS, EVENTS, DAILY = (TableName("public", name) for name in ("parents", "events", "daily"))


def table(name: TableName, *columns: str, unique: tuple[str, ...] = ("id",)) -> Table:
    keys = (ForeignKey("fk", ("parent_id",), PARENTS, ("id",)),) if "parent_id" in columns else ()
    return Table(
        name,
        TableKind.ORDINARY,
        tuple(Column(column, TYPES[column], at, not_null=column == "id") for at, column in enumerate(columns)),
        uniques=(Unique("pk", unique, primary=True),),
        foreign_keys=keys,
    )


CATALOG = Catalog(
    180000,
    (
        table(PARENTS, "id", "born_on", "channel"),
        table(EVENTS, "id", "created_at", "happened_at", "status", "channel", "parent_id"),
        table(DAILY, "parent_id", "day", "clicks", unique=("parent_id", "day")),
    ),
    (),
)
ROWS = {PARENTS: 30, EVENTS: 1000, DAILY: 500}


def test_a_table_is_dated_by_when_its_rows_came_about() -> None:
    """Facts of a day come first, with their measures; an event by its own time; a birthday dates nobody."""
    assert list(dated(CATALOG, ROWS)) == [Dated(DAILY, "day", ("clicks",)), Dated(EVENTS, "happened_at")]
    assert list(dated(CATALOG, {EVENTS: 3})) == []


def test_states_are_enums_and_texts_of_few_values() -> None:
    """A text counts by its statistics, an enum always, a key never."""
    few = {EVENTS: {"channel", "parent_id"}, PARENTS: {"born_on"}}
    assert list(with_states(CATALOG, ROWS, few)) == [(EVENTS, ("status", "channel"))]
    assert list(with_states(CATALOG, ROWS, {})) == [(EVENTS, ("status",))]


def test_a_foreign_key_fans_out_where_parents_may_have_several_children() -> None:
    """Not where it is a key of its table by itself, nor where the parent is empty or its rows were kept."""
    assert [(child, key.columns) for child, key in fanning_out(CATALOG, ROWS)] == [
        (EVENTS, ("parent_id",)),
        (DAILY, ("parent_id",)),
    ]
    single = Catalog(180000, (table(DAILY, "parent_id", "day", unique=("parent_id",)),), ())
    assert list(fanning_out(single, ROWS)) == []
    assert list(fanning_out(CATALOG, {EVENTS: 1000})) == []


def test_a_kept_table_counts_with_all_that_it_inherits_from() -> None:
    """A parent's rows are counted with its children's, and kept ones are not to be counted."""
    grandchild = replace(table(DAILY, "id"), inherits=(EVENTS,))
    child = replace(table(EVENTS, "id"), inherits=(PARENTS,))
    catalog = Catalog(180000, (table(PARENTS, "id"), child, grandchild), ())
    assert with_ancestors(catalog, [DAILY]) == {DAILY, EVENTS, PARENTS}
    assert with_ancestors(catalog, [PARENTS]) == {PARENTS}
    assert with_ancestors(catalog, []) == set()


def test_entities_are_tables_with_columns_and_pointers() -> None:
    """What a column is besides its type, and a foreign key once for all partitions."""
    events = {entity.table: entity for entity in entities(CATALOG)}["public.events"]
    assert events == EntityRecord(
        "public.events",
        (
            ("id", "bigint", "key"),
            ("created_at", "timestamp with time zone", ""),
            ("happened_at", "timestamp with time zone", ""),
            ("status", "status", ""),
            ("channel", "text", ""),
            ("parent_id", "bigint", ""),
        ),
        (ReferenceRecord(("parent_id",), "public.parents"),),
    )


def test_a_series_has_no_gap_and_loses_nothing() -> None:
    """Days without a row are zero; long or sparse series are by week or month, and end on their last day."""
    first = date(2026, 1, 1)
    days = [(first + timedelta(days=n), (2.0, 0.5)) for n in (0, 1, 3)]
    clicks, rows = drawing.series(Dated(DAILY, "day", ("clicks",)), days)
    assert (rows.measure, rows.first, rows.days, rows.values) == ("rows", first, 1, (2.0, 2.0, 0.0, 2.0))
    assert (clicks.measure, clicks.values) == ("clicks", (0.5, 0.5, 0.0, 0.5))
    for apart, expected in ((7, 7), (30, 30), (365, 30)):
        sparse = [(first + timedelta(days=apart * n), (3.0,)) for n in range(6)]
        (found,) = drawing.series(Dated(EVENTS, "day"), sparse)
        assert found.days == expected
        assert sum(found.values) == 18
        assert found.last + timedelta(days=expected - 1) == sparse[-1][0]
    assert list(drawing.series(Dated(EVENTS, "day"), days[:1])) == []


def test_a_sum_that_is_no_number_is_not_drawn() -> None:
    """A measure that holds NaN is left out, the rows beside it are drawn."""
    days = [(date(2026, 1, n), (1.0, float("nan"))) for n in (1, 2)]
    assert [one.measure for one in drawing.series(Dated(DAILY, "day", ("clicks",)), days)] == ["rows"]


def test_states_name_what_is_missing_and_add_up_the_rest() -> None:
    """NULL is called nothing, the thirteenth and later values are one, sentences are no states."""
    counts = [(None, 50), *((f"v{n}", 20 - n) for n in range(14))]
    found = drawing.states(EVENTS, "channel", counts)
    assert found is not None
    assert found.counts[0] == ("(nothing)", 50)
    assert found.counts[-1] == ("(others)", 9 + 8 + 7)
    assert drawing.states(EVENTS, "channel", [("open", 3)]) is None
    assert drawing.states(EVENTS, "channel", [("This is a sentence.", 3), ("open", 2)]) is None


def test_parents_are_told_by_their_number_of_children() -> None:
    """Those without any stand apart; classes have no gap from the first that is filled; the median is of the rest."""
    key = CATALOG.table(EVENTS).foreign_keys[0]
    found = drawing.fan_out(EVENTS, key, [(3, 4), (4, 1), (30, 2)], 10)
    assert found is not None
    assert found.parents == (("0", 3), ("3 to 5", 5), ("6 to 10", 0), ("11 to 20", 0), ("21 to 50", 2))
    assert (found.children, found.middle, found.most) == (76, 3, 30)
    unknown = drawing.fan_out(EVENTS, key, [(1, 4)], None)
    assert unknown is not None
    assert unknown.parents == (("1", 4),)
    assert drawing.fan_out(EVENTS, key, [], 10) is None
