"""The example application's history, and the rows that the demo puts into it."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import LiteralString

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from psycopg import sql
from sqlalchemy import create_engine, make_url, pool

from database.endpoints import Scratch

EXAMPLE = Path(__file__).parents[3] / "examples" / "autonomica"
INI = EXAMPLE / "alembic.ini"
ANY_ROW = sql.SQL("true")
STATE = Path(__file__).with_name("state.sql")
REVISIONS = [script.revision for script in ScriptDirectory.from_config(Config(INI)).walk_revisions()][::-1]
OLDER = REVISIONS[-3]

REAL_APPLICATION = (
    "users",
    "user_permissions",
    "social_accounts",
    "agents",
    "agent_contexts",
    "tasks",
    "content_pieces",
    "social_posts",
)
TABLES = {
    *REAL_APPLICATION,
    "projects",
    "project_members",
    "content_reviews",
    "campaigns",
    "keywords",
    "agent_configurations",
    "model_prices",
    "task_runs",
    "analytics_events",
    "analytics_daily",
    "attributions",
    "customer_cohorts",
    "campaign_flights",
}
TEXT_TYPES = ["text", "varchar", "bpchar", "json", "jsonb", "_text", "_varchar", "_bpchar", "_json", "_jsonb"]

COLUMNS = """
SELECT c.table_name, c.column_name, c.udt_name, c.data_type, c.column_default
FROM information_schema.columns AS c
JOIN information_schema.tables AS t USING (table_schema, table_name)
JOIN pg_class AS r ON r.relname = c.table_name AND r.relnamespace = 'public'::regnamespace
WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND NOT r.relispartition
  AND c.table_name <> 'alembic_version'
ORDER BY c.table_name, c.ordinal_position
"""


def migrate(url: str, revision: str, move: Callable[[Config, str], None] = command.upgrade) -> None:
    """Bring the database to the revision, on a connection that we hold, and commit."""
    config = Config(INI)
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"), poolclass=pool.NullPool)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        move(config, revision)


def state(url: str) -> list[str]:
    """Everything in the public schema but Alembic's own table."""
    with psycopg.connect(url) as connection:
        return [str(line) for (line,) in connection.execute(STATE.read_bytes())]


def load(url: str, name: str) -> None:
    """Run one of the example's files of rows."""
    with psycopg.connect(url) as connection:
        connection.execute((EXAMPLE / name).read_bytes())


def count(connection: psycopg.Connection, table: str, condition: sql.Composable = ANY_ROW) -> int:
    """How many rows of the table meet the condition."""
    query = sql.SQL("SELECT FROM {} WHERE {}").format(sql.Identifier(table), condition)
    return connection.execute(query).rowcount


@pytest.fixture
def head(scratch: Scratch) -> Iterator[psycopg.Connection]:
    """Offer a session on a database at head with the rows of production; what a test does there is undone."""
    migrate(scratch.url, "head")
    load(scratch.url, "production_rows.sql")
    with psycopg.connect(scratch.url) as connection:
        yield connection
        connection.rollback()


def test_every_revision_undoes_exactly_what_it_did(scratch: Scratch) -> None:
    """Up one revision at a time, then down again: each step down leaves what was there before the step up."""
    states = {"base": state(scratch.url)}
    for revision in REVISIONS:
        migrate(scratch.url, revision)
        states[revision] = state(scratch.url)
    assert len({tuple(lines) for lines in states.values()}) == len(REVISIONS) + 1
    for revision in ["base", *REVISIONS[:-1]][::-1]:
        migrate(scratch.url, revision, command.downgrade)
        assert state(scratch.url) == states[revision], revision
    assert states["base"] == []


def alembic(*arguments: str, password: str = "") -> subprocess.CompletedProcess[str]:
    """Run Alembic's own command line in the example's folder."""
    return subprocess.run(
        [sys.executable, "-m", "alembic", *arguments],
        cwd=EXAMPLE,
        env=os.environ | {"PGPASSWORD": password},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_line_takes_the_url(scratch: Scratch) -> None:
    """`alembic -x url=...` migrates the database that it names; the password may come from PGPASSWORD."""
    address = replace(scratch, password="").url
    done = alembic("-x", f"url={address}", "upgrade", "head", password=scratch.password)
    assert done.returncode == 0, done.stderr
    with psycopg.connect(scratch.url) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(REVISIONS[-1],)]


def test_without_a_url_it_says_how_to_give_one() -> None:
    """No database is assumed: a migration without a URL ends with a sentence, not with a stack trace."""
    done = alembic("upgrade", "head")
    assert done.returncode != 0
    assert "-x url=" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def lacks_canary(column: str) -> sql.Composed:
    """Say, as a condition, that the column's value is missing or does not hold the canary."""
    return sql.SQL("({0}::text !~* 'canary-7f3a') IS NOT FALSE").format(sql.Identifier(column))


def test_every_text_column_of_every_table_carries_the_canary(head: psycopg.Connection) -> None:
    """In the rows of production, no text, json or domain value lacks the canary; no table is empty."""
    columns = head.execute(COLUMNS).fetchall()
    assert {table for table, *_ in columns} == TABLES
    assert [table for table in sorted(TABLES) if count(head, table) < 3] == []
    texts = [(table, column) for table, column, udt, *_ in columns if udt in TEXT_TYPES]
    assert {("projects", "slug"), ("project_members", "notify_email"), ("users", "email")} <= set(texts)
    assert [text for text in texts if count(head, text[0], lacks_canary(text[1]))] == []


RATE_IS_RIGHT = sql.SQL("click_rate = round(clicks / nullif(impressions, 0)::numeric, 6)")


def test_production_rows_reach_the_default_partition_and_the_report(head: psycopg.Connection) -> None:
    """The rows of production exercise what the history builds: partitions, views, generated columns."""
    assert count(head, "analytics_events_default") == 1
    assert count(head, "analytics_events_2026_10") == 1
    assert count(head, "campaign_overview") == count(head, "campaigns")
    assert count(head, "project_performance") == count(head, "projects")
    assert count(head, "analytics_daily", RATE_IS_RIGHT) == 3


def test_the_real_applications_tables_keep_their_facts(head: psycopg.Connection) -> None:
    """The eight tables that exist: json not jsonb, times without zone, no default but the serial key's."""
    facts = [row for row in head.execute(COLUMNS) if row[0] in REAL_APPLICATION]
    kinds = {data_type for *_, data_type, _ in facts}
    assert kinds == {
        "integer",
        "character varying",
        "text",
        "boolean",
        "json",
        "USER-DEFINED",
        "timestamp without time zone",
    }
    with_default = {(column, default) for *_, column, _, _, default in facts if default is not None}
    assert {column for column, _ in with_default} == {"id"}
    assert all(default.startswith("nextval(") for _, default in with_default)


def test_enum_labels_are_in_upper_case(head: psycopg.Connection) -> None:
    """Enum labels are stored in upper case, sixteen permissions among them."""
    labels = head.execute("SELECT enumtypid::regtype::text, enumlabel FROM pg_enum").fetchall()
    assert all(re.fullmatch("[A-Z_]+", label) for _, label in labels)
    assert sum(name == "permission" for name, _ in labels) == 16


BROKEN_RULES: dict[str, LiteralString] = {
    "own parent": "UPDATE projects SET parent_id = id",
    "more clicks than impressions": "UPDATE analytics_daily SET clicks = impressions + 1",
    "temperature": "UPDATE agent_configurations SET temperature = 2.01",
    "two active versions": "UPDATE agent_configurations SET is_active = true",
    "overlapping flights": "UPDATE campaign_flights SET during = '[2026-01-01,2027-01-01)'",
    "slug": "UPDATE projects SET slug = 'Not A Slug'",
    "e-mail": "UPDATE project_members SET notify_email = 'nobody'",
    "e-mail again, in capitals": "INSERT INTO users (clerk_id, email) SELECT 'x', upper(email) FROM users",
    "generated": "UPDATE analytics_daily SET click_rate = 1",
    "always identity": "INSERT INTO projects (id) VALUES (9)",
}


@pytest.mark.parametrize("change", BROKEN_RULES.values(), ids=BROKEN_RULES)
def test_the_schemas_rules_hold(head: psycopg.Connection, change: LiteralString) -> None:
    """Each rule that the seeder will have to satisfy really refuses a row that breaks it."""
    with pytest.raises((psycopg.IntegrityError, psycopg.errors.GeneratedAlways)):
        head.execute(change)


def test_an_update_sets_updated_at(head: psycopg.Connection) -> None:
    """The trigger stamps the row with the time of the transaction."""
    head.execute("UPDATE projects SET updated_at = '2020-01-01', name = 'renamed CANARY-7f3a'")
    assert count(head, "projects", sql.SQL("updated_at <> now()")) == 0


def test_members_see_only_their_projects(head: psycopg.Connection) -> None:
    """Row-level security: user 5 belongs to project 2 alone, and a session that names no user sees none."""
    head.execute("CREATE ROLE autonomica_reader")
    head.execute("GRANT SELECT ON projects, project_members TO autonomica_reader")
    head.execute("SET LOCAL ROLE autonomica_reader")
    assert count(head, "projects") == 0
    head.execute("SET LOCAL autonomica.user_id = '5'")
    assert head.execute("SELECT id FROM projects").fetchall() == [(2,)]


def test_staging_rows_fit_two_revisions_before_head(scratch: Scratch) -> None:
    """The older staging's rows fit revision 0006, fill every table there, and carry its own word."""
    migrate(scratch.url, OLDER)
    load(scratch.url, "staging_rows.sql")
    with psycopg.connect(scratch.url) as connection:
        tables = {table for table, *_ in connection.execute(COLUMNS)}
        assert tables == TABLES - {"campaign_flights"}
        assert [table for table in sorted(tables) if not count(connection, table)] == []
        assert count(connection, "users", sql.SQL("email LIKE 'old-staging-%'")) == count(connection, "users")
    assert "canary" not in (EXAMPLE / "staging_rows.sql").read_text().lower()


def test_an_older_staging_with_rows_can_be_migrated_to_head(scratch: Scratch) -> None:
    """What separates the older staging from production can be applied over its rows."""
    migrate(scratch.url, OLDER)
    load(scratch.url, "staging_rows.sql")
    before = state(scratch.url)
    migrate(scratch.url, "head")
    assert state(scratch.url) != before
    with psycopg.connect(scratch.url) as connection:
        assert count(connection, "users") == 2
