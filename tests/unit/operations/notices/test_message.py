"""What is told of a run, and what never is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from catalog.findings import noted, passed, refused
from operations.backup.kept_backups import KeptBackups
from operations.notices.event import EVERY_EVENT, Event
from operations.notices.message import Message, Watch, write_message
from operations.record import Ending, HealthRecord, MigrationRecord, RehearsalRecord, RunRecord, StepRecord
from tests.unit.operations.outcomes import kept, record

WATCH = Watch(wanted=True, oldest=timedelta(hours=25))
FRESH = kept(2)
WHERE = "Run run-1 on mars; `greenroom audit --run run-1` and its report say more."


def told(run: RunRecord, store: KeptBackups | None = FRESH, watch: Watch = WATCH) -> Message:
    message = write_message(run, store, watch, "mars", EVERY_EVENT)
    assert message
    return message


def test_a_success_is_one_line() -> None:
    """What was done and how long it took."""
    message = told(record())
    assert message.title == "Greenroom: refresh of app done"
    assert message.body == '"app" was rebuilt in production\'s shape (90 s).'
    assert (message.kind, set(message.events)) == ("success", {Event.DONE})


def test_a_refusal_names_the_guards_and_says_why() -> None:
    """All guards by their names, and the first one's own words; what a server said is in the report."""
    guards = refused("disk", "full"), noted("x", "y"), refused("marker", "z")
    run = record(
        ending=Ending.REFUSED, sentence="refused: secret-word", reason="not enough disk on staging", findings=guards
    )
    run = replace(run, advice="Free or add disk space.")
    message = told(run)
    said = "Refused by disk, marker: not enough disk on staging; nothing was changed."
    assert message.lines == (said, "Free or add disk space.", WHERE)
    assert (message.kind, set(message.events)) == ("failure", {Event.REFUSED})


def test_a_failure_names_the_step_and_nothing_that_a_server_said() -> None:
    """PostgreSQL's words can hold a row's values; they stay on the machine."""
    steps = (StepRecord("guard", 1, Ending.DONE), StepRecord("seed", 2, Ending.FAILED, "row (ada@example.com)"))
    run = record(ending=Ending.FAILED, sentence="failed: row (ada@example.com)", steps=steps, left=("ada@example.com",))
    message = told(replace(run, reason="PostgreSQL did not take rows of users"))
    said = 'Failed in the step "seed" after 90 s: PostgreSQL did not take rows of users; something is left behind.'
    assert message.lines == (said, WHERE)
    assert "ada@example.com" not in message.title + message.body


def test_drift_is_told() -> None:
    """How much; none is no message."""
    assert told(record("drift", drift=3)).events == {Event.DONE, Event.DRIFT}
    assert "Staging differs from production in 3 objects." in told(record("drift", drift=3)).lines
    assert told(record("drift", drift=3)).kind == "warning"
    assert told(record("drift", drift=0)).events == {Event.DONE}


def test_a_failed_rehearsal_names_its_migration() -> None:
    """Not what it said."""
    failing = MigrationRecord("0012_plans", "m", 1, failed="row (ada)", statement="INSERT ada")
    run = record(rehearsal=RehearsalRecord("next", "0012_plans failed", False, (failing,)))
    assert "The next release's migrations fail on seeded rows: 0012_plans." in told(run).lines
    assert "ada)" not in told(run).body
    assert Event.REHEARSAL_FAILED not in told(record(rehearsal=RehearsalRecord("next", "well", True))).events


def test_how_a_rehearsal_failed_is_not_told_where_staging_was_rebuilt_all_the_same() -> None:
    """A command's last words end the run's sentence then, and may be a row."""
    how = "the command python3 ... fails: exit code 1; its last words: (ada, 42)"
    run = record(
        sentence=f"rebuilt, WITHOUT the next release, whose rehearsal failed: {how}",
        rehearsal=RehearsalRecord("next", how, False),
    )
    assert "rebuilt, WITHOUT the next release, whose rehearsal failed (" in told(run).body
    assert "ada" not in told(run).body


def test_what_is_done_in_part_is_no_success() -> None:
    """Neither a refresh without the next release nor a backup in one store of two, whatever else is wanted."""
    without = record(rehearsal=RehearsalRecord("next", "0012 failed", False))
    copies = record("backup", findings=(noted("backup-copies", "B is in /mnt/one alone"),))
    assert told(without).events == {Event.PARTLY, Event.REHEARSAL_FAILED}
    assert told(copies).events == {Event.PARTLY}
    assert "in part: backup-copies." in told(copies).body
    assert "/mnt/one" not in told(copies).body
    assert (told(copies).kind, told(copies).title) == ("warning", "Greenroom: backup of app done in part")
    assert write_message(without, FRESH, WATCH, "mars", {Event.DONE}) is None


def test_a_restore_test_that_failed_or_was_slow_is_told() -> None:
    """Each by an event of its own."""
    assert Event.RESTORE_TEST_FAILED in told(record("restore-test", Ending.FAILED)).events
    assert Event.RESTORE_TEST_FAILED not in told(record("refresh", Ending.FAILED)).events
    slow = record("restore-test", findings=(noted("recovery-time", "recovery took 5 h"),))
    assert told(slow).events == {Event.DONE, Event.RECOVERY_SLOW}


@pytest.mark.parametrize(
    ("store", "said"),
    [
        (kept(25.1), "The newest backup of staging is 25 hours old."),
        (KeptBackups(), "There is no backup of staging in the store."),
        (None, "How old the newest backup is cannot be said: the store does not answer."),
    ],
    ids=["old", "none", "away"],
)
def test_a_missing_backup_is_told_by_every_run(store: KeptBackups | None, said: str) -> None:
    """Whatever the run was for."""
    message = told(record("drift"), store)
    assert said in message.lines
    assert (message.kind, Event.BACKUP_MISSING in message.events) == ("failure", True)


def test_a_backup_is_missed_only_where_there_are_to_be_any() -> None:
    """Not before its time, nor where nobody set a recipient."""
    assert told(record(), kept(24.9)).events == {Event.DONE}
    assert told(record(), KeptBackups(), Watch(wanted=False, oldest=WATCH.oldest)).events == {Event.DONE}


def test_a_key_that_may_not_look_raises_no_alarm() -> None:
    """It knows of the backup that its own run took, and of no other."""
    assert told(record("drift"), KeptBackups(unseen=True)).events == {Event.DONE}
    taken = kept(2).newest
    assert told(record("backup"), KeptBackups(taken, unseen=True)).events == {Event.DONE}


def test_only_what_is_wanted_is_told() -> None:
    """An event that nobody asked for makes no message, and no line in one."""
    assert write_message(record(), FRESH, WATCH, "mars", {Event.FAILED}) is None
    message = write_message(record("drift", drift=1), FRESH, WATCH, "mars", {Event.DRIFT})
    assert message
    assert message.lines == ("Staging differs from production in 1 object.", WHERE)


def test_the_report_is_linked_from_every_message() -> None:
    """Behind the one line of a success, and in a line of its own otherwise."""
    at = "https://reports.example.com/r.html"
    done = write_message(record(), FRESH, WATCH, "mars", EVERY_EVENT, at)
    bad = write_message(record(ending=Ending.FAILED), FRESH, WATCH, "mars", EVERY_EVENT, at)
    assert done is not None
    assert len(done.lines) == 1
    assert done.lines[0].endswith(f" {at}")
    assert bad is not None
    assert bad.lines[-2:] == (WHERE, at)


UNWELL = HealthRecord("backend", False, "answers 200 with user ada@example.com")


def test_what_follows_and_went_wrong_is_told_by_its_names() -> None:
    """Checks and services; never what a service answered."""
    findings = (noted("redis", "secret-word"), noted("health", "ada@example.com"), passed("restart", "x"))
    message = told(record(findings=findings, health=(UNWELL, HealthRecord("worker", True, "answers"))))
    assert {Event.PARTLY, Event.AFTER_FAILED} == message.events
    assert "What follows went wrong: redis, health (backend)." in message.lines
    assert "ada@example.com" not in message.body
    assert "secret-word" not in message.body


def test_a_rollback_by_itself_is_told_once() -> None:
    """With the services that do not answer even now; it is as bad as a failure."""
    run = record(ending=Ending.FAILED, rolled_back=True, health=(UNWELL,), findings=(noted("health", "x"),))
    message = told(run)
    assert {Event.FAILED, Event.ROLLED_BACK} == message.events
    assert message.kind == "failure"
    line = "Staging is the previous database again, as services did not answer; these still do not: backend."
    assert line in message.lines
