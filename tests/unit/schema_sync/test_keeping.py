"""What is kept: tables and columns are matched by name, types by what PostgreSQL can make of their values."""

import pytest

from catalog.errors import Refusal
from catalog.model import Catalog, Column, DataType, Generated, Partition, Table, TableKind, TableName, TypeKind
from database.keeping.carry import Landed, Way
from schema_sync.converting import landed, way
from schema_sync.keeping import decide_keep

INT, BIG, TEXT = DataType("integer", "int4"), DataType("bigint", "int8"), DataType("text", "text")
UUID, BOOL, DATE = DataType("uuid", "uuid"), DataType("boolean", "bool"), DataType("date", "date")
MOOD = DataType("app.mood", "mood", TypeKind.ENUM, "app", labels=("a",))
INTS = DataType("integer[]", "_int4", TypeKind.ARRAY, element=INT)
BIGS = DataType("bigint[]", "_int8", TypeKind.ARRAY, element=BIG)
MOODS = DataType("app.mood[]", "_mood", TypeKind.ARRAY, "app", element=MOOD)
CODE = DataType("app.code", "code", TypeKind.DOMAIN, "app", element=TEXT)
CASTS = {("int4", "int8"): True, ("int8", "int4"): True, ("int4", "bool"): False}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (INT, INT, Way.ASSIGNED),
        (INT, BIG, Way.ASSIGNED),
        (INT, BOOL, Way.CAST),
        (INT, TEXT, Way.ASSIGNED),
        (TEXT, DATE, Way.TEXT),
        (TEXT, CODE, Way.ASSIGNED),
        (CODE, INT, Way.TEXT),
        (MOOD, MOOD, Way.TEXT),
        (TEXT, MOOD, Way.TEXT),
        (MOOD, TEXT, Way.ASSIGNED),
        (INTS, BIGS, Way.ASSIGNED),
        (MOODS, MOODS, Way.TEXT),
        (INTS, TEXT, Way.ASSIGNED),
        (TEXT, INTS, None),
        (INT, UUID, None),
        (INT, MOOD, None),
        (INTS, INT, None),
    ],
)
def test_a_value_goes_the_way_that_postgresql_has(old: DataType, new: DataType, expected: Way | None) -> None:
    """By assignment, by a cast, through its text, or not at all."""
    assert way(Landed("c", old), new, CASTS) is expected


def test_a_composite_type_is_read_in_the_order_of_the_new_one() -> None:
    """Fields are matched by name; one that is new has no place in the old."""
    old = DataType("pair", "pair", TypeKind.COMPOSITE, "app", fields=(("a", INT), ("b", TEXT)))
    new = DataType("pair", "pair", TypeKind.COMPOSITE, "app", fields=(("b", TEXT), ("c", INT), ("a", INT)))
    assert landed("x", old, new).fields == ("b", "", "a")
    assert landed("x", old, old).fields is None


def table(name: str, *columns: Column, kind: TableKind = TableKind.ORDINARY, parts: tuple[str, ...] = ()) -> Table:
    schema, _, plain = name.rpartition(".")
    partitions = tuple(Partition(TableName("public", part), "") for part in parts)
    return Table(TableName(schema or "public", plain), kind, columns, partitions=partitions)


def catalog(*tables: Table) -> Catalog:
    return Catalog(180000, tables, ())


def column(name: str, kind: DataType = INT, **more: object) -> Column:
    return Column(name, kind, 1, **more)  # type: ignore[arg-type]  # what a test says of it


def test_columns_are_matched_by_name() -> None:
    """What comes along, what is new, and what has no place, each with why."""
    old = table("t", column("id"), column("gone"), column("made"), column("key"))
    made = column("made", generated=Generated.STORED, generated_as="1")
    new = table("t", column("id"), made, column("key", UUID), column("state", default="1"), column("n"))
    (keeping,) = decide_keep(["t"], catalog(old), catalog(new), CASTS, {}, {}).keepings
    assert [item.column.name for item in keeping.carried] == ["id"]
    assert [item.name for item in keeping.new] == ["key", "state", "n"]
    assert keeping.defaulted == {"state"}
    assert dict(keeping.lost) == {
        "gone": "the column is gone",
        "made": "PostgreSQL computes it now",
        "key": "integer cannot become uuid",
    }


def test_a_table_that_moved_is_found_if_there_is_no_doubt() -> None:
    """One of its name went, one came; of two, none is taken for it."""
    old = catalog(table("a.t", column("id")), table("a.u", column("id")), table("b.u", column("id")))
    new = catalog(table("c.t", column("id")), table("c.u", column("id")))
    keep = decide_keep(["*"], old, new, CASTS, {}, {})
    assert [(str(item.source), str(item.target.name)) for item in keep.keepings] == [("a.t", "c.t")]
    assert {str(gone.source) for gone in keep.gone} == {"a.u", "b.u"}


def test_a_partition_that_stands_alone_now_takes_its_rows_along() -> None:
    """They are read once: with the table they go to, and not with the one they leave."""
    old = catalog(table("t", column("id"), kind=TableKind.PARTITIONED, parts=("t_1", "t_2")))
    new = catalog(table("t", column("id"), kind=TableKind.PARTITIONED, parts=("t_2",)), table("t_1", column("id")))
    keep = decide_keep(["*"], old, new, CASTS, {}, {})
    assert {(k.source.name, k.target.name.name, tuple(n.name for n in k.without)) for k in keep.keepings} == {
        ("t_1", "t_1", ()),
        ("t", "t", ("t_1",)),
    }


def test_rows_that_come_from_elsewhere_are_passed_over_unless_named() -> None:
    """A fixture's table is not meant by `*`; Alembic's is never kept."""
    both = catalog(table("t", column("id")), table("alembic_version", column("id")))
    t, alembics = TableName("public", "t"), TableName("public", "alembic_version")
    keep = decide_keep(["*"], both, both, CASTS, {t: "t.csv gives its rows"}, {alembics: "written"})
    assert {(gone.source.name, gone.why) for gone in keep.gone} == {
        ("t", "t.csv gives its rows"),
        ("alembic_version", "written"),
    }
    named = decide_keep(["t", "alembic_version"], both, both, CASTS, {t: "t.csv gives its rows"}, {alembics: "written"})
    assert [keeping.source.name for keeping in named.keepings] == ["t"]


def test_a_name_that_is_no_table_is_refused() -> None:
    """A typing error must not seed what was meant to be kept."""
    with pytest.raises(Refusal, match='"flagz" is to be kept, and no table'):
        decide_keep(["flagz"], catalog(), catalog(), CASTS, {}, {})
