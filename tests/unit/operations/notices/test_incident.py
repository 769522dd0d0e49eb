"""Which incidents a run opens and closes."""

from datetime import timedelta

import pytest

from catalog.findings import noted, passed
from operations.backup.kept_backups import KeptBackups
from operations.notices.event import EVERY_EVENT, Event
from operations.notices.incident import Incident, Severity, incidents_of
from operations.notices.message import Watch
from operations.record import Ending, HealthRecord, RehearsalRecord, RunRecord, StepRecord
from tests.unit.operations.outcomes import kept, record

WATCH = Watch(wanted=True, oldest=timedelta(hours=25))


def opened(run: RunRecord, store: KeptBackups | None = kept(2)) -> dict[str, Severity]:  # noqa: B008  # a frozen value
    return {item.about: item.severity for item in incidents_of(run, store, WATCH, EVERY_EVENT) if item.line}


def closed(run: RunRecord, store: KeptBackups | None = kept(2)) -> set[str]:  # noqa: B008  # a frozen value
    return {item.about for item in incidents_of(run, store, WATCH, EVERY_EVENT) if not item.line}


def test_a_flow_and_a_command_speak_of_one_job() -> None:
    """What the flow opened on Sunday is closed by the command on Monday."""
    failed = record("refresh-staging", Ending.FAILED, steps=(StepRecord("seed", 1, Ending.FAILED),))
    assert opened(failed) == {"refresh": Severity.CRITICAL}
    assert "refresh" in closed(record("refresh"))
    assert opened(record("back-up-staging", Ending.REFUSED)) == {"backup": Severity.ERROR}
    assert "backup" in closed(record("backup"))


def test_a_run_closes_what_was_said_of_the_settings() -> None:
    """They were read, or it had not begun; however it ended."""
    assert "settings" in closed(record("refresh-staging", Ending.FAILED))


def test_a_restore_test_that_failed_is_one_incident() -> None:
    """Though two events tell it."""
    assert opened(record("restore-test", Ending.FAILED)) == {"restore-test": Severity.CRITICAL}
    slow = record("restore-test", findings=(noted("recovery-time", "took 5 h"),))
    assert opened(slow) == {"recovery time": Severity.WARNING}
    assert closed(record("restore-test")) >= {"restore-test", "recovery time"}


@pytest.mark.parametrize(
    ("wrong", "well", "about"),
    [
        (record("drift", drift=2), record("drift", drift=0), "drift"),
        (
            record(rehearsal=RehearsalRecord("next", "failed", False)),
            record(rehearsal=RehearsalRecord("next", "well", True)),
            "rehearsal",
        ),
        (
            record(rehearsal=RehearsalRecord("next", "failed", False)),
            record(steps=(StepRecord("look for the next release", 1, Ending.DONE),)),
            "rehearsal",
        ),
    ],
    ids=["drift", "rehearsal", "no release any more"],
)
def test_what_was_found_is_closed_when_it_is_gone(wrong: RunRecord, well: RunRecord, about: str) -> None:
    """And by a run that looked, no other."""
    assert about in opened(wrong)
    assert about in closed(well)
    blind = record("rollback")
    assert about not in opened(blind).keys() | closed(blind)


def test_a_missing_backup_is_closed_by_whoever_sees_a_fresh_one() -> None:
    """A store that does not answer closes nothing."""
    assert "backup missing" in opened(record(), kept(26))
    assert "backup missing" in opened(record(), None)
    assert "backup missing" in closed(record("drift", drift=0), kept(2))
    blind = record(), KeptBackups(unseen=True)
    assert "backup missing" not in opened(*blind).keys() | closed(*blind)


def test_an_event_that_nobody_wants_opens_nothing_and_closes_nothing() -> None:
    """A failure is no reason to close the incident of the failure before."""
    found = incidents_of(record(ending=Ending.FAILED), kept(2), WATCH, {Event.DRIFT})
    assert found == (Incident("settings"), Incident("backup missing"))


def test_services_that_were_not_well_are_closed_by_a_run_that_finds_them_so() -> None:
    """Whether staging was rolled back for them or not; a run that asks none closes nothing."""
    unwell, well = (HealthRecord("backend", good, "x") for good in (False, True))
    assert opened(record(health=(unwell,), findings=(noted("health", "x"),))) == {"what follows": Severity.ERROR}
    rolled_back = record(ending=Ending.FAILED, health=(unwell,), rolled_back=True)
    assert opened(rolled_back)["what follows"] is Severity.CRITICAL
    assert "what follows" in closed(record(health=(well,), away_seconds=0.1))
    assert "what follows" in closed(record(findings=(passed("redis", "x"),), away_seconds=0.1))
    assert "what follows" not in closed(record())


def test_a_run_that_never_came_to_the_swap_closes_nothing_of_what_follows_it() -> None:
    """It has asked beforehand whether the commands are there, and no more."""
    there = passed("restart", "worker by systemctl is to be restarted")
    assert "what follows" not in closed(record(ending=Ending.FAILED, findings=(there,)))
