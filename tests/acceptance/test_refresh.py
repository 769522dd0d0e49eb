"""The main job, by the program, as an operator runs it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from database.endpoints import Scratch
from database.servers.embedded import EmbeddedServer
from database.session import writing
from factories.tables.people import PERSONAS
from tests.acceptance.conftest import placed
from tests.acceptance.place import CANARY, Place

_CELLS = "SELECT count(*) FROM users AS u WHERE u::text ILIKE '%{}%'"

_SAME = "id, clerk_id, email, first_name, last_name, role::text, is_active, is_verified"  # of a persona, for ever
_DAYS_WITH_EVENTS = """
    SELECT count(DISTINCT ago) FROM (
        SELECT floor(extract(epoch FROM timestamptz '{anchor}' - occurred_at) / 86400) AS ago
        FROM analytics_events) AS x
    WHERE ago < 7
"""
_DAYS_WITH_VISITS = """
    SELECT count(DISTINCT day) FROM analytics_daily
    WHERE day > (timestamptz '{anchor}' AT TIME ZONE 'UTC')::date - 7 AND impressions > 0
"""


@pytest.fixture(scope="module")
def looked_at(
    tmp_path_factory: pytest.TempPathFactory, production: Scratch, older_staging: Scratch
) -> Iterator[tuple[Place, Any]]:
    """A place that was refreshed, and the run's record: for tests that look at them and change nothing."""
    with placed(tmp_path_factory.mktemp("refreshed"), production, older_staging) as place:
        ran = place.run("refresh", "--json", "--yes")
        assert ran.code == 0, ran.err
        yield place, json.loads(ran.out)


def test_refresh_replaces_staging_and_keeps_the_previous(looked_at: tuple[Place, Any]) -> None:
    """A refresh gives staging production's shape and fresh rows, and keeps what was staging one rename away."""
    place, record = looked_at
    assert record["ending"] == "done"
    assert place.ask("SELECT version_num FROM alembic_version") == [("0008",)]
    assert place.ask("SELECT count(*) > 4 FROM users") == [(True,)]
    assert place.ask(_CELLS.format("old-staging")) == [(0,)]
    assert place.ask(_CELLS.format("old-staging"), place.staging.database + "__prev") != [(0,)]
    assert place.databases() == {place.staging.database + end for end in ("", "__prev", "__golden")}
    drawn = record["picture"]
    assert {entity["table"] for entity in drawn["entities"]} == {table["name"] for table in record["tables"]}
    events = next(one for one in drawn["series"] if one["table"] == "public.analytics_events")
    assert place.ask("SELECT count(*) FROM analytics_events") == [(sum(events["values"]),)]
    states = next(one for one in drawn["states"] if (one["table"], one["column"]) == ("public.users", "role"))
    counted = place.ask("SELECT role::text, count(*) FROM users GROUP BY 1")
    assert sorted(map(tuple, states["counts"])) == sorted(counted)
    fan_out = next(one for one in drawn["fan_outs"] if one["columns"] == ["campaign_id"])
    assert place.ask("SELECT count(*) FROM campaigns") == [(sum(count for _, count in fan_out["parents"]),)]
    shown = {sample["table"]: sample for sample in record["samples"]}
    email = shown["public.users"]["columns"].index("email")
    first = [(row[email],) for row in shown["public.users"]["rows"]]
    assert place.ask(f"SELECT email FROM users ORDER BY id LIMIT {len(first)}") == first != []


def test_refresh_carries_no_row_of_production(looked_at: tuple[Place, Any]) -> None:
    """No canary of production's rows is in staging, in the snapshot, in the audit trail, or in the report."""
    place, _ = looked_at
    tables = place.ask("SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = 'public'")
    assert len(tables) > 15
    for (table,) in tables:
        assert place.ask(f"SELECT count(*) FROM {table} AS t WHERE t::text ILIKE '%{CANARY}%'") == [(0,)]
    files = [path for path in (place.folder / "home").rglob("*") if path.is_file()]
    assert {path.suffix for path in files} >= {".dump", ".jsonl", ".html", ".json"}
    assert [path for path in files if CANARY in path.read_bytes().decode("utf-8", "replace").lower()] == []


def test_refresh_again_with_the_same_seed_and_anchor_gives_the_same_rows(place: Place) -> None:
    """The seed and the anchor decide every row. A week later personas are who they were, and the last week is full."""
    digest = "SELECT md5(string_agg(t::text, '|' ORDER BY id)) FROM {} AS t"
    digests, people = [], []
    for day in (22, 22, 29):
        anchor = f"2026-11-{day}T12:00:00Z"
        choice = ("--seed", "7", "--anchor", anchor, "--rows", "analytics_events=20000")
        assert place.run("refresh", *choice, "--no-backup").code == 0
        digests.append([place.ask(digest.format(table)) for table in ("users", "projects", "analytics_events")])
        people.append(place.ask(f"SELECT {_SAME} FROM users WHERE id <= {len(PERSONAS)} ORDER BY id"))
        for counted in (_DAYS_WITH_EVENTS, _DAYS_WITH_VISITS):
            assert place.ask(counted.format(anchor=anchor)) == [(7,)], counted
        assert place.ask(f"SELECT max(occurred_at) <= '{anchor}' FROM analytics_events") == [(True,)]
    assert digests[0] == digests[1] != digests[2]
    assert people[0] == people[1] == people[2]
    assert len(people[0]) == len(PERSONAS)


@pytest.mark.small
def test_rollback_returns_the_previous_with_its_data(place: Place) -> None:
    """Rolling back brings the old rows back; rolling back again returns to the fresh ones."""
    assert place.run("refresh").code == 0
    assert place.run("rollback", "--yes").code == 0
    assert place.ask("SELECT version_num FROM alembic_version") == [("0006",)]
    assert place.run("rollback", "--yes").code == 0
    assert place.ask("SELECT version_num FROM alembic_version") == [("0008",)]


def test_reseed_keeps_the_shape(place: Place) -> None:
    """A reseed needs no production, keeps staging's older shape, and replaces its rows; a scenario says how many."""
    alone = place.having(PRODUCTION_DATABASE_URL="")
    slip = alone.run("reseed", "--scenario", "onbording")
    assert (slip.code, 'Did you mean "onboarding"?' in slip.err) == (3, True)
    assert alone.run("reseed", "--seed", "3", "--scenario", "onboarding").code == 0
    assert place.ask("SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM projects)") == [(15, 2)]
    assert place.ask("SELECT DISTINCT email FROM users u JOIN content_pieces c ON c.user_id = u.id WHERE c.id = 1") == [
        ("paula.power+clerk_test@example.com",)
    ]
    assert alone.run("reseed", "--scenario", "empty").code == 0
    assert place.ask("SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM projects)") == [(15, 0)]
    assert place.ask("SELECT version_num FROM alembic_version") == [("0006",)]
    assert place.ask(_CELLS.format("old-staging")) == [(0,)]


def test_backup_restores_as_it_was(place: Place) -> None:
    """It passes its restore test, a persona included; the last one from before a refresh brings staging's rows back."""
    assert place.run("backup").code == 0
    nobody = place.having(GREENROOM_PROBE_QUERY="SELECT FROM users WHERE email = 'nobody'").run("restore-test")
    assert (nobody.code, "the probe query gave no row" in nobody.err) == (4, True)
    assert place.run("refresh", "--no-backup").code == 0
    assert place.run("backup").code == 0
    ((email,),) = place.ask("SELECT email FROM users ORDER BY id LIMIT 1")
    tested = place.run("restore-test", "--json")
    assert (tested.code, f"one can sign in as {email}" in tested.out) == (0, True), tested.err
    ran = place.run("restore", "--before-refresh", "--yes")
    assert ran.code == 0, ran.err
    assert place.ask("SELECT version_num FROM alembic_version") == [("0006",)]
    assert place.ask(_CELLS.format("old-staging")) != [(0,)]


def test_plan_and_sample_change_nothing(place: Place) -> None:
    """Looking ahead leaves staging alone and no database behind."""
    before = place.ask("SELECT oid FROM pg_database WHERE datname = current_database()")
    plan = place.run("plan", "--json")
    assert plan.code == 0, plan.err
    planned = {table["name"]: table["rows"] for table in json.loads(plan.out)["tables"]}
    assert planned["public.users"] > 4
    sample = place.run("sample", "users", "--rows", "2", "--json")
    assert len(json.loads(sample.out)) == 2
    assert place.ask("SELECT oid FROM pg_database WHERE datname = current_database()") == before
    assert place.databases() == {place.staging.database}


def test_the_audit_trail_has_a_line_before_and_after_each_step(looked_at: tuple[Place, Any]) -> None:
    """Every step that began has ended, in order, and each line names run, operator and database."""
    lines = looked_at[0].trail()
    moments = [(line.step, line.moment) for line in lines]
    steps = [step for step, moment in moments if moment == "begin"]
    assert steps[:3] == ["run", "guard", "clear leftovers"]
    assert steps[-2:] == ["promote", "after the refresh"]
    assert [step for step, moment in moments if moment == "done"][-1] == "run"
    assert len({line.run for line in lines}) == 1
    assert all(line.operator and line.database.endswith(looked_at[0].staging.database) for line in lines)


@pytest.mark.small
def test_a_backup_can_be_checked_without_restoring_it(place: Place) -> None:
    """A whole backup passes; one with a byte changed is told as damaged, with exit code 4."""
    assert place.run("backup").code == 0
    assert place.run("backups", "check").code == 0
    (archive,) = Path(place.environment["GREENROOM_HOME"]).glob("backups/*/archive*")
    content = bytearray(archive.read_bytes())
    content[len(content) // 2] ^= 1
    archive.chmod(0o600)
    archive.write_bytes(content)
    ran = place.run("backups", "check")
    assert ran.code == 4
    assert "is damaged" in ran.err


def test_a_restore_that_fails_costs_nothing(place: Place) -> None:
    """Bytes that changed, and rows that are others than the manifest says: staging is the same, and alone."""
    assert place.run("backup").code == 0
    before = place.ask("SELECT oid FROM pg_database WHERE datname = current_database()")
    (archive,) = Path(place.environment["GREENROOM_HOME"]).glob("backups/*/archive*")
    name, whole, manifest = archive.parent.name, archive.read_bytes(), archive.with_name("manifest.json")
    archive.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    damaged = place.run("restore", "--at", "2999-01-01T00:00:00Z", "--yes")
    assert (damaged.code, f"the backup {name} is damaged" in damaged.err) == (4, True)
    archive.write_bytes(whole)
    told = json.loads(manifest.read_text())
    told["content_hashes"]["public.users"] = "0" * 32
    manifest.write_text(json.dumps(told))
    other = place.run("restore", name, "--yes")
    assert (other.code, f"the backup {name} did not come back as it was: public.users" in other.err) == (4, True)
    assert place.ask("SELECT oid FROM pg_database WHERE datname = current_database()") == before
    assert place.databases() == {place.staging.database}
    assert "no backup" in place.run("restore", "--at", "2020-01-01T00:00:00Z", "--yes").err


def test_a_backup_can_be_tried_on_another_server(place: Place, servers: Callable[[int, str], EmbeddedServer]) -> None:
    """With the role that a policy names; nothing but that role is left there. It may not be production's."""
    elsewhere = servers(18, "elsewhere").endpoint
    with writing(place.staging) as connection:
        connection.execute("CREATE ROLE auditor_elsewhere LOGIN")
        connection.execute("CREATE POLICY audited ON users FOR SELECT TO auditor_elsewhere USING (true)")
    assert place.run("backup").code == 0
    tried = place.having(GREENROOM_RESTORE_TEST_DATABASE_URL=elsewhere.with_database("postgres").url).run(
        "restore-test"
    )
    with writing(place.staging) as connection:
        connection.execute("DROP OWNED BY auditor_elsewhere; DROP ROLE auditor_elsewhere")
    assert tried.code == 0, tried.err
    with writing(elsewhere.with_database("postgres")) as connection:
        names = {name for (name,) in connection.execute("SELECT datname FROM pg_database").fetchall()}
        assert not any(name.startswith(place.staging.database) for name in names)
        connection.execute("DROP ROLE auditor_elsewhere")
    refused = place.having(GREENROOM_RESTORE_TEST_DATABASE_URL=place.production.url).run("restore-test")
    assert (refused.code, "is on production's server, where nothing is ever written" in refused.err) == (3, True)
    other_name = replace(place.production, host="localhost").url
    refused = place.having(GREENROOM_RESTORE_TEST_DATABASE_URL=other_name).run("restore-test")
    assert (refused.code, "backups would be tried on production's server" in refused.err) == (3, True)
