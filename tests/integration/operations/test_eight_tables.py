"""The application's own eight tables alone, without any that came later: every scenario, and the personas."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, make_url, pool

from catalog.errors import Refusal
from catalog.model import Catalog
from database import programs
from database.endpoints import Scratch
from database.session import Connection, writing
from database.shadow.oracle import ShadowOracle
from database.shape.introspect import read_catalog
from database.wholes.marker import SignIn
from factories.counts import Profile
from factories.keys.fan_out import FanOut
from factories.plan import SeedPlan, SeedRequest, draw_up
from factories.tables.people import PERMISSIONS, PERSONAS
from factories.tables.standing import standing
from operations.scenarios.fitting import fitted
from operations.scenarios.reading import known_scenarios
from operations.settings.settings import load
from operations.telling import sign_in_rows
from schema_sync.safety.scan import scan
from schema_sync.safety.scope import Scope
from tests.integration.factories.test_autonomica_rows import check_corners, seeded

ROOT = Path(__file__).parents[3]
INI = ROOT / "examples" / "autonomica" / "alembic.ini"
OF_OTHERS = ("agency", "empty", "enterprise", "onboarding")  # scenarios that speak of other tables, too
STORIES = (  # which no row may break: whoever acts has joined, posts are made of published pieces, nothing waits
    "FROM users WHERE last_login < created_at OR created_at > '2026-03-01 18:00'",
    "FROM user_permissions p JOIN users u ON u.id = p.user_id WHERE p.granted_at < u.created_at",
    "FROM user_permissions GROUP BY user_id, permission HAVING count(*) > 1",
    "FROM social_posts p JOIN content_pieces c ON c.id = p.content_id"
    " WHERE c.status <> 'PUBLISHED' OR p.user_id <> c.user_id OR p.user_id IS NULL",
    "FROM social_posts p JOIN users u ON u.id = p.user_id WHERE p.publish_date < u.created_at",
    "FROM social_posts WHERE lower(status) NOT IN ('published', 'draft', 'failed')",
    "FROM social_posts WHERE publish_date > '2026-03-01 18:00'",
    "FROM social_accounts WHERE access_token NOT LIKE 'fake_%'",
    "FROM tasks WHERE cost_tokens < 0 OR title = ''",
    "FROM tasks GROUP BY title HAVING count(*) > 1",
    "FROM agents a WHERE (status = 'BUSY') <>"
    " EXISTS (SELECT FROM tasks t WHERE t.agent_id = a.id AND t.status = 'IN_PROGRESS')",
    "FROM agent_contexts WHERE agent_id IS NULL",
)
ANCHOR = datetime(2026, 3, 1, 18, tzinfo=UTC)
SMALLER = dict.fromkeys(("users", "social_accounts", "agents", "tasks", "content_pieces", "social_posts"), "200")
OWN = {
    "agent_contexts",
    "agents",
    "content_pieces",
    "social_accounts",
    "social_posts",
    "tasks",
    "user_permissions",
    "users",
}


@pytest.fixture
def shadow(scratch: Scratch) -> Iterator[Connection]:
    """The history's first three revisions, which are the application's own tables."""
    engine = create_engine(make_url(scratch.url).set(drivername="postgresql+psycopg"), poolclass=pool.NullPool)
    config = Config(INI)
    with engine.begin() as held:
        config.attributes["connection"] = held
        command.upgrade(config, "0003")
    with writing(scratch) as connection:
        yield connection


def plan(shadow: Connection, scenario: str, **asked: object) -> tuple[Catalog, SeedPlan]:
    catalog, settings = read_catalog(shadow), load(scenario=scenario, **asked)
    told = fitted(settings, catalog)
    request = SeedRequest(
        seed=1,
        anchor=ANCHOR,
        profile=Profile(settings.profile),
        fan_out=FanOut(settings.fan_out),
        rows={"alembic_version": 0} | told.rows,
        exclude=told.exclude,
        messy=settings.messy,
    )
    return catalog, draw_up(catalog, request, ShadowOracle(shadow))


def test_every_scenario_can_be_planned(shadow: Connection) -> None:
    """What it asks of other tables is passed over and told; every persona that there is room for is there."""
    for scenario in known_scenarios(None):
        catalog, drawn = plan(shadow, scenario)
        rows = {table.name.name: table.rows for table in drawn.tables}
        assert set(rows) == {*OWN, "alembic_version"}, scenario
        people = standing(drawn, catalog)
        assert [one.persona for one in people] == list(PERSONAS[: rows["users"]]), scenario
        assert all(one.signs_in for one in people)
        assert sign_in_rows(drawn, catalog) == (SignIn("public", "users", "email", PERSONAS[0].email),)
        findings = fitted(load(scenario=scenario), catalog).findings
        assert ["analytics_events" in finding.what for finding in findings] == [True] * (scenario in OF_OTHERS), (
            scenario
        )
        assert not any("dropped" in note for table in drawn.tables for note in table.notes), scenario


def test_a_scenario_of_the_teams_own_is_taken_at_its_word(shadow: Connection, tmp_path: Path) -> None:
    """A table that it names and that there is not may be a slip."""
    (tmp_path / "ours.toml").write_text('about = "Ours."\n[rows]\nprojcts = 2\n')
    with pytest.raises(Refusal, match='"projcts", which is not in the schema'):
        plan(shadow, "ours", scenarios=str(tmp_path))


def test_every_scenario_on_the_eight_tables(shadow: Connection, scratch: Scratch, tmp_path: Path) -> None:
    """Every key holds, the stories that are told of these tables add up, nothing is anybody's, and corners are there.

    The large ones at a size of our own.
    """
    archive = tmp_path / "shape.dump"
    with programs.streaming(programs.schema_dump_command(programs.for_dump(18), scratch)) as pieces:
        archive.write_bytes(pieces.read())
    for scenario in known_scenarios(None):
        _, drawn = plan(shadow, scenario, **({"rows": SMALLER} if scenario in ("enterprise", "load") else {}))
        with seeded(scratch, archive, drawn) as connection:
            assert scan(connection, Scope()) == (), scenario
            assert broken(connection) == [], scenario
            check_corners(connection)
            found = connection.execute(
                "SELECT u.email, array_agg(p.permission::text) FROM users u JOIN user_permissions p ON p.user_id = u.id"
                " WHERE u.id <= %s GROUP BY u.id ORDER BY u.id",
                (len(PERSONAS),),
            ).fetchall()
        assert [(email, set(held)) for email, held in found] == [
            (persona.email, set(PERMISSIONS[persona.role])) for persona in PERSONAS
        ], scenario


def broken(connection: Connection) -> list[str]:
    """The stories that some row breaks."""
    return [query for query in STORIES if connection.execute(f"SELECT 1 {query} LIMIT 1".encode()).fetchone()]
