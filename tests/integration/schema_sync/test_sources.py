"""Other sources of shape on real servers: the same shape comes out of each, whatever version published it."""

import subprocess
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from catalog.compare import compare
from catalog.errors import Failure, Refusal
from catalog.model import Catalog
from database.endpoints import Production, Scratch, Staging
from database.programs import for_dump, for_restore
from database.rights.grants import Closed, DefaultGrant, ObjectGrant
from database.servers.embedded import EmbeddedServer
from database.session import writing
from database.shape.introspect import read_catalog
from database.shape.surroundings import needing
from database.wholes.lifecycle import create, drop, maintenance
from schema_sync import build
from schema_sync.snapshot import Snapshot
from schema_sync.snapshots import read_kept
from schema_sync.sources.kept_snapshot import KeptSnapshot
from schema_sync.sources.published import open_published
from schema_sync.sources.source import Bench, LiveDatabase, Source

NOW = datetime(2026, 11, 28, 2, tzinfo=UTC)
SHAPE = r"""
CREATE EXTENSION citext;
CREATE SCHEMA app;
CREATE SCHEMA "odd;
\! name";
CREATE TYPE app.mood AS ENUM ('glad', 'sad;');
CREATE TABLE app.users (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email citext UNIQUE, mood app.mood DEFAULT 'sad;',
    note text DEFAULT E'a\\b;' CHECK (note <> '\! x'), boss bigint REFERENCES app.users
);
CREATE TABLE "odd;
\! name"."it's" ("a ""b" int);
COMMENT ON TABLE app.users IS 'told; -- in a comment
\connect elsewhere';
CREATE FUNCTION app.f(n int) RETURNS int LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT CASE WHEN n > 1 THEN n END; END;
CREATE FUNCTION app.g() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN RETURN NEW; /* ; $$ */ END $body$;
CREATE FUNCTION app.h(word varchar(9), OUT n int, VARIADIC "of" app.mood[]) LANGUAGE sql AS 'SELECT 1';
REVOKE ALL ON FUNCTION app.h FROM PUBLIC;
REVOKE ALL ON TYPE app.mood FROM PUBLIC;
CREATE TRIGGER g BEFORE INSERT ON app.users FOR EACH ROW EXECUTE FUNCTION app.g();
CREATE TABLE app.events (at date, note text) PARTITION BY RANGE (at);
CREATE TABLE app.events_2026 PARTITION OF app.events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE VIEW app.glad AS SELECT * FROM app.users WHERE mood = 'glad';
CREATE MATERIALIZED VIEW app.counted AS SELECT count(*) FROM app.users;
CREATE INDEX users_email ON app.users (lower(email::text));
CREATE STATISTICS app.users_stats ON mood, boss FROM app.users;
ALTER TABLE app.users ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON app.users TO ROLE_NAME USING (email = current_user);
GRANT SELECT ON app.users TO ROLE_NAME;
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT UPDATE ON TABLES TO ROLE_NAME;
CREATE PUBLICATION all_of_it FOR ALL TABLES;
CREATE FOREIGN DATA WRAPPER fw;
CREATE SERVER far FOREIGN DATA WRAPPER fw;
CREATE USER MAPPING FOR CURRENT_USER SERVER far OPTIONS (password 'canary-mapping');
"""


@pytest.fixture
def role(any_server: EmbeddedServer) -> Iterator[str]:
    """A role that a policy names, dropped when nothing names it any more."""
    name = f"reader_{uuid4().hex[:8]}"
    yield name
    with maintenance(any_server.endpoint) as server:
        server.execute(f"DROP ROLE IF EXISTS {name}".encode())


@pytest.fixture
def publisher(role: str, scratch_on_any: Scratch) -> Production:
    """The database whose shape is published, on each major version in turn."""
    with writing(scratch_on_any) as connection:
        connection.execute(f"CREATE ROLE {role}".encode())
        connection.execute(SHAPE.replace("ROLE_NAME", role).encode())
        connection.execute("INSERT INTO app.users (email) VALUES ('canary@corp.io')")
    return Production.parse(scratch_on_any.url)


@pytest.fixture
def bench(any_server: EmbeddedServer, tmp_path: Path) -> Iterator[Bench]:
    """A bench beside a staging of our own on the same server."""
    yield from _bench(any_server, tmp_path)


@pytest.fixture
def newest(role: str, server: EmbeddedServer, tmp_path: Path) -> Iterator[Bench]:
    """A bench on PostgreSQL 18, where the role of the policy is made if it is not there, and dropped again."""
    yield from _bench(server, tmp_path)
    with maintenance(server.endpoint) as connection:
        connection.execute(f"DROP ROLE IF EXISTS {role}".encode())


def _bench(at: EmbeddedServer, folder: Path) -> Iterator[Bench]:
    name = f"staging_{uuid4().hex[:8]}"
    staging = Staging.parse(at.endpoint.with_database(name).url)
    with maintenance(staging) as server:
        create(server, at.endpoint.with_database(name), "postgres")

    def prepare(extensions: Sequence[str], roles: Sequence[str]) -> None:
        with maintenance(staging) as server:
            build.require_extensions(server, extensions, name)
            build.prepare_server(server, roles)

    yield Bench(folder / "snapshots" / "run.dump", NOW, staging, staging.user, None, prepare)
    with maintenance(staging) as server:
        for database in (name, f"{name}__shadow", f"{name}__source"):
            drop(server, at.endpoint.with_database(database))


def published(at: Production, into: Path, *options: str) -> Path:
    with psycopg.connect(at.url) as connection:
        tools = for_dump(connection.info.server_version // 10_000)
    subprocess.run([tools.pg_dump, f"--file={into}", *options, f"--dbname={at.url}"], check=True)
    return into


def restored(bench: Bench, snapshot: Snapshot) -> Catalog:
    """The catalog of a shadow that the snapshot was restored into."""
    bench.prepare((), snapshot.policy_roles)
    with maintenance(bench.staging) as server:
        major = server.info.server_version // 10_000
        plan = build.blueprint(snapshot, for_restore(major, snapshot.archive_major), bench.owner)
        build.build_empty(server, plan, bench.staging.shadow, bench.staging.database)
        build.restore_whole(plan, bench.staging.shadow)
    with writing(bench.staging.shadow) as connection:
        return read_catalog(connection)


def of(bench: Bench, source: Source) -> Snapshot:
    assert source.look()
    return source.snapshot(bench)


@pytest.mark.parametrize("form", ["custom", "directory", "plain"])
def test_a_published_file_gives_the_shape_of_the_live_database(
    publisher: Production, bench: Bench, role: str, tmp_path: Path, form: str
) -> None:
    """To the last object, with its extensions, the roles of its policies, and its grants; and so from the kept one."""
    live = of(bench, LiveDatabase(publisher))
    expected = restored(bench, live)
    path = published(publisher, tmp_path / "shape", "--schema-only", f"--format={form}")
    snapshot = of(bench, open_published(path, None))
    assert compare(restored(bench, snapshot), expected) == ()
    assert snapshot.policy_roles == live.policy_roles == (role,)
    assert snapshot.surroundings == needing(["citext"])
    assert [name for name, _ in live.surroundings.extensions] == ["citext"]
    assert snapshot.server_major == live.server_major
    assert ObjectGrant("TABLE", "app.users", None, "SELECT", False, role) in snapshot.grants
    assert DefaultGrant("postgres", "app", "TABLES", "UPDATE", False, role) in snapshot.grants
    shut = {grant for grant in live.grants if isinstance(grant, Closed)}
    assert len(shut) == 2
    assert {grant for grant in snapshot.grants if isinstance(grant, Closed)} == shut
    assert b"canary" not in b"".join(file.read_bytes() for file in bench.archive.parent.rglob("*") if file.is_file())
    assert {file.stat().st_mode & 0o077 for file in bench.archive.parent.rglob("*") if file.is_file()} == {0}
    assert read_kept(bench.archive.parent, "run") == snapshot
    again = Bench(bench.archive.with_name("again.dump"), NOW, bench.staging, bench.owner, None, bench.prepare)
    kept = of(again, KeptSnapshot(bench.archive.parent, "run"))
    assert kept.source == str(path)
    assert compare(restored(bench, kept), expected) == ()


@pytest.mark.parametrize("form", ["custom", "plain"])
def test_an_older_server_publishes_for_a_newer_one(
    newest: Bench, publisher: Production, tmp_path: Path, form: str
) -> None:
    """What 15 and 17 have published is restored into 18, as from the live database."""
    path = published(publisher, tmp_path / "shape", "--schema-only", f"--format={form}")
    expected = restored(newest, of(newest, LiveDatabase(publisher)))
    assert compare(restored(newest, of(newest, open_published(path, None))), expected) == ()


@pytest.mark.parametrize("form", ["custom", "directory", "plain"])
def test_rows_are_never_taken(publisher: Production, bench: Bench, tmp_path: Path, form: str) -> None:
    """A dump with rows is refused whole, and no copy of it stays in our home."""
    path = published(publisher, tmp_path / "rows", f"--format={form}")
    with pytest.raises(Refusal, match=r"carries rows of production|is not run \(COPY app"):
        of(bench, open_published(path, None))
    with pytest.raises(Refusal):
        open_published(path, None).snapshot(bench)
    assert not bench.archive.parent.exists() or list(bench.archive.parent.iterdir()) == []


def test_an_archive_that_is_cut_anywhere_is_refused(publisher: Production, bench: Bench, tmp_path: Path) -> None:
    """At every length that was tried, and no copy stays."""
    whole = published(publisher, tmp_path / "whole", "--schema-only", "--format=custom").read_bytes()
    cut = tmp_path / "cut"
    for size in (5, 7, 40, len(whole) // 3, len(whole) // 2, len(whole) - 1):
        cut.write_bytes(whole[:size])
        with pytest.raises(Refusal, match=r"is damaged, or was cut short|holds nothing"):
            open_published(cut, None).snapshot(bench)
    assert list(bench.archive.parent.iterdir()) == []


def test_sql_that_fails_leaves_nothing_beside_staging(bench: Bench, tmp_path: Path) -> None:
    """The sentence says the line and what PostgreSQL said."""
    path = tmp_path / "shape.sql"
    path.write_text("CREATE TABLE a (id int);\n\n-- told\nCREATE VIEW v AS SELECT * FROM nowhere;\n")
    with pytest.raises(Failure, match=r'line 4 of .*shape\.sql does not run: relation "nowhere" does not exist'):
        of(bench, open_published(path, None))
    with maintenance(bench.staging) as server:
        found = server.execute("SELECT datname FROM pg_database WHERE datname = %s", (bench.staging.source.database,))
        assert found.fetchall() == []
    assert not bench.archive.exists()


def test_sql_is_run_as_the_owner_and_not_as_us(bench: Bench, any_server: EmbeddedServer, tmp_path: Path) -> None:
    """What a superuser may and the owner may not does not run."""
    owner = f"owner_{uuid4().hex[:8]}"
    with maintenance(bench.staging) as server:
        server.execute(f"CREATE ROLE {owner}".encode())
        server.execute(f'ALTER DATABASE "{bench.staging.database}" OWNER TO {owner}'.encode())
    try:
        path = tmp_path / "shape.sql"
        path.write_text("CREATE FUNCTION f() RETURNS int LANGUAGE c AS '/tmp/evil.so', 'f';")
        as_owner = Bench(bench.archive, NOW, bench.staging, owner, None, bench.prepare)
        with pytest.raises(Failure, match=r"line 1 of .* does not run: permission denied for language c"):
            of(as_owner, open_published(path, None))
    finally:
        with maintenance(bench.staging) as server:
            server.execute(f'ALTER DATABASE "{bench.staging.database}" OWNER TO CURRENT_USER'.encode())
            server.execute(f"DROP ROLE {owner}".encode())
