"""A refresh that fills no table: its candidate is the shadow itself, and as good as one that was built."""

from pathlib import Path
from uuid import uuid4

import pytest
from psycopg import sql

from database.endpoints import Scratch
from database.servers.embedded import EmbeddedServer
from database.session import DatabaseError, writing
from database.wholes.lifecycle import maintenance, rename
from operations import jobs
from operations.run import Run, plainly
from schema_sync.build import turn_into
from tests.integration.operations.test_drift import database, find, refresh, settings_for

SHAPE = """
    CREATE TABLE parents (id serial PRIMARY KEY, name text CHECK (name <> ''));
    CREATE TABLE children (id int PRIMARY KEY, parent int NOT NULL REFERENCES parents);
    CREATE INDEX children_parent ON children (parent);
    CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
    CREATE TRIGGER t BEFORE INSERT ON children FOR EACH ROW EXECUTE FUNCTION f();
    CREATE MATERIALIZED VIEW counted AS SELECT count(*) AS n FROM children;
    CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);
    INSERT INTO alembic_version VALUES ('0007');
    INSERT INTO parents (name) VALUES ('canary');
"""


def test_a_candidate_without_rows_is_the_shadow(
    server: EmbeddedServer, production_server: EmbeddedServer, tmp_path: Path
) -> None:
    """With its keys and indexes, the revision, views that are filled; what a dead run left in its place is gone."""
    with database(production_server, SHAPE) as production, database(server, "CREATE TABLE old ()") as staging:
        settings = settings_for(production, staging, tmp_path, exclude=["*"])
        run = refresh(settings)
        names = [step.name for step in run.story.steps]
        assert "create the candidate" in names
        assert "seed" not in names
        assert beside(staging) == {staging.database, f"{staging.database}__prev", f"{staging.database}__golden"}
        assert find(settings).story.changes == ()
        assert asked(staging, "SELECT version_num FROM alembic_version") == [("0007",)]
        assert asked(staging, "SELECT count(*), (SELECT n FROM counted) FROM parents") == [(0, 0)]
        question = "SELECT pg_get_userbyid(datdba) = current_user FROM pg_database WHERE datname = %s"
        assert asked(staging, question) == [(True,)]


def test_somebody_who_looks_at_the_shadow_does_not_hold_it_up(server: EmbeddedServer) -> None:
    """A monitor, say, that finds every database; its session is ended."""
    with database(server, SHAPE) as shadow, writing(shadow) as somebody, maintenance(shadow) as beside:
        somebody.execute("SELECT 1")
        turn_into(beside, shadow, renamed(shadow))
        with pytest.raises(DatabaseError):
            somebody.execute("SELECT 1")
        somebody.close()
        rename(beside, renamed(shadow), shadow)


def test_the_shadow_turns_into_the_candidate_once(server: EmbeddedServer) -> None:
    """What a dead run left under the candidate's name goes; a step that is tried again finds what it has done."""
    with database(server, SHAPE) as shadow, maintenance(shadow) as beside:
        beside.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(renamed(shadow).database)))
        turn_into(beside, shadow, renamed(shadow))
        turn_into(beside, shadow, renamed(shadow))
        assert asked(renamed(shadow), "SELECT name FROM parents") == [("canary",)]
        rename(beside, renamed(shadow), shadow)


def test_policies_are_mapped_once(server: EmbeddedServer, production_server: EmbeddedServer, tmp_path: Path) -> None:
    """The shadow's are mapped already: of two roles that stand for each other, neither is turned back in the copy."""
    shape = "CREATE TABLE t (); CREATE POLICY p ON t TO pg_monitor; CREATE POLICY q ON t TO pg_read_all_stats"
    with database(production_server, shape) as production, database(server, "CREATE TABLE old ()") as staging:
        roles = {"pg_monitor": "pg_read_all_stats", "pg_read_all_stats": "pg_monitor"}
        refresh(settings_for(production, staging, tmp_path, exclude=["*"], roles=roles))
        question = "SELECT policyname, roles::text FROM pg_policies ORDER BY 1"
        assert asked(staging, question) == [("p", "{pg_read_all_stats}"), ("q", "{pg_monitor}")]


def test_a_reseed_maps_no_role(server: EmbeddedServer, production_server: EmbeddedServer, tmp_path: Path) -> None:
    """In staging's own shape policies, grants and default privileges are of staging's roles already, and stay so."""
    role = f"closer_{uuid4().hex[:12]}"
    shape = (
        f"CREATE ROLE {role}; ALTER DEFAULT PRIVILEGES FOR ROLE {role} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;"
        "CREATE TABLE t (id int); GRANT SELECT ON t TO pg_monitor; CREATE POLICY p ON t TO pg_monitor"
    )
    with database(production_server, "") as production, database(server, shape) as staging:
        settings = settings_for(production, staging, tmp_path, roles={"pg_monitor": "pg_read_all_stats"})
        run = Run("reseed", settings, settings.staging())
        jobs.reseed(run, plainly, backup=False)
        assert asked(staging, "SELECT policyname, roles::text FROM pg_policies") == [("p", "{pg_monitor}")]
        assert asked(staging, "SELECT has_table_privilege('pg_read_all_stats', 't', 'SELECT')") == [(False,)]
        question = "SELECT defaclrole::regrole::text FROM pg_default_acl"
        assert asked(staging, question) == [(role,)]


def beside(staging: Scratch) -> set[object]:
    """Staging, and what stands beside it."""
    question = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
    return {name for (name,) in asked(staging, question)}


def renamed(shadow: Scratch) -> Scratch:
    return shadow.with_database(f"{shadow.database}__next")


def asked(at: Scratch, question: str) -> list[tuple[object, ...]]:
    with writing(at) as connection:
        return connection.execute(question.encode(), [at.database] if "%s" in question else None).fetchall()
