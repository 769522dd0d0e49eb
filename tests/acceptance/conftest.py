"""A place to run the program in, as an operator does: production and staging on two servers, settings from outside."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from backups.cipher import Identity
from database.embedded import EmbeddedServer
from database.endpoints import Scratch, Staging
from database.grant_sql import grant_sql
from database.lifecycle import maintenance, mark
from database.marker import Marker
from tests.acceptance.place import EXAMPLE, Place, migrate

READER_PASSWORD = "shape-only"
_AMBIENT = ("GREENROOM_", "PREFECT_", "AWS_", "PG", "PRODUCTION_", "STAGING_", "REDIS_", "CLERK_")


@pytest.fixture(scope="session")
def production(production_server: EmbeddedServer) -> Scratch:
    """A production with the example's schema at head, and a canary in every text column."""
    at = create(production_server.endpoint, f"app_{uuid4().hex[:8]}")
    migrate(at, "head")
    with psycopg.connect(at.url) as connection:
        connection.execute((EXAMPLE / "production_rows.sql").read_bytes())
    with psycopg.connect(at.url, autocommit=True) as connection:
        connection.execute(grant_sql(18, role="shape_reader", database=at.database, schemas=["public"]).encode())
        connection.execute(f"ALTER ROLE shape_reader PASSWORD '{READER_PASSWORD}'".encode())
    return at


@pytest.fixture(scope="session")
def older_staging(server: EmbeddedServer) -> Scratch:
    """A staging two revisions behind, with rows of its own: the template of every place's staging."""
    staging = create(server.endpoint, f"older_{uuid4().hex[:8]}")
    migrate(staging, "0006")
    with psycopg.connect(staging.url) as connection:
        connection.execute((EXAMPLE / "staging_rows.sql").read_bytes())
    return staging


@pytest.fixture
def place(tmp_path: Path, production: Scratch, older_staging: Scratch, server: EmbeddedServer) -> Iterator[Place]:
    """A place whose staging is older than production, holds rows of its own, and carries the marker."""
    name = f"staging_{uuid4().hex[:8]}"
    staging = create(server.endpoint, name, template=older_staging.database)
    with maintenance(Staging.parse(staging.url)) as maintained:
        mark(maintained, name, Marker())
    place = Place(tmp_path, production, staging, _environment(tmp_path, production, staging))
    yield place
    place.end_all()
    for database in place.databases():
        drop(server.endpoint, database)


def _environment(folder: Path, production: Scratch, staging: Scratch) -> dict[str, str]:
    identity, offline = Identity.new(), Identity.new()
    key = folder / "identity.txt"
    key.touch(mode=0o600)
    key.write_text(identity.secret)
    reader = replace(production, user="shape_reader", password=READER_PASSWORD)
    return without_ambient(os.environ) | {
        "PRODUCTION_DATABASE_URL": reader.url,
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
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(statement)
    return server.with_database(name)


def drop(server: Scratch, name: str) -> None:
    """Drop it if it is there."""
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
