"""A run that kept rows and died: the next one begins anew with the rows that staging holds by then, each once."""

from datetime import UTC, datetime
from pathlib import Path

from psycopg import sql

from database.queries import query
from database.servers.embedded import EmbeddedServer
from database.session import writing
from database.wholes.ledger import Ledger, open_ledger
from database.wholes.lifecycle import maintenance
from tests.integration.operations.test_drift import database, refresh, settings_for
from tests.integration.operations.test_without_rows import asked, beside

SHAPE = "CREATE TABLE notes (id int PRIMARY KEY, text text NOT NULL, at timestamptz DEFAULT now())"
OLD = "CREATE TABLE notes (id int PRIMARY KEY, text text)"


def test_the_next_run_begins_anew(server: EmbeddedServer, production_server: EmbeddedServer, tmp_path: Path) -> None:
    """What was carried before the crash is not gone on with: a row that a tester has changed since is as it is now."""
    with database(production_server, SHAPE) as production, database(server, OLD) as staging:
        settings = settings_for(production, staging, tmp_path, keep=["*"])
        left = staging.with_database(f"{staging.database}__next")
        with maintenance(staging) as place:
            place.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(left.database)))
        with writing(left) as connection:  # as far as a dead run had come: rows in, others waiting, its ledger open
            connection.execute(SHAPE)
            connection.execute("INSERT INTO notes VALUES (1, 'before the crash'), (2, 'gone since')")
            connection.execute(query("keep_schema"))
            open_ledger(connection, Ledger("of the dead run", datetime.now(UTC)))
        with writing(staging) as connection:
            connection.execute("INSERT INTO notes VALUES (1, 'after the crash'), (3, 'new')")
        run = refresh(settings)
        told = {step.name: step.note for step in run.story.steps}
        assert told["clear leftovers"] == f"dropped {left.database}"
        assert asked(staging, "SELECT id, text FROM notes ORDER BY 1") == [(1, "after the crash"), (3, "new")]
        assert beside(staging) == {staging.database, f"{staging.database}__prev", f"{staging.database}__golden"}
