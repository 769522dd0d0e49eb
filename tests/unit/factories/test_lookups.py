"""Which rows of lookup tables a schema tells, and what the plan makes of them."""

from dataclasses import replace

import pytest

from catalog.model import Catalog, Check, Column, ForeignKey, Table, TypeKind, Unique
from factories import Column as Declared
from factories import Each, TableFactory
from factories.given.lookups import in_words, told_rows
from factories.given.rows import GivenRows, Source
from factories.plan import SeedPlan, TablePlan
from tests.unit.factories.test_plan import INTEGER, STATE, TEXT, cells, columns, key, name, plan, primary, table

LISTED = Check("listed", ("code",), "code = ANY (ARRAY['in_progress'::text, 'done'::text])")
STATUSES = table("statuses", columns(code=TEXT, label=TEXT), primary("code"))
JOBS = table("jobs", columns(id=INTEGER, status=TEXT), primary("id"), foreign_keys=(key("status", "statuses", "code"),))


def shape(*tables: Table) -> Catalog:
    return Catalog(180000, tables, ())


def told(*tables: Table) -> list[tuple[tuple[object, ...], ...]]:
    return [found.rows for found in told_rows(shape(*tables))]


def planned(drawn: SeedPlan, title: str) -> TablePlan:
    return next(item for item in drawn.tables if item.name == name(title))


def test_a_list_on_the_key_tells_the_rows_and_their_names() -> None:
    """Each value of the CHECK is a row, once, and its label says it in words; there are no others."""
    drawn = plan(shape(replace(STATUSES, checks=(LISTED,)), JOBS))
    assert cells(drawn, "statuses") == [
        {"code": "in_progress", "label": "In progress"},
        {"code": "done", "label": "Done"},
    ]
    assert {row["status"] for row in cells(drawn, "jobs")} == {"in_progress", "done"}
    assert planned(drawn, "statuses").notes == ("lookup: all 2 rows told by CHECK listed of public.statuses",)


def test_a_factory_goes_before_what_the_schema_tells() -> None:
    """A column that it declares is its own; if that is the key, nothing else tells the rows."""
    listed = shape(replace(STATUSES, checks=(LISTED,)), JOBS)

    class LabelFactory(TableFactory):
        class Meta:
            table = "statuses"

        label = Declared(Each(("At it", "Over")))

    class KeyFactory(LabelFactory):
        code = Declared(Each(("done", "in_progress")))

    assert [row["label"] for row in cells(plan(listed, factories=(LabelFactory,)), "statuses")] == ["At it", "Over"]
    ours = plan(listed, factories=(KeyFactory,), rows={"statuses": 2})
    assert [row["code"] for row in cells(ours, "statuses")] == ["done", "in_progress"]


def test_what_the_schema_tells_follows_a_fixture_that_has_less() -> None:
    """The fixture's words for its rows, the schema's own for the others; of one key there is one row."""
    table_ = replace(STATUSES, name=name("wares"), checks=(LISTED,))
    ours = GivenRows(table_.name, ("code", "label"), (("done", "Over"),), ("f, line 2",), Source.FIXTURE, "f")
    drawn = plan(shape(table_), given=(ours,))
    assert cells(drawn, "wares") == [{"code": "done", "label": "Over"}, {"code": "in_progress", "label": "In progress"}]
    assert "all 2 rows" in planned(drawn, "wares").notes[0]
    assert len(cells(plan(shape(table_), given=(ours,), rows={"wares": 1}), "wares")) == 1


def test_the_keys_type_tells_the_rows() -> None:
    """A key of an enum type has a row for each label."""
    assert told(table("states", columns(id=STATE), primary("id"))) == [(("new",), ("old",))]


def test_the_lists_of_children_tell_the_rows_together() -> None:
    """What any child may point at is there; each child takes only what its own CHECK permits."""
    one = replace(JOBS, checks=(Check("one", ("status",), "status = ANY ('{a,b}'::text[])"),))
    other = replace(one, name=name("runs"), checks=(Check("two", ("status",), "status = ANY (ARRAY['b', 'c'])"),))
    drawn = plan(shape(STATUSES, one, other))
    assert [row["code"] for row in cells(drawn, "statuses")] == ["a", "b", "c"]
    assert {row["status"] for row in cells(drawn, "jobs")} == {"a", "b"}
    assert {row["status"] for row in cells(drawn, "runs")} == {"b", "c"}


def test_what_is_told_of_different_keys_goes_together() -> None:
    """The first value of each is one row; numbers that are missing are counted up beside those that are told."""
    both = replace(STATUSES, columns=columns(id=INTEGER, code=TEXT), uniques=(primary("id"), Unique("c", ("code",))))
    by_id = table(
        "by_id",
        columns(status=INTEGER),
        checks=(Check("ids", ("status",), "status IN (2, 1)"),),
        foreign_keys=(key("status", "statuses", "id"),),
    )
    by_code = replace(JOBS, checks=(Check("codes", ("status",), "status = ANY ('{a,b,c}'::text[])"),))
    assert told(both, by_id, by_code) == [(("a", "1"), ("b", "2"), ("c", "3"))]
    own = replace(both, checks=(Check("own", ("code",), "code = ANY ('{x}'::text[])"),))
    assert told(own, by_id) == [(("x", "1"),)]


def test_a_kind_and_a_code_are_told_together() -> None:
    """By each key of two columns whose lists say both, in whatever order it names them."""
    codes = table("codes", columns(kind=TEXT, code=TEXT), Unique("kind_code", ("kind", "code")))
    pair = ForeignKey("pair", ("c", "k"), name("codes"), ("code", "kind"))
    lists = (Check("k", ("k",), "k = 'size'"), Check("c", ("c",), "c = ANY ('{s,m}'::text[])"))
    child = table("shirts", columns(k=TEXT, c=TEXT), checks=lists, foreign_keys=(pair,))
    assert told(codes, child) == [(("size", "s"), ("size", "m"))]
    assert told(codes, replace(child, checks=lists[1:])) == []


def test_a_default_tells_the_first_row_and_others_are_made_up() -> None:
    """A default names one row; nothing says that it is the only one."""
    waiting = Column("status", TEXT, 2, not_null=True, default="'waiting'::text")
    drawn = plan(shape(STATUSES, replace(JOBS, columns=(JOBS.columns[0], waiting))))
    codes = [row["code"] for row in cells(drawn, "statuses")]
    assert codes[0] == "waiting"
    assert len(set(codes)) == len(codes) == planned(drawn, "statuses").rows > 1


def test_a_number_that_counting_reaches_anyway_is_not_put_first() -> None:
    """A default of 2 is among 1, 2, 3, ...; a default of 500 has to be told."""
    regions = table("regions", columns(id=INTEGER, name=TEXT), primary("id"))
    for default, first in (("2", 1), ("500", 500)):
        column = Column("region_id", INTEGER, 2, not_null=True, default=default)
        shop = Table(name("shops"), regions.kind, (column,), foreign_keys=(key("region_id", "regions"),))
        ids = [row["id"] for row in cells(plan(shape(regions, shop)), "regions")]
        assert ids[0] == first
        assert int(default) in ids


def test_what_is_asked_for_cuts_the_told_rows() -> None:
    """Two rows asked for of four told are the first two, and none asked for is none."""
    four = replace(STATUSES, checks=(Check("c", ("code",), "code = ANY (ARRAY['a', 'b', 'c', 'd'])"),))
    assert [row["code"] for row in cells(plan(shape(four), rows={"statuses": 2}), "statuses")] == ["a", "b"]
    assert planned(plan(shape(four), rows={"statuses": 0}), "statuses").rows == 0


def test_keys_that_other_tables_fill_tell_nothing() -> None:
    """A key that is itself a foreign key has its values from there, and an optional list is no key."""
    child = table("details", columns(status=TEXT), primary("status"), foreign_keys=(key("status", "statuses", "code"),))
    assert told(replace(STATUSES, checks=(LISTED,)), child) == told(replace(STATUSES, checks=(LISTED,)))
    pair = ForeignKey("pair", ("a", "b"), name("statuses"), ("code", "label"))
    assert told(STATUSES, table("pairs", columns(a=TEXT, b=TEXT), foreign_keys=(pair,))) == []


def test_a_child_that_no_row_of_the_lookup_suits_is_left_empty_with_the_reason() -> None:
    """A lookup closed by its own CHECK has no row that the child's CHECK permits: the sentence names both."""
    child = replace(JOBS, checks=(Check("odd", ("status",), "status = ANY (ARRAY['gone', 'lost'])"),))
    found = planned(plan(shape(replace(STATUSES, checks=(LISTED,)), child)), "jobs")
    assert found.rows == 0
    assert "status" in found.reason
    assert "public.statuses" in found.reason


def test_a_lookup_that_nothing_tells_is_noted() -> None:
    """The plan says that the rows of such a table are made up."""
    assert "looks like a lookup" in planned(plan(shape(STATUSES)), "statuses").notes[0]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("in_progress", "In progress"),
        ("IN_PROGRESS", "In progress"),
        ("onHold", "On hold"),
        ("past-due", "Past due"),
        ("EUR", "EUR"),
        ("HTTPError", "HTTP error"),
        ("Draft", "Draft"),
        ("--", "--"),
    ],
)
def test_codes_become_words(code: str, words: str) -> None:
    """A label is what a person would write for the code."""
    assert in_words(code) == words


def test_enums_of_children_are_the_lookups_own() -> None:
    """The labels of the key's type, not of a child's: they are the same type."""
    kind = replace(STATE, kind=TypeKind.ENUM)
    lookup = table("states", columns(id=kind, name=TEXT), primary("id"))
    child = table("jobs", columns(state=kind), foreign_keys=(key("state", "states"),))
    drawn = plan(shape(lookup, child))
    assert [row["name"] for row in cells(drawn, "states")] == ["New", "Old"]
    assert {row["state"] for row in cells(drawn, "jobs")} == {"new", "old"}
