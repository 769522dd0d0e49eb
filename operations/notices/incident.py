"""Incidents, as somebody on call has them: opened when something is wrong, closed when a run has seen it well again.

Each has a key of its own that stays the same from run to run, so that a second failure opens no second incident, and
whichever run finds the thing well again closes the first one, be it a flow's or a command's.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from operations.backup.kept_backups import KeptBackups
from operations.notices.event import Event
from operations.notices.message import Watch, events_of
from operations.record import FOLLOWING, RELEASE, Ending, RunRecord


class Severity(StrEnum):
    """How bad it is, in PagerDuty's words."""

    CRITICAL = "critical"
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Incident:
    """What is wrong, and how bad it is: `about` tells it from any other; without a line, it is well."""

    about: str
    line: str = ""
    severity: Severity = Severity.CRITICAL


BACKUP, DRIFT, REHEARSAL, RECOVERY = "backup missing", "drift", "rehearsal", "recovery time"
AFTER = "what follows"
SETTINGS = "settings"
"""Of the machine that has them, and told under its name: they may be what would have said where staging is."""

_ABOUT: Mapping[Event, tuple[str, Severity]] = {
    Event.DRIFT: (DRIFT, Severity.WARNING),
    Event.REHEARSAL_FAILED: (REHEARSAL, Severity.ERROR),
    Event.AFTER_FAILED: (AFTER, Severity.ERROR),
    Event.ROLLED_BACK: (AFTER, Severity.CRITICAL),
    Event.BACKUP_MISSING: (BACKUP, Severity.CRITICAL),
    Event.RECOVERY_SLOW: (RECOVERY, Severity.WARNING),
}
_OF_THE_JOB = {
    Event.RESTORE_TEST_FAILED: Severity.CRITICAL,
    Event.FAILED: Severity.CRITICAL,
    Event.REFUSED: Severity.ERROR,
}


def incidents_of(
    record: RunRecord, kept: KeptBackups | None, watch: Watch, wanted: Collection[Event]
) -> tuple[Incident, ...]:
    """What a run opens, of the events that are wanted, and what it closes; nothing of what it has not looked at."""
    found = events_of(record, kept, watch)
    opened = {item.about: item for event, line in found if event in wanted for item in _opened(event, line, record)}
    wrong = {item.about for event, line in found for item in _opened(event, line, record)}
    well = (about for about in dict.fromkeys(_looked_at(record, kept, watch)) if about not in wrong)
    return *opened.values(), *(Incident(about) for about in well)


def _opened(event: Event, line: str, record: RunRecord) -> Iterator[Incident]:
    if event in _OF_THE_JOB:
        yield Incident(record.plain_job, f"{record.plain_job} of {record.database}: {line}", _OF_THE_JOB[event])
    elif event in _ABOUT:
        about, severity = _ABOUT[event]
        yield Incident(about, line, severity)


def _looked_at(record: RunRecord, kept: KeptBackups | None, watch: Watch) -> Iterator[str]:
    """What the run knows about, well or not; that it began is proof of this machine's settings."""
    yield from (SETTINGS, record.plain_job)
    if record.drift is not None:
        yield DRIFT
    if knows_of_rehearsal(record):
        yield REHEARSAL
    if record.away_seconds is not None and (record.health or any(item.check in FOLLOWING for item in record.findings)):
        yield AFTER  # what is asked before the swap, and found good, says nothing of how it goes after it
    if watch.wanted and kept and kept.newest:
        yield BACKUP
    if record.job == "restore-test" and record.ending is Ending.DONE:
        yield RECOVERY


def knows_of_rehearsal(record: RunRecord) -> bool:
    """Whether it rehearsed a release, or looked for one and found none: what failed is deployed by now, or given up."""
    found_none = record.ending is Ending.DONE and any(step.name == RELEASE for step in record.steps)
    return record.rehearsal is not None or found_none
