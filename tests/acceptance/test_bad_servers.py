"""Servers and databases that cannot be staging, or go away half way: a sentence, and nothing changed."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import psycopg
import pytest

from database.endpoints import Scratch
from database.servers import data_folder, embedded
from database.servers.embedded import THROW_AWAY, EmbeddedServer
from database.servers.server_account import reachable_programs, server_account
from database.servers.server_programs import ServerPrograms
from database.servers.wheels import installation
from database.wholes.lifecycle import maintenance, mark
from database.wholes.marker import Marker
from tests.acceptance.conftest import create, drop
from tests.acceptance.place import Place
from tests.acceptance.test_killed import wait_for
from tests.acceptance.test_refusals import refused

SETTINGS = {**THROW_AWAY, "max_prepared_transactions": "1", "wal_level": "logical"}
BY_NAME = "SELECT oid, datname, shobj_description(oid, 'pg_database') FROM pg_database ORDER BY 1"
ODD = "st\"a;g\n'i%sng"


@pytest.fixture(scope="module")
def primary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    """A server of its own that allows prepared transactions and logical slots, with a marked staging."""
    data = tmp_path_factory.mktemp("primary") / "data"
    server = embedded.start(installation(18), data, settings=SETTINGS)
    at = create(server.endpoint, "staging")
    with maintenance(at) as beside:
        mark(beside, at.database, Marker())
    yield server
    embedded.stop(server)
    data_folder.discard(data)


@pytest.fixture
def standby(primary: EmbeddedServer) -> Iterator[EmbeddedServer]:
    """A real standby of that server."""
    account, data = server_account(), primary.data.with_name("standby")
    run = ServerPrograms(reachable_programs(primary.installation, account), account)
    run("pg_basebackup", "-d", primary.endpoint.url, "-D", data, "--write-recovery-conf", "--checkpoint=fast")
    shutil.copy(primary.data.with_name("data.password"), data.with_name("standby.password"))
    server = embedded.start(primary.installation, data, settings=SETTINGS)
    yield server
    embedded.stop(server)
    data_folder.discard(data)


def on(place: Place, server: EmbeddedServer, name: str = "staging") -> Place:
    return place.having(STAGING_DATABASE_URL=server.endpoint.with_database(name).url)


def ask(at: Scratch, *statements: str) -> list[tuple[object, ...]]:
    """What the last of the statements gives, each in a transaction of its own."""
    with psycopg.connect(at.url, autocommit=True) as connection:
        rows: list[tuple[object, ...]] = []
        for statement in statements:
            found = connection.execute(statement.encode())
            rows = found.fetchall() if found.description else []
        return rows


def test_a_standby_is_no_staging(place: Place, standby: EmbeddedServer) -> None:
    """It says so itself; its marker came along with everything else."""
    refused(on(place, standby).run("refresh"), "the staging server is a standby", "Point STAGING_DATABASE_URL")
    assert on(place, standby).run("doctor").code == 3


def test_what_holds_staging_open_refuses_the_run(place: Place, primary: EmbeddedServer) -> None:
    """A prepared transaction, and a logical replication slot: each would let the swap fail half way."""
    at = primary.endpoint.with_database("staging")
    before = ask(at, BY_NAME)
    ask(at, "BEGIN", "CREATE TABLE held ()", "PREPARE TRANSACTION 'held'")
    refused(on(place, primary).run("refresh"), '"staging" is held open by 1 prepared transactions', "pg_prepared_xacts")
    ask(at, "ROLLBACK PREPARED 'held'", "SELECT pg_create_logical_replication_slot('slot', 'pgoutput')")
    refused(on(place, primary).run("refresh"), "prepared transactions and 1 replication slots", "pg_replication_slots")
    ask(at, "SELECT pg_drop_replication_slot('slot')")
    assert ask(at, BY_NAME) == before


@pytest.mark.parametrize("name", ["template1", "postgres", "n" * 63])
def test_a_database_that_is_everybodys_or_has_no_room_beside_it(
    place: Place, primary: EmbeddedServer, name: str
) -> None:
    """It is neither marked nor refreshed, not even if somebody marked it by hand."""
    if not ask(primary.endpoint, f"SELECT 1 FROM pg_database WHERE datname = '{name}'"):
        create(primary.endpoint, name)
    before = ask(primary.endpoint, BY_NAME)
    why = "longer than the 63 bytes" if len(name) == 63 else f'"{name}" is not a database that may be replaced'
    refused(on(place, primary, name).run("mark-staging", "--database", name), why)
    assert ask(primary.endpoint, BY_NAME) == before
    ask(primary.endpoint, f"COMMENT ON DATABASE \"{name}\" IS '[greenroom staging] {{}}'")
    before = ask(primary.endpoint, BY_NAME)
    refused(on(place, primary, name).run("refresh"), why)
    assert ask(primary.endpoint, BY_NAME) == before


def test_a_name_with_everything_in_it_is_a_name(place: Place) -> None:
    """Quotes, a semicolon and a line break in staging's name and in production's: refreshed, and taken back."""
    server, beside = place.staging, place.production
    staging, production = create(server, ODD), create(beside, f"{ODD}{uuid4().hex[:6]}")
    ask(production, 'CREATE TABLE "t\n;--" ("c\'""%s" int NOT NULL)', 'CREATE SCHEMA "s\'\n"')
    odd = place.having(
        STAGING_DATABASE_URL=staging.url,
        PRODUCTION_DATABASE_URL=replace(beside, database=production.database).url,
        GREENROOM_ALLOW="readable-production",
    )
    try:
        assert odd.run("mark-staging", "--database", ODD).code == 0
        for job in (("refresh", "--no-backup"), ("refresh", "--no-backup", "--keep-rows"), ("drift",)):
            ran = odd.run(*job)
            assert ran.code == 0, ran.err
        assert ask(staging, 'SELECT count(*) > 0 FROM "t\n;--"') == [(True,)]
        assert odd.run("rollback").code == 0
    finally:
        drop(beside, production.database)
        for (name,) in ask(server.with_database("postgres"), "SELECT datname FROM pg_database"):
            if str(name).startswith(ODD):
                drop(server.with_database("postgres"), str(name))


def test_a_production_that_goes_away_while_it_is_dumped(place: Place) -> None:
    """The run fails in a sentence, and staging and all beside it are as they were."""
    before = place.ask(BY_NAME)
    ended = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE usename = 'shape_reader' AND wait_event = 'relation' AND datname = current_database()"
    )
    with psycopg.connect(place.production.url) as holding:
        holding.execute("LOCK TABLE users")
        process = place.start("refresh", "--no-backup", "--yes")
        wait_for(place, "pull the snapshot")
        while not ask(place.production, ended):
            assert process.poll() is None
        _, said = process.communicate(timeout=60)
    assert process.returncode == 4
    assert "terminating connection" in " ".join(said.split())
    assert "nothing is left behind" in " ".join(said.split())
    assert place.ask(BY_NAME) == before


def test_a_schema_that_the_role_may_not_use(place: Place) -> None:
    """One new schema without USAGE would make the whole dump fail; it is named before anything is built."""
    name = f"closed_{uuid4().hex[:6]}"
    closed = f"REVOKE USAGE ON SCHEMA {name} FROM shape_reader"
    ask(place.production, f"CREATE SCHEMA {name}", closed, f"CREATE TABLE {name}.t ()")
    try:
        refused(place.run("refresh"), f"{name}.t (no USAGE on its schema)", "greenroom grant-sql")
    finally:
        ask(place.production, f"DROP SCHEMA {name} CASCADE")
