"""Databases as wholes, on a real server."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest

from catalog.errors import Failure, Refusal
from database import lifecycle
from database.endpoints import Scratch, Staging
from database.facts import database_facts
from database.lifecycle import exclusive, maintenance
from database.marker import Marker, read_marker
from database.session import Connection, writing

LOCALE = "SELECT encoding, datcollate, datctype, datlocprovider FROM pg_database WHERE datname = %s"


@pytest.fixture
def staging(scratch: Scratch) -> Staging:
    """A database that plays staging."""
    return Staging(scratch.host, scratch.port, scratch.database, scratch.user, scratch.password)


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
