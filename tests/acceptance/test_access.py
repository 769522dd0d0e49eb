"""The levels of access to staging, from the settings file: on each new database, whichever job brought it."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import psycopg
import pytest
from psycopg import errors

from tests.acceptance.place import Place

pytestmark = pytest.mark.small  # a level is of whatever there is

PASSWORD = "levels"
LEVELS = ("admin", "developer", "read-only")


@pytest.fixture
def open_place(place: Place) -> Iterator[Place]:
    """The same place, staging owned by a plain role, with somebody of each level in its settings file."""
    mark = uuid4().hex[:6]
    owner, people = f"owner_{mark}", {level: f"{level}_{mark}" for level in LEVELS}
    _as_superuser(
        place,
        f"CREATE ROLE {owner}",
        f"ALTER DATABASE {place.staging.database} OWNER TO {owner}",
        *(f"CREATE ROLE \"{role}\" LOGIN PASSWORD '{PASSWORD}'" for role in people.values()),
    )
    _write_settings(place, people)
    yield place.having(OWNER=owner, **{level.upper(): role for level, role in people.items()})
    drops = [f'DROP DATABASE "{database}" WITH (FORCE)' for database in place.databases()]
    _as_superuser(place, *drops, *(f'DROP ROLE "{role}"' for role in (*people.values(), owner)), database="postgres")


def test_every_job_that_brings_a_new_database_opens_it_to_the_levels(open_place: Place) -> None:
    """A developer reads a table that staging did not have before, writes, and changes no schema."""
    for job in (("refresh",), ("reseed", "--no-backup"), ("restore", "--yes"), ("rollback", "--yes")):
        ran = open_place.run(*job)
        assert ran.code == 0, ran.err
        assert _may(open_place, "read-only", "SELECT * FROM users LIMIT 1")
        assert not _may(open_place, "read-only", "DELETE FROM alembic_version")
        assert _may(open_place, "developer", "UPDATE users SET id = id")
        assert not _may(open_place, "developer", "ALTER TABLE users ADD COLUMN more text")
        assert _may(open_place, "admin", "ALTER TABLE users ADD COLUMN more text")
        assert not _may(open_place, "admin", "CREATE ROLE more")
        assert "developer: developer_" in _report(open_place)


def test_who_is_taken_out_of_the_settings_is_out_of_the_next_database(open_place: Place) -> None:
    """And of the previous one, when it comes back; the report says who lost what."""
    assert open_place.run("refresh", "--no-backup").code == 0
    _write_settings(open_place, {"read-only": open_place.environment["ADMIN"]})
    for job in (("reseed", "--no-backup"), ("rollback", "--yes")):
        ran = open_place.run(*job)
        assert ran.code == 0, ran.err
        assert _may(open_place, "admin", "SELECT * FROM users LIMIT 1")
        assert not _may(open_place, "admin", "ALTER TABLE users ADD COLUMN more text")
        for level in ("developer", "read-only"):
            assert not _may(open_place, level, "SELECT * FROM users LIMIT 1")
        assert "lost their level" in _report(open_place)


def test_a_clone_of_the_golden_has_the_levels_of_now(open_place: Place) -> None:
    """A preview and a reseed from it: whoever had a level when the golden was made has none in them for that."""
    assert open_place.run("refresh", "--no-backup").code == 0
    _write_settings(open_place, {"read-only": open_place.environment["DEVELOPER"]})
    made = open_place.run("preview", "create", "pr-1")
    assert made.code == 0, made.err
    preview = f"{open_place.staging.database}__preview_pr-1"
    can = "SELECT has_table_privilege('{}', 'users', 'SELECT'), has_table_privilege('{}', 'users', 'DELETE')"
    for level, may in (("DEVELOPER", (True, False)), ("READ-ONLY", (False, False))):
        role = open_place.environment[level]
        assert open_place.ask(can.format(role, role), preview) == [may]
    ran = open_place.run("reseed", "--from-golden", "--no-backup")
    assert ran.code == 0, ran.err
    assert _may(open_place, "developer", "SELECT * FROM users LIMIT 1")
    assert not _may(open_place, "developer", "DELETE FROM users")
    assert not _may(open_place, "read-only", "SELECT * FROM users LIMIT 1")
    assert not _may(open_place, "admin", "SELECT * FROM users LIMIT 1")


def test_a_role_that_cannot_have_its_level_is_told_before_anything_is_built(open_place: Place) -> None:
    """By the doctor and by a refresh; staging and what is beside it stay as they are."""
    _write_settings(open_place, {"admin": "postgres", "developer": "nobody_by_this_name"})
    before = open_place.databases()
    for command in (("doctor",), ("refresh", "--no-backup")):
        ran = open_place.run(*command)
        assert ran.code != 0
        told = " ".join((ran.out + ran.err).split())
        assert '"nobody_by_this_name" is no role of the staging server' in told
        assert '"postgres" is a superuser, whom no level holds back' in told
    assert open_place.databases() == before


def _write_settings(place: Place, people: dict[str, str]) -> None:
    lines = [f'{level} = ["{role}"]\n' for level, role in people.items()]
    (place.folder / "greenroom.toml").write_text("[access]\n" + "".join(lines), encoding="utf-8")


def _report(place: Place) -> str:
    """The page of the run that was last."""
    newest = max((place.folder / "home" / "reports").glob("2*.html"), key=lambda path: path.stat().st_mtime_ns)
    return newest.read_text(encoding="utf-8")


def _may(place: Place, level: str, statement: str) -> bool:
    at = replace(place.staging, user=place.environment[level.upper()], password=PASSWORD)
    with psycopg.connect(at.url) as connection:
        try:
            with connection.transaction(force_rollback=True):
                connection.execute(statement.encode())
        except errors.InsufficientPrivilege:
            return False
        return True


def _as_superuser(place: Place, *statements: str, database: str = "") -> None:
    at = place.staging.with_database(database or place.staging.database)
    with psycopg.connect(at.url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement.encode())
