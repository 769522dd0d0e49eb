"""Drift, told on real servers; a case is a folder under tests/cases/drift that anyone can add to.

production.sql, staging.sql, and in expected.txt what `greenroom drift` prints of what differs; after a refresh nothing
does. RENEW_DRIFT=1 writes expected.txt anew, to be read before it is committed.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from catalog.errors import Refusal
from database.endpoints import Scratch
from database.servers.embedded import EmbeddedServer
from database.session import writing
from database.wholes.lifecycle import maintenance, mark
from database.wholes.marker import Marker
from operations import jobs
from operations.cli.drift_lines import difference_lines
from operations.run import Run, plainly
from operations.settings.settings import Settings, load
from operations.shape import drift_jobs

CASES = sorted((Path(__file__).parents[2] / "cases" / "drift").iterdir())
Server = Callable[[int, str], EmbeddedServer]
QUIET = "SET client_min_messages = error"


@contextmanager
def database(server: EmbeddedServer, script: str) -> Iterator[Scratch]:
    """A database made by a script, and dropped with all that was built beside it."""
    at = server.endpoint.with_database(f"drift_{uuid4().hex[:12]}")
    with maintenance(at) as beside:
        beside.execute(f"CREATE DATABASE {at.database} TEMPLATE template0 STRATEGY file_copy".encode())
    alter(at, script)
    yield at
    with maintenance(at) as beside:
        rows = beside.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", (at.database,))
        for (name,) in rows.fetchall():
            beside.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def alter(at: Scratch, script: str) -> None:
    with writing(at) as connection:
        connection.execute(QUIET)
        connection.execute(script)


def settings_for(production: Scratch, staging: Scratch, folder: Path, **more: Any) -> Settings:
    with maintenance(staging) as server:
        mark(server, staging.database, Marker())
    return load(
        production_database_url=production.url,
        staging_database_url=staging.url,
        home=folder,
        profile="smoke",
        allow=["readable-production"],
        **more,
    )


def find(settings: Settings, snapshot: str = "") -> Run:
    """A run that has looked for drift."""
    run = Run("drift", settings, settings.staging())
    drift_jobs.find_drift(run, plainly, snapshot or settings.production())
    return run


def refresh(settings: Settings) -> Run:
    run = Run("refresh", settings, settings.staging())
    jobs.refresh(run, plainly, backup=False)
    return run


def told(run: Run) -> str:
    return "".join(f"{line}\n" for line in difference_lines(run.story.changes))


def checks(run: Run) -> dict[str, str]:
    return {finding.check: finding.what for finding in run.story.findings}


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_drift_is_what_the_case_says_and_nothing_after_a_refresh(
    case: Path, any_server: EmbeddedServer, servers: Server, tmp_path: Path
) -> None:
    """On each version; no database stays behind."""
    scripts = [(case / f"{name}.sql").read_text(encoding="utf-8") for name in ("production", "staging")]
    peer = servers(any_server.installation.major, "production")
    with database(peer, scripts[0]) as production, database(any_server, scripts[1]) as staging:
        settings = settings_for(production, staging, tmp_path)
        seen = told(find(settings))
        if os.environ.get("RENEW_DRIFT"):
            (case / "expected.txt").write_text(seen, encoding="utf-8")
        assert seen == (case / "expected.txt").read_text(encoding="utf-8")
        assert beside(staging) == []
        refresh(settings)
        after = find(settings)
        assert after.story.changes == ()
        assert "never-compared" in checks(after)


def beside(staging: Scratch) -> list[Any]:
    with maintenance(staging) as server:
        names = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
        return server.execute(names, (f"{staging.database}__",)).fetchall()


def test_what_no_dump_holds_is_said(server: EmbeddedServer, production_server: EmbeddedServer, tmp_path: Path) -> None:
    """An index that is not valid, what policy keeps out, and grants for roles that nobody maps."""
    scripts = [(CASES[0].parent / "unseen" / f"{name}.sql").read_text() for name in ("production", "staging")]
    with database(production_server, scripts[0]) as production, database(server, scripts[1]) as staging:
        run = find(settings_for(production, staging, tmp_path))
    assert (
        checks(run)["invalid-indexes"] == "indexes of production that are not valid are in no dump: public.sales_region"
    )
    assert "would publish staging's rows (1)" in checks(run)["kept-out"]
    assert checks(run)["grants"].startswith("roles that are not mapped hold 1 of production's grants")


def test_a_view_that_policy_leaves_unfilled_is_no_drift(
    server: EmbeddedServer, production_server: EmbeddedServer, tmp_path: Path
) -> None:
    """Whether it is filled is told in words of its own; one that a refresh would fill, and is empty, is drift."""
    shape = """
        CREATE EXTENSION dblink;
        CREATE FUNCTION far() RETURNS int LANGUAGE plpgsql AS
            'BEGIN IF false THEN PERFORM dblink_connect(''host=elsewhere''); END IF; RETURN 1; END';
        CREATE MATERIALIZED VIEW "Theirs" AS SELECT far() AS n;
        CREATE MATERIALIZED VIEW ours AS SELECT 1 AS n
    """
    with database(production_server, shape) as production, database(server, "") as staging:
        settings = settings_for(production, staging, tmp_path)
        assert "unfilled-views" in checks(refresh(settings))
        alter(staging, "REFRESH MATERIALIZED VIEW ours WITH NO DATA")
        after = find(settings)
    assert [str(item) for item in after.story.changes] == ["changed materialized view public.ours"]
    left = (
        'whether public."Theirs" is filled: a refresh leaves it unfilled, as it calls far, which calls dblink_connect'
    )
    assert checks(after)["left-unfilled"].startswith(left)


@pytest.mark.parametrize("name", ["greenroom_keep", "greenroom_ledger"])
def test_a_schema_that_is_called_like_one_of_ours_is_refused(
    name: str, server: EmbeddedServer, production_server: EmbeddedServer, tmp_path: Path
) -> None:
    """As soon as the shape is known; it would be in the way, and dropped in the end."""
    shape = f"CREATE SCHEMA {name}; CREATE TABLE {name}.lines (id int)"
    with database(production_server, shape) as production, database(server, "CREATE TABLE old ()") as staging:
        with pytest.raises(Refusal, match=f'the shape has a schema "{name}"'):
            refresh(settings_for(production, staging, tmp_path))
        assert beside(staging) == []


def test_staging_that_does_not_restore_is_compared_as_it_is_printed(
    server: EmbeddedServer, production_server: EmbeddedServer, tmp_path: Path
) -> None:
    """What may be mere spelling then stays, with the reason; and no file of it is kept."""
    shape = "CREATE TABLE users (id int, kind varchar(20) CHECK (kind IN ('human', 'robot')));"
    unrestorable = """
        CREATE FUNCTION one(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';
        CREATE FUNCTION two(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';
        CREATE INDEX users_two ON users (two(id));
        CREATE OR REPLACE FUNCTION two(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT one($1)'
    """
    with database(production_server, shape) as production, database(server, shape + unrestorable) as staging:
        run = find(settings_for(production, staging, tmp_path))
    assert checks(run)["spelling"].startswith(
        "staging's own shape does not restore, so it is compared as it is printed"
    )
    assert "changed constraint public.users.users_kind_check" in [str(item) for item in run.story.changes]
    assert [path.name for path in (tmp_path / "snapshots").glob("*staging*")] == []


def test_the_same_statements_on_two_versions_differ_in_nothing_but_the_doors(
    servers: Server, server: EmbeddedServer, tmp_path: Path
) -> None:
    """A staging that was migrated by hand has no names, spellings or orders that production's restored shape lacks."""
    folder = Path(__file__).parents[1] / "database"
    script = "".join((folder / name).read_text(encoding="utf-8") for name in ("rich.sql", "everything.sql"))
    older = servers(17, "production")
    with database(older, script) as production, database(server, script) as staging:
        run = find(settings_for(production, staging, tmp_path))
    kinds = {"event trigger", "foreign server", "foreign table", "publication", "user mapping"}
    assert {item.kind for item in run.story.changes} == kinds
    assert checks(run)["extension-versions"].startswith("production has other versions of extensions")


def test_a_grant_of_a_mapped_role_is_compared(
    server: EmbeddedServer, production_server: EmbeddedServer, tmp_path: Path
) -> None:
    """What production gives it has to be given on staging; what staging gives besides is its own affair."""
    shape = "CREATE TABLE notes (id int PRIMARY KEY, body text); "
    later = "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO pg_monitor"
    given = shape + f"GRANT SELECT ON notes TO pg_monitor; GRANT UPDATE (body) ON notes TO pg_monitor; {later}"
    own = shape + "GRANT DELETE ON notes TO pg_read_all_stats; GRANT SELECT ON notes TO pg_read_all_stats"
    with database(production_server, given) as production, database(server, own) as staging:
        settings = settings_for(production, staging, tmp_path, roles={"pg_monitor": "pg_read_all_stats"})
        missing = [str(item) for item in find(settings).story.changes]
        assert missing == [
            "added grant SELECT on later tables of postgres in schema public to pg_read_all_stats",
            "added grant UPDATE (body) on table public.notes to pg_read_all_stats",
        ]
        refresh(settings)
        assert find(settings).story.changes == ()


def test_a_snapshot_that_was_kept_is_compared_without_production(
    server: EmbeddedServer, production_server: EmbeddedServer, tmp_path: Path
) -> None:
    """It is named by the run that took it; a name that no run has is refused. Comparing leaves staging as it was."""
    shape = "CREATE TABLE notes (id int PRIMARY KEY); GRANT SELECT ON notes TO pg_monitor"
    with database(production_server, shape) as production, database(server, "") as staging:
        settings = settings_for(production, staging, tmp_path)
        taken = refresh(settings).id
        alter(production, "ALTER TABLE notes ADD later text")
        assert find(settings, taken).story.changes == ()
        for _ in range(2):
            assert [str(item) for item in find(settings).story.changes] == ["added column public.notes.later"]
        with pytest.raises(Refusal, match="no snapshot of the run 20260101T000000Z-000000 is kept"):
            find(settings, "20260101T000000Z-000000")
