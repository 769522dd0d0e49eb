"""Whoever may create in a schema of staging's cannot have our role call what they put there in our queries' way."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from database.contents.exported import contents
from database.servers.embedded import EmbeddedServer
from database.wholes.lifecycle import maintenance
from operations import jobs
from operations.run import Run, plainly
from operations.standing import status
from tests.integration.operations.test_drift import database, find, refresh, settings_for

SHAPE = "CREATE TABLE notes (id serial PRIMARY KEY, body text); "
TRAPS = (
    "format(text, name)",
    "format(text, name, name)",
    "format(text, name, name, name)",
    "concat_ws(text, text, text)",
    "array_remove(text[], text)",
    "left(name, int)",
)
"""Each fits some query of ours better than PostgreSQL's own function, which takes any type, or any number of them."""


def trap(signature: str) -> str:
    body = "BEGIN RAISE EXCEPTION 'called as %', current_user; END"
    return f"CREATE FUNCTION public.{signature} RETURNS text LANGUAGE plpgsql AS $$ {body} $$; "


@pytest.fixture
def tester(server: EmbeddedServer) -> Iterator[str]:
    """A role of somebody's on staging's server."""
    name = f"tester_{uuid4().hex[:8]}"
    with maintenance(server.endpoint) as beside:
        beside.execute(f"CREATE ROLE {name}".encode())
        yield name
        beside.execute(f"DROP ROLE {name}".encode())


def test_no_function_of_a_testers_is_called(
    server: EmbeddedServer, production_server: EmbeddedServer, tester: str, tmp_path: Path
) -> None:
    """Not by drift, status, a backup's hashes, a refresh that replaces that staging, or going back to it."""
    hostile = SHAPE + "".join(map(trap, TRAPS)) + "GRANT SELECT ON notes TO pg_monitor"
    with database(production_server, SHAPE) as production, database(server, hostile) as staging:
        settings = settings_for(production, staging, tmp_path, access={"read-only": [tester]})
        assert {item.kind for item in find(settings).story.changes} == {"function"}
        assert status.look(settings).database == staging.database
        assert contents(staging).row_counts == (("public.notes", 0),)
        assert refresh(settings).story.promoted
        back = Run("rollback", settings, settings.staging())
        jobs.roll_back(back, plainly)
        assert back.story.swapped_back
