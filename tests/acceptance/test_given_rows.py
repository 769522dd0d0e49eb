"""Rows that are not made up, by the program: fixtures, and what is kept of the staging that is replaced."""

import json
import re

import pytest

from tests.acceptance.place import Place


def write(place: Place, name: str, text: str) -> None:
    path = place.folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)


def test_a_refresh_takes_fixtures(place: Place) -> None:
    """The rows of the files are in staging, and what they leave out is derived."""
    write(place, "greenroom.toml", 'fixtures = "fixtures"\n')
    write(place, "fixtures/projects.csv", "slug,name,status\nour-shop,Our shop,ACTIVE\n")
    ran = place.run("refresh", "--json", "--no-backup")
    assert ran.code == 0, ran.out + ran.err
    assert place.ask("SELECT name, owner_id IS NOT NULL FROM projects WHERE slug = 'our-shop'") == [("Our shop", True)]
    told = {table["name"]: table for table in json.loads(ran.out)["tables"]}
    assert "the first 1 row from fixtures/projects.csv" in str(told["public.projects"])


def test_a_fixture_that_breaks_a_constraint_is_refused(place: Place) -> None:
    """The sentence names file, line and value; nothing is promoted."""
    write(place, "fixtures/projects.csv", "slug,name,owner_id\nour-shop,Our shop,4711\n")
    assert "the folder of fixtures" in place.having(GREENROOM_FIXTURES="gone").run("doctor").out
    ran = place.having(GREENROOM_FIXTURES="fixtures").run("refresh", "--no-backup")
    assert ran.code == 3
    assert "fixtures/projects.csv, line 2: this cannot be a row of public.projects" in " ".join(ran.err.split())
    assert "4711" in ran.err
    assert place.databases() == {place.staging.database}


def test_a_refresh_keeps_and_excludes_tables(place: Place) -> None:
    """Kept rows are staging's own, with what is new in the shape derived; excluded tables are empty, and it is said."""
    before = place.ask("SELECT id, title, status, agent_id FROM tasks ORDER BY id")
    write(
        place,
        "greenroom.toml",
        'keep = ["tasks", "public.campaign_fl*"]\nexclude = ["analytics_*", "agent_contexts"]\n',
    )
    ran = place.run("refresh", "--json", "--no-backup")
    assert ran.code == 0, ran.out + ran.err
    assert place.ask("SELECT id, title, status, agent_id FROM tasks ORDER BY id") == before != []
    assert place.ask("SELECT count(*) FROM analytics_events") == [(0,)]
    assert place.ask("SELECT count(*) > 0 FROM campaign_flights") == [(True,)]  # which staging did not have
    told = {table["name"]: str(table) for table in json.loads(ran.out)["tables"]}
    assert "kept from staging" in told["public.tasks"]
    assert "left empty on purpose" in told["public.analytics_daily"]


def test_rows_are_counted_by_other_tables_rows(place: Place) -> None:
    """A ratio of the settings and a count of the command line, together."""
    write(place, "greenroom.toml", '[rows]\ntasks = "1.5 per users"\nagents = 3\n')
    ran = place.run("plan", "--json", "--rows", "users=30", "--rows", "projects=2 per users")
    assert ran.code == 0, ran.out + ran.err
    rows = {table["name"]: table["rows"] for table in json.loads(ran.out)["tables"]}
    wanted = {"public.users": 30, "public.tasks": 45, "public.projects": 60, "public.agents": 3}
    assert {name: rows[name] for name in wanted} == wanted
    ran = place.run("plan", "--rows", "users=2 per tasks")
    assert (ran.code, "leads in a circle" in ran.err) == (3, True)


@pytest.mark.small
def test_what_will_not_be_there_is_told(place: Place) -> None:
    """A sample of a table without rows says why there is none; names that no column has are told by plan and run."""
    write(place, "greenroom.toml", 'exclude = ["analytics_events"]\n[names]\nkd_ref = "order number"\n')
    ran = place.run("sample", "analytics_events")
    assert ran.code == 0, ran.err
    assert ran.out == "public.analytics_events has no row to show: left empty on purpose: the settings exclude it\n"
    assert json.loads(place.run("sample", "analytics_events", "--json").out) == []
    assert "Alembic's revision" in place.run("sample", "alembic_version").out
    told = 'no column is called "kd_ref", which is to be read as "order number"'
    full, brief = place.run("plan").out, place.run("plan", "--brief").out
    assert told in brief
    assert re.search(r"^  email +text +\S.*e-mail", full, re.MULTILINE)
    assert place.run("plan", "--brief", "--table", "users").code == 2
    assert full.endswith(brief[brief.index("table ") :])  # the tables are at the end, where a terminal shows them
    ran = place.run("refresh", "--json", "--no-backup")
    found = {finding["check"]: finding for finding in json.loads(ran.out)["findings"]}
    assert (found["names"]["outcome"], found["names"]["what"]) == ("noted", told)
