"""A place to run the program in, as an operator does: production and staging on two servers, settings from outside."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from backups.cipher import Identity
from database.endpoints import Scratch, Staging
from database.rights.grant_sql import grant_sql
from database.servers.embedded import EmbeddedServer
from database.wholes.lifecycle import maintenance, mark
from database.wholes.marker import Marker
from tests.acceptance.place import EXAMPLE, Place, migrate

READER_PASSWORD = "shape-only"
SMALL = Path(__file__).parent / "small"
_AMBIENT = ("GREENROOM_", "PREFECT_", "AWS_", "PG", "PRODUCTION_", "STAGING_", "REDIS_", "CLERK_")


@pytest.fixture(scope="session")
def production(production_server: EmbeddedServer) -> Scratch:
    """A production with the example's schema at head, and a canary in every text column."""
    at = create(production_server.endpoint, f"app_{uuid4().hex[:8]}")
    migrate(at, "head")
    _execute(at, EXAMPLE / "production_rows.sql")
    let_see(at, "shape_reader")
    return at


@pytest.fixture(scope="session")
def older_staging(server: EmbeddedServer) -> Scratch:
    """A staging two revisions behind, with rows of its own: the template of every place's staging."""
    staging = create(server.endpoint, f"older_{uuid4().hex[:8]}")
    migrate(staging, "0006")
    _execute(staging, EXAMPLE / "staging_rows.sql")
    return staging


@pytest.fixture(scope="session")
def small_production(production_server: EmbeddedServer) -> Scratch:
    """A production of five tables, at the same revision, with canaries."""
    at = create(production_server.endpoint, f"small_{uuid4().hex[:8]}")
    _execute(at, SMALL / "production.sql")
    let_see(at, "small_reader")
    return at


@pytest.fixture(scope="session")
def small_staging(server: EmbeddedServer) -> Scratch:
    """Its staging, older: the template of every small place's."""
    staging = create(server.endpoint, f"small_older_{uuid4().hex[:8]}")
    _execute(staging, SMALL / "staging.sql")
    return staging


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A place whose staging is older than production, holds rows of its own, and carries the marker.

    Its schema is the example's or, for a test marked `small`, that of five tables, which costs a third.
    """
    small = request.node.get_closest_marker("small") is not None
    schema = ("small_production", "small_staging") if small else ("production", "older_staging")
    production, older = map(request.getfixturevalue, schema)
    with placed(tmp_path, production, older, "small_reader" if small else "shape_reader") as place:
        yield place


@contextmanager
def placed(folder: Path, production: Scratch, older: Scratch, reader: str = "shape_reader") -> Iterator[Place]:
    """A place in that folder, its staging a copy of the older one; what it leaves is dropped on the way out."""
    name = f"staging_{uuid4().hex[:8]}"
    staging = create(older, name, template=older.database)
    with maintenance(Staging.parse(staging.url)) as maintained:
        mark(maintained, name, Marker())
    place = Place(folder, production, staging, _environment(folder, production, staging, reader))
    yield place
    place.end_all()
    for database in place.databases():
        drop(older, database)


def _execute(at: Scratch, script: Path) -> None:
    with psycopg.connect(at.url) as connection:
        connection.execute(script.read_bytes())


def let_see(production: Scratch, role: str) -> None:
    """Make the role that its URL names: it sees the shape, and no row."""
    made = grant_sql(18, role=role, database=production.database, schemas=["public"])
    with psycopg.connect(production.url, autocommit=True) as connection:
        connection.execute(made.encode())
        connection.execute(f"ALTER ROLE {role} PASSWORD '{READER_PASSWORD}'".encode())


def _environment(folder: Path, production: Scratch, staging: Scratch, reader: str) -> dict[str, str]:
    identity, offline = Identity.new(), Identity.new()
    key = folder / "identity.txt"
    key.touch(mode=0o600)
    key.write_text(identity.secret)
    seen = replace(production, user=reader, password=READER_PASSWORD)
    return without_ambient(os.environ) | {
        "PRODUCTION_DATABASE_URL": seen.url,
        "STAGING_DATABASE_URL": staging.url,
        "GREENROOM_HOME": str(folder / "home"),
        "GREENROOM_PROFILE": "smoke",
        "GREENROOM_RECIPIENTS": f"{identity.recipient},{offline.recipient}",
        "GREENROOM_IDENTITY_FILE": str(key),
    }


def without_ambient(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without what would be settings."""
    return {name: value for name, value in environment.items() if not name.startswith(_AMBIENT)}


def create(server: Scratch, name: str, template: str = "template0") -> Scratch:
    """A fresh database."""
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
        sql.Identifier(name), sql.Identifier(template)
    )
    with psycopg.connect(server.with_database("postgres").url, autocommit=True) as connection:
        connection.execute(statement)
    return server.with_database(name)


def drop(server: Scratch, name: str) -> None:
    """Drop it if it is there."""
    with psycopg.connect(server.with_database("postgres").url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
