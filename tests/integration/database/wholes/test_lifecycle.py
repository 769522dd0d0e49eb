"""Databases as wholes, on a real server."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Timer
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from catalog.errors import Failure, Refusal
from database.endpoints import Scratch, Staging
from database.facts import database_facts
from database.session import Connection, writing
from database.wholes import lifecycle, strategy
from database.wholes.lifecycle import exclusive, maintenance
from database.wholes.marker import Marker, read_marker

LOCALE = "SELECT encoding, datcollate, datctype, datlocprovider FROM pg_database WHERE datname = %s"


@pytest.fixture
def staging(scratch: Scratch) -> Staging:
    """A database that plays staging."""
    return Staging(scratch.host, scratch.port, scratch.database, scratch.user, scratch.password)


@pytest.fixture
def plain_role(server_session: Connection, scratch: Scratch) -> Iterator[Scratch]:
    """A database of a role that is no superuser."""
    new = replace(scratch, database=f"new_{uuid4().hex[:12]}", user=f"plain_{uuid4().hex[:12]}", password="plain")
    name, role = sql.Identifier(new.database), sql.Identifier(new.user)
    server_session.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD 'plain'").format(role))
    server_session.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, role))
    yield new
    lifecycle.drop(server_session, new)
    server_session.execute(sql.SQL("DROP ROLE {}").format(role))


def test_who_may_not_be_ended_and_goes_keeps_no_database(plain_role: Scratch, scratch: Scratch) -> None:
    """An autovacuum worker, say, for which a superuser stands here: nobody else may end either."""
    somebody = writing(scratch.with_database(plain_role.database))
    leaves = Timer(0.3, somebody.close)
    leaves.start()
    with maintenance(plain_role) as server:
        lifecycle.drop(server, plain_role)
        assert database_facts(server, plain_role.database) is None
    leaves.join()


@contextmanager
def new_database(server: Connection, at: Scratch) -> Iterator[Scratch]:
    """A name that is free before and after."""
    new = at.with_database(f"new_{uuid4().hex[:12]}")
    try:
        yield new
    finally:
        lifecycle.drop(server, new)


@pytest.mark.parametrize(
    "locale",
    [
        "ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE 'C.UTF-8'",
        "ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C'",
        "ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C' LOCALE 'C'",
        "",
    ],
    ids=["libc", "ascii", "builtin", "the server's"],
)
def test_a_new_database_sorts_and_encodes_like_the_other(
    server_session: Connection, scratch: Scratch, locale: str
) -> None:
    """Provider, encoding and locale, also where the server's own are different ones."""
    server = server_session
    with new_database(server, scratch) as other, new_database(server, scratch) as new:
        server.execute(f"CREATE DATABASE {other.database} TEMPLATE template0 {locale}".encode())
        lifecycle.create(server, new, other.database)
        found = [server.execute(LOCALE, (name.database,)).fetchone() for name in (other, new)]
    assert found[0] == found[1]


@pytest.fixture
def server_session(scratch: Scratch) -> Iterator[Connection]:
    """A session on the maintenance database."""
    with maintenance(scratch) as connection:
        yield connection


def test_a_database_like_none_is_a_failure(server_session: Connection, scratch: Scratch) -> None:
    """In a sentence, not in an index error."""
    with pytest.raises(Failure, match='there is no database "nowhere" to take owner and locale from'):
        lifecycle.create(server_session, scratch.with_database("never"), "nowhere")


def test_a_database_is_dropped_with_people_on_it_and_twice(server_session: Connection, scratch: Scratch) -> None:
    """Who is on it is ended; a second drop finds nothing to do."""
    new = scratch.with_database(f"new_{uuid4().hex[:12]}")
    lifecycle.create(server_session, new, scratch.database)
    with writing(new) as somebody:
        lifecycle.drop(server_session, new)
        with pytest.raises(psycopg.errors.AdminShutdown):
            somebody.execute("SELECT 1")
    assert database_facts(server_session, new.database) is None
    lifecycle.drop(server_session, new)


def test_what_is_created_or_cloned_belongs_to_the_same_owner_and_shuts_the_public_out(
    server_session: Connection, scratch: Scratch
) -> None:
    """Nobody else looks into what is half built or kept aside."""
    role = f"owner_{uuid4().hex[:12]}"
    server_session.execute(f"CREATE ROLE {role}".encode())
    server_session.execute(f"ALTER DATABASE {scratch.database} OWNER TO {role}".encode())
    open_to_all = "SELECT has_database_privilege('pg_monitor', %s, 'CONNECT')"
    try:
        with new_database(server_session, scratch) as new, new_database(server_session, scratch) as copy:
            lifecycle.create(server_session, new, scratch.database)
            lifecycle.clone(server_session, copy, new.database)
            facts = database_facts(server_session, new.database)
            assert facts
            assert facts.owner == role
            for name, is_open in ((scratch, True), (new, False), (copy, False)):
                assert server_session.execute(open_to_all, (name.database,)).fetchone() == (is_open,)
    finally:
        server_session.execute(f"ALTER DATABASE {scratch.database} OWNER TO postgres".encode())
        server_session.execute(f"DROP ROLE {role}".encode())


def test_a_clone_holds_the_same_rows(server_session: Connection, scratch: Scratch) -> None:
    """Its own copy: what happens to it later does not reach the other."""
    with writing(scratch) as connection:
        connection.execute("CREATE TABLE t AS SELECT 42 AS n")
    with new_database(server_session, scratch) as copy:
        lifecycle.clone(server_session, copy, scratch.database)
        with writing(copy) as connection:
            assert connection.execute("UPDATE t SET n = 7 RETURNING n").fetchone() == (7,)
    with writing(scratch) as connection:
        assert connection.execute("SELECT n FROM t").fetchone() == (42,)


@pytest.mark.parametrize("small", [0, 1 << 40], ids=["by its files", "through the WAL"])
def test_a_clone_is_made_on_every_version_by_every_way(
    scratch_on_any: Scratch, small: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy holds the same rows, belongs to whom it is given, and shuts the public out."""
    monkeypatch.setattr(strategy, "SMALL", small)
    role = f"owner_{uuid4().hex[:12]}"
    with writing(scratch_on_any) as connection:
        connection.execute("CREATE TABLE t AS SELECT n FROM generate_series(1, 1000) AS n")
    with maintenance(scratch_on_any) as server:
        server.execute(f"CREATE ROLE {role}".encode())
        with new_database(server, scratch_on_any) as copy:
            way = lifecycle.clone(server, copy, scratch_on_any.database, owner=role)
            facts = database_facts(server, copy.database)
            with writing(copy) as connection:
                assert connection.execute("SELECT count(*) FROM t").fetchone() == (1000,)
        server.execute(f"DROP ROLE {role}".encode())
        assert facts
        assert facts.owner == role
        assert way in strategy.strategies(1, server.info.server_version // 10_000)


def test_where_files_cannot_be_cloned_they_are_copied(
    server_session: Connection, scratch: Scratch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that was built without a method, or whose file system cannot, says so; the next way is taken."""
    unknown = property(lambda way: "carbon" if way is strategy.Strategy.FILE_CLONES else "copy")
    monkeypatch.setattr(strategy.Strategy, "method", unknown)
    monkeypatch.setattr(strategy, "SMALL", 0)
    with new_database(server_session, scratch) as copy:
        assert lifecycle.clone(server_session, copy, scratch.database) is strategy.Strategy.FILES


def test_whoever_asks_whether_a_lock_is_free_holds_it_meanwhile(staging: Staging, server_session: Connection) -> None:
    """And gives it back; while another holds it, it is not free."""
    golden = staging.golden
    with lifecycle.if_free(server_session, golden) as free:
        assert free
        with pytest.raises(Refusal), exclusive(golden, "preview 1"):
            pass
    with exclusive(golden, "preview 2"), lifecycle.if_free(server_session, golden) as free:
        assert not free
        with pytest.raises(Refusal), exclusive(golden, "preview 3"):
            pass


def test_what_breaks_off_amid_a_statement_is_told_as_it_is(staging: Staging) -> None:
    """A flow's time is up in the middle of a question: giving the lock back, which fails then, does not hide that."""
    with pytest.raises(TimeoutError, match="time is up"), lifecycle.maintenance(staging) as session:
        _break_off(session, staging.golden)


def _break_off(session: Connection, at: Scratch) -> None:
    with lifecycle.if_free(session, at):
        session.pgconn.send_query(b"SELECT pg_sleep(60)")
        raise TimeoutError("time is up")


def test_who_is_on_a_database_is_told(server_session: Connection, scratch: Scratch) -> None:
    """Program, role, place and since when; the asking session is nobody."""
    with psycopg.connect(scratch.url, application_name="psql of Ann"):
        (told,) = lifecycle.sessions_on(server_session, scratch.database)
    assert told.startswith("psql of Ann, as postgres from 127.0.0.1, since 20")


def test_sessions_are_ended_and_counted(server_session: Connection, scratch: Scratch) -> None:
    """Those on the named databases, and no other."""
    other = maintenance(scratch)
    ours = [writing(scratch), writing(scratch)]
    facts = database_facts(server_session, scratch.database)
    assert facts
    assert lifecycle.end_sessions(server_session, [facts.oid]) == 2
    for connection in ours:
        with pytest.raises(psycopg.errors.AdminShutdown):
            connection.execute("SELECT 1")
    assert other.execute("SELECT 1").fetchone() == (1,)
    other.close()
    assert lifecycle.end_sessions(server_session, [facts.oid]) == 0


def test_marking_keeps_the_rest_of_the_comment(server_session: Connection, scratch: Scratch) -> None:
    """Quotes and line breaks included; marking again replaces the marker alone."""
    lifecycle.set_comment(server_session, scratch.database, 'Ann\'s "shop"\n\\ 100%')
    for run in ("first", "second"):
        lifecycle.mark(server_session, scratch.database, Marker(run))
    facts = database_facts(server_session, scratch.database)
    assert facts
    assert facts.comment == 'Ann\'s "shop"\n\\ 100%\n[greenroom staging] {"run": "second"}'
    assert read_marker(facts.comment) == Marker("second")


def test_a_second_run_is_refused_and_told_who_holds_the_lock(staging: Staging) -> None:
    """Since when, and what to do; another staging database is free meanwhile."""
    with exclusive(staging, "refresh 42"):
        with pytest.raises(Refusal) as refused, exclusive(staging, "reseed 43"):
            pass
        assert refused.value.what == f'another run is under way on "{staging.database}"'
        assert refused.value.why.startswith("greenroom refresh 42, since 20")
        assert refused.value.todo == "Wait until it has ended, or end it, and run again."
        other = Staging(staging.host, staging.port, f"{staging.database}2", staging.user, staging.password)
        with exclusive(other, "reseed 44"):
            pass
    with exclusive(staging, "reseed 45") as server:
        assert server.execute("SHOW application_name").fetchone() == ("greenroom reseed 45",)


def test_a_run_knows_whether_it_still_holds_the_lock(staging: Staging, server_session: Connection) -> None:
    """Before the swap it makes sure: its session may have been ended, and another run may have begun."""
    with pytest.raises(psycopg.errors.AdminShutdown), exclusive(staging, "refresh 42") as held:  # noqa: PT012  # the session dies inside
        lifecycle.require_lock(server_session, staging, "refresh 42")
        server_session.execute("SELECT pg_terminate_backend(%s, 5000)", (held.info.backend_pid,))
        with pytest.raises(Failure, match="was lost on the way: the session that held it was ended"):
            lifecycle.require_lock(server_session, staging, "refresh 42")
        with exclusive(staging, "reseed 43"), pytest.raises(Failure, match="it is held by greenroom reseed 43 now"):
            lifecycle.require_lock(server_session, staging, "refresh 42")
        held.execute("SELECT 1")


def test_the_lock_is_free_when_the_session_that_held_it_is_gone(staging: Staging, server_session: Connection) -> None:
    """However it ended; nothing has to be cleaned up by hand."""
    with pytest.raises(psycopg.errors.AdminShutdown), exclusive(staging, "refresh 42") as held:  # noqa: PT012  # the session dies inside
        server_session.execute("SELECT pg_terminate_backend(%s, 5000)", (held.info.backend_pid,))
        with exclusive(staging, "refresh 43"):
            pass
        held.execute("SELECT 1")
