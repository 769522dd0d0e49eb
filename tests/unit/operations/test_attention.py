"""What wants attention, and what does not."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from backups.proof import Proof, ProofKind
from database.wholes.marker import Marker
from operations.cli.status_lines import fitted, status_lines
from operations.record import Ending, RehearsalRecord, StepRecord
from operations.standing.attention import Limits, attention
from operations.standing.schedule import Schedule, Scheduled
from operations.standing.status import BackupsStatus, BackupStatus, Status
from operations.under_way import Begun
from tests.unit.operations.outcomes import NOW, record

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
LIMITS = Limits(refresh=8 * DAY, backup=25 * HOUR, restore_test=35 * DAY, backups=True)
TESTED = Proof("B", ProofKind.RESTORE_TEST, NOW - DAY, 60, ())
BACKUPS = BackupsStatus((BackupStatus("B", NOW - HOUR, TESTED),), 1, NOW - HOUR, TESTED)
WELL = Status(
    database="app",
    size=8 << 20,
    marker=Marker(run="run-1", seed=7, profile="uat", built_at=(NOW - DAY).isoformat()),
    revision=("0008",),
    scenario="agency",
    drift=(0, record()),
    previous=True,
    golden=True,
    spare=True,
    previews=0,
    backups=BACKUPS,
    runs=(record(fresh_seconds=59.4), record("back-up-staging"), record("restore-test")),
    schedule=Schedule((Scheduled("back-up-staging/daily", NOW + 4 * HOUR),), (), 4),
)


def about(now: datetime = NOW, limits: Limits = LIMITS, **changes: Any) -> list[str]:
    return [item.about for item in attention(replace(WELL, **changes), limits, now)]


def backups(**changes: Any) -> BackupsStatus:
    return replace(BACKUPS, **changes)


def test_a_staging_that_stands_well_wants_nothing() -> None:
    """Nor does one where Prefect is not set, or nobody wants backups."""
    assert about() == []
    assert about(schedule=None) == []
    assert about(limits=replace(LIMITS, backups=False), backups=BackupsStatus()) == []


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"marker": None}, "staging"),
        ({"marker": Marker(built_at=(NOW - 9 * DAY).isoformat())}, "refresh missed"),
        ({"runs": (record("refresh-staging", Ending.FAILED), record())}, "refresh"),
        ({"runs": (record("backup", Ending.REFUSED),)}, "backup"),
        ({"killed": (Begun("run-2", "backup", "app", NOW - HOUR),)}, "backup"),
        ({"runs": (record(rehearsal=RehearsalRecord("next", "failed", False)),)}, "rehearsal"),
        ({"backups": backups(trouble="the store is away")}, "backup missing"),
        ({"backups": BackupsStatus()}, "backup missing"),
        ({"backups": backups(newest=(BackupStatus("B", NOW - 26 * HOUR),))}, "backup missing"),
        ({"backups": backups(newest=(BackupStatus("B", NOW, None, damaged=True),))}, "backup damaged"),
        ({"backups": backups(tested=replace(TESTED, findings=("rows are missing",)))}, "restore-test"),
        ({"backups": backups(tested=replace(TESTED, at=NOW - 36 * DAY))}, "restore test missed"),
        ({"backups": backups(tested=None, oldest_at=NOW - 36 * DAY)}, "restore test missed"),
        ({"drift": (3, record())}, "drift"),
        ({"schedule": Schedule(trouble="nothing answers at its address")}, "prefect"),
        ({"schedule": Schedule()}, "schedule"),
        ({"schedule": Schedule((), ("staging",), 4)}, "worker"),
        ({"schedule": Schedule((Scheduled("back-up-staging/daily", NOW - HOUR),), (), 4)}, "schedule"),
    ],
)
def test_what_is_wrong_wants_attention(changes: dict[str, Any], wanted: str) -> None:
    """Each thing by a subject of its own, the same as the run's that finds it."""
    assert about(**changes) == [wanted]


def test_a_run_after_a_bad_one_ends_its_claim() -> None:
    """A job is as its last run, whether a flow's or a command's; what was tried by hand is that person's."""
    assert about(runs=(record("refresh"), record("refresh-staging", Ending.FAILED))) == []
    assert about(runs=(record("reseed", Ending.FAILED), record())) == []
    assert about(killed=(Begun("run-2", "reseed", "app", NOW),)) == []


def test_a_rehearsal_that_failed_is_over_when_no_release_is_left() -> None:
    """It was deployed, or given up; a run that broke off before it looked ends nothing."""
    failed = record(rehearsal=RehearsalRecord("next", "failed", False))
    looked = (StepRecord("look for the next release", 1, Ending.DONE),)
    assert about(runs=(record(steps=looked), failed)) == []
    assert about(runs=(record("drift"), failed)) == ["rehearsal"]
    assert about(runs=(record(ending=Ending.FAILED, steps=looked), failed)) == ["refresh", "rehearsal"]


def test_the_worst_comes_first() -> None:
    """What wakes somebody up, before what can wait."""
    assert about(drift=(3, record()), backups=BackupsStatus()) == ["backup missing", "drift"]


def test_a_status_is_one_screen() -> None:
    """A line for each thing, what wants attention last."""
    wanted = attention(replace(WELL, drift=(3, record())), LIMITS, NOW)
    lines = list(status_lines(replace(WELL, drift=(3, record())), wanted, NOW))
    assert lines == [
        "staging    app, 8 MiB, marked",
        "holds      rows of 2026-11-21T23:00:00+00:00, seed 7, profile uat, scenario agency",
        "age        24 hours",
        "revision   0008",
        "drift      3 objects differ from production, as of 2026-11-22 23:00 UTC",
        "kept       previous, golden, spare",
        "previews   none",
        "backup     B, 60 minutes old, passed a restore test on 2026-11-21",
        "run        run-1  refresh  done in 1 min 30 s, staging new after 59.4 s",
        "run        run-1  back-up-staging  done in 1 min 30 s",
        "run        run-1  restore-test  done in 1 min 30 s",
        "next       back-up-staging/daily, 2026-11-23 03:00 UTC, in 4 hours",
        "attention  Staging differs from production in 3 objects.",
    ]


def test_a_long_line_goes_on_below_its_words() -> None:
    """On a screen of 80 columns, what wants attention is broken between words."""
    line = "attention  The last backup was refused: the signing key can be read by others than its owner (run 1)."
    first, second = fitted(line, 80).splitlines()
    assert first == "attention  The last backup was refused: the signing key can be read by others"
    assert second == "           than its owner (run 1)."
    assert fitted("kept       previous, golden", 80) == "kept       previous, golden"
