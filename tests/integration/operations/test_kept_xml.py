"""Rows that are kept where a new column is of a type that staging's server takes no value of."""

from pathlib import Path

import pytest

from catalog.errors import Refusal
from database.keeping.shape import takes_xml
from database.servers.embedded import EmbeddedServer
from database.session import reading
from tests.integration.operations.test_drift import beside, database, refresh, settings_for

OLD = "CREATE TABLE bare (id int PRIMARY KEY); CREATE TABLE notes (id int PRIMARY KEY); INSERT INTO notes VALUES (1)"
NEW = "CREATE TABLE bare (id int PRIMARY KEY, doc xml NOT NULL); CREATE TABLE notes (id int PRIMARY KEY, doc xml{});"


def test_it_is_refused_before_anything_is_built(
    server: EmbeddedServer, production_server: EmbeddedServer, tmp_path: Path
) -> None:
    """The sentence names the table and the column; a table without rows, or a column that may be NULL, is no reason."""
    with database(server, OLD) as staging, reading(staging) as session:
        assert not takes_xml(session)  # or the server that comes with the wheel has learnt it: take another one here
        session.close()
        with database(production_server, NEW.format(" NOT NULL")) as production:
            with pytest.raises(Refusal, match=r"rows of public\.notes cannot be kept: doc is new, of type xml") as told:
                refresh(settings_for(production, staging, tmp_path, keep=["*"]))
            assert told.value.why.startswith("staging's server was built without libxml")
            assert beside(staging) == []
        with database(production_server, NEW.format("")) as production:
            refresh(settings_for(production, staging, tmp_path, keep=["*"]))
