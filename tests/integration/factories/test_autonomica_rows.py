"""The example application's rows: who can sign in, what adds up, what a week looks like."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from hypothesis import given, settings
from hypothesis import strategies as some
from sqlalchemy import create_engine, make_url, pool

from database import programs
from database.endpoints import Scratch
from database.session import Connection, writing
from database.shadow.oracle import ShadowOracle
from database.shape.introspect import read_catalog
from factories.plan import SeedPlan, SeedRequest, draw_up
from factories.sampling import sample
from factories.seed import seed
from factories.tables import WRITTEN
from factories.tables.people import PERSONAS
from factories.written.declare import TableFactory

INI = Path(__file__).parents[3] / "examples" / "autonomica" / "alembic.ini"
POINTING = b"""
    SELECT conrelid::regclass::text, attname::text
    FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
    WHERE contype = 'f' AND confrelid = 'users'::regclass AND conparentid = 0 ORDER BY 1, 2
"""
OVER = b"""
    SELECT user_id, permission::text FROM user_permissions
    WHERE expires_at < '2026-03-01 18:00' AND expires_at > granted_at ORDER BY 1, 2
"""
STORIES = Path(__file__).with_name("stories.sql")
ANCHOR = datetime(2026, 3, 1, 18, tzinfo=UTC)


@pytest.fixture(params=[1, 20261])  # the second is what the settings have where nobody said another
def drawn(scratch: Scratch, request: pytest.FixtureRequest) -> SeedPlan:
    """The seed plan of the example at its newest revision."""
    config = Config(INI)
    engine = create_engine(make_url(scratch.url).set(drivername="postgresql+psycopg"), poolclass=pool.NullPool)
    with engine.begin() as held:
        config.attributes["connection"] = held
        command.upgrade(config, "head")
    with writing(scratch) as connection:
        asked = SeedRequest(seed=request.param, anchor=ANCHOR, rows={"alembic_version": 0})
        return draw_up(read_catalog(connection), asked, ShadowOracle(connection))


@pytest.fixture
def staging(scratch: Scratch, drawn: SeedPlan, tmp_path: Path) -> Iterator[tuple[SeedPlan, Connection]]:
    """The example, seeded in place of nothing and finished."""
    beside = scratch.with_database(f"{scratch.database}_next")
    tools, archive = programs.for_dump(18), tmp_path / "shape.dump"
    with programs.streaming(programs.schema_dump_command(tools, scratch)) as pieces:
        archive.write_bytes(pieces.read())
    with psycopg.connect(scratch.url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{beside.database}" TEMPLATE template0 STRATEGY file_copy'.encode())
    programs.run(programs.restore_command(tools, beside, "--section=pre-data", archive=archive))
    seed(drawn, beside)
    programs.run(programs.restore_command(tools, beside, "--section=post-data", archive=archive))
    with writing(beside) as connection:
        yield drawn, connection
    with psycopg.connect(scratch.url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{beside.database}" WITH (FORCE)'.encode())


def test_the_example_reads_like_a_live_system(staging: tuple[SeedPlan, Connection]) -> None:
    """Every table is filled, personas are there with their permissions, weeks have weekends, nothing is ahead."""
    plan, connection = staging

    def ask(text: str) -> Any:
        row = connection.execute(text.encode()).fetchone()
        assert row is not None
        return row[0]

    assert {table.name.name for table in plan.tables if not table.rows} == {"alembic_version"}
    first = f"SELECT array_agg(email ORDER BY id) FROM users WHERE id <= {len(PERSONAS)}"
    assert ask(first) == [who.email for who in PERSONAS]
    assert ask("SELECT count(*) FROM user_permissions WHERE user_id = 1") == 16
    assert ask("SELECT count(*) - count(DISTINCT (user_id, permission)) FROM user_permissions") == 0
    assert ask("SELECT bool_and(impressions >= clicks AND clicks >= conversions) FROM analytics_daily")
    assert ask("SELECT max(day)::text FROM analytics_daily") == "2026-03-01"
    weekend = "avg(impressions) FILTER (WHERE extract(isodow FROM day) > 5)"
    assert ask(f"SELECT {weekend} < 0.7 * avg(impressions) FROM analytics_daily")
    assert ask("SELECT count(*) FROM analytics_events WHERE occurred_at > '2026-03-01 18:00+00'") == 0
    assert ask("SELECT count(*) FROM analytics_events WHERE occurred_at > '2026-02-22 18:00+00'") > 100
    assert ask("SELECT bool_and(c.created_at >= p.created_at) FROM campaigns c JOIN projects p ON p.id = c.project_id")
    assert ask("SELECT count(DISTINCT agent_id) FILTER (WHERE is_active) FROM agent_configurations") > 5
    assert ask("SELECT bool_and(access_token LIKE 'fake_%') FROM social_accounts")
    check_corners(connection)


def check_corners(connection: Connection) -> None:
    """Whoever has nothing has nothing but permissions; whoever has everything has rows in every table of users."""
    keys = connection.execute(POINTING).fetchall()
    assert len({table for table, _ in keys}) > 7
    alone = {persona.number for persona in PERSONAS if persona.alone}
    power = next(persona.number for persona in PERSONAS if persona.everything)
    found: dict[str, set[int]] = {}
    for table, column in keys:
        told = connection.execute(f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL".encode())
        found.setdefault(table, set()).update(row[0] for row in told)
    assert {table for table, users in found.items() if alone & users} == {"user_permissions"}
    assert {table for table, users in found.items() if power not in users} == set()
    owner = next(persona for persona in PERSONAS if persona.owns)
    deleted = b"SELECT id, owner_id, status::text, deleted_at > ends_on FROM projects WHERE deleted_at IS NOT NULL"
    gone = owner.owns["projects"]
    whole_and_part = [(number, owner.number, "ARCHIVED", True) for number in (gone, gone + 1)]
    assert sorted(connection.execute(deleted).fetchall()) == whole_and_part
    assert connection.execute(OVER).fetchall() == [(who.number, name) for who in PERSONAS for name in who.expired]


def test_stories_add_up(staging: tuple[SeedPlan, Connection]) -> None:
    """Sums, funnels, budgets, the order of time, who may do what: no row breaks any of the rules in stories.sql."""
    plan, connection = staging
    assert [
        note for table in plan.tables for note in table.notes if "was dropped" in note or "were dropped" in note
    ] == []
    for query in STORIES.read_text(encoding="utf-8").split(";\n"):
        if query.strip():
            assert connection.execute(query.encode()).fetchone() == (0,), query
    states = connection.execute(
        b"SELECT array_agg(DISTINCT status::text ORDER BY status::text) FROM projects"
    ).fetchone()
    assert states == (["ACTIVE", "ARCHIVED", "DRAFT", "FINISHED", "PAUSED"],)


def test_a_row_built_alone_is_that_row_of_its_table(drawn: SeedPlan) -> None:
    """For every written factory, row n by itself is row n of the plan, with all that was derived around it."""
    rows = {item.table(): sample(drawn, item.table(), 500) for item in WRITTEN}

    @given(some.sampled_from(WRITTEN), some.integers(0, 499))
    @settings(max_examples=120, deadline=None)
    def check(item: type[TableFactory], number: int) -> None:
        batch = rows[item.table()]
        number %= len(batch)
        assert item.build(_row=number, _world=drawn.world) == batch[number]

    check()
