"""Rehearsing the next release on real servers: what is promoted, what is told, and what is left of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from catalog.errors import Refusal
from database.endpoints import Scratch
from database.servers.embedded import EmbeddedServer
from database.session import writing
from database.wholes.lifecycle import maintenance, mark
from database.wholes.marker import Marker
from operations import jobs
from operations.run import Run, plainly
from operations.settings.settings import Settings, load
from operations.shape import drift_jobs
from operations.shape.shape_from import Kind, ShapeFrom
from schema_sync.drift import by_rehearsal

ENV = """
from alembic import context
with context.config.attributes["connection"] as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
"""
REVISION = '''
"""{message}"""
from alembic import op
revision, down_revision = {name!r}, {after!r}
def upgrade():
    {body}
'''
SHAPE = """
    CREATE TABLE carts (id int PRIMARY KEY, total int NOT NULL, note text);
    CREATE FUNCTION slowly(bigint) RETURNS bigint IMMUTABLE LANGUAGE plpgsql
        AS 'BEGIN PERFORM pg_catalog.pg_sleep(0.02); RETURN $1; END';
"""
FIRST = f"op.execute({SHAPE!r})"
STANDS = """
    CREATE TABLE alembic_version (
        version_num varchar(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
    );
    INSERT INTO alembic_version VALUES ('a1');
"""
WIDER = 'op.execute("ALTER TABLE carts ALTER total TYPE bigint")'
OWNED = 'op.execute("ALTER TABLE carts ADD owner text NOT NULL")'
BAGS = 'op.execute("CREATE TABLE bags (id int)")'
ALONGSIDE = """with op.get_context().autocommit_block():
        op.execute("CREATE INDEX CONCURRENTLY carts_total ON carts (slowly(total))")"""
RELEASED = {
    "changed Alembic revision alembic_version",
    "changed column public.carts.total",
    "removed index public.carts_total",
    "removed table public.bags",
    "removed column public.bags.id",
}
ROWS = "SELECT md5(string_agg(c::text, ',' ORDER BY id)) FROM (SELECT id, total::int, note FROM carts) AS c"


@pytest.fixture(scope="module")
def production(production_server: EmbeddedServer) -> Iterator[Scratch]:
    """A production at revision a1."""
    at = production_server.endpoint.with_database(f"release_{uuid4().hex[:8]}")
    with maintenance(at) as beside:
        beside.execute(f"CREATE DATABASE {at.database} TEMPLATE template0 STRATEGY file_copy".encode())
    execute(at, SHAPE + STANDS)
    yield at
    with maintenance(at) as beside:
        beside.execute(f"DROP DATABASE {at.database} WITH (FORCE)".encode())


@contextmanager
def fresh_staging(server: EmbeddedServer) -> Iterator[Scratch]:
    """An empty staging, dropped with all that was built beside it."""
    at = server.endpoint.with_database(f"release_{uuid4().hex[:8]}")
    with maintenance(at) as beside:
        beside.execute(f"CREATE DATABASE {at.database} TEMPLATE template0 STRATEGY file_copy".encode())
        mark(beside, at.database, Marker())
    yield at
    with maintenance(at) as beside:
        for name in databases(at):
            beside.execute(f"DROP DATABASE {at.database}{name} WITH (FORCE)".encode())


@pytest.fixture
def staging(server: EmbeddedServer) -> Iterator[Scratch]:
    """A staging of the test's own."""
    with fresh_staging(server) as at:
        yield at


@dataclass(frozen=True)
class Released:
    """A staging that was refreshed with a rehearsal, and the run that did it."""

    staging: Scratch
    run: Run
    sentence: str


@pytest.fixture(scope="module")
def released(
    production: Scratch, server: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Released]:
    """A release of two migrations, rehearsed and promoted."""
    folder = tmp_path_factory.mktemp("released")
    alembic = release(folder / "app", WIDER, ALONGSIDE, BAGS)
    with fresh_staging(server) as at:
        execute(at, "CREATE TABLE bags (id int); GRANT SELECT ON bags TO pg_monitor")  # of the release before
        yield Released(at, *refresh(settings_for(production, at, folder, alembic=alembic, rehearse="alembic")))


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def execute(at: Scratch, statement: str) -> list[tuple[Any, ...]]:
    with writing(at) as connection:
        done = connection.execute(statement.encode())
        return done.fetchall() if done.description else []


def databases(at: Scratch) -> set[str]:
    """What there is beside the database, by the ends of the names."""
    with maintenance(at) as server:
        rows = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", (at.database,))
        return {str(name).removeprefix(at.database) for (name,) in rows}


def release(folder: Path, *bodies: str) -> Path:
    """An application's history: a1, at which production stands, and the revisions a2, a3 ... of the release."""
    versions = folder / "migrations" / "versions"
    versions.mkdir(parents=True)
    (folder / "alembic.ini").write_text("[alembic]\nscript_location = %(here)s/migrations\n")
    (folder / "migrations" / "env.py").write_text(ENV)
    for number, body in enumerate((FIRST, *bodies), 1):
        after = f"a{number - 1}" if number > 1 else None
        text = REVISION.format(message=f"Step {number}", name=f"a{number}", after=after, body=body)
        (versions / f"a{number}.py").write_text(text)
    return folder / "alembic.ini"


def settings_for(production: Scratch, staging: Scratch, folder: Path, **more: Any) -> Settings:
    return load(
        production_database_url=production.url,
        staging_database_url=staging.url,
        home=folder / "home",
        profile="smoke",
        anchor="2026-11-22T23:00:00Z",
        allow=["readable-production"],
        **more,
    )


def found_drift(settings: Settings, *, elsewhere: bool = False) -> Run:
    run = Run("drift", settings, settings.staging())
    drift_jobs.find_drift(run, plainly, settings.shape if elsewhere else settings.production())
    return run


def refresh(settings: Settings) -> tuple[Run, str]:
    run = Run("refresh", settings, settings.staging())
    return run, jobs.refresh(run, plainly, backup=False)


def test_a_release_that_goes_well_is_promoted(released: Released) -> None:
    """Each migration with its time, its locks, and what it wrote anew; the golden has them, too."""
    run, staging = released.run, released.staging
    assert released.sentence.endswith("in production's shape, and migrated by the Alembic history from a1 to a4")
    told = run.story.rehearsal
    assert told is not None
    wider, alongside, bags = told.migrations
    assert (wider.name, wider.message, wider.rewritten) == ("a2", "Step 2", ("public.carts",))
    assert wider.locks == ("public.carts: ACCESS EXCLUSIVE, reads and writes wait",)
    assert alongside.rewritten == ()
    assert alongside.seconds > 0.2
    waits = "public.carts: SHARE UPDATE EXCLUSIVE, reads and writes go on, other changes of the table wait"
    assert alongside.locks == (waits,)
    assert (bags.locks, bags.rewritten) == ((), ())
    assert execute(staging, "SELECT version_num FROM alembic_version") == [("a4",)]
    assert execute(staging, "SELECT count(*) > 5 FROM carts") == [(True,)]
    assert databases(staging) == {"", "__prev", "__golden"}
    golden = staging.with_database(f"{staging.database}__golden")
    assert execute(golden, ROWS) == execute(staging, ROWS)
    assert execute(golden, "SELECT version_num FROM alembic_version") == [("a4",)]


def test_a_table_of_the_release_is_granted_as_staging_grants_it(released: Released) -> None:
    """It was not there yet when the candidate was given its grants."""
    assert execute(released.staging, "SELECT has_table_privilege('pg_monitor', 'bags', 'SELECT')") == [(True,)]
    assert "grants" not in {finding.check for finding in released.run.story.findings}


def test_drift_knows_what_was_rehearsed(released: Released) -> None:
    """Also after a reseed; what somebody changed by hand afterwards is drift as ever."""
    settings, staging = released.run.settings, released.staging
    drift = found_drift(settings)
    assert {str(item) for item in drift.story.changes} == RELEASED
    assert by_rehearsal(drift.story.changes, drift.story.findings)
    again = Run("reseed", settings.model_copy(update={"seed": 7}), settings.staging())
    assert jobs.reseed(again, plainly, backup=False).endswith("in the shape it had")
    assert again.story.rehearsal is None
    drift = found_drift(settings)
    assert by_rehearsal(drift.story.changes, drift.story.findings)
    at_head = settings.model_copy(update={"shape": ShapeFrom(Kind.ALEMBIC, "head")})
    assert found_drift(at_head, elsewhere=True).story.changes == ()
    ahead = Run("drift", at_head, at_head.staging())
    drift_jobs.find_productions_drift(ahead, plainly, at_head.shape)
    assert {str(item).replace("added", "removed") for item in ahead.story.changes} == RELEASED
    execute(staging, "ALTER TABLE carts ADD by_hand int")
    drift = found_drift(settings)
    assert not by_rehearsal(drift.story.changes, drift.story.findings)
    told_of = {finding.check: finding.what for finding in drift.story.findings}
    assert "the schema of staging has changed since" in told_of["rehearsed"]


def test_a_release_that_fails_is_left_out_or_refuses_the_run(
    production: Scratch, staging: Scratch, tmp_path: Path
) -> None:
    """The statement and its reason are told; promoted is what was proven before, or nothing."""
    alembic = release(tmp_path / "app", WIDER, OWNED, "raise RuntimeError('not reached')")
    refusing = settings_for(production, staging, tmp_path, alembic=alembic, rehearse="alembic")
    with pytest.raises(Refusal) as refused:
        refresh(refusing)
    said = str(refused.value)
    assert 'failed: a3 (Step 3) fails: column "owner" of relation "carts" contains null values; nothing was' in said
    assert "The statement: ALTER TABLE carts ADD owner text NOT NULL\n" in said
    assert refused.value.todo.startswith("Mend it before it is deployed"), "what a message takes has no statement in it"
    assert databases(staging) == {""}
    run, sentence = refresh(refusing.model_copy(update={"rehearsal_fails": "promote"}))
    assert 'WITHOUT the next release, whose rehearsal failed: a3 (Step 3) fails: column "owner"' in sentence
    told = run.story.rehearsal
    assert told is not None
    assert [bool(item.failed) for item in told.migrations] == [False, True]
    assert execute(staging, "SELECT version_num FROM alembic_version") == [("a1",)]
    assert execute(staging, "SELECT pg_typeof(total)::text FROM carts LIMIT 1") == [("integer",)]
    assert databases(staging) == {"", "__prev", "__golden"}
