"""What differs between two schemas."""

from hypothesis import given
from hypothesis import strategies as st

from catalog.compare import Change, Difference, compare
from catalog.model import Catalog, SchemaObject

NAMES = st.tuples(st.sampled_from(["table", "column", "view"]), st.text("ab.", min_size=1, max_size=3))
SCHEMAS = st.dictionaries(NAMES, st.text("xy", max_size=2), max_size=6)


def catalog_of(objects: dict[tuple[str, str], str]) -> Catalog:
    return Catalog(180000, (), tuple(SchemaObject(*name, definition) for name, definition in objects.items()))


def test_added_removed_and_changed_objects_are_told_apart() -> None:
    """Each with its definition before and after, ordered by kind and name."""
    old = catalog_of({("table", "public.b"): "", ("column", "public.b.x"): "integer", ("view", "public.v"): "one"})
    new = catalog_of({("table", "public.b"): "", ("column", "public.b.x"): "bigint", ("column", "public.b.y"): "text"})
    assert compare(old, new) == (
        Difference(Change.CHANGED, "column", "public.b.x", "integer", "bigint"),
        Difference(Change.ADDED, "column", "public.b.y", "", "text"),
        Difference(Change.REMOVED, "view", "public.v", "one", ""),
    )


def test_an_object_without_a_definition_can_be_added() -> None:
    """A schema has no definition, yet it is there or not."""
    added = compare(catalog_of({}), catalog_of({("schema", "app"): ""}))
    assert [str(item) for item in added] == ["added schema app"]


def order(columns: str) -> Catalog:
    return catalog_of({("column order", "t"): columns})


def test_the_order_of_columns_is_that_of_those_both_have() -> None:
    """One more, one less or none on one side is no other order; quoted names may hold what separates them."""
    assert compare(order("a, b, c"), order("a, c")) == ()
    assert compare(order('"a, ""b", c'), order('d, "a, ""b", c')) == ()
    assert compare(order("a, b"), catalog_of({})) == ()
    assert [str(item) for item in compare(order('"a, ""b", c'), order('c, "a, ""b"'))] == ["changed column order t"]


def test_what_not_null_is_called_is_told_of_a_column_that_both_have() -> None:
    """A column that comes or goes is told by itself."""
    column, name = {("column", "t.a"): "integer not null"}, {("not null name", "t.a"): "given"}
    assert [str(item) for item in compare(catalog_of(column), catalog_of(column | name))] == ["added not null name t.a"]
    assert [str(item) for item in compare(catalog_of({}), catalog_of(column | name))] == ["added column t.a"]


@given(SCHEMAS)
def test_a_schema_does_not_differ_from_itself(objects: dict[tuple[str, str], str]) -> None:
    """However its objects are ordered."""
    backwards = dict(reversed(objects.items()))
    assert compare(catalog_of(objects), catalog_of(backwards)) == ()


@given(SCHEMAS, SCHEMAS)
def test_differences_lead_from_the_old_schema_to_the_new(
    old: dict[tuple[str, str], str], new: dict[tuple[str, str], str]
) -> None:
    """Carrying them out on the old schema gives the new one."""
    carried = dict(old)
    for item in compare(catalog_of(old), catalog_of(new)):
        if item.change is Change.REMOVED:
            assert carried.pop((item.kind, item.name)) == item.before
        else:
            carried[item.kind, item.name] = item.after
    assert carried == new
