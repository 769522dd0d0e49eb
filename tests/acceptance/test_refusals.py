"""What an operator gets wrong at three in the morning: a sentence, the right exit code, nothing changed."""

import json
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import psycopg
import pytest

from database.endpoints import Scratch, Staging
from database.wholes.lifecycle import exclusive
from tests.acceptance.conftest import READER_PASSWORD
from tests.acceptance.place import Place, Ran
from tests.web_server import Page, web_server

pytestmark = pytest.mark.small  # nothing is built


def refused(ran: Ran, *fragments: str) -> None:
    """The run was refused in one of our sentences."""
    assert ran.code == 3, ran.err
    assert "refused: " in ran.err
    assert "nothing was changed" in ran.err
    assert "Traceback" not in ran.err
    for fragment in fragments:
        assert fragment in ran.err


@pytest.fixture(autouse=True)
def untouched(place: Place) -> Iterator[None]:
    """After every test here, staging's rows and the databases beside it are what they were."""
    look = "SELECT md5(string_agg(u::text, '|' ORDER BY id)) FROM users AS u"
    before = place.ask(look), place.databases()
    yield
    assert (place.ask(look), place.databases()) == before


def test_a_wrong_password_is_not_repeated(place: Place) -> None:
    """A wrong password is told without the password."""
    wrong = replace(place.staging, password="let-me-in")
    ran = place.having(STAGING_DATABASE_URL=wrong.url).run("refresh")
    refused(ran, "password authentication failed", "Check the user and password")
    assert "let-me-in" not in ran.err + ran.out
    assert "let-me-in" not in (place.folder / "home" / "audit.jsonl").read_text()


def test_a_password_that_was_changed_during_the_week(place: Place) -> None:
    """Of production's role and of staging's: refused in the step "guard", receivers hear why, the new one is good."""
    with web_server() as web:
        web.pages["/hook"] = Page()
        there = place.having(GREENROOM_NOTIFY=web.url("/hook").replace("http:", "json:"))
        with changed_password(place.production, "small_reader", READER_PASSWORD) as new:
            refused(there.run("refresh"), "password authentication failed", "Check the user and password")
            reader = replace(place.production, user="small_reader", password=new)
            assert there.having(PRODUCTION_DATABASE_URL=reader.url).run("doctor").code == 0
        wrong = replace(place.staging, password="last-week's")
        refused(there.having(STAGING_DATABASE_URL=wrong.url).run("reseed"), "password authentication failed")
        told = [json.loads(body)["message"] for *_, body in web.to("/hook")]
    assert [line.partition("@")[0] for line in told] == [
        'Refused in the step "guard": cannot connect to small_reader',
        f'Refused in the step "guard": cannot connect to {place.staging.user}',
    ]
    assert "last-week's" not in str(told)
    ends = [line.moment for line in place.trail() if line.step == "run" and line.moment != "begin"]
    assert ends == ["refused", "refused"]


@contextmanager
def changed_password(at: Scratch, role: str, old: str) -> Iterator[str]:
    """Another password while inside; the role is all tests'."""
    with psycopg.connect(at.url, autocommit=True) as connection:
        try:
            connection.execute(f"ALTER ROLE {role} PASSWORD 'this-week-s'".encode())
            yield "this-week-s"
        finally:
            connection.execute(f"ALTER ROLE {role} PASSWORD '{old}'".encode())


def test_production_given_as_staging(place: Place) -> None:
    """Production's own URL as staging is refused before anything else is looked at."""
    ran = place.having(STAGING_DATABASE_URL=place.production.url).run("refresh")
    refused(ran, "are the same database")
    assert "mark-staging" not in ran.err


def test_production_cannot_be_marked(place: Place) -> None:
    """Marking the database that the production URL names is refused."""
    swapped = place.having(STAGING_DATABASE_URL=place.production.url)
    refused(swapped.run("mark-staging", "--database", place.production.database), "are the same database")


def test_swapped_urls(place: Place) -> None:
    """Production and staging swapped: the marker stands on the wrong side."""
    swapped = place.having(PRODUCTION_DATABASE_URL=place.staging.url, STAGING_DATABASE_URL=place.production.url)
    refused(swapped.run("refresh", "--allow", "readable-production"), "carries the staging marker")


def test_unmarked_staging(place: Place) -> None:
    """A database without the marker is not ours to replace; the sentence says how to mark it."""
    name = place.staging.database
    with psycopg.connect(place.staging.url, autocommit=True) as connection:
        connection.execute(f"COMMENT ON DATABASE {name} IS 'the accountants live here'".encode())
    refused(place.run("refresh"), f'"{name}" does not carry the staging marker', "greenroom mark-staging")
    refused(place.run("reseed"), "does not carry the staging marker")


def test_a_role_that_can_read_rows(place: Place) -> None:
    """A production role that could read a row is refused, unless allowed by name."""
    owner = place.having(PRODUCTION_DATABASE_URL=place.production.url)
    refused(owner.run("refresh"), "is a superuser of production", "--allow readable-production")
    assert owner.run("plan", "--allow", "readable-production").code == 0


def test_the_doctor_tries_what_has_to_be_denied(place: Place) -> None:
    """Its role may read nothing by its privileges, and a SELECT shows it; as a superuser none is tried."""
    told = " ".join(place.run("doctor").out.split())
    assert 'a SELECT as "small_reader" was tried, and denied: public.' in told
    owner = place.having(PRODUCTION_DATABASE_URL=place.production.url, GREENROOM_ALLOW="readable-production")
    assert "denied-rows" not in owner.run("doctor").out


def test_a_name_that_leaves_no_room_beside_it(place: Place) -> None:
    """The doctor says so, before a run would."""
    long = place.having(STAGING_DATABASE_URL=place.staging.with_database("ä" * 30).url).run("doctor")
    assert long.code == 3
    assert "is longer than the 63 bytes" in " ".join(long.out.split())


def test_the_same_server(place: Place) -> None:
    """Production beside staging on one server is refused, told by the server's identity and not by the URL."""
    beside = place.staging.with_database("postgres")
    here = replace(beside, host="localhost")
    ran = place.having(PRODUCTION_DATABASE_URL=here.url).run("refresh", "--allow", "readable-production")
    refused(ran, "are on the same server", "--allow same-server")


def test_an_unreachable_production(place: Place) -> None:
    """A production that does not answer is told with its place."""
    away = replace(place.production, port=1)
    refused(place.having(PRODUCTION_DATABASE_URL=away.url).run("refresh"), "cannot connect to", ":1/")


def test_a_staging_that_is_not_there(place: Place) -> None:
    """A database that does not exist is named."""
    nowhere = place.staging.with_database("nowhere")
    refused(place.having(STAGING_DATABASE_URL=nowhere.url).run("refresh"), 'there is no database "nowhere"')


def test_a_missing_url(place: Place) -> None:
    """Without a URL the sentence names the setting."""
    refused(place.having(PRODUCTION_DATABASE_URL="").run("refresh"), "PRODUCTION_DATABASE_URL is not set")


def test_an_unknown_setting(place: Place) -> None:
    """An unknown key is told with the nearest known one."""
    (place.folder / "greenroom.toml").write_text('profil = "uat"\n')
    refused(place.run("refresh"), "profil", "profile")


WRONG_VALUES = {
    ("--allow", "everything"): "--allow names",
    ("--anchor", "tomorrow"): "--anchor must be an ISO 8601 time",
    ("--seed", str(2**63)): "--seed must be a whole number",
    ("--rows", "users=many"): "--rows must give each table",
}


@pytest.mark.parametrize("asked", WRONG_VALUES, ids=" ".join)
def test_a_wrong_value_on_the_command_line(place: Place, asked: tuple[str, str]) -> None:
    """It is wrong usage, told in a sentence; the same value in the environment is a refusal."""
    ran = place.run("refresh", *asked)
    assert ran.code == 2, ran.err
    assert f"wrong usage: {WRONG_VALUES[asked]}" in ran.err
    assert "nothing was changed" in ran.err
    option, value = asked
    refused(place.having(**{f"GREENROOM_{option[2:].upper()}": value}).run("refresh"))


def test_a_pg_dump_that_is_too_old(place: Place) -> None:
    """A pg_dump older than the server is refused, with what was found and what to install."""
    old = place.folder / "bin"
    old.mkdir()
    for name in ("pg_dump", "pg_restore"):
        program = old / name
        program.write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) 12.3'\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
    refused(place.having(GREENROOM_PG_BIN=str(old)).run("refresh"), "fits PostgreSQL 18", "found 12")


def test_a_missing_store(place: Place) -> None:
    """A store that is not there refuses the run before staging is touched."""
    ran = place.having(GREENROOM_STORE=str(place.folder / "unmounted")).run("refresh")
    refused(ran, "unmounted", "does not exist")


def test_two_refreshes_at_once(place: Place) -> None:
    """While one run holds staging, another is refused, and is told who holds it."""
    with exclusive(Staging.parse(place.staging.url), "refresh of somebody"):
        refused(place.run("refresh"), "another run is under way", "refresh of somebody")


def test_wrong_usage(place: Place) -> None:
    """Wrong usage is exit code 2, and help is exit code 0."""
    assert place.run("refresh", "--profile", "huge").code == 2
    assert place.run("frobnicate").code == 2
    assert place.run("refresh", "--help").code == 0


def test_marking_judges_before_it_creates(place: Place) -> None:
    """A name that is too long, or an unreachable production, leaves no database behind."""
    long = "n" * 60
    ran = place.having(STAGING_DATABASE_URL=place.staging.with_database(long).url).run(
        "mark-staging", "--database", long, "--create"
    )
    refused(ran, "is longer than the 63 bytes")
    assert place.ask(f"SELECT count(*) FROM pg_database WHERE datname = '{long}'") == [(0,)]


def test_marking_again_keeps_what_the_marker_tells(place: Place) -> None:
    """A marked database stays as it is, and says so."""
    look = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
    before = place.ask(look)
    ran = place.run("mark-staging", "--database", place.staging.database)
    assert ran.code == 0
    assert "already" in ran.out
    assert place.ask(look) == before


def test_a_home_that_cannot_be_written(place: Place) -> None:
    """A file in the place of the home folder is told by its path, by a run and by the doctor."""
    in_the_way = place.folder / "file"
    in_the_way.write_text("")
    blocked = place.having(GREENROOM_HOME=str(in_the_way))
    refused(blocked.run("refresh"), "cannot write to the home folder", str(in_the_way))
    examined = blocked.run("doctor")
    assert examined.code == 3
    assert "cannot write to the home folder" in examined.out


def test_names_are_taken_as_plan_prints_them(place: Place) -> None:
    """A quoted name is the name it quotes; --json keeps to the one table."""
    ran = place.run("plan", "--table", 'public."users"', "--json")
    assert ran.code == 0, ran.err
    assert '"public.users"' in ran.out
    assert '"public.projects"' not in ran.out


def test_a_table_that_is_not_there_is_refused_before_the_plan_is_drawn_up(place: Place) -> None:
    """As soon as the shape is known, with what was meant; the shadow is gone again."""
    ran = place.run("plan", "--table", "projets")
    assert ran.code == 3
    assert 'there is no table "projets"' in ran.err
    assert "public.projects" in ran.err
    assert "draw up the seed plan" not in ran.err
    assert place.databases() == {place.staging.database}
