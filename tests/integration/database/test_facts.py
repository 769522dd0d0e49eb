"""What guards ask of real servers: roles that can and cannot read rows, sessions with and without TLS."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
import trustme

from catalog.errors import Failure
from catalog.findings import Outcome
from database import data_folder, embedded, guards
from database.embedded import THROW_AWAY, Certificate, EmbeddedServer
from database.endpoints import Production, Scratch
from database.facts import database_facts, production_facts, server_facts
from database.grant_sql import grant_sql
from database.session import reading, writing
from database.wheels import Installation

SHOP = """
CREATE SCHEMA "Odd; ""S"" x";
CREATE TABLE users (id serial PRIMARY KEY, email text);
INSERT INTO users (email) VALUES ('canary@example.com');
CREATE TABLE events (at date) PARTITION BY RANGE (at);
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE VIEW everybody AS SELECT * FROM users;
CREATE MATERIALIZED VIEW counted AS SELECT count(*) FROM users;
CREATE TABLE "Odd; ""S"" x"."Odd Table" (a int, b int);
CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);
INSERT INTO alembic_version VALUES ('0008');
"""
CLOSED = """
GRANT SELECT ON "Odd; ""S"" x"."Odd Table" TO {0};
REVOKE USAGE ON SCHEMA "Odd; ""S"" x" FROM {0};
"""
SCHEMAS = ("public", 'Odd; "S" x')


@dataclass(frozen=True)
class Shop:
    """A production database, as its owner sees it and as the role that grant-sql made sees it."""

    owned: Scratch
    seen: Production


@pytest.fixture
def shop(scratch_on_any: Scratch, any_server: EmbeddedServer) -> Iterator[Shop]:
    """A production database on each version in turn, with the role that the output of grant-sql makes."""
    role = f"shape_{uuid4().hex[:12]}"
    with writing(scratch_on_any) as connection:
        connection.execute(SHOP)
        major = any_server.installation.major
        text = grant_sql(major, role=role, database=scratch_on_any.database, schemas=SCHEMAS)
        connection.execute(text.encode())
        connection.execute(f"ALTER ROLE {role} PASSWORD 'pw'".encode())
    at = any_server.endpoint
    yield Shop(scratch_on_any, Production(at.host, at.port, scratch_on_any.database, role, "pw"))
    with writing(scratch_on_any) as connection:
        connection.execute(f"DROP OWNED BY {role}; DROP ROLE {role}".encode())


def test_the_role_of_grant_sql_reads_no_row_from_17_on(shop: Shop, any_server: EmbeddedServer) -> None:
    """Before, pg_dump's lock needs SELECT, and the facts say which tables that opens."""
    with reading(shop.seen) as connection:
        facts = production_facts(connection, shop.seen)
        if any_server.installation.major >= 17:
            assert facts.readable == ()
            for relation in ("users", "events", "everybody", "counted", '"Odd; ""S"" x"."Odd Table"', "users_id_seq"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(f"SELECT * FROM {relation}".encode())
        else:
            assert facts.readable == (
                '"Odd; ""S"" x"."Odd Table"',
                *(f"public.{name}" for name in ("counted", "events", "events_2026", "everybody", "users")),
            )
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    assert row == ("0008",)
    assert (facts.server.superuser, facts.server.reads_all_data, facts.server.read_only) == (False, False, True)
    assert facts.server.role == shop.seen.user
    assert facts.server.free_bytes is None
    finding = guards.cannot_read_rows(facts, ())
    assert finding.outcome is (Outcome.REFUSED if facts.readable else Outcome.PASSED)


@pytest.mark.parametrize(
    ("grant", "readable"),
    [
        ("GRANT SELECT ON users TO {}", ("public.users",)),
        ("GRANT SELECT (email) ON users TO {}", ("public.users",)),
        ("GRANT SELECT ON users_id_seq TO {}", ("public.users_id_seq",)),
        ("GRANT SELECT ON everybody TO PUBLIC", ("public.everybody",)),
        ("ALTER TABLE events_2026 OWNER TO {}", ("public.events_2026",)),
        ("ALTER TABLE alembic_version ADD note text", ("public.alembic_version",)),
        (CLOSED, ()),
    ],
    ids=["table", "column", "sequence", "public", "owner", "a wider alembic_version", "behind a closed schema"],
)  # fmt: skip
def test_whatever_opens_a_row_is_named(scratch: Scratch, grant: str, readable: tuple[str, ...]) -> None:
    """By a grant on the whole, on a column, to everybody, or by owning it; a grant in a closed schema opens nothing."""
    role = f"shape_{uuid4().hex[:12]}"
    production = Production(scratch.host, scratch.port, scratch.database, role, "pw")
    with writing(scratch) as connection:
        connection.execute(SHOP)
        connection.execute(grant_sql(18, role=role, database=scratch.database, schemas=SCHEMAS).encode())
        connection.execute(f"ALTER ROLE {role} PASSWORD 'pw'; {grant.format(role)}".encode())
        try:
            with reading(production) as restricted:
                assert production_facts(restricted, production).readable == readable
        finally:
            connection.execute(f"REASSIGN OWNED BY {role} TO postgres; DROP OWNED BY {role}; DROP ROLE {role}".encode())


def test_what_a_role_could_read_after_set_role_is_named(scratch: Scratch) -> None:
    """It inherits nothing, and is one statement away from reading."""
    role, other = f"shape_{uuid4().hex[:12]}", f"other_{uuid4().hex[:12]}"
    production = Production(scratch.host, scratch.port, scratch.database, role, "pw")
    with writing(scratch) as connection:
        connection.execute(SHOP)
        connection.execute(f"CREATE ROLE {role} LOGIN NOINHERIT PASSWORD 'pw'; CREATE ROLE {other}".encode())
        connection.execute(f"GRANT SELECT ON users TO {other}; GRANT {other} TO {role}".encode())
        try:
            with reading(production) as restricted:
                assert production_facts(restricted, production).readable == ("public.users",)
        finally:
            connection.execute(f"DROP OWNED BY {other}; DROP ROLE {role}, {other}".encode())


def test_a_reading_session_writes_nothing(scratch: Scratch) -> None:
    """PostgreSQL itself refuses, whatever the role could do elsewhere."""
    with reading(scratch) as connection:
        assert server_facts(connection, scratch).read_only
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            connection.execute("CREATE TABLE t ()")


def test_a_superuser_on_this_machine_sees_server_and_database(server: EmbeddedServer, scratch: Scratch) -> None:
    """Sessions are counted without the asking one; free space is that of the data folder."""
    with writing(scratch) as connection, writing(scratch):
        connection.execute(f"COMMENT ON DATABASE {scratch.database} IS 'mine'".encode())
        facts = server_facts(connection, scratch)
        database = database_facts(connection, scratch.database)
        assert database_facts(connection, "no such database") is None
    assert (facts.major, facts.superuser, facts.may_create_databases, facts.standby) == (18, True, True, False)
    assert not facts.read_only
    assert not facts.encrypted
    assert facts.free_bytes
    assert database
    assert database.size > 1 << 20
    assert (database.name, database.owner, database.comment, database.sessions) == (
        scratch.database, "postgres", "mine", 1,
    )  # fmt: skip
    assert (database.connection_limit, database.is_template) == (-1, False)
    assert (database.prepared_transactions, database.replication_slots) == (0, 0)


def test_two_servers_are_told_apart_and_one_is_recognised(
    server: EmbeddedServer, production_server: EmbeddedServer
) -> None:
    """By what the servers say, not by how their addresses are spelt."""
    identifiers = []
    for at in (server.endpoint, replace(server.endpoint, host="localhost"), production_server.endpoint):
        with writing(at) as connection:
            identifiers.append(server_facts(connection, at).system_identifier)
    assert identifiers[0] == identifiers[1] != identifiers[2]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (
            {"password": "s3cret"},
            r"failed: cannot connect to postgres@127\.0\.0\.1:\d+/postgres: .*password authentication failed for user "
            r'"postgres"; nothing is left behind\.\nCheck the user and password in the database URL\.',
        ),
        (
            {"database": "nowhere"},
            r'failed: cannot connect to .*/nowhere: .*database "nowhere" does not exist; nothing is left behind\.\n'
            r"Check the database's name in the URL, or create the database first\.",
        ),
        (
            {"port": 1},
            r"failed: cannot connect to .*:1/postgres: .*; nothing is left behind\.\n"
            r"Check the host and port in the database URL, and that the server is running\.",
        ),
        (
            {"options": (("sslmode", "require"),)},
            r"failed: cannot connect to .*: .*SSL.*; nothing is left behind\.\nThe server has to offer TLS.*",
        ),
    ],
    ids=["password", "database", "port", "tls"],
)
def test_a_server_out_of_reach_is_a_sentence(server: EmbeddedServer, wrong: dict[str, object], sentence: str) -> None:
    """With what to look at next, and without the password."""
    at = replace(server.endpoint, **wrong)  # type: ignore[arg-type]  # names are Endpoint's own
    with pytest.raises(Failure) as failed:
        reading(at)
    assert re.fullmatch(sentence, str(failed.value))
    assert at.password not in str(failed.value)


@pytest.fixture(scope="module")
def tls_server(
    tmp_path_factory: pytest.TempPathFactory, installation_with_tls: Installation
) -> Iterator[EmbeddedServer]:
    """A server that speaks TLS."""
    folder: Path = tmp_path_factory.mktemp("tls")
    issued = trustme.CA().issue_cert("127.0.0.1")
    certificate = Certificate(folder / "chain.pem", folder / "key.pem")
    issued.cert_chain_pems[0].write_to_path(str(certificate.chain))
    issued.private_key_pem.write_to_path(str(certificate.key))
    server = embedded.start(installation_with_tls, folder / "data", settings=THROW_AWAY, certificate=certificate)
    yield server
    embedded.stop(server)
    data_folder.discard(folder / "data")


@pytest.mark.parametrize(("mode", "encrypted"), [("require", True), ("disable", False)])
def test_an_encrypted_session_is_seen_as_one(tls_server: EmbeddedServer, mode: str, encrypted: bool) -> None:
    """The guard believes the server's own account of the session, not the URL."""
    at = replace(tls_server.endpoint, options=(("sslmode", mode),))
    with reading(at) as connection:
        facts = server_facts(connection, at)
    assert facts.encrypted is encrypted
    from_afar = replace(facts, at=replace(at, host="db.test"))
    outcome = Outcome.PASSED if encrypted else Outcome.REFUSED
    assert guards.encrypted(from_afar, "production", ()).outcome is outcome
