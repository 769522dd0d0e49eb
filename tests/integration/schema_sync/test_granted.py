"""Grants that a file of SQL gives without naming their objects whole: they are of what was there at their turn."""

from datetime import UTC, datetime
from pathlib import Path

from database.endpoints import Scratch, Staging
from database.rights.grants import Closed, ObjectGrant
from schema_sync.sources.published import open_published
from schema_sync.sources.source import Bench

SCRIPT = """
CREATE SCHEMA app;
CREATE TABLE app.a (id int);
CREATE TABLE app.b (id int);
CREATE SEQUENCE app.s;
CREATE FUNCTION app.f(n int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE app.p() LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION app.format(text, name, name) RETURNS text LANGUAGE sql AS 'SELECT ''app.hijacked''';
CREATE TYPE app.mood AS ENUM ('fine');
CREATE DOMAIN app.moods AS app.mood[];
CREATE FUNCTION app.g(app.mood, text) RETURNS int LANGUAGE sql AS 'SELECT 1';
SET search_path = app, public, pg_catalog;
GRANT SELECT, UPDATE ON ALL TABLES IN SCHEMA app TO pg_monitor;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA app TO pg_monitor;
CREATE TABLE later (id int);
REVOKE UPDATE ON b FROM pg_monitor;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA app FROM PUBLIC;
GRANT DELETE ON later TO pg_monitor;
GRANT EXECUTE ON FUNCTION app.g(mood, text) TO pg_monitor;
GRANT USAGE ON DOMAIN moods TO pg_monitor;
"""


def test_all_of_a_schema_is_what_it_held_at_that_line(scratch: Scratch, tmp_path: Path) -> None:
    """What is made later is not in it; what is revoked by a short name is; no function of the file's own is called."""
    path = tmp_path / "shape.sql"
    path.write_text(SCRIPT)
    staging = Staging(scratch.host, scratch.port, scratch.database, scratch.user, scratch.password)
    bench = Bench(
        tmp_path / "run.dump", datetime.now(UTC), staging, scratch.user, None, lambda _extensions, _roles: None
    )
    told = open_published(path, None).snapshot(bench).grants
    given = {(grant.privilege, grant.name) for grant in told if isinstance(grant, ObjectGrant)}
    assert given == {
        *(("SELECT", "app.a"), ("UPDATE", "app.a"), ("SELECT", "app.b")),
        *(("USAGE", "app.s"), ("DELETE", "app.later"), ("EXECUTE", "app.g(app.mood, text)"), ("USAGE", "app.moods")),
    }
    shut = {grant.name for grant in told if isinstance(grant, Closed)}
    assert shut == {"app.f(integer)", "app.format(text, name, name)", "app.g(app.mood, text)"}
