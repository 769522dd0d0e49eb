"""The demo's databases: a production full of canaries, and a staging that has fallen behind."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from catalog.errors import Failure
from database.endpoints import Production, Scratch, Staging
from database.facts import database_facts
from database.rights.grant_sql import grant_sql
from database.servers.embedded import EmbeddedServer
from database.session import Connection, writing
from database.wholes.lifecycle import drop, maintenance, mark
from database.wholes.marker import Marker
from operations.demo.variables import inherited

PRODUCTION, STAGING = "autonomica", "autonomica_staging"
OLDER = "0006"
_READER, _APPLICATION = "greenroom", "autonomica_staging"

_HAS_ROLE = "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s)"
_HAND_IN = "SELECT set_config('demo.role', %s, false), set_config('demo.password', %s, false)"
_SET_IT = """
DO $$ BEGIN EXECUTE
    format('ALTER ROLE %I PASSWORD %L', current_setting('demo.role'), current_setting('demo.password'));
END $$
"""


def build_production(server: EmbeddedServer, example: Path, password: str) -> Production:
    """Production as its URL names it: migrated to head, canaries in every text, a role that cannot read a row."""
    at = server.endpoint.with_database(PRODUCTION)
    _once(at, lambda making: _fill(making, example, "head", example / "production_rows.sql"))
    with writing(at) as connection:
        if not _has_role(connection, _READER):
            made = grant_sql(server.installation.major, role=_READER, database=PRODUCTION, schemas=["public"])
            connection.execute(made.encode())
        _set_password(connection, _READER, password)
    return Production(at.host, at.port, PRODUCTION, _READER, password)


def build_staging(server: EmbeddedServer, example: Path, password: str) -> Staging:
    """Staging as its URL names it: at an older revision with rows of its own, marked, owned by its application."""
    with maintenance(server.endpoint) as connection:
        if not _has_role(connection, _APPLICATION):
            connection.execute("CREATE ROLE autonomica_staging LOGIN CREATEDB")
        _set_password(connection, _APPLICATION, password)
    at = server.endpoint
    owned = Scratch(at.host, at.port, STAGING, _APPLICATION, password)
    _once(owned, lambda making: _fill_staging(making, example))
    return Staging(at.host, at.port, STAGING, _APPLICATION, password)


def _fill_staging(making: Scratch, example: Path) -> None:
    _fill(making, example, OLDER, example / "staging_rows.sql")
    with maintenance(making) as server:
        mark(server, making.database, Marker())


def _once(at: Scratch, fill: Callable[[Scratch], None]) -> None:
    """Make the database unless it is there; under another name until it is complete, so that it is never half made."""
    making = at.with_database(f"{at.database}_making")
    with maintenance(at) as server:
        if database_facts(server, at.database):
            return
        drop(server, making)
        server.execute(f'CREATE DATABASE "{making.database}" TEMPLATE template0'.encode())
        fill(making)
        server.execute(f'ALTER DATABASE "{making.database}" RENAME TO "{at.database}"'.encode())


def _fill(at: Scratch, example: Path, revision: str, rows: Path) -> None:
    _migrate(at, example, revision)
    with writing(at) as connection:
        connection.execute(rows.read_bytes())


def _migrate(at: Scratch, example: Path, revision: str) -> None:
    """Run Alembic as its README says; the password goes by the environment, not where `ps` shows it."""
    url = f"postgresql+psycopg://{at.user}@{at.host}:{at.port}/{at.database}"
    done = subprocess.run(
        [sys.executable, "-m", "alembic", "-x", f"url={url}", "upgrade", revision],
        cwd=example,
        env=inherited(os.environ, {"PGPASSWORD": at.password}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        start_new_session=True,
        check=False,
    )
    if done.returncode:
        why = done.stderr.strip().split("\n")[-1]
        raise Failure(f'Alembic could not bring "{at.database}" to {revision}', why=why)


def _has_role(connection: Connection, role: str) -> bool:
    row = connection.execute(_HAS_ROLE, (role,)).fetchone()
    return bool(row and row[0])


def _set_password(connection: Connection, role: str, password: str) -> None:
    connection.execute(_HAND_IN, (role, password))
    connection.execute(_SET_IT)
