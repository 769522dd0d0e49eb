"""A place to run the program in, as an operator does: production and staging on two servers, settings by environment."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from psycopg import sql
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from backups.cipher import Identity
from database.embedded import EmbeddedServer
from database.endpoints import Scratch
from database.grant_sql import grant_sql

EXAMPLE = Path(__file__).parents[2] / "examples" / "autonomica"
READER_PASSWORD = "shape-only"
CANARY = "canary-7f3a"
_AMBIENT = ("GREENROOM_", "PREFECT_", "AWS_", "PG", "PRODUCTION_", "STAGING_", "REDIS_", "CLERK_")


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Place:
    """A folder with settings in its environment; `production` and `staging` are owners' endpoints, for looking."""

    folder: Path
    production: Scratch
    staging: Scratch
    environment: dict[str, str]

    def having(self, **changes: str) -> "Place":
        """The same place with other environment variables."""
        return replace(self, environment=self.environment | changes)

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """Start the program and go on."""
        return subprocess.Popen(
            [Path(sys.executable).parent / "greenroom", *arguments],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str) -> Ran:
        """Run the program to its end."""
        process = self.start(*arguments)
        out, err = process.communicate(timeout=240)
        return Ran(process.returncode, out, err)

    def ask(self, query: str, database: str = "") -> list[tuple[object, ...]]:
        """What staging (or another database beside it) answers."""
        at = self.staging.with_database(database or self.staging.database)
        with psycopg.connect(at.url, autocommit=True) as connection:
            return connection.execute(query.encode()).fetchall()

    def databases(self) -> set[str]:
        """The databases on the staging server that belong to this staging."""
        rows = self.ask("SELECT datname FROM pg_database", "postgres")
        return {str(row[0]) for row in rows if str(row[0]).startswith(self.staging.database)}


@pytest.fixture(scope="session")
def production(production_server: EmbeddedServer) -> Scratch:
    """A production with the example's schema at head, and a canary in every text column."""
    at = _create(production_server.endpoint, f"app_{uuid4().hex[:8]}")
    migrate(at, "head")
    with psycopg.connect(at.url) as connection:
        connection.execute((EXAMPLE / "production_rows.sql").read_bytes())
    with psycopg.connect(at.url, autocommit=True) as connection:
        connection.execute(grant_sql(18, role="shape_reader", database=at.database, schemas=["public"]).encode())
        connection.execute(f"ALTER ROLE shape_reader PASSWORD '{READER_PASSWORD}'".encode())
    return at


@pytest.fixture
def place(tmp_path: Path, production: Scratch, server: EmbeddedServer) -> Iterator[Place]:
    """A place whose staging is older than production, holds rows of its own, and carries the marker."""
    name = f"staging_{uuid4().hex[:8]}"
    staging = _create(server.endpoint, name)
    migrate(staging, "0006")
    with psycopg.connect(staging.url) as connection:
        connection.execute((EXAMPLE / "staging_rows.sql").read_bytes())
    place = Place(tmp_path, production, staging, _environment(tmp_path, production, staging))
    assert place.run("mark-staging", "--database", name).code == 0
    yield place
    for database in place.databases():
        _drop(server.endpoint, database)


def migrate(at: Scratch, revision: str) -> None:
    """Bring a database to a revision of the example's history."""
    engine = create_engine(at.url.replace("postgresql://", "postgresql+psycopg://"), poolclass=NullPool)
    config = Config(EXAMPLE / "alembic.ini")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def _environment(folder: Path, production: Scratch, staging: Scratch) -> dict[str, str]:
    identity = Identity.new()
    key = folder / "identity.txt"
    key.touch(mode=0o600)
    key.write_text(identity.secret)
    reader = replace(production, user="shape_reader", password=READER_PASSWORD)
    ambient = {name: value for name, value in os.environ.items() if not name.startswith(_AMBIENT)}
    return ambient | {
        "PRODUCTION_DATABASE_URL": reader.url,
        "STAGING_DATABASE_URL": staging.url,
        "GREENROOM_HOME": str(folder / "home"),
        "GREENROOM_PROFILE": "smoke",
        "GREENROOM_RECIPIENTS": identity.recipient.key,
        "GREENROOM_IDENTITY_FILE": str(key),
    }


def _create(server: Scratch, name: str) -> Scratch:
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    return server.with_database(name)


def _drop(server: Scratch, name: str) -> None:
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
