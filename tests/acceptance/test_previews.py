"""Databases for pull requests: made, listed, bounded, dropped, and never in the way of a refresh."""

import json
import signal
import time

import psycopg
import pytest

from tests.acceptance.place import Place
from tests.acceptance.test_from_golden import ROWS, beside, marker_of, write
from tests.acceptance.test_killed import wait_for
from tests.acceptance.test_refusals import refused

pytestmark = pytest.mark.small  # a clone is of whatever there is


@pytest.fixture
def fresh(place: Place) -> Place:
    """A place that was refreshed, and so has a golden."""
    assert place.run("refresh", "--no-backup").code == 0
    return place


def test_a_preview_is_a_clone_of_the_golden_with_what_belongs_to_staging(fresh: Place) -> None:
    """Its rows are the golden's and not staging's; settings follow staging; its URL is printed without a password."""
    name = fresh.staging.database
    golden = fresh.ask(ROWS)
    write(fresh, f"ALTER DATABASE {name} SET work_mem = '9MB'")
    write(fresh, "DELETE FROM analytics_events")
    ran = fresh.run("preview", "create", "pr-123")
    assert ran.code == 0, ran.err
    url = f"postgresql://{fresh.staging.user}@{fresh.staging.host}:{fresh.staging.port}/{name}__preview_pr-123"
    assert ran.out.splitlines()[-1] == url
    assert fresh.staging.password not in ran.out + ran.err
    preview = f"{name}__preview_pr-123"
    assert fresh.ask(ROWS, preview) == golden
    assert fresh.ask("SELECT count(*) > 0 FROM analytics_events", preview) == [(True,)]
    assert fresh.ask("SHOW work_mem", preview) == [("9MB",)]
    allowed = f"SELECT has_database_privilege('pg_monitor', '{preview}', 'CONNECT')"
    assert fresh.ask(allowed) == fresh.ask(allowed.replace(preview, name))
    assert beside(fresh) == {"", "__prev", "__golden", "__preview_pr-123"}
    (listed,) = json.loads(fresh.run("preview", "list", "--json").out)
    assert (listed["name"], listed["database"], listed["url"]) == ("pr-123", preview, url)
    assert listed["golden"] in marker_of(fresh, f"{name}__golden")
    assert not listed["expired"]
    assert "pr-123" in fresh.run("preview", "list").out
    assert "previews   1" in fresh.run("status").out
    assert json.loads(fresh.run("status", "--json").out)["previews"] == 1
    told = [(line.step, line.moment) for line in fresh.trail() if line.job == "preview create"]
    assert told[0] == ("run", "begin")
    assert ("name the preview", "done") in told
    assert fresh.run("preview", "drop", "pr-123", "--yes").code == 0
    assert beside(fresh) == {"", "__prev", "__golden"}
    assert "no preview yet" in fresh.run("preview", "list").out


def test_previews_outlive_refreshes_until_they_are_past_their_age(fresh: Place) -> None:
    """With people on them; the report tells which were dropped, and so does the command that only drops."""
    for name in ("old", "older", "new"):
        assert fresh.run("preview", "create", name).code == 0
    for name in ("old", "older"):
        _age(fresh, name)
    preview = f"{fresh.staging.database}__preview_"
    with psycopg.connect(fresh.staging.with_database(preview + "new").url, autocommit=True) as somebody:
        ran = fresh.run("reseed", "--from-golden", "--no-backup")
        assert ran.code == 0, ran.err
        assert {f"__preview_{name}" for name in ("old", "older", "new")} < beside(fresh)
        ran = fresh.run("refresh", "--no-backup")
        assert ran.code == 0, ran.err
        told = " ".join(ran.out.split())
        assert 'dropped the preview "old", created 2026-01-01' in told
        assert 'dropped the preview "older", created 2026-01-01' in told
        assert beside(fresh) == {"", "__prev", "__golden", "__preview_new"}
        assert somebody.execute("SELECT 1").fetchone() == (1,)
    assert "no preview was past its age" in fresh.run("preview", "drop", "--expired").out
    _age(fresh, "new")
    assert "past its age" in fresh.run("preview", "list").out
    ran = fresh.run("preview", "drop", "--expired")
    assert ran.code == 0
    assert "dropped new" in ran.out
    assert beside(fresh) == {"", "__prev", "__golden"}


def test_there_may_be_only_so_many(fresh: Place) -> None:
    """One more is refused, and the sentence names the oldest."""
    few = fresh.having(GREENROOM_PREVIEWS="2")
    assert few.run("preview", "create", "first").code == 0
    assert few.run("preview", "create", "second").code == 0
    ran = few.run("preview", "create", "third")
    refused(ran, "there are 2 previews, and no more than 2", 'the oldest is "first"', "greenroom preview drop first")
    _age(fresh, "first")
    refused(few.run("preview", "create", "third"), "greenroom preview drop --expired")
    refused(few.run("preview", "create", "second"), "there is a preview of that name already")
    refused(fresh.having(GREENROOM_PREVIEWS="0").run("preview", "create", "x"), "the setting previews is 0")


def test_two_at_once_are_made_one_after_the_other(fresh: Place) -> None:
    """Neither fails, and neither gets what is the other's."""
    both = [fresh.start("preview", "create", name) for name in ("one", "two")]
    for process in both:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, out + err
    assert beside(fresh) == {"", "__prev", "__golden", "__preview_one", "__preview_two"}
    assert fresh.ask(ROWS, f"{fresh.staging.database}__preview_one") == fresh.ask(ROWS)


def test_a_refresh_and_a_preview_do_not_disturb_each_other(fresh: Place) -> None:
    """A preview is made from the golden there is, while the next one is being built."""
    refresh = fresh.start("refresh", "--no-backup", "--seed", "8")
    wait_for(fresh, "draw up the seed plan")
    ran = fresh.run("preview", "create", "meanwhile")
    out, err = refresh.communicate(timeout=120)
    assert (ran.code, refresh.returncode) == (0, 0), ran.err + out + err
    assert beside(fresh) == {"", "__prev", "__golden", "__preview_meanwhile"}


@pytest.mark.parametrize(
    ("step", "how"),
    [
        ("look at the golden", signal.SIGKILL),
        ("clone the golden", signal.SIGKILL),
        ("name the preview", signal.SIGKILL),
        ("clone the golden", signal.SIGINT),
        ("clone the golden", signal.SIGTERM),
    ],
)
def test_a_creation_ended_half_way_is_dropped_by_the_next_run(fresh: Place, step: str, how: signal.Signals) -> None:
    """Whatever was there then is gone or whole, and the same name can be made again."""
    process = fresh.start("preview", "create", "killed")
    wait_for(fresh, step)
    process.send_signal(how)
    process.communicate(timeout=60)
    if how != signal.SIGKILL:  # it tidies up itself
        assert f"{fresh.staging.database}__newpreview" not in fresh.databases()
    ran = fresh.run("preview", "drop", "killed", "--yes")
    assert ran.code in (0, 3), ran.err
    assert beside(fresh) == {"", "__prev", "__golden"}
    assert fresh.run("preview", "create", "killed").code == 0
    assert beside(fresh) == {"", "__prev", "__golden", "__preview_killed"}


def test_a_refresh_drops_what_a_killed_creation_left_and_nothing_that_is_being_made(fresh: Place) -> None:
    """It bears a name of ours until it is whole."""
    name = fresh.staging.database
    write(fresh, f"CREATE DATABASE {name}__newpreview TEMPLATE {name}__golden", "postgres")
    ran = fresh.run("rollback")
    assert ran.code == 0, ran.err
    assert beside(fresh) == {"", "__prev", "__golden"}


@pytest.mark.parametrize(
    ("name", "fragment"),
    [
        ("PR 123", "Call it pr-123"),
        ("a__b", "Call it a-b"),
        ("../golden", "Call it golden"),
        ("ü", "Call it pr-123"),
        ('x"; DROP DATABASE y; --', "is not a name for a preview"),
        ("p" * 60, "is longer than the 63 bytes"),
    ],
)
def test_names_that_do_not_fit_are_refused(place: Place, name: str, fragment: str) -> None:
    """For making and for dropping alike; nothing is contacted."""
    refused(place.run("preview", "create", name), fragment)
    refused(place.run("preview", "drop", name, "--yes"), fragment)


def test_without_a_golden_there_is_no_preview(place: Place) -> None:
    """Nothing was promoted yet."""
    refused(place.run("preview", "create", "pr-1"), "there is no golden")
    assert beside(place) == {""}


def test_only_previews_of_this_staging_are_dropped(fresh: Place) -> None:
    """Not a stranger's database of such a name, nor one whose marker names another staging; nor is it overwritten."""
    name = fresh.staging.database
    write(fresh, f'CREATE DATABASE "{name}__preview_theirs"', "postgres")
    for comment in (
        None,
        '[greenroom preview] {"staging": "other", "name": "theirs", "created_at": "", "created_by": ""}',
    ):
        if comment:
            write(fresh, f"COMMENT ON DATABASE \"{name}__preview_theirs\" IS '{comment}'", "postgres")
        refused(fresh.run("preview", "drop", "theirs", "--yes"), 'there is no preview "theirs"')
        refused(fresh.run("preview", "create", "theirs"), "and it is no preview of ours")
    for ours in ("golden", "prev", name):
        refused(fresh.run("preview", "drop", ours, "--yes"), "there is no preview")
    assert beside(fresh) == {"", "__prev", "__golden", "__preview_theirs"}
    assert fresh.run("preview", "drop").code == 2
    assert fresh.run("preview", "drop", "x", "--expired").code == 2


def test_somebody_on_the_golden_is_named(fresh: Place) -> None:
    """PostgreSQL copies only what nobody is on; once they leave, it works."""
    golden = fresh.staging.with_database(fresh.staging.database + "__golden")
    with psycopg.connect(golden.url, application_name="somebody looking"):
        refused(fresh.run("preview", "create", "pr-1"), "somebody is on", "somebody looking, as postgres")
    assert beside(fresh) == {"", "__prev", "__golden"}
    with psycopg.connect(golden.url) as leaving:
        creating = fresh.start("preview", "create", "pr-1")
        wait_for(fresh, "clone the golden")
        until = time.monotonic() + 60
        while not fresh.ask(
            f"SELECT FROM pg_stat_activity WHERE query LIKE 'CREATE DATABASE%{fresh.staging.database}%'"
        ):
            assert time.monotonic() < until, "the copy never began"
        leaving.close()
        out, err = creating.communicate(timeout=60)
    assert creating.returncode == 0, out + err


def test_a_preview_cannot_be_staging(fresh: Place) -> None:
    """Its name is one of ours: it is never taken for a staging to replace."""
    assert fresh.run("preview", "create", "pr-1").code == 0
    preview = fresh.staging.with_database(fresh.staging.database + "__preview_pr-1")
    there = fresh.having(STAGING_DATABASE_URL=preview.url)
    refused(there.run("mark-staging", "--database", preview.database), "is not a database that may be replaced")
    refused(there.run("reseed"), "does not carry the staging marker")


def _age(place: Place, name: str) -> None:
    """Make a preview as old as the year."""
    database = f"{place.staging.database}__preview_{name}"
    told = json.loads(marker_of(place, database).partition("] ")[2])
    comment = f"[greenroom preview] {json.dumps(told | {'created_at': '2026-01-01T00:00:00+00:00'})}"
    write(place, f"COMMENT ON DATABASE \"{database}\" IS '{comment}'", "postgres")
