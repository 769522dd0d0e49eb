"""A staging role with no more rights than it needs: it may create databases, and act as the owner of staging."""

import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import psycopg
import pytest

from tests.acceptance.place import EXAMPLE, Place

PASSWORD = "least-rights"


@pytest.fixture
def deployer(place: Place) -> Iterator[Place]:
    """The same place, staging owned by the application's role, refreshed by another; a third role reads."""
    mark = uuid4().hex[:6]
    name, owner, reader, role = place.staging.database, f"owner_{mark}", f"reader_{mark}", f"deployer_{mark}"
    _as_superuser(
        place,
        f"CREATE ROLE {owner} NOLOGIN",
        f"CREATE ROLE {reader} LOGIN PASSWORD '{PASSWORD}'",
        f"CREATE ROLE {role} LOGIN CREATEDB PASSWORD '{PASSWORD}'",
        f"GRANT {owner} TO {role}",
        f"ALTER ROLE {role} SET statement_timeout = '100ms'",
        f"ALTER DATABASE {name} OWNER TO {owner}",
        f"ALTER DATABASE {name} SET work_mem = '8MB'",
        f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {owner}",
        f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {owner}",
        f"GRANT SELECT ON users TO {reader}",
        f"GRANT USAGE ON SCHEMA public TO {reader}",
    )
    at = replace(place.staging, user=role, password=PASSWORD)
    yield place.having(STAGING_DATABASE_URL=at.url, READER=reader, OWNER=owner, ROLE=role)
    drops = [f'DROP DATABASE "{database}" WITH (FORCE)' for database in place.databases()]
    drops += [f"DROP ROLE {each}" for each in (reader, role, owner)]
    _as_superuser(place, *drops, database="postgres")


def test_a_role_that_may_do_little_refreshes_backs_up_and_restores(deployer: Place) -> None:
    """What is built belongs to staging's owner; grants and settings go along; its own time limit does not hold.

    The application's migrations run with no more than its rights, and what a rehearsed one makes is the owner's, too.
    """
    script = (
        "import os, psycopg; c = psycopg.connect(os.environ['DATABASE_URL']); c.execute('CREATE TABLE released ()')"
    )
    release = f'{sys.executable} -c "{script}; c.commit()"'
    deployer = deployer.having(GREENROOM_REHEARSE=release)
    for job in (("refresh",), ("reseed", "--from-golden"), ("backup",), ("restore", "--yes")):
        ran = deployer.having(GREENROOM_ALEMBIC=str(EXAMPLE / "alembic.ini")).run(*job)
        assert ran.code == 0, ran.err
        assert deployer.ask("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'") == [
            (deployer.environment["OWNER"],)
        ]
        assert deployer.ask(f"SELECT has_table_privilege('{deployer.environment['READER']}', 'users', 'SELECT')") == [
            (True,)
        ]
        assert deployer.ask("SHOW work_mem") == [("8MB",)]
        assert deployer.ask("SELECT count(*) FROM released") == [(0,)]


@pytest.mark.small
def test_a_role_that_may_do_little_makes_and_drops_previews(deployer: Place) -> None:
    """They belong to staging's owner, who may connect, as may the role that made them."""
    assert deployer.run("refresh", "--no-backup").code == 0
    ran = deployer.run("preview", "create", "pr-1")
    assert ran.code == 0, ran.err
    look = (
        f"SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = '{deployer.staging.database}__preview_pr-1'"
    )
    assert deployer.ask(look) == [(deployer.environment["OWNER"],)]
    assert deployer.run("preview", "drop", "pr-1").code == 0
    assert deployer.ask(look) == []


@pytest.mark.small
def test_a_golden_of_somebody_else_is_not_copied(deployer: Place) -> None:
    """The sentence has the line that a superuser runs; then it works."""
    assert deployer.run("refresh", "--no-backup").code == 0
    golden, role = f"{deployer.staging.database}__golden", deployer.environment["ROLE"]
    _as_superuser(deployer, f'ALTER DATABASE "{golden}" OWNER TO postgres')
    line = f'ALTER DATABASE "{golden}" OWNER TO "{role}";'
    for words in (("preview", "create", "pr-1"), ("reseed", "--from-golden")):
        ran = deployer.run(*words)
        assert ran.code == 3, ran.err
        assert f'"{role}" may not copy "{golden}": it belongs to "postgres"' in ran.err
        assert line in ran.err
    _as_superuser(deployer, line)
    assert deployer.run("preview", "create", "pr-1").code == 0


@pytest.mark.small
def test_a_preview_that_may_not_be_dropped_holds_no_refresh_up(deployer: Place) -> None:
    """It is past its age and was given to somebody else: the report says so, and how to drop it."""
    assert deployer.run("refresh", "--no-backup").code == 0
    assert deployer.run("preview", "create", "pr-1").code == 0
    preview = f'"{deployer.staging.database}__preview_pr-1"'
    _as_superuser(
        deployer, f"ALTER DATABASE {preview} OWNER TO postgres", f"REVOKE ALL ON DATABASE {preview} FROM PUBLIC"
    )
    time.sleep(1)  # a preview's birth and a run's beginning are told in whole seconds
    ran = deployer.having(GREENROOM_PREVIEW_DAYS="0.0000001").run("refresh", "--no-backup")
    assert ran.code == 0, ran.err
    assert "could not be dropped: must be owner of database" in " ".join(ran.out.split())
    by_name = deployer.run("preview", "drop", "pr-1")
    assert by_name.code == 4, by_name.err
    assert 'the preview "pr-1" could not be dropped, and is as it was: must be owner of database' in by_name.err
    assert f"{deployer.staging.database}__preview_pr-1" in deployer.databases()


@pytest.mark.small
def test_grants_that_were_taken_back_on_staging_do_not_come_back_with_the_golden(deployer: Place) -> None:
    """The golden still has them; the clone that becomes staging follows staging."""
    reader = deployer.environment["READER"]
    assert deployer.run("refresh", "--no-backup").code == 0
    _as_superuser(deployer, f"REVOKE SELECT ON users FROM {reader}", f"GRANT SELECT ON projects TO {reader}")
    ran = deployer.run("reseed", "--from-golden", "--no-backup")
    assert ran.code == 0, ran.err
    for table, allowed in (("users", False), ("projects", True)):
        assert deployer.ask(f"SELECT has_table_privilege('{reader}', '{table}', 'SELECT')") == [(allowed,)]


@pytest.mark.small
def test_a_session_that_may_not_be_ended_leaves_staging_as_it_was(deployer: Place) -> None:
    """Somebody else's session on staging holds the swap up: a sentence that says what to grant, exit code 4."""
    someone = replace(deployer.staging, user=deployer.environment["READER"], password=PASSWORD)
    with psycopg.connect(someone.url, autocommit=True):
        ran = deployer.having(GREENROOM_AWAY_SECONDS="1").run("refresh", "--no-backup")
    assert ran.code == 4, ran.err
    assert "could not be renamed, and is as it was" in ran.err
    assert "GRANT pg_signal_backend" in ran.err
    assert deployer.ask("SELECT version_num FROM alembic_version") == [("0006",)]
    assert deployer.databases() == {deployer.staging.database}


def _as_superuser(place: Place, *statements: str, database: str = "") -> None:
    at = place.staging.with_database(database or place.staging.database)
    with psycopg.connect(at.url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())


@pytest.mark.small
def test_what_another_role_left_beside_staging_is_told_before_anything_is_built(place: Place, deployer: Place) -> None:
    """A superuser's run left the golden his own: ours could not rename it when all else is done."""
    assert place.run("refresh", "--no-backup").code == 0
    ran = deployer.run("refresh", "--no-backup")
    assert ran.code == 3, ran.err
    golden = f"{place.staging.database}__golden"
    assert f'"{golden}" belongs to "postgres"' in ran.err
    assert f'ALTER DATABASE "{golden}" OWNER TO "{deployer.environment["ROLE"]}";' in ran.err
