"""Pulling the shape: by a role that cannot read a row, into a file of our own, all or nothing."""

import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import sleep
from uuid import uuid4

import psycopg
import pytest

from catalog.compare import compare
from catalog.errors import Failure
from catalog.model import Catalog
from database import programs
from database.endpoints import Production, Scratch
from database.facts import production_facts
from database.programs import Programs, for_dump
from database.rights.grant_sql import grant_sql
from database.servers.embedded import EmbeddedServer
from database.session import reading, writing
from database.shape.introspect import read_catalog
from database.wholes.lifecycle import create, drop, maintenance
from schema_sync.pull import pull

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
CANARY = "canary-8f3a"
SHOP = """
CREATE EXTENSION citext;
CREATE SCHEMA app;
CREATE TYPE app.mood AS ENUM ('glad', 'sad');
CREATE TABLE app.users (
    id serial PRIMARY KEY, email citext, mood app.mood, told jsonb, tags text[], raw bytea,
    boss int REFERENCES app.users
);
INSERT INTO app.users (email, told, tags, raw)
SELECT 'CANARY-' || n || '@corp.io', '{"x": "CANARY"}', '{CANARY}', 'CANARY' FROM generate_series(1, 500) n;
CREATE TABLE app.events (at date, note text) PARTITION BY RANGE (at);
CREATE TABLE app.events_2026 PARTITION OF app.events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
INSERT INTO app.events SELECT '2026-05-05', 'CANARY' FROM generate_series(1, 500);
CREATE MATERIALIZED VIEW app.counted AS SELECT email, count(*) FROM app.users GROUP BY email;
CREATE INDEX users_email ON app.users (lower(email::text));
CREATE STATISTICS app.users_stats ON mood, boss FROM app.users;
CREATE ROLE TENANT;
ALTER TABLE app.users ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON app.users TO TENANT USING (email = current_user);
CREATE TABLE public.alembic_version (version_num varchar(32) PRIMARY KEY);
INSERT INTO public.alembic_version VALUES ('0008'), ('0009');
ANALYZE;
"""


@pytest.fixture
def tools() -> Programs:
    """The programs of PostgreSQL 18."""
    return for_dump(18)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Where the snapshot goes; its folder does not exist yet."""
    return tmp_path / "snapshots" / "20261123.dump"


@pytest.fixture
def owned(production_server: EmbeddedServer) -> Iterator[Scratch]:
    """Production as its owner sees it, full of rows that must stay there."""
    at = production_server.endpoint.with_database(f"shop_{uuid4().hex[:12]}")
    tenant = f"tenant_{at.database}"
    with maintenance(at) as server:
        create(server, at, "postgres")
        with writing(at) as connection:
            connection.execute(SHOP.replace("CANARY", CANARY).replace("TENANT", tenant).encode())
        yield at
        drop(server, at)
        server.execute(f"DROP ROLE {tenant}".encode())


@pytest.fixture
def seen(owned: Scratch) -> Iterator[Production]:
    """Production as the role of grant-sql sees it."""
    role = f"shape_{owned.database}"
    with writing(owned) as connection:
        connection.execute(grant_sql(18, role=role, database=owned.database, schemas=("public", "app")).encode())
        connection.execute(f"ALTER ROLE {role} PASSWORD 's3cret'".encode())
        yield Production(owned.host, owned.port, owned.database, role, "s3cret")
        connection.execute(f"DROP OWNED BY {role}; DROP ROLE {role}".encode())


def catalog_of(at: Scratch) -> Catalog:
    with reading(at) as connection:
        return read_catalog(connection)


def test_a_role_that_cannot_read_a_row_pulls_the_whole_shape(
    owned: Scratch, seen: Production, tools: Programs, archive: Path, scratch: Scratch
) -> None:
    """Restored it is what the owner sees; SELECT on any table fails for the role all the while."""
    with reading(seen) as connection:
        for table in ("app.users", "app.events", "app.events_2026", "app.counted"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"SELECT FROM {table}".encode())
    snapshot = pull(seen, tools, archive, NOW)
    with maintenance(scratch) as server:
        server.execute(f"CREATE ROLE tenant_{owned.database}".encode())
    try:
        programs.run(programs.restore_command(tools, scratch, archive=archive))
        assert compare(catalog_of(owned), catalog_of(scratch)) == ()
    finally:
        with writing(scratch) as connection:
            connection.execute("DROP POLICY own ON app.users")
            connection.execute(f"DROP ROLE tenant_{owned.database}".encode())
    assert snapshot.source == f"shape_{owned.database}@127.0.0.1:{owned.port}/{owned.database}"
    assert (snapshot.server_major, snapshot.archive_major, snapshot.taken_at) == (18, 18, NOW)
    assert snapshot.policy_roles == (f"tenant_{owned.database}",)
    assert [name for name, _ in snapshot.surroundings.extensions] == ["citext"]
    assert snapshot.revisions == ("0008", "0009")
    assert snapshot.has_public


def test_no_row_is_in_what_is_kept(owned: Scratch, seen: Production, tools: Programs, archive: Path) -> None:
    """Neither in the archive nor beside it, whoever pulls: a full dump of the same database does hold them."""
    superuser = Production(owned.host, owned.port, owned.database, owned.user, owned.password)
    for source in (seen, superuser):
        pull(source, tools, archive, NOW)
        kept = b"".join(file.read_bytes() for file in archive.parent.iterdir())
        assert b"users" in kept
        assert CANARY.encode() not in kept
        assert CANARY.encode().hex().encode() not in kept
        assert source.password.encode() not in kept
    with programs.streaming(programs.dump_command(tools, superuser)) as full:
        assert CANARY.encode() in full.read()


DOORS = """
CREATE FOREIGN DATA WRAPPER fw OPTIONS (x 'CANARY');
CREATE SERVER far FOREIGN DATA WRAPPER fw OPTIONS (host 'CANARY');
COMMENT ON SERVER far IS 'CANARY';
CREATE USER MAPPING FOR CURRENT_USER SERVER far OPTIONS (password 'CANARY');
CREATE FOREIGN TABLE lent (a text OPTIONS (name 'CANARY') DEFAULT 'CANARY') SERVER far OPTIONS (table_name 'CANARY');
COMMENT ON COLUMN lent.a IS 'CANARY';
CREATE VIEW over_there AS SELECT a || 'CANARY' AS b FROM lent;
CREATE TABLE here (a text CHECK (a <> 'crosses'));
CREATE PUBLICATION everything FOR TABLE here WHERE (a <> 'CANARY');
CREATE FUNCTION noted() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN NULL; END';
CREATE EVENT TRIGGER noting ON ddl_command_end EXECUTE FUNCTION noted();
COMMENT ON EVENT TRIGGER noting IS 'CANARY';
COMMENT ON DATABASE NAME IS 'CANARY';
ALTER DATABASE NAME SET shop.secret = 'CANARY';
ALTER ROLE CURRENT_USER IN DATABASE NAME SET shop.other = 'CANARY';
"""


def test_what_never_crosses_is_not_kept_either(
    scratch_on_any: Scratch, any_server: EmbeddedServer, archive: Path
) -> None:
    """Not even in the archive of a superuser, whom pg_dump shows passwords; names and order stay as they were."""
    at, tools = scratch_on_any, for_dump(any_server.installation.major)
    with writing(at) as connection:
        connection.execute(DOORS.replace("CANARY", CANARY).replace("NAME", at.database).encode())
    superuser = Production(at.host, at.port, at.database, at.user, at.password)
    with programs.streaming(programs.schema_dump_command(tools, superuser)) as stream:
        whole = stream.read()
    assert whole.count(CANARY.encode()) >= 12
    pull(superuser, tools, archive, NOW)
    kept = archive.read_bytes()
    assert CANARY.encode() not in kept
    assert b"crosses" in kept
    assert len(kept) == len(whole)
    before = archive.with_name("whole")
    before.write_bytes(whole)
    listed, listed_before = (programs.run(programs.list_command(tools, path)) for path in (archive, before))
    assert listed.partition("Selected TOC")[2] == listed_before.partition("Selected TOC")[2]


def test_what_is_kept_is_for_our_eyes_alone(seen: Production, tools: Programs, archive: Path) -> None:
    """The archive and its description, and nothing that is half done."""
    pull(seen, tools, archive, NOW)
    assert {file.name for file in archive.parent.iterdir()} == {"20261123.dump", "20261123.json"}
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600


def test_revisions_that_cannot_be_read_are_none(
    owned: Scratch, seen: Production, tools: Programs, archive: Path
) -> None:
    """The pull goes on without them."""
    with writing(owned) as connection:
        connection.execute(f"REVOKE SELECT ON alembic_version FROM {seen.user}".encode())
    assert pull(seen, tools, archive, NOW).revisions == ()


def test_no_function_of_productions_own_is_called(
    owned: Scratch, seen: Production, tools: Programs, archive: Path
) -> None:
    """One that somebody put into public, and that fits what we ask better than PostgreSQL's own, is not ours to run."""
    with writing(owned) as connection:
        connection.execute(
            "CREATE FUNCTION public.format(text, name, name) RETURNS text LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'called as %', current_user; END $$"
        )
    with reading(seen) as connection:
        assert production_facts(connection, seen).readable == ()
    assert pull(seen, tools, archive, NOW).revisions == ("0008", "0009")


def test_a_schema_public_that_is_gone_is_noted(
    owned: Scratch, seen: Production, tools: Programs, archive: Path
) -> None:
    """A fresh database has one, which then has to go."""
    with writing(owned) as connection:
        connection.execute("DROP TABLE alembic_version; DROP EXTENSION citext CASCADE; DROP SCHEMA public CASCADE")
    assert not pull(seen, tools, archive, NOW).has_public


def test_a_pg_dump_that_fails_leaves_no_file(owned: Scratch, seen: Production, tools: Programs, archive: Path) -> None:
    """The failure carries its words."""
    with writing(owned) as connection:
        connection.execute(f"REVOKE MAINTAIN ON app.events_2026 FROM {seen.user}".encode())
    with pytest.raises(Failure, match=r"pg_dump ended with exit code 1: .*permission denied for table events_2026"):
        pull(seen, tools, archive, NOW)
    assert list(archive.parent.iterdir()) == []


def test_a_table_that_somebody_holds_is_not_waited_for_long(
    owned: Scratch, seen: Production, archive: Path, tmp_path: Path
) -> None:
    """Who waits for a lock holds everybody up behind them; the sentence says what to do."""
    impatient = tmp_path / "bin"
    impatient.mkdir()
    program = impatient / "pg_dump"  # ours, told to wait less long
    program.write_text(f'#!/bin/sh\nexec {for_dump(18).pg_dump} "$@" --lock-wait-timeout=200ms\n')
    program.chmod(0o755)
    with psycopg.connect(owned.url) as holder:
        holder.execute("LOCK TABLE app.users IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(Failure, match=r"pg_dump did not get its lock on every table of .* within ten seconds"):
            pull(seen, replace(for_dump(18), folder=impatient), archive, NOW)
    assert list(archive.parent.iterdir()) == []


def test_a_production_that_goes_away_while_it_is_dumped_leaves_no_file(
    owned: Scratch, seen: Production, tools: Programs, archive: Path
) -> None:
    """Its session is ended under pg_dump's hands; the failure has pg_dump's words."""
    holding = psycopg.connect(owned.url)
    with holding, ThreadPoolExecutor(1) as beside:
        holding.execute("LOCK TABLE app.users")
        pulling = beside.submit(pull, seen, tools, archive, NOW)
        with maintenance(owned) as server:
            ended = (
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s AND wait_event = 'relation'"
            )
            while not server.execute(ended, (seen.user,)).fetchall():
                sleep(0.05)
        with pytest.raises(Failure, match=r"pg_dump ended with exit code 1: .*terminating connection"):
            pulling.result(timeout=60)
    assert list(archive.parent.iterdir()) == []


def test_a_failed_pull_leaves_an_earlier_archive_alone(
    owned: Scratch, seen: Production, tools: Programs, archive: Path
) -> None:
    """It is replaced whole or not at all."""
    pull(seen, tools, archive, NOW)
    before = archive.read_bytes()
    with writing(owned) as connection:
        connection.execute(f"REVOKE MAINTAIN ON app.users FROM {seen.user}".encode())
    with pytest.raises(Failure):
        pull(seen, tools, archive, NOW)
    assert archive.read_bytes() == before


def test_an_unknown_database_is_a_failure_that_leaves_nothing(seen: Production, tools: Programs, archive: Path) -> None:
    """Before a program is started."""
    with pytest.raises(Failure, match='database "nowhere" does not exist'):
        pull(replace(seen, database="nowhere"), tools, archive, NOW)
    assert not archive.parent.exists()
