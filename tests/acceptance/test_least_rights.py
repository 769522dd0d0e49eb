"""A staging role with no more rights than it needs: it may create databases, and act as the owner of staging."""

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
    yield place.having(STAGING_DATABASE_URL=at.url, READER=reader, OWNER=owner)
    drops = [f'DROP DATABASE "{database}" WITH (FORCE)' for database in place.databases()]
    drops += [f"DROP ROLE {each}" for each in (reader, role, owner)]
    _as_superuser(place, *drops, database="postgres")


def test_a_role_that_may_do_little_refreshes_backs_up_and_restores(deployer: Place) -> None:
    """What is built belongs to staging's owner; grants and settings go along; its own time limit does not hold.

    The application's migrations run with no more than its rights.
    """
    for job in (("refresh",), ("backup",), ("restore", "--yes")):
        ran = deployer.having(GREENROOM_ALEMBIC=str(EXAMPLE / "alembic.ini")).run(*job)
        assert ran.code == 0, ran.err
        assert deployer.ask("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'") == [
            (deployer.environment["OWNER"],)
        ]
        assert deployer.ask(f"SELECT has_table_privilege('{deployer.environment['READER']}', 'users', 'SELECT')") == [
            (True,)
        ]
        assert deployer.ask("SHOW work_mem") == [("8MB",)]


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
