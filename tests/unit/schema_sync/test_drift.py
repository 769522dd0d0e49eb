"""What counts as drift, what is mere spelling, and what is said of the rest."""

from catalog.compare import Change, Difference
from catalog.findings import passed
from catalog.model import Catalog, SchemaObject
from database.rights.grants import Closed, ObjectGrant
from database.wholes.marker import Marker
from schema_sync import drift
from schema_sync.drift import NOT_COMPARED, Beyond

RAW, SETTLED = "CHECK (a = ANY ((ARRAY['x'::varchar])::text[]))", "CHECK (a = ANY (ARRAY[('x'::varchar)::text]))"
READ = ObjectGrant("TABLE", "app.users", None, "SELECT", False, "reader")


def catalog(*objects: tuple[str, str, str]) -> Catalog:
    return Catalog(180000, (), tuple(SchemaObject(*item) for item in objects), extensions=(("citext", "1.6"),))


def changed(kind: str, name: str, before: str = RAW, after: str = SETTLED) -> Difference:
    return Difference(Change.CHANGED, kind, name, before, after)


def test_what_a_restored_copy_prints_alike_is_mere_spelling() -> None:
    """And only that: what differs there too, is there on one side alone, or is no expression, stays."""
    spelled, real = changed("constraint", "t.spelled"), changed("constraint", "t.real")
    added, enum = Difference(Change.ADDED, "constraint", "t.new", "", SETTLED), changed("enum", "state")
    shape = catalog(*((item.kind, item.name, SETTLED) for item in (spelled, real, added, enum)))
    copy = catalog(("constraint", "t.spelled", SETTLED), ("constraint", "t.real", RAW), ("enum", "state", SETTLED))
    assert drift.without_spelling((spelled, real, added, enum), copy, shape) == (real, added, enum)
    assert drift.may_be_spelling((added, spelled))
    assert not drift.may_be_spelling((added, enum))


def test_names_that_production_cannot_have_are_no_drift() -> None:
    """From 18 on, NOT NULL has a name; on a staging of 18 it says nothing of a production of 17."""
    named, column = changed("not null name", "t.a", "t_b_not_null", ""), changed("column", "t.a")
    assert drift.comparable((named, column), 170_005) == (column,)
    assert drift.comparable((named, column), 180_001) == (named, column)


def test_what_the_copy_lacks_is_no_spelling() -> None:
    """An index that is not valid on staging is in no dump of it; that it differs is so all the same."""
    index = changed("index", "t_i", "CREATE INDEX not valid", "CREATE INDEX")
    assert drift.without_spelling((index,), catalog(), catalog(("index", "t_i", "CREATE INDEX"))) == (index,)


def test_a_grant_that_is_missing_is_told_and_one_more_is_not() -> None:
    """What staging gives besides is its own affair; only grants on objects are carried."""
    write = ObjectGrant("TABLE", "app.users", "name", "UPDATE", True, "reader")
    missing = drift.grants_missing((READ, write, Closed("ROUTINE", "app.f()")), (READ,))
    assert list(missing) == [
        Difference(Change.ADDED, "grant", "UPDATE (name) on table app.users to reader", "", "with grant option")
    ]
    assert list(drift.grants_missing((), (READ,))) == []


def test_another_revision_is_told_unless_productions_is_unknown() -> None:
    """Several heads are compared as a set."""
    (told,) = drift.other_revision(("b", "a"), ("c",))
    assert (told.before, told.after) == ("c", "a, b")
    assert list(drift.other_revision(("a", "b"), ("b", "a"))) == []
    assert list(drift.other_revision((), ("a",))) == []


def test_a_view_that_was_never_filled_is_told_once() -> None:
    """Unless its definition differs anyhow."""
    views = ("app.old", "app.new")
    assert [item.name for item in drift.unfilled(views, (changed("materialized view", "app.old"),))] == ["app.new"]


def test_what_was_rehearsed_explains_what_differs() -> None:
    """If neither shape has changed since; never a grant that is missing, or a view that was not filled."""
    marker = Marker("r1", fingerprint="f", rehearsed="from a to b", shape="s")
    assert drift.explained(Marker("r1", fingerprint="f"), "f", "f") is None
    assert drift.explained(None, "f", "s") is None
    known = drift.explained(marker, "f", "s")
    assert known == passed("rehearsed", "run r1 migrated staging after seeding, by from a to b")
    column, grant = changed("column", "t.a"), Difference(Change.ADDED, "grant", "SELECT on t", "", "")
    assert drift.by_rehearsal((column,), (known,))
    assert not drift.by_rehearsal((column, grant), (known,))
    assert not drift.by_rehearsal((column, *drift.unfilled(("app.v",), ())), (known,))
    since = ("x", "s", "of staging has"), ("f", "x", "of production has"), ("x", "x", "of staging and of production")
    for staging, shape, said in since:
        unknown = drift.explained(marker, staging, shape)
        assert unknown is not None
        assert said in unknown.what
        assert not drift.by_rehearsal((column,), (unknown,))


def test_what_was_not_compared_is_said() -> None:
    """Whatever the shadow cannot show of production; and always what is never compared."""
    assert [finding.check for finding in drift.not_compared(Beyond(), catalog())] == ["never-compared"]
    doors = (("SERVER - far", "is a door"), ("SERVER - x", "is a door"))
    beyond = Beyond(("app.i",), (("citext", "1.4"),), doors, 2, revision_unknown=True)
    told = {finding.check: finding.what for finding in drift.not_compared(beyond, catalog())}
    assert tuple(told) == NOT_COMPARED
    assert told["kept-out"] == "of production's schema stay behind by policy 2: is a door (2)"
    assert told["invalid-indexes"] == "indexes of production that are not valid are in no dump: app.i"
    assert told["extension-versions"].endswith("staging's server: citext 1.4 (1.6 here)")
    assert told["grants"] == "roles that are not mapped hold 2 of production's grants, which staging does not give"
