"""What a schema stands on beside itself, on servers that really differ: extensions, majors, ICU, tablespaces."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

import pytest

from catalog.compare import compare
from catalog.errors import Refusal
from catalog.findings import Outcome
from catalog.model import Catalog
from database.endpoints import BESIDE, Production, Scratch, Staging
from database.programs import for_dump, for_restore
from database.rights.policies import map_policies
from database.servers.embedded import EmbeddedServer
from database.session import reading, writing
from database.shape.introspect import read_catalog
from database.shape.source import read_notes
from database.shape.surroundings import Offer, fits, read_offer, read_surroundings
from database.wholes.lifecycle import create, maintenance
from schema_sync import build
from schema_sync.build import Blueprint
from schema_sync.pull import pull
from schema_sync.snapshot import Snapshot

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
NEEDY = """
CREATE EXTENSION citext;
CREATE EXTENSION pg_trgm;
CREATE TABLE people (id serial PRIMARY KEY, email citext);
CREATE TABLE notes (id int PRIMARY KEY, author int REFERENCES people, body text);
CREATE INDEX bodies ON notes USING gin (body gin_trgm_ops);
CREATE VIEW emails AS SELECT email FROM people;
CREATE FUNCTION shout(x citext) RETURNS text LANGUAGE sql AS 'SELECT upper($1::text)';
COMMENT ON COLUMN people.email IS 'theirs';
ALTER TABLE people ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON people USING (true);
"""
Servers = Callable[[int, str], EmbeddedServer]


@pytest.fixture
def make() -> Iterator[Callable[..., Scratch]]:
    """Makes databases by a script, and drops each with all that was built beside it."""
    made: list[Scratch] = []

    def database(server: EmbeddedServer, script: str = "", options: str = "") -> Scratch:
        at = server.endpoint.with_database(f"case_{uuid4().hex[:12]}")
        with maintenance(at) as beside:
            beside.execute(f"CREATE DATABASE {at.database} TEMPLATE template0 STRATEGY file_copy {options}".encode())
        made.append(at)
        with writing(at) as connection:
            connection.execute(script.encode())
        return at

    yield database
    for at in made:
        with maintenance(at) as beside:
            for name in (at.database, *(f"{at.database}__{role}" for role in BESIDE)):
                beside.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())


def as_staging(at: Scratch) -> Staging:
    return Staging(at.host, at.port, at.database, at.user, at.password)


def pulled(at: Scratch, folder: Path) -> Snapshot:
    source = Production(at.host, at.port, at.database, at.user, at.password)
    with reading(source) as connection:
        major = connection.info.server_version // 10_000
    return pull(source, for_dump(major), folder / "shape.dump", NOW)


def rebuilt(snapshot: Snapshot, at: Scratch, *skipped: str) -> tuple[Blueprint, Catalog]:
    """Shadow and candidate, which must be equal; what the candidate is like."""
    staging = as_staging(at)
    with maintenance(staging) as server:
        major = server.info.server_version // 10_000
        plan = build.blueprint(snapshot, for_restore(major, snapshot.archive_major), staging.user, skipped)
        build.require_offer(server, snapshot, staging.database, skipped)
        for into in (staging.shadow, staging.candidate):
            build.build_empty(server, plan, into, staging.database)
    build.restore_whole(plan, staging.shadow)
    build.build_tables(plan, staging.candidate)
    build.build_keys(plan, staging.candidate)
    catalog = catalog_of(staging.candidate)
    assert compare(catalog_of(staging.shadow), catalog) == ()
    return plan, catalog


def catalog_of(at: Scratch) -> Catalog:
    with reading(at) as connection:
        return read_catalog(connection)


def test_a_skipped_extension_is_left_out_with_all_that_needs_it(
    any_server: EmbeddedServer, make: Callable[..., Scratch], tmp_path: Path
) -> None:
    """What is left restores by itself, and is production's shape less that; each entry says what it needed."""
    snapshot = pulled(make(any_server, NEEDY), tmp_path)
    plan, catalog = rebuilt(snapshot, make(any_server), "citext", "pg_trgm")
    assert [str(table.name) for table in catalog.tables] == ["public.notes"]
    assert {name for name, _ in catalog.extensions} == {"plpgsql"}
    assert not {item.kind for item in catalog.objects} & {"view", "function", "policy", "sequence"}
    needing = [entry for entry, reason in plan.crossing.dropped if reason.startswith("needs the extension")]
    assert len(needing) >= 10
    assert all("notes_pkey" not in entry for entry in needing)


def test_an_extension_that_only_a_superuser_creates_is_refused_to_a_plain_owner(
    any_server: EmbeddedServer, make: Callable[..., Scratch], tmp_path: Path
) -> None:
    """One that is trusted is not; and a superuser who owns staging may create both."""
    snapshot = pulled(make(any_server, "CREATE EXTENSION citext; CREATE EXTENSION pg_stat_statements"), tmp_path)
    staging, owner = make(any_server), f"owner_{uuid4().hex[:6]}"
    with maintenance(staging) as server:
        assert all(finding.good for finding in build.require_offer(server, snapshot, staging.database))
        server.execute(f"CREATE ROLE {owner}; ALTER DATABASE {staging.database} OWNER TO {owner}".encode())
        with pytest.raises(Refusal, match=r"only a superuser may: extension pg_stat_statements; nothing was changed"):
            build.require_offer(server, snapshot, staging.database)
        server.execute(f"ALTER DATABASE {staging.database} OWNER TO postgres; DROP ROLE {owner}".encode())


@pytest.mark.parametrize(("old", "new"), [(15, 17), (15, 18), (17, 18)])
def test_a_newer_staging_takes_an_older_productions_shape(
    servers: Servers, make: Callable[..., Scratch], tmp_path: Path, old: int, new: int
) -> None:
    """The programs that fit each are chosen; its extensions come in the versions that the newer one has."""
    snapshot = pulled(make(servers(old, "production"), NEEDY), tmp_path)
    _, catalog = rebuilt(snapshot, make(servers(new, "staging")))
    assert {str(table.name) for table in catalog.tables} == {"public.people", "public.notes"}


@pytest.mark.parametrize(
    "script",
    ['CREATE TABLE t (name text COLLATE "de-x-icu")', "CREATE COLLATION german (provider = icu, locale = 'de')"],
)
def test_a_collation_of_icu_is_refused_where_there_is_none(
    servers: Servers, make: Callable[..., Scratch], tmp_path: Path, script: str
) -> None:
    """Production's 15 was built with ICU, staging's 18 without; nothing is built by then."""
    with_icu = servers(15, "production")
    if not read_offer_of(with_icu).has_icu:
        pytest.skip("this machine's PostgreSQL 15 has no ICU")
    snapshot = pulled(make(with_icu, script), tmp_path)
    staging = make(servers(18, "staging"))
    with maintenance(staging) as server, pytest.raises(Refusal, match="built with ICU"):
        build.require_offer(server, snapshot, staging.database)


def read_offer_of(server: EmbeddedServer) -> Offer:
    with maintenance(server.endpoint) as connection:
        return read_offer(connection, "postgres")


def test_what_lies_in_a_tablespace_lies_where_staging_does(
    servers: Servers, make: Callable[..., Scratch], tmp_path: Path
) -> None:
    """Staging's server has no tablespace of production's names; its own place is kept for each new database."""
    names = f"fast_{uuid4().hex[:6]}", f"own_{uuid4().hex[:6]}"
    production, staging_server = servers(18, "production"), servers(18, "staging")
    for server, name in zip((production, staging_server), names, strict=True):
        with maintenance(server.endpoint) as connection:
            connection.execute("SET allow_in_place_tablespaces = on")
            connection.execute(f"CREATE TABLESPACE {name} LOCATION ''".encode())
    table = "CREATE TABLE t (id int PRIMARY KEY USING INDEX TABLESPACE {0}) TABLESPACE {0}"
    source = make(production, table.format(names[0]))
    snapshot = pulled(source, tmp_path)
    assert snapshot.surroundings.tablespaces == (names[0],)
    staging = make(staging_server, options=f"TABLESPACE {names[1]}")
    rebuilt(snapshot, staging)
    with maintenance(staging) as beside:
        place = "SELECT spcname FROM pg_database d JOIN pg_tablespace t ON t.oid = dattablespace WHERE datname = %s"
        assert beside.execute(place, (f"{staging.database}__next",)).fetchone() == (names[1],)


def test_another_encoding_and_locale_are_told(server: EmbeddedServer, make: Callable[..., Scratch]) -> None:
    """Production's UTF8 beside a staging of SQL_ASCII; the new database is like staging all the same."""
    source = make(server)
    staging = make(server, options="ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C'")
    with reading(source) as connection, maintenance(staging) as beside:
        found = fits(read_surroundings(connection), read_offer(beside, staging.database))
        create(beside, as_staging(staging).candidate, staging.database)
        assert read_offer(beside, f"{staging.database}__next").encoding == "SQL_ASCII"
    told = [finding.what for finding in found if finding.outcome is Outcome.NOTED]
    assert told[0] == "production is encoded in UTF8, staging in SQL_ASCII"
    assert told[1].startswith("production sorts text by ")


def test_an_extension_of_the_teams_own_is_compared_by_version_and_its_rows_stay(
    servers: Servers, make: Callable[..., Scratch], tmp_path: Path
) -> None:
    """Rows that CREATE EXTENSION puts into its tables are there, those added in production are not, and it is told."""
    server, folder = servers(18, "own-extension"), Path(mkdtemp())
    try:
        write_extension(folder, "2.10")
        with maintenance(server.endpoint) as connection:
            connection.execute(f"ALTER SYSTEM SET extension_control_path = '{folder}:$system'".encode())
            connection.execute("SELECT pg_reload_conf()")
        source = make(server, "CREATE EXTENSION atlas; INSERT INTO atlas_systems VALUES (99); CREATE TABLE t (id int)")
        snapshot = pulled(source, tmp_path)
        assert snapshot.surroundings.extensions == (("atlas", "2.10"),)
        assert snapshot.surroundings.configured == ("public.atlas_systems",)
        write_extension(folder, "2.9")
        staging = make(server)
        with maintenance(staging) as beside:
            told = [finding.what for finding in build.require_offer(beside, snapshot, staging.database)]
        rebuilt(snapshot, staging)
    finally:
        shutil.rmtree(folder)
    assert told == [
        "the staging server offers atlas 2.9, older than production's 2.10",
        "extensions keep rows in tables of their own: public.atlas_systems",
    ]
    with reading(as_staging(staging).candidate, as_application=True) as connection:
        assert connection.execute("SELECT id FROM atlas_systems").fetchall() == [(1,)]


def write_extension(folder: Path, version: str) -> None:
    """An extension with a table whose rows are configuration, in one version."""
    folder.chmod(0o755)
    inside = folder / "extension"
    inside.mkdir(exist_ok=True)
    (inside / "atlas.control").write_text(f"default_version = '{version}'\nrelocatable = true\n")
    (inside / f"atlas--{version}.sql").write_text(
        "CREATE TABLE atlas_systems (id int); INSERT INTO atlas_systems VALUES (1);\n"
        "SELECT pg_extension_config_dump('atlas_systems', 'WHERE id > 1');\n"
    )


def test_policies_hold_for_the_roles_that_stand_for_productions(scratch_on_any: Scratch) -> None:
    """Those that are mapped, each once; the others and PUBLIC stay as they are."""
    mark = uuid4().hex[:6]
    old, other, new = f'App "{mark}"', f"other_{mark}", f"staging_{mark}"
    named = [f'"{role.replace(chr(34), chr(34) * 2)}"' for role in (old, other, new)]
    with writing(scratch_on_any) as connection:
        connection.execute("".join(f"CREATE ROLE {role};" for role in named).encode())
        connection.execute(
            f"""CREATE TABLE t (); CREATE POLICY a ON t TO {named[0]}, {named[1]}, {named[2]};
            CREATE POLICY b ON t; CREATE POLICY "c; d" ON t TO {named[1]}""".encode()
        )
        assert map_policies(connection, {old: new, "nobody": "x"}) == 1
        assert map_policies(connection, {old: new}) == 0
        assert set(read_notes(connection).policy_roles) == {other, new}
        connection.execute(f"DROP TABLE t; DROP ROLE {', '.join(named)}".encode())


def test_a_role_that_is_mapped_to_and_missing_is_made_without_login(
    server: EmbeddedServer, make: Callable[..., Scratch], tmp_path: Path
) -> None:
    """As one that a policy names; once."""
    role = f"stands_for_{uuid4().hex[:6]}"
    snapshot = pulled(make(server, "CREATE TABLE t ()"), tmp_path)
    with maintenance(server.endpoint) as beside:
        assert build.prepare_server(beside, (*snapshot.policy_roles, role, role)) == (role,)
        assert build.prepare_server(beside, (*snapshot.policy_roles, role)) == ()
        made = beside.execute("SELECT rolcanlogin FROM pg_roles WHERE rolname = %s", (role,)).fetchone()
        assert made == (False,)
        beside.execute(f"DROP ROLE {role}".encode())
