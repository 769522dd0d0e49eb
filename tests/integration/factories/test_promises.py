"""What seeding promises of any schema, held on a real server with changes drawn at random."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy
import psycopg
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some
from psycopg import sql

import factories
from database.copy.copying import as_text
from database.endpoints import Scratch
from database.servers.embedded import EmbeddedServer
from database.session import Connection, writing
from database.shadow.oracle import ShadowOracle
from database.shape.introspect import read_catalog
from factories.keys.fan_out import FanOut
from factories.plan import Profile, SeedPlan, SeedRequest, draw_up
from factories.sampling import digest

SCHEMA = Path(__file__).parents[2] / "cases" / "seed" / "crm" / "production.sql"
ANCHOR = datetime(2026, 2, 20, 12, tzinfo=UTC)
TYPES = ("int", "text NOT NULL", "timestamptz", "numeric(10,2) NOT NULL", "jsonb", "boolean NOT NULL", "uuid UNIQUE")
FEW = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
LOOKED_AT = 60

Cells = dict[tuple[str, str], list[str | None]]


@pytest.fixture(scope="module")
def shadow(server: EmbeddedServer) -> Iterator[Connection]:
    """A session on a database with the schema, whose every change is undone after the example."""
    name = sql.Identifier("promises")
    with psycopg.connect(server.endpoint.url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 STRATEGY file_copy").format(name))
    at: Scratch = server.endpoint.with_database("promises")
    with writing(at) as found:
        found.execute(SCHEMA.read_bytes())
        yield found
    with psycopg.connect(server.endpoint.url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def drawn(
    shadow: Connection, seed: int = 7, rows: dict[str, int] | None = None, fan_out: FanOut = FanOut.SKEWED
) -> SeedPlan:
    request = SeedRequest(seed=seed, anchor=ANCHOR, profile=Profile.SMOKE, fan_out=fan_out, rows=rows or {})
    return draw_up(read_catalog(shadow), request, ShadowOracle(shadow))


def cells(plan: SeedPlan) -> Cells:
    """The first values of every column."""
    found: Cells = {}
    for table in plan.tables:
        frame = plan.world.frame(table.name, numpy.arange(min(table.rows, LOOKED_AT), dtype=numpy.uint64))
        for column in plan.writes[table.name]:
            found[str(table.name), column.name] = as_text(frame.column(column.name)).to_pylist()
    return found


def _table(before: Cells, place: int) -> str:
    names = sorted({name for name, _ in before})
    return names[place % len(names)]


@pytest.fixture(scope="module")
def before(shadow: Connection) -> Cells:
    """The values of the schema as it is."""
    return cells(drawn(shadow))


@FEW
@example(place=1, kind="timestamptz")
@given(place=some.integers(0, 20), kind=some.sampled_from(TYPES))
def test_a_new_column_changes_no_value(shadow: Connection, before: Cells, place: int, kind: str) -> None:
    """Whatever column a table gets whose name tells nothing, every other column of every table keeps its values."""
    table = _table(before, place)
    name = sql.Identifier(*table.split("."))
    shadow.execute(sql.SQL("ALTER TABLE {} ADD COLUMN extra_remark {}").format(name, sql.SQL(kind)))
    try:
        after = cells(drawn(shadow))
    finally:
        shadow.execute(sql.SQL("ALTER TABLE {} DROP COLUMN extra_remark").format(name))
    assert {key: after[key] for key in before} == before


def test_a_new_table_changes_no_value(shadow: Connection, before: Cells) -> None:
    """A table that points at others changes nothing in them."""
    shadow.execute("CREATE TABLE zz_notes (id int PRIMARY KEY, author int NOT NULL REFERENCES users, body text)")
    try:
        after = cells(drawn(shadow))
    finally:
        shadow.execute("DROP TABLE zz_notes")
    assert {key: after[key] for key in before} == before


@FEW
@given(place=some.integers(0, 20), more=some.integers(1, 50))
def test_more_rows_change_no_value_of_their_table(shadow: Connection, before: Cells, place: int, more: int) -> None:
    """A table that gets more rows keeps the ones it has."""
    table = _table(before, place)
    had = next(len(values) for (name, _), values in before.items() if name == table)
    after = cells(drawn(shadow, rows={table: had + more}))
    assert {key: after[key][:had] for key in before if key[0] == table} == {
        k: v for k, v in before.items() if k[0] == table
    }


@FEW
@given(seed=some.integers(0, 2**63 - 1), size=some.integers(1, 40), fan_out=some.sampled_from(FanOut))
def test_the_same_seed_gives_the_same_bytes(shadow: Connection, seed: int, size: int, fan_out: FanOut) -> None:
    """Drawn twice, and in chunks of any size, every table has the same bytes."""
    one, other = drawn(shadow, seed, fan_out=fan_out), drawn(shadow, seed, fan_out=fan_out)
    seeded = [table.name for table in one.tables if table.rows]
    assert [digest(one, name) for name in seeded] == [digest(other, name, chunk_rows=size) for name in seeded]


ODD_SETTINGS = {
    "TimeZone": "Pacific/Auckland",
    "DateStyle": "German, DMY",
    "IntervalStyle": "iso_8601",
    "bytea_output": "escape",
    "extra_float_digits": "-3",
    "standard_conforming_strings": "off",
    "search_path": "nowhere",
}


def test_what_the_database_sets_changes_no_value(shadow: Connection) -> None:
    """A time zone, a date style, or how texts are quoted, set for the database or role: the rows are the same."""
    shadow.execute(r"ALTER TABLE activities ADD CONSTRAINT begun CHECK (subject ~ '^\S')")
    shadow.execute("CREATE UNIQUE INDEX a_day ON deals (date_trunc('day', created_at AT TIME ZONE 'UTC'))")
    try:
        plain = cells(drawn(shadow))
        for name, value in ODD_SETTINGS.items():
            shadow.execute("SELECT set_config(%s, %s, false)", (name, value))
        assert cells(drawn(shadow)) == plain
    finally:
        shadow.execute("RESET ALL")
        shadow.execute("ALTER TABLE activities DROP CONSTRAINT begun; DROP INDEX a_day")


def test_nothing_asks_the_clock_or_the_machine_for_a_value() -> None:
    """No module that makes rows calls for the time, for chance, or for a hash that differs from run to run."""
    banned = {"now", "today", "utcnow", "time", "time_ns", "uuid1", "uuid4", "urandom", "random", "randint", "hash"}
    found: list[str] = []
    for path in sorted(Path(factories.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = getattr(node.func, "attr", getattr(node.func, "id", ""))
                found += [f"{path.name}:{node.lineno} {called}"] if called in banned else []
    assert found == []
