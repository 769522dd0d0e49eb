"""Staging made a fresh clone of the golden, and what stands in the way of that."""

import psycopg
import pytest

from tests.acceptance.place import Place
from tests.acceptance.test_killed import wait_for
from tests.acceptance.test_refusals import refused

pytestmark = pytest.mark.small  # a clone is of whatever there is

ROWS = "SELECT md5(string_agg(u::text, '|' ORDER BY id)) FROM users AS u"


def beside(place: Place) -> set[str]:
    """What stands beside staging, by the end of its name."""
    return {name.removeprefix(place.staging.database) for name in place.databases()}


def marker_of(place: Place, database: str) -> str:
    """The comment of a database beside staging."""
    (told,) = place.ask(
        f"SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = '{database}'", "postgres"
    )
    return str(told[0])


def write(place: Place, statement: str, database: str = "") -> None:
    """Change something, in staging or in a database beside it."""
    at = place.staging.with_database(database or place.staging.database)
    with psycopg.connect(at.url, autocommit=True) as connection:
        connection.execute(statement.encode())


def test_staging_is_what_was_promoted_again_and_so_is_it_a_second_time(place: Place) -> None:
    """What testers did is gone, the golden is still there, and the report tells whose rows these are."""
    assert place.run("refresh", "--seed", "7", "--no-backup").code == 0
    fresh = place.ask(ROWS)
    write(place, "ALTER DATABASE " + place.staging.database + " SET work_mem = '9MB'")
    for _ in range(2):
        write(place, "DELETE FROM analytics_events")
        write(place, "UPDATE users SET email = 'worked-on@example.com' WHERE id = (SELECT min(id) FROM users)")
        ran = place.run("reseed", "--from-golden")
        assert ran.code == 0, ran.err
        assert "is a fresh clone of the golden of run" in ran.out
        assert "seed 7, profile smoke" in ran.out
        assert place.ask(ROWS) == fresh
        assert place.ask("SHOW work_mem") == [("9MB",)]
        assert beside(place) == {"", "__prev", "__golden"}
        assert place.ask(ROWS, place.staging.database + "__golden") == fresh
        assert place.ask(ROWS, place.staging.database + "__prev") != fresh
    assert '"golden": "' in marker_of(place, place.staging.database)
    assert "cloned from the golden of run" in place.run("status").out
    steps = [line.step for line in place.trail() if line.job == "reseed" and line.moment == "done"]
    assert steps[: len(steps) // 2] == [
        "guard",
        "look at the golden",
        "clear leftovers",
        "back up staging",
        "clone the golden",
        "verify",
        "give grants",
        "promote",
        "after the refresh",
        "run",
    ]
    assert place.run("rollback").code == 0
    assert place.ask(ROWS) != fresh


@pytest.mark.parametrize("step", ["look at the golden", "clone the golden", "verify", "promote"])
def test_killed_in_the_middle(place: Place, step: str) -> None:
    """Staging is what it was or a whole clone; the golden is what it was; running again cleans up and succeeds."""
    assert place.run("refresh", "--no-backup").code == 0
    fresh = place.ask(ROWS)
    write(place, "UPDATE users SET email = 'worked-' || email")
    worked_on = place.ask(ROWS)
    process = place.start("reseed", "--from-golden", "--no-backup")
    wait_for(place, step)
    process.kill()
    process.communicate(timeout=60)
    assert place.ask(ROWS) in (fresh, worked_on)
    assert place.ask(ROWS, place.staging.database + "__golden") == fresh
    again = place.run("reseed", "--from-golden", "--no-backup")
    assert again.code == 0, again.err
    assert place.ask(ROWS) == fresh
    assert beside(place) == {"", "__prev", "__golden"}


@pytest.mark.parametrize("step", ["clone the golden", "keep a spare"])
def test_killed_with_a_spare(place: Place, step: str) -> None:
    """Whatever it died at, the next run finds or makes a spare that fits; status and the report tell of it."""
    place = place.having(GREENROOM_SPARE="always")
    assert place.run("refresh", "--no-backup").code == 0
    assert "kept       previous, golden, spare" in place.run("status").out
    fresh = place.ask(ROWS)
    process = place.start("reseed", "--from-golden", "--no-backup")
    wait_for(place, step)
    process.kill()
    process.communicate(timeout=60)
    again = place.run("reseed", "--from-golden", "--no-backup")
    assert again.code == 0, again.err
    assert "Staging new after" in again.out
    assert place.ask(ROWS) == fresh
    assert beside(place) == {"", "__prev", "__golden", "__spare"}
    assert "kept       previous, golden, spare" in place.run("status").out


def test_a_restored_backup_has_a_golden_too(place: Place) -> None:
    """Whose rows were restored, and are said to be a backup's."""
    assert place.run("refresh").code == 0
    assert place.run("restore", "--yes").code == 0
    restored = place.ask(ROWS)
    write(place, "UPDATE users SET email = 'worked-' || email")
    ran = place.run("reseed", "--from-golden", "--no-backup")
    assert ran.code == 0, ran.err
    assert "(a backup of" in " ".join(ran.out.split())
    assert place.ask(ROWS) == restored


def test_without_a_golden_it_is_refused(place: Place) -> None:
    """Nothing was promoted yet; the sentence says what makes one."""
    refused(place.run("reseed", "--from-golden"), "there is no golden", "The first refresh or reseed keeps one")


def test_choices_of_seeding_contradict_it(place: Place) -> None:
    """Each is named, whatever the others; seed 0 is a choice too."""
    ran = place.run("reseed", "--from-golden", "--seed", "0", "--strict")
    refused(ran, "--seed and --strict cannot be chosen for a reseed from the golden")
    for choice in (("--profile", "uat"), ("--rows", "users=3"), ("--anchor", "2026-01-01T00:00:00Z")):
        refused(place.run("reseed", "--from-golden", *choice), f"{choice[0]} cannot be chosen")


def test_a_golden_that_somebody_changed_or_that_is_not_ours_is_refused(place: Place) -> None:
    """Its marker says which run's it is, and its shape has to be what that run promoted; staging stays as it is."""
    golden = place.staging.database + "__golden"
    assert place.run("refresh", "--no-backup").code == 0
    before = place.ask(ROWS)
    write(place, "CREATE TABLE scribbled (id int)", golden)
    refused(place.run("reseed", "--from-golden"), "the golden's shape is not what run")
    write(place, "DROP TABLE scribbled", golden)
    told = marker_of(place, golden)
    write(place, f"COMMENT ON DATABASE {golden} IS NULL")
    refused(place.run("reseed", "--from-golden"), "does not say which run it is the golden of")
    write(place, f"COMMENT ON DATABASE {golden} IS '{told}'")
    with psycopg.connect(place.staging.with_database(golden).url, application_name="somebody looking"):
        refused(place.run("reseed", "--from-golden", "--no-backup"), "somebody is on", "somebody looking")
    assert place.ask(ROWS) == before
    assert beside(place) == {"", "__prev", "__golden"}
    assert place.run("reseed", "--from-golden", "--no-backup").code == 0


def test_after_a_roll_back_to_another_shape_the_golden_does_not_fit(place: Place) -> None:
    """It would bring back what was rolled back; what testers changed in staging since a promotion is told instead."""
    assert place.run("refresh", "--no-backup").code == 0
    write(place, "CREATE TABLE added_by_a_tester (id int)")
    ran = place.run("reseed", "--from-golden", "--no-backup")
    assert ran.code == 0, ran.err
    assert "2 objects were changed in staging since run" in " ".join(ran.out.split())
    assert place.run("rollback").code == 0
    assert place.run("refresh", "--no-backup").code == 0
    assert place.run("rollback").code == 0
    refused(place.run("reseed", "--from-golden"), "the golden is of run", "Was staging rolled back?")
