"""Tables whose CHECKs read others: what happens when these get fewer rows than were planned."""

import pytest

from catalog.errors import Refusal
from catalog.model import TableName
from database.endpoints import Scratch
from database.session import writing
from database.shadow.oracle import ShadowOracle
from database.shape.introspect import read_catalog
from factories.given.rows import GivenRows, Source
from factories.plan import Profile, SeedPlan, SeedRequest, draw_up
from factories.seed import seed
from tests.integration.factories.test_doubts import ANCHOR

SCHEMA = """
CREATE TABLE sites (id int PRIMARY KEY, code text NOT NULL CHECK (md5(code) = code)); -- no row is found by trying
CREATE TABLE halls (id int PRIMARY KEY, site_id int NOT NULL REFERENCES sites);
CREATE FUNCTION any_halls() RETURNS boolean LANGUAGE sql AS 'SELECT EXISTS (SELECT FROM Halls)';
CREATE TABLE doors (id int PRIMARY KEY CHECK (id > 0 AND any_halls()));
CREATE TABLE locks (id int PRIMARY KEY, door_id int NOT NULL REFERENCES doors);
CREATE FUNCTION any_locks() RETURNS boolean LANGUAGE sql AS 'SELECT EXISTS (SELECT FROM locks)';
CREATE TABLE guards (id int PRIMARY KEY CHECK (id > 0 AND any_locks()));
CREATE TABLE gates (id int PRIMARY KEY);
"""
DOORS = GivenRows(TableName("public", "doors"), ("id",), (("7",),), ("doors.csv, line 2",), Source.FIXTURE, "doors.csv")


def drawn(at: Scratch, *given: GivenRows) -> SeedPlan:
    with writing(at) as connection:
        connection.execute(SCHEMA.encode())
        request = SeedRequest(seed=7, anchor=ANCHOR, profile=Profile.SMOKE, given=given)
        return draw_up(read_catalog(connection), request, ShadowOracle(connection))


def test_a_table_whose_check_no_longer_holds_takes_with_it_what_hangs_on_it(scratch: Scratch) -> None:
    """Without sites no halls, without halls no doors; so there are no locks, and no guards, whose CHECK reads these."""
    plan = drawn(scratch)
    reasons = {item.name.name: item.reason for item in plan.tables if not item.rows}
    assert set(reasons) == {"sites", "halls", "doors", "locks", "guards"}
    for table in ("doors", "guards"):
        assert "reads other tables, and does not take its rows beside theirs" in reasons[table]
    assert "points at public.doors, which has no rows" in reasons["locks"]
    assert seed(plan, scratch).total == next(item.rows for item in plan.tables if item.name.name == "gates")


def test_a_given_row_of_such_a_table_is_refused(scratch: Scratch) -> None:
    """Rather than left out without a word."""
    with pytest.raises(Refusal, match=r"doors\.csv"):
        drawn(scratch, DOORS)
