"""Schemas and requests that cannot be met: a sentence names table, column and constraint, and strictness refuses."""

from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg
import pytest

from catalog.errors import Refusal
from database.endpoints import Scratch
from database.session import Connection, writing
from database.shadow.oracle import ShadowOracle
from database.shape.introspect import read_catalog
from factories.plan import Profile, SeedRequest, TablePlan, draw_up
from factories.ratios import Ratio

SCHEMA = """
    CREATE TABLE never (id int PRIMARY KEY, note text, CONSTRAINT no_rows CHECK (false));
    CREATE TABLE impossible (id int PRIMARY KEY, age int NOT NULL, CONSTRAINT odd_age CHECK (age > 5 AND age < 5));
    CREATE TABLE parents (id int PRIMARY KEY);
    CREATE TABLE children (id int PRIMARY KEY, parent_id int NOT NULL CONSTRAINT to_parent REFERENCES parents);
    CREATE TABLE grandchildren (id int PRIMARY KEY, child_id int NOT NULL CONSTRAINT to_child REFERENCES children);
    CREATE TABLE loose (id int PRIMARY KEY, parent_id int REFERENCES parents);
    CREATE TABLE switches (flag boolean NOT NULL CONSTRAINT one_each UNIQUE, note text);
    CREATE TABLE grades (grade int NOT NULL CONSTRAINT one_grade UNIQUE CHECK (grade BETWEEN 1 AND 6));
    CREATE TABLE "; drop table parents; --" ("id'" int PRIMARY KEY, "%s" text NOT NULL);
    CREATE TABLE ordinary (id int PRIMARY KEY, name text NOT NULL);
"""


@pytest.fixture
def shadow(scratch: Scratch) -> Iterator[Connection]:
    with psycopg.connect(scratch.url, autocommit=True) as connection:
        connection.execute(SCHEMA.encode())
    with writing(scratch) as connection:
        yield connection


def plan(shadow: Connection, rows: dict[str, int | Ratio], **more: bool) -> dict[str, TablePlan]:
    request = SeedRequest(1, datetime(2026, 2, 20, tzinfo=UTC), Profile.SMOKE, rows=rows, **more)  # type: ignore[arg-type]  # SeedRequest's own fields
    drawn = draw_up(read_catalog(shadow), request, ShadowOracle(shadow))
    return {table.name.name: table for table in drawn.tables}


def test_a_constraint_that_nobody_can_satisfy_leaves_the_table_empty_with_its_name(shadow: Connection) -> None:
    """The reason names the constraint and its columns; everything else is seeded."""
    drawn = plan(shadow, {})
    for table, words in (("never", ("no_rows",)), ("impossible", ("odd_age", "age"))):
        assert drawn[table].rows == 0
        assert all(word in drawn[table].reason for word in words)
    assert drawn["ordinary"].rows > 0


def test_a_table_forced_empty_takes_with_it_what_must_point_at_it(shadow: Connection) -> None:
    """Each table down the line names its own key, column and the table that has no rows; optional keys are NULL."""
    drawn = plan(shadow, {"parents": 0})
    assert (drawn["parents"].rows, drawn["parents"].reason) == (0, "")
    for table, words in (
        ("children", ("to_parent", "parent_id", "public.parents")),
        ("grandchildren", ("to_child", "child_id", "public.children")),
    ):
        assert drawn[table].rows == 0
        assert all(word in drawn[table].reason for word in words)
    assert drawn["loose"].rows > 0


def test_more_rows_than_a_key_has_values_are_capped_with_the_key(shadow: Connection) -> None:
    """A hundred rows asked for of a unique boolean are two, of a unique grade six."""
    drawn = plan(shadow, {"switches": 100, "grades": 100})
    assert (drawn["switches"].rows, drawn["grades"].rows) == (2, 6)
    assert "one_each" in drawn["switches"].reason
    assert "flag" in drawn["switches"].reason
    assert "one_grade" in drawn["grades"].reason


def test_strictness_refuses_and_names_each_table_with_its_reason(shadow: Connection) -> None:
    """Nothing is built: the refusal comes with the plan."""
    with pytest.raises(Refusal) as caught:
        plan(shadow, {"parents": 0}, strict=True)
    for words in ("public.never: ", "no_rows", "public.impossible: ", "odd_age", "public.children: ", "to_parent"):
        assert words in str(caught.value)


def test_a_factory_is_offered_only_where_one_would_help(shadow: Connection) -> None:
    """Where no row at all could be, the refusal is the sentence alone."""
    asked: dict[str, int | Ratio] = {"never": 5, "impossible": 5}
    with pytest.raises(Refusal) as caught:
        plan(shadow, asked, strict=True)
    assert str(caught.value).splitlines()[1:] == ["Exclude what has to stay empty, or run without --strict."]
    assert "public.impossible: no value of age satisfies odd_age;" in str(caught.value)
    with pytest.raises(Refusal, match=r"Ask for fewer rows, or run without --strict\.$"):
        plan(shadow, {"never": 0, "impossible": 0, "switches": 100}, strict=True)


def test_a_table_of_any_name_is_a_table(shadow: Connection) -> None:
    """A name that looks like a statement is counted, filled and told as any other."""
    name = "; drop table parents; --"
    drawn = plan(shadow, {name: 3, "parents": Ratio.parse(f"2 per {name}")})
    assert (drawn[name].rows, drawn["parents"].rows) == (3, 6)


@pytest.mark.parametrize("count", [-1, 1_000_000_001, 10**30])
def test_absurd_counts_are_refused(shadow: Connection, count: int) -> None:
    """The sentence names the table and what may be asked for."""
    with pytest.raises(Refusal, match='were asked for table "ordinary"'):
        plan(shadow, {"ordinary": count})


def test_no_rows_at_all_is_a_plan_too(shadow: Connection) -> None:
    """Every table asked to be empty is empty, on purpose and without a complaint."""
    names = [table.name.name for table in read_catalog(shadow).tables]
    drawn = plan(shadow, dict.fromkeys(names, 0), strict=True)
    assert {table.rows for table in drawn.values()} == {0}
