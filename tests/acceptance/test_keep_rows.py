"""Rows of the old staging, by the program: carried into production's shape, set aside, or refused."""

import json

import psycopg
import pytest

from database.facts import database_facts
from database.wholes.lifecycle import maintenance, mark
from database.wholes.marker import Marker, Renamed, read_marker
from tests.acceptance.place import Place
from tests.acceptance.test_killed import wait_for


def test_a_refresh_keeps_all_rows(place: Place) -> None:
    """Staging is in production's shape with the rows it had, and the report accounts for each of them."""
    tables = ("users", "projects", "tasks", "agents")
    before = {table: place.ask(f"SELECT count(*), min(id::text), max(id::text) FROM {table}") for table in tables}
    place.ask(
        "UPDATE users SET email = 'somebody@shop.test-company.de' WHERE id = (SELECT min(id) FROM users) RETURNING 1"
    )
    names = place.ask("UPDATE users SET last_name = 'Vries', first_name = id RETURNING id, first_name, last_name")
    renamed = (Renamed("users.first_name", "last_name"), Renamed("users.last_name", "first_name"))
    with maintenance(place.staging) as server:
        mark(server, place.staging.database, Marker(renamed=renamed))  # they have changed places: not once more
    told = place.having(GREENROOM_RENAMES=",".join(map("=".join, renamed)))
    ran = told.run("refresh", "--json", "--no-backup", "--keep-rows")
    assert ran.code == 0, ran.out + ran.err
    found = {table: place.ask(f"SELECT count(*), min(id::text), max(id::text) FROM {table}") for table in tables}
    assert found == before
    assert sorted(place.ask("SELECT id, first_name, last_name FROM users")) == sorted(names)
    with maintenance(place.staging) as server:
        facts = database_facts(server, place.staging.database)
    marker = read_marker(facts.comment) if facts else None
    assert marker is not None
    assert marker.renamed == renamed
    told = json.loads(ran.out)
    assert all(
        kept["gone"] or kept["rows"] == kept["carried"] + sum(n for _, n in kept["aside"]) for kept in told["kept"]
    )
    assert {kept["table"] for kept in told["kept"]} >= {f"public.{table}" for table in tables}
    checks = {finding["check"]: finding for finding in told["findings"]}
    assert "public.users.email: e-mail address in 1 row, so******@****." in checks["given-contents"]["what"]
    assert checks["given-contents"]["outcome"] == "noted"
    assert place.ask("SELECT count(*) > 0 FROM campaign_flights") == [(True,)]  # a table that staging did not have
    assert place.databases() == {
        place.staging.database,
        *(f"{place.staging.database}__{x}" for x in ("prev", "golden")),
    }


def test_rows_that_do_not_fit_are_set_aside(place: Place) -> None:
    """A row whose parent is not kept is put away with the reason, and can be looked at."""
    place.ask(
        "INSERT INTO agents (id, name, role, status, capabilities)"
        " SELECT 2017263548, 'another', role, status, capabilities FROM agents LIMIT 1 RETURNING 1"
    )
    place.ask("UPDATE tasks SET agent_id = 2017263548 WHERE id = 2 RETURNING 1")
    ran = place.having(GREENROOM_KEEP="tasks").run("refresh", "--json", "--no-backup")
    assert ran.code == 0, ran.out + ran.err
    aside = place.staging.with_database(f"{place.staging.database}__aside")
    with psycopg.connect(aside.url) as connection:
        rows = connection.execute(
            "SELECT table_name, constraint_name, row ->> 'id' FROM greenroom.set_aside"
        ).fetchall()
        assert connection.execute("SELECT run FROM greenroom.under_way").fetchall() == []
    assert rows == [("tasks", "tasks_agent_id_fkey", "2")]
    assert place.ask("SELECT count(*) FROM tasks WHERE id = 2") == [(0,)]
    assert "2017263548" not in ran.out  # so long that no measured time has it among its digits
    drawn = json.loads(ran.out)["picture"]
    assert "public.tasks" not in {one["table"] for one in (*drawn["series"], *drawn["states"])}
    assert "public.tasks" not in {table for one in drawn["fan_outs"] for table in (one["child"], one["parent"])}


def test_rows_that_do_not_fit_refuse_the_run(place: Place) -> None:
    """If the settings want no row set aside, the run says which constraint, and staging stays as it was."""
    place.ask("UPDATE tasks SET agent_id = NULL, user_id = NULL RETURNING 1")
    place.ask(
        "INSERT INTO agents (id, name, role, status, capabilities)"
        " SELECT 9999, 'another', role, status, capabilities FROM agents LIMIT 1 RETURNING 1"
    )
    place.ask("UPDATE tasks SET agent_id = 9999 WHERE id = 2 RETURNING 1")
    before = place.ask("SELECT * FROM tasks ORDER BY id")
    ran = place.having(GREENROOM_KEEP="tasks", GREENROOM_MISFITS="refuse").run("refresh", "--no-backup")
    assert ran.code == 3
    said = " ".join(ran.err.split())
    assert "1 rows that were to be kept do not fit the new shape" in said
    assert "1 of public.tasks: foreign key tasks_agent_id_fkey of public.tasks: there is no such row" in said
    assert place.databases() == {place.staging.database}
    assert place.ask("SELECT * FROM tasks ORDER BY id") == before


def test_a_plan_says_what_would_be_kept(place: Place) -> None:
    """How many rows of which table, what new columns get, and what has no place; nothing is changed."""
    ran = place.run("plan", "--keep-rows")
    assert ran.code == 0, ran.out + ran.err
    assert "rows of staging would be kept" in ran.out
    assert "public.tasks: 2" in ran.out
    assert place.databases() == {place.staging.database}


@pytest.mark.small
def test_a_reseed_keeps_rows(place: Place) -> None:
    """In staging's own shape, all rows come back as they were."""
    before = place.ask("SELECT * FROM users ORDER BY id")
    told = place.having(GREENROOM_RENAMES="users.nickname=name")  # of production's shape, when it comes
    ran = told.run("reseed", "--json", "--no-backup", "--keep-rows")
    assert ran.code == 0, ran.out + ran.err
    assert place.ask("SELECT * FROM users ORDER BY id") == before


@pytest.mark.parametrize("step", ["carry rows over", "seed", "load the rows kept", "finish"])
@pytest.mark.small
def test_a_killed_run_doubles_no_row(place: Place, step: str) -> None:
    """Kill the run as soon as the step began; staging is untouched, and the next run keeps each row once."""
    before = place.ask("SELECT id FROM users ORDER BY id")
    process = place.start("refresh", "--keep-rows", "--no-backup")
    wait_for(place, step)
    process.kill()
    process.communicate(timeout=60)
    assert place.ask("SELECT version_num FROM alembic_version") == [("0006",)]
    again = place.run("refresh", "--keep-rows", "--no-backup")
    assert again.code == 0, again.err
    assert place.ask("SELECT id FROM users ORDER BY id") == before
