"""What in the way staging stands wants somebody's attention: decided from the status alone, each as an incident."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from catalog.errors import GreenroomError
from operations.notices.incident import (
    BACKUP,
    DRIFT,
    REHEARSAL,
    SETTINGS,
    Incident,
    Severity,
    knows_of_rehearsal,
)
from operations.record import Ending, RunRecord
from operations.report.words import plural
from operations.settings.settings import Settings
from operations.standing.schedule import Schedule
from operations.standing.status import BackupsStatus, Status

OUT_OF_REACH = Incident("staging", "Staging cannot be looked at.")
STORE_AWAY = Incident(BACKUP, "How old the newest backup is cannot be said: the store does not answer.")
_OF_PREFECT, _OF_THE_STORE = ("worker", "schedule"), ("backup damaged", "restore-test", "restore test missed")
_SCHEDULED = ("refresh", "backup", "restore-test")
"""The jobs that run by the clock: what a person tried by hand, and saw fail, is that person's."""

_LATE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Limits:
    """How old things may get; `backups` says whether there are to be any."""

    refresh: timedelta
    backup: timedelta
    restore_test: timedelta
    backups: bool


def limits_of(settings: Settings) -> Limits:
    """How old things may get by the settings."""
    return Limits(
        refresh=timedelta(days=settings.refresh_days),
        backup=timedelta(hours=settings.backup_hours),
        restore_test=timedelta(days=settings.restore_test_days),
        backups=bool(settings.recipients),
    )


def unusable(error: GreenroomError) -> Incident:
    """The incident that the settings do not hold."""
    return Incident(SETTINGS, f"The settings cannot be used, so that nothing runs: {in_words(error)}.")


def in_words(error: GreenroomError) -> str:
    """What and why, as a clause; what is to be done stands on the runbook's page."""
    return f"{error.what}: {error.why}" if error.why else error.what


def attention(found: Status, limits: Limits, now: datetime) -> tuple[Incident, ...]:
    """All that wants attention, the worst first; nothing if staging stands well."""
    told = [
        *_staging(found, limits, now),
        *_killed(found),
        *_runs(found.runs),
        *(_backups(found.backups, limits, now) if limits.backups else ()),
        *_drift(found),
        *(_schedule(found.schedule, now) if found.schedule else ()),
    ]
    unique = {item.about: item for item in reversed(told)}  # of two on one thing, what was found first
    return tuple(sorted(unique.values(), key=lambda item: (tuple(Severity).index(item.severity), item.about)))


def is_over(about: str, incidents: Sequence[Incident]) -> bool:
    """Whether what was wrong is well again: it is not among what is wrong, and could be looked at."""
    wrong = {item.about for item in incidents}
    unseen = {*(_OF_PREFECT if "prefect" in wrong else ()), *(_OF_THE_STORE if STORE_AWAY in incidents else ())}
    looked_at = SETTINGS not in wrong and (about == SETTINGS or OUT_OF_REACH not in incidents)
    return looked_at and about not in wrong | unseen


def _staging(found: Status, limits: Limits, now: datetime) -> Iterator[Incident]:
    if found.marker is None:
        yield Incident("staging", "Staging does not carry the marker: no run will replace it.")
    if found.built_at and now - found.built_at > limits.refresh:
        line = f"Staging was built {_days(now - found.built_at)} ago."
        yield Incident("refresh missed", line, Severity.ERROR)


def _killed(found: Status) -> Iterator[Incident]:
    """A run whose process was killed told nobody: each scheduled job's, until the next run of that job has ended."""
    for begun in reversed(found.killed):
        if begun.job in _SCHEDULED:
            when = f"{begun.at:%Y-%m-%d %H:%M} UTC"
            yield Incident(
                begun.job, f"The {begun.job} of {when} was killed, or its machine stopped (run {begun.run})."
            )


def _runs(runs: tuple[RunRecord, ...]) -> Iterator[Incident]:
    for job in _SCHEDULED:
        last = next((run for run in runs if run.plain_job == job), None)
        if last and last.ending is not Ending.DONE:
            severity = Severity.CRITICAL if last.ending is Ending.FAILED else Severity.ERROR
            how = "failed" if last.ending is Ending.FAILED else "was refused"
            why = f": {last.reason}" if last.reason else ""
            yield Incident(job, f"The last {job} {how}{why} (run {last.run}).", severity)
    rehearsed = next((run.rehearsal for run in runs if knows_of_rehearsal(run)), None)
    if rehearsed and not rehearsed.promoted:
        yield Incident(REHEARSAL, "The next release's migrations fail on seeded rows.", Severity.ERROR)


def _backups(found: BackupsStatus, limits: Limits, now: datetime) -> Iterator[Incident]:
    if found.trouble:
        yield STORE_AWAY
        return
    if not found.newest:
        yield Incident(BACKUP, "There is no backup of staging in the store.")
    elif (age := now - found.newest[0].taken_at) > limits.backup:
        yield Incident(BACKUP, f"The newest backup of staging is {age / timedelta(hours=1):.0f} hours old.")
    for damaged in (item for item in found.newest if item.damaged):
        yield Incident("backup damaged", f"The backup {damaged.name} is damaged.")
    yield from _restore_tests(found, limits, now)


def _restore_tests(found: BackupsStatus, limits: Limits, now: datetime) -> Iterator[Incident]:
    if found.tested and not found.tested.passed:
        yield Incident("restore-test", "The last restore test failed: it is not proven that the backup restores.")
    since = found.tested.at if found.tested else found.oldest_at
    if since and now - since > limits.restore_test:
        line = f"No backup has been restored to test it for {_days(now - since)}."
        yield Incident("restore test missed", line, Severity.WARNING)


def _drift(found: Status) -> Iterator[Incident]:
    if found.drift and found.drift[0]:
        line = f"Staging differs from production in {plural(found.drift[0], 'object')}."
        yield Incident(DRIFT, line, Severity.WARNING)


def _schedule(found: Schedule, now: datetime) -> Iterator[Incident]:
    if found.trouble:
        yield Incident("prefect", f"Prefect's server cannot be asked: {found.trouble}.")
        return
    if not found.deployments:
        yield Incident("schedule", "Prefect has none of our deployments, so that nothing runs by the clock.")
    for pool in found.unstaffed:
        yield Incident("worker", f"No worker polls the pool {pool}, so that nothing runs.")
    late = [run for run in found.runs if run.is_late(now, _LATE)]
    if late:
        yield Incident("schedule", f"{late[0].deployment} was to run at {late[0].at:%Y-%m-%d %H:%M} UTC, and has not.")


def _days(age: timedelta) -> str:
    return f"{age / timedelta(days=1):.0f} days"
