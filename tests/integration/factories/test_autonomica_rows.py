"""The example application's rows: who can sign in, what adds up, what a week looks like."""

from collections.abc import Iterator
from contextlib import contextmanager
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

from catalog.model import Catalog
from database import programs
from database.endpoints import Scratch
from database.session import Connection, writing
from database.shadow.oracle import ShadowOracle
from database.shape.introspect import read_catalog
from factories.counts import Profile
from factories.keys.fan_out import FanOut
from factories.plan import SeedPlan, SeedRequest, draw_up
from factories.sampling import sample
from factories.seed import seed
from factories.tables import WRITTEN
from factories.tables.people import PERSONAS
from factories.tables.standing import standing
from factories.written.declare import TableFactory
from operations.scenarios.fitting import fitted
from operations.scenarios.reading import known_scenarios
from operations.settings.settings import Settings, load

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
ABOUT_TEXTS = {
    "-- A part of a project came after it, for the same client.",
    "-- No two headlines, tasks, campaigns, projects or accounts on a platform are called alike.",
    "-- What agents know and work on is about the projects' clients, and so are the accounts.",
    "-- The accounts are the clients'.",
}
STORIES = Path(__file__).with_name("stories.sql")
ANCHOR = datetime(2026, 3, 1, 18, tzinfo=UTC)


@pytest.fixture
def catalog(scratch: Scratch) -> Catalog:
    """The example at its newest revision, in the scratch database."""
    config = Config(INI)
    engine = create_engine(make_url(scratch.url).set(drivername="postgresql+psycopg"), poolclass=pool.NullPool)
    with engine.begin() as held:
        config.attributes["connection"] = held
        command.upgrade(config, "head")
    with writing(scratch) as connection:
        return read_catalog(connection)


@pytest.fixture
def archive(scratch: Scratch, catalog: Catalog, tmp_path: Path) -> Path:
    """Its shape, dumped."""
    path = tmp_path / "shape.dump"
    with programs.streaming(programs.schema_dump_command(programs.for_dump(18), scratch)) as pieces:
        path.write_bytes(pieces.read())
    return path


def planned(scratch: Scratch, catalog: Catalog, request: SeedRequest) -> SeedPlan:
    with writing(scratch) as connection:
        return draw_up(catalog, request, ShadowOracle(connection))


@contextmanager
def seeded(scratch: Scratch, archive: Path, plan: SeedPlan) -> Iterator[Connection]:
    """A database beside it with the plan's rows, finished; dropped on the way out."""
    beside, tools = scratch.with_database(f"{scratch.database}_next"), programs.for_dump(18)
    with psycopg.connect(scratch.url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{beside.database}" TEMPLATE template0 STRATEGY file_copy'.encode())
    programs.run(programs.restore_command(tools, beside, "--section=pre-data", archive=archive))
    seed(plan, beside)
    programs.run(programs.restore_command(tools, beside, "--section=post-data", archive=archive))
    with writing(beside) as connection:
        yield connection
    with psycopg.connect(scratch.url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{beside.database}" WITH (FORCE)'.encode())


@pytest.fixture(params=[1, 20261])  # the second is what the settings have where nobody said another
def drawn(scratch: Scratch, catalog: Catalog, request: pytest.FixtureRequest) -> SeedPlan:
    """The seed plan of the example."""
    return planned(scratch, catalog, SeedRequest(seed=request.param, anchor=ANCHOR, rows={"alembic_version": 0}))


@pytest.fixture
def staging(scratch: Scratch, drawn: SeedPlan, archive: Path) -> Iterator[tuple[SeedPlan, Connection]]:
    """The example, seeded in place of nothing and finished."""
    with seeded(scratch, archive, drawn) as connection:
        yield drawn, connection


def test_the_example_reads_like_a_live_system(staging: tuple[SeedPlan, Connection]) -> None:
    """Every table is filled, personas are there with their permissions, weeks have weekends, nothing is ahead.

    Sums, funnels, budgets, the order of time, who may do what: no row breaks any of the rules in stories.sql.
    """
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
    assert len({table for table, _ in connection.execute(POINTING).fetchall()}) > 7
    check_corners(connection)
    assert [
        note for table in plan.tables for note in table.notes if "was dropped" in note or "were dropped" in note
    ] == []
    assert broken(connection) == []
    assert ask("SELECT array_agg(DISTINCT status::text ORDER BY status::text) FROM projects") == [
        "ACTIVE", "ARCHIVED", "DRAFT", "FINISHED", "PAUSED",
    ]  # fmt: skip


def check_corners(connection: Connection) -> None:
    """Whoever has nothing has nothing but permissions; whoever has everything has rows in every table of users."""
    keys = connection.execute(POINTING).fetchall()
    alone = {persona.number for persona in PERSONAS if persona.alone}
    power = next(persona.number for persona in PERSONAS if persona.everything)
    found: dict[str, set[int]] = {}
    for table, column in keys:
        told = connection.execute(f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL".encode())
        found.setdefault(table, set()).update(row[0] for row in told)
    filled = {table for table, users in found.items() if users}
    assert {table for table, users in found.items() if alone & users} == {"user_permissions"}
    assert {table for table, users in found.items() if power in users} == filled
    assert connection.execute(OVER).fetchall() == [(who.number, name) for who in PERSONAS for name in who.expired]
    if "projects" in filled:
        check_deleted(connection)


def check_deleted(connection: Connection) -> None:
    """One project was deleted, and it is its owner's."""
    owner = next(persona for persona in PERSONAS if persona.key == "deleted-project")
    deleted = b"SELECT id, owner_id, status::text, deleted_at > ends_on FROM projects WHERE deleted_at IS NOT NULL"
    assert connection.execute(deleted).fetchall() == [(owner.owns["projects"], owner.number, "ARCHIVED", True)]


def broken(connection: Connection) -> list[str]:
    """The first lines of the stories that some row breaks."""
    stories = [story.strip() for story in STORIES.read_text(encoding="utf-8").split(";\n") if story.strip()]
    return [story.split("\n")[0] for story in stories if connection.execute(story.encode()).fetchone() != (0,)]


def test_every_scenario_tells_its_stories(scratch: Scratch, catalog: Catalog, archive: Path) -> None:
    """Each with every persona and what the persona stands for, at the size of `smoke` where it is larger.

    Odd texts and gaps are what `messy` is for: of its stories only those that compare texts are broken.
    """
    asked = [request_of(load(scenario=name), catalog) for name in known_scenarios(None)]
    for request in (one for turn, one in enumerate(asked) if one not in asked[:turn]):  # some differ in size alone
        plan = planned(scratch, catalog, request)
        assert len(standing(plan, catalog)) == len(PERSONAS)
        with seeded(scratch, archive, plan) as connection:
            assert set(broken(connection)) <= (ABOUT_TEXTS if request.messy else set()), request
            check_corners(connection)


def request_of(chosen: Settings, catalog: Catalog) -> SeedRequest:
    """What the scenario asks for; rows only where it is small."""
    told = fitted(chosen, catalog)
    return SeedRequest(
        seed=6,
        anchor=ANCHOR,
        profile=Profile.SMOKE,
        fan_out=FanOut(chosen.fan_out),
        rows={"alembic_version": 0} | (dict(told.rows) if chosen.profile == "smoke" else {}),
        exclude=told.exclude,
        messy=chosen.messy,
    )


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
