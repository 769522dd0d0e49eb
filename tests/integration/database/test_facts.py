"""What guards ask of real servers: roles that can and cannot read rows, sessions with and without TLS."""

import re
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
import trustme

from catalog.errors import Failure
from catalog.findings import Outcome
from database import guards
from database.attempts import try_to_read
from database.endpoints import Production, Scratch
from database.facts import Held, database_facts, held_databases, production_facts, server_facts
from database.rights.grant_sql import grant_sql
from database.servers import data_folder, embedded
from database.servers.embedded import THROW_AWAY, Certificate, EmbeddedServer
from database.servers.wheels import Installation, installation
from database.session import Connection, reading, writing
from database.wholes.lifecycle import drop, maintenance

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
            names = [f"public.{name}" for name in ("users", "events", "everybody", "counted", "users_id_seq")]
            for relation in (*names, '"Odd; ""S"" x"."Odd Table"'):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(f"SELECT * FROM {relation}".encode())
        else:
            assert facts.readable == (
                '"Odd; ""S"" x"."Odd Table"',
                *(f"public.{name}" for name in ("counted", "events", "events_2026", "everybody", "users")),
            )
        row = connection.execute("SELECT version_num FROM public.alembic_version").fetchone()
        attempts = try_to_read(connection)
    assert row == ("0008",)
    assert facts.unlockable == ()
    assert {attempt.relation for attempt in attempts} == {
        'Odd; "S" x.Odd Table',
        "public.events_2026",
        "public.users_id_seq",
    }
    tables = [attempt.denied for attempt in attempts if not attempt.relation.endswith("_seq")]
    assert tables == [any_server.installation.major >= 17] * 2
    assert all(attempt.denied for attempt in attempts if attempt.relation.endswith("_seq"))
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


def test_what_pg_dump_could_not_lock_is_named(shop: Shop, any_server: EmbeddedServer) -> None:
    """For want of a privilege or of USAGE; the version says which privileges allow the lock."""
    major, role = any_server.installation.major, shop.seen.user
    with writing(shop.owned) as connection:
        connection.execute(f"REVOKE ALL ON users, events FROM {role}; GRANT UPDATE ON users TO {role}".encode())
        connection.execute(
            f'REVOKE USAGE ON SCHEMA "Odd; ""S"" x" FROM {role}; GRANT REFERENCES ON events TO {role}'.encode()
        )
    with reading(shop.seen) as connection:
        found = dict(production_facts(connection, shop.seen).unlockable)
        for table in ("public.users", "public.events"):
            denied = pytest.raises(psycopg.errors.InsufficientPrivilege) if table in found else nullcontext()
            with denied, connection.transaction():
                connection.execute(f"LOCK TABLE {table} IN ACCESS SHARE MODE".encode())  # as pg_dump does
    closed = {'"Odd; ""S"" x"."Odd Table"': True, "public.events": False}
    assert found == (closed if major >= 16 else closed | {"public.users": False})


def test_a_select_that_is_allowed_is_told_and_reads_no_row(scratch: Scratch) -> None:
    """Whoever may read is let do it; a table that somebody holds locked tells nothing, in no time."""
    with writing(scratch) as connection:
        connection.execute(SHOP)
    with reading(scratch, lock_seconds=1) as allowed, psycopg.connect(scratch.url) as other:
        assert {(attempt.denied, attempt.said) for attempt in try_to_read(allowed)} == {(False, "")}
        other.execute('LOCK TABLE "Odd; ""S"" x"."Odd Table" IN ACCESS EXCLUSIVE MODE')
        assert "canceling statement due to lock timeout" in {attempt.said for attempt in try_to_read(allowed)}


def test_a_role_that_was_only_put_on_is_looked_behind(scratch: Scratch) -> None:
    """Whoever signed in can RESET ROLE: what that role may read counts."""
    role, other = f"shape_{uuid4().hex[:12]}", f"login_{uuid4().hex[:12]}"
    put_on = (("options", f"-c role={role}"),)
    with writing(scratch) as connection:
        connection.execute(SHOP)
        connection.execute(grant_sql(18, role=role, database=scratch.database, schemas=SCHEMAS).encode())
        connection.execute(f"CREATE ROLE {other} LOGIN PASSWORD 'pw'; GRANT {role} TO {other}".encode())
        connection.execute(f"GRANT SELECT ON users TO {other}".encode())
        try:
            masked = Production(scratch.host, scratch.port, scratch.database, other, "pw", put_on)
            with reading(masked) as restricted:
                facts = production_facts(restricted, masked)
            assert (facts.server.role, facts.readable) == (role, ("public.users",))
            superuser = Production(scratch.host, scratch.port, scratch.database, "postgres", scratch.password, put_on)
            with reading(superuser) as restricted:
                assert production_facts(restricted, superuser).server.superuser
        finally:
            connection.execute(f"DROP OWNED BY {role}, {other}; DROP ROLE {role}, {other}".encode())


def test_what_holds_a_database_is_told(holding: EmbeddedServer) -> None:
    """A prepared transaction, a subscription; a slot that nobody uses goes with its database."""
    at = holding.endpoint
    with writing(at) as connection:
        for name in ("free", "slotted", "prepared", "subscribed"):
            connection.execute(f"CREATE DATABASE {name}".encode())
        with writing(at.with_database("slotted")) as there:
            there.execute("SELECT pg_create_logical_replication_slot('idle', 'pgoutput')")
        with writing(at.with_database("prepared")) as there:
            there.execute("BEGIN; CREATE TABLE held (); PREPARE TRANSACTION 'held'")
        with writing(at.with_database("subscribed")) as there:
            options = "connect = false, slot_name = NONE"
            there.execute(f"CREATE SUBSCRIPTION s CONNECTION 'host=127.0.0.1' PUBLICATION p WITH ({options})".encode())
        names = ("free", "slotted", "prepared", "subscribed", "missing")
        held = held_databases(connection, names)
        assert held == (Held("prepared", 1, 0, 0), Held("subscribed", 0, 0, 1))
        for name in ("slotted", "free"):
            drop(connection, at.with_database(name))
        for name in ("prepared", "subscribed"):
            with pytest.raises(psycopg.errors.ObjectInUse):
                drop(connection, at.with_database(name))


@pytest.fixture(scope="module")
def holding(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    """A server of its own that allows prepared transactions and logical replication."""
    data: Path = tmp_path_factory.mktemp("holding") / "data"
    asked = {**THROW_AWAY, "max_prepared_transactions": "1", "wal_level": "logical"}
    server = embedded.start(installation(18), data, settings=asked)
    yield server
    embedded.stop(server)
    data_folder.discard(data)


def test_what_is_made_later_is_open_to_the_role_as_well(shop: Shop, any_server: EmbeddedServer) -> None:
    """A table, and a schema with its tables: pg_dump can lock them without more being granted."""
    with writing(shop.owned) as connection:
        connection.execute("CREATE TABLE later (id int); CREATE SCHEMA newer; CREATE TABLE newer.t (id int)")
    with reading(shop.seen) as connection:
        facts = production_facts(connection, shop.seen)
        with connection.transaction():
            connection.execute("LOCK TABLE public.later, newer.t IN ACCESS SHARE MODE")  # as pg_dump does
    assert facts.unlockable == ()
    assert ("newer.t" in facts.readable) is (any_server.installation.major < 17)


def test_a_member_of_pg_read_all_data_is_told(scratch: Scratch) -> None:
    """Though it inherits nothing, and nothing was granted on any table."""
    role = f"shape_{uuid4().hex[:12]}"
    production = Production(scratch.host, scratch.port, scratch.database, role, "pw")
    with writing(scratch) as connection:
        connection.execute(
            f"CREATE ROLE {role} LOGIN NOINHERIT PASSWORD 'pw'; GRANT pg_read_all_data TO {role}".encode()
        )
        try:
            with reading(production) as restricted:
                facts = server_facts(restricted, production)
        finally:
            connection.execute(f"DROP ROLE {role}".encode())
    assert (facts.reads_all_data, facts.superuser) == (True, False)


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


def test_a_member_that_inherits_nothing_does_not_act_as_the_owner(scratch: Scratch) -> None:
    """It could SET ROLE, and may neither rename nor drop what the owner has."""
    role, owner = f"member_{uuid4().hex[:12]}", f"owner_{uuid4().hex[:12]}"
    member = replace(scratch, user=role, password="pw")
    with maintenance(scratch) as server:
        server.execute(f"CREATE ROLE {role} LOGIN NOINHERIT PASSWORD 'pw'; CREATE ROLE {owner}".encode())
        server.execute(f"ALTER DATABASE {scratch.database} OWNER TO {owner}".encode())
        acts = []
        try:
            for inherits in ("FALSE", "TRUE"):
                server.execute(f"GRANT {owner} TO {role} WITH INHERIT {inherits}".encode())
                with maintenance(member) as beside:
                    facts = database_facts(beside, scratch.database)
                acts.append(bool(facts and facts.acts_as_owner))
        finally:
            server.execute(f"ALTER DATABASE {scratch.database} OWNER TO {scratch.user}".encode())
            server.execute(f"DROP ROLE {role}, {owner}".encode())
    assert acts == [False, True]


def test_a_reading_session_writes_nothing(scratch: Scratch) -> None:
    """PostgreSQL itself refuses, whatever the role could do elsewhere."""
    with reading(scratch) as connection:
        assert server_facts(connection, scratch).read_only
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            connection.execute("CREATE TABLE t ()")


@pytest.mark.parametrize(("session", "setting"), [(reading, "on"), (writing, "off")], ids=["reading", "writing"])
def test_a_session_is_what_it_is_from_its_first_moment(
    scratch: Scratch, session: Callable[[Scratch], Connection], setting: str
) -> None:
    """By what it is started with: a SET would stay with a pooler's connection, for whoever gets that next."""
    with writing(scratch) as connection:
        for name, value in {"default_transaction_read_only": "on", "quote_all_identifiers": "on"}.items():
            connection.execute(f"ALTER DATABASE {scratch.database} SET {name} = {value}".encode())
    asked = replace(scratch, options=(("options", "-c default_transaction_read_only=off -c geqo=off"),))
    query = (
        "SELECT setting, source FROM pg_settings WHERE name ~ '^(default_transaction_read_only|geqo)$' ORDER BY name"
    )
    with session(asked) as connection:
        rows = connection.execute(query.encode()).fetchall()
        assert server_facts(connection, scratch).direct
    assert rows == [(setting, "client"), ("off", "client")]


def test_a_session_that_lost_what_it_was_started_with_is_told(scratch: Scratch) -> None:
    """As one of a pooler that was told to ignore it."""
    with psycopg.connect(scratch.url) as connection:
        connection.execute("SET default_transaction_read_only = on")
        facts = server_facts(connection, scratch)
    assert (facts.read_only, facts.direct) == (True, False)


def test_a_database_without_an_encoding_gives_texts(server: EmbeddedServer, scratch: Scratch) -> None:
    """And not bytes, which nothing here expects."""
    with writing(scratch) as connection:
        connection.execute("CREATE DATABASE ascii_only TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'")
        try:
            with reading(scratch.with_database("ascii_only")) as asking:
                assert asking.execute("SELECT 'müde'::text, 'a'::name").fetchone() == ("müde", "a")
        finally:
            connection.execute("DROP DATABASE ascii_only WITH (FORCE)")


def test_a_session_that_is_left_unanswered_is_a_sentence(scratch: Scratch) -> None:
    """Ended from outside, or out of time: with the place, and what to look at."""
    late, gone = "canceling statement due to statement timeout", "terminating connection"
    statements = {"SELECT pg_sleep(60)": late, "SELECT pg_terminate_backend(pg_backend_pid())": gone}
    for statement, why in statements.items():
        with (
            pytest.raises(Failure, match=f"{re.escape(str(scratch))} did not answer to the end: {why}"),
            reading(scratch, statement_seconds=1) as connection,
        ):
            connection.execute(statement.encode())


def test_a_session_waits_for_an_answer_no_longer_than_it_may(scratch: Scratch) -> None:
    """The server keeps its limits; what it says of them may be lost on the way."""
    session = reading(scratch)
    session.patience = 0.2  # type: ignore[attr-defined]  # a reading session's own
    with pytest.raises(Failure, match=r"did not answer to the end: no answer within 0\.2 s"), session as connection:
        connection.execute("SELECT pg_sleep(60)")
    assert session.closed


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
            r"failed: cannot connect to .*:1/postgres: .* failed: Connection refused; nothing is left behind\.\n"
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
