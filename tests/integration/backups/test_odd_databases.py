"""Databases whose encoding is not UTF8, and rows whose text hangs on what a session sets."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from backups.cipher import Identity
from backups.restore import Destination
from backups.restore_test import restore_test
from backups.stores.memory import MemoryStore
from backups.take import take
from database.endpoints import Scratch
from database.programs import for_dump
from database.servers.embedded import EmbeddedServer
from database.session import writing

ME = Identity.new()
NAMED = """
    CREATE TABLE things (id int); CREATE TYPE feeling AS ENUM ('sad');
    CREATE TABLE named (thing regclass, kind regtype, other regtype);
    INSERT INTO named VALUES ('things', 'feeling', 'timestamptz');
"""


@pytest.fixture(params=["LATIN1", "EUC_JP", "SQL_ASCII"])
def encoded(server: EmbeddedServer, request: pytest.FixtureRequest) -> Iterator[Scratch]:
    """A database in each of these encodings, with a table of a name and a row that are not ASCII."""
    of, name = (
        server.endpoint.with_database(f"scratch_{uuid4().hex[:12]}"),
        "größe" if request.param != "EUC_JP" else "量",
    )
    created = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING {} LOCALE_PROVIDER libc LOCALE 'C'")
    with psycopg.connect(server.endpoint.url, autocommit=True) as connection:
        connection.execute(created.format(sql.Identifier(of.database), sql.Literal(request.param)))
        with writing(of) as inside:
            inside.execute(f'CREATE TABLE "{name}" ("{name}" text); INSERT INTO "{name}" VALUES (\'{name}\')'.encode())
        yield of
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(of.database)))


def test_names_in_any_encoding_come_back(encoded: Scratch, server: EmbeddedServer) -> None:
    """Of tables and columns; in a database without an encoding as well."""
    assert tried(encoded, server) == ()


def test_a_row_that_names_things_of_the_schema_comes_back(scratch_on_any: Scratch, any_server: EmbeddedServer) -> None:
    """PostgreSQL prints these names with their schema or without, in quotes or not, as the session has it set."""
    with writing(scratch_on_any) as connection:
        connection.execute(NAMED)
        connection.execute(f"ALTER DATABASE {scratch_on_any.database} SET quote_all_identifiers = on".encode())
    assert tried(scratch_on_any, any_server) == ()


def tried(of: Scratch, server: EmbeddedServer) -> tuple[str, ...]:
    """What a restore test of a backup of it finds."""
    store, programs = MemoryStore(), for_dump(server.installation.major)
    manifest = take(of, store, [ME.recipient], programs=programs, now=datetime.now(UTC))
    into = Destination(of.with_database(f"spare_{uuid4().hex[:12]}"), of.database, programs)
    return restore_test(manifest, store, [ME], into, now=datetime.now(UTC)).proof.findings
