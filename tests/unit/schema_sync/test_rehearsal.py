"""What is said of a release from what the child and the database told."""

from pathlib import Path
from typing import Any

from catalog.errors import Failure, Refusal
from catalog.model import TableName
from database.watching import Relation, Sighting, rewritten
from schema_sync.history.history import Ended, History
from schema_sync.rehearsal import (
    Lock,
    Migrated,
    Rehearsed,
    Release,
    Watched,
    failed_checks,
    judge,
    of_command,
    of_history,
)
from schema_sync.safety.hit import Kind
from schema_sync.safety.scan import Found
from schema_sync.safety.scope import Origin

HISTORY = History(Path("/srv/app/alembic.ini"), "python", ("c", "b", "a"), ("c",))
NAMES = {1: Relation("app.users", 10), 2: Relation("app.orders", 20), 3: Relation("app.new", 30)}
SHARE, EXCLUSIVE, ALONGSIDE = "ShareLock", "AccessExclusiveLock", "ShareUpdateExclusiveLock"
USERS = TableName("app", "users")


def watched(*sightings: Sighting) -> Watched:
    return Watched(NAMES, sightings, began=0, ended=100)


def step(name: str, began: float, ended: float | None, **more: object) -> dict[str, object]:
    return {"name": name, "message": "", "began": began, **({"ended": ended} if ended else {}), **more}


def of(*steps: dict[str, object], seen: Watched | None = None, code: int | None = 0, **answer: object) -> Rehearsed:
    ended = Ended({"steps": list(steps), **answer}, code)
    return of_history(HISTORY, ended, seen or watched(), "app__rehearsal", 60)


def test_a_migration_is_told_by_its_strongest_lock_on_each_table() -> None:
    """The strongest first; a table that it has made is nobody's concern, nor is one that nobody knows."""
    locks = [[1, SHARE], [2, SHARE], [2, EXCLUSIVE], [3, EXCLUSIVE], [9, EXCLUSIVE]]
    (done,) = of(step("b", 1, 2.5, locks=locks, rewritten=[2], made=[3]), table=["public", "v"]).migrations
    assert done.locks == (Lock("app.orders", EXCLUSIVE), Lock("app.users", SHARE))
    assert (done.seconds, done.rewritten, str(done)) == (1.5, ("app.orders",), "b")


def test_a_sighting_counts_for_the_migration_that_it_lies_within() -> None:
    """One that reaches over the border between two may be either's."""
    seen = watched(Sighting(1, 1.1, 1, SHARE), Sighting(1.9, 2.1, 1, EXCLUSIVE), Sighting(2.2, 2.3, 2, ALONGSIDE))
    done = of(step("b", 0, 2), step("c", 2, 3), seen=seen, table=["public", "v"])
    assert [item.locks for item in done.migrations] == [(Lock("app.users", SHARE),), (Lock("app.orders", ALONGSIDE),)]


def test_the_migration_that_failed_is_the_last() -> None:
    """With what PostgreSQL said, and the statement on one line where it is told."""
    wrong: Any = {"wrong": "revision", "why": "no room", "revision": "c", "statement": "ALTER TABLE x\n  ADD y int"}
    done = of(step("b", 0, 1), {**step("c", 1, None), "message": "Owners"}, **wrong)
    assert isinstance(done.wrong, Failure)
    assert str(done.wrong).startswith("failed: c (Owners) fails: no room; ")
    assert done.wrong.todo == "The statement: ALTER TABLE x ADD y int"
    assert [item.failed for item in done.migrations] == ["", "no room"]
    assert done.migrations[1].statement == "ALTER TABLE x\n  ADD y int"


def test_the_migration_under_way_is_named_when_the_time_is_up() -> None:
    """And has taken until then."""
    done = of(step("b", 0, 1), step("c", 1, None), code=None)
    assert done.migrations[1].failed == "it was under way when the 60 s of the rehearsal were up"
    assert done.migrations[1].seconds == 99


def test_what_is_no_migrations_fault_is_told_as_ever() -> None:
    """Before the first of them, the sentences of a history that cannot be run."""
    strayed = of(wrong="elsewhere", why="app", statement="")
    assert isinstance(strayed.wrong, Refusal)
    late = str(of(code=None).wrong)
    assert "was not done within 60 s" in late
    assert "raise rehearsal_seconds" in late
    assert "broke off: signal 9" in str(of(step("b", 0, None), code=-9).wrong)


def test_a_command_is_one_migration() -> None:
    """Told by its program; what it made, it may lock."""
    release = Release(command=("make", "migrate", "--token=sesame"))
    seen = Watched(NAMES, (Sighting(1, 2, 1, SHARE), Sighting(1, 2, 2, SHARE)), 0, 5, (1,), made={2})
    (done,) = of_command(release, Ended(None, 0), seen, 60).migrations
    assert (done.name, done.seconds, done.locks) == ("the command make ...", 5, (Lock("app.users", SHARE),))
    failed = of_command(release, Ended(None, 2, "one\ntwo"), seen, 60)
    assert failed.migrations[0].failed == "exit code 2; its last words: two"
    assert failed.wrong is not None
    assert failed.wrong.todo == "The end of what it said: one two"
    assert of_command(release, Ended(None, -9), seen, 60).migrations[0].failed == "signal 9"


def test_a_table_in_another_file_was_written_anew() -> None:
    """One that is new or gone was not."""
    before, after = {**NAMES, 4: Relation("gone", 1)}, {**NAMES, 2: Relation("app.orders", 21), 5: Relation("new", 1)}
    assert rewritten(before, after) == (2,)


def test_a_migrated_copy_that_leads_out_is_not_promoted() -> None:
    """Nor one with somebody's address, unless rows of staging were kept."""
    assert judge(Migrated(())) == ()
    assert failed_checks(()) is None
    door = failed_checks(judge(Migrated(("publication p",))))
    assert door is not None
    assert "the migrated candidate did not pass: the migrations leave what could reach other servers: pub" in str(door)
    address = Found(Kind.EMAIL, Origin.MADE, USERS, "email", 1, "an*@****.**")
    assert failed_checks(judge(Migrated((), (address,)))) is not None
    (told,) = judge(Migrated((), (address,), kept=True))
    assert told.good


def test_the_host_of_a_service_is_what_a_release_may_bring() -> None:
    """It is told, and stops nothing; beside an address it does not help."""
    host, card = (Found(kind, Origin.MADE, USERS, "home", 1, "ht***") for kind in (Kind.HOST, Kind.CARD))
    (told,) = judge(Migrated((), (host,)))
    assert told.good
    assert failed_checks(judge(Migrated((), (host, card)))) is not None


def test_what_is_left_open_is_told() -> None:
    """Constraints that are not proven, tables with fewer rows; those with more, or that are gone, are not."""
    before = {USERS: 5, TableName("app", "gone"): 5, TableName("app", "more"): 1}
    told = judge(Migrated((), (), ("constraint x",), before, {USERS: 2, TableName("app", "more"): 2}))
    assert [item.what.rpartition(": ")[2] for item in told] == ["constraint x", "app.users (2 of 5)"]
    assert all(item.good for item in told)
