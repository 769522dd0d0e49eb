"""Which numbers there are, and what they are after a run: decided from its record, the store, and what they were."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from operations.backup.kept_backups import KeptBackups
from operations.record import Ending, RunRecord

Labels = tuple[str, ...]
Samples = Mapping[tuple[str, Labels], float]
"""Every number by its metric's name and the values of its labels, in the metric's order."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric, a gauge: its name, what it says, and its labels."""

    name: str
    meaning: str
    labels: tuple[str, ...] = ("database",)


_JOB = ("database", "greenroom_job")  # "job" is Prometheus's own word, for what it scrapes
_SERVICE = ("database", "service")

LAST_SUCCESS = Metric("greenroom_job_last_success_timestamp_seconds", "When the job last ended well.", _JOB)
LAST_END = Metric("greenroom_job_last_end_timestamp_seconds", "When the job last ended, however.", _JOB)
OUTCOME = Metric("greenroom_job_last_outcome", "1 for how the job last ended, 0 for the others.", (*_JOB, "outcome"))
IN_PART = Metric("greenroom_job_in_part", "1 if the job did less than it was asked for the last time, else 0.", _JOB)
DURATION = Metric("greenroom_job_duration_seconds", "How long the job took the last time.", _JOB)
STEP = Metric("greenroom_job_step_duration_seconds", "How long each step took the last time.", (*_JOB, "step"))
ROWS = Metric("greenroom_job_rows", "How many rows the job seeded the last time.", _JOB)
AWAY = Metric("greenroom_staging_away_seconds", "How long nobody could reach staging during the last swap.")
DRIFT = Metric("greenroom_drift_items", "How many objects of staging differ from production, unexplained.")
REHEARSAL = Metric("greenroom_rehearsal_passed", "1 if the next release's migrations went well, 0 if one failed.")
HEALTHY = Metric("greenroom_service_healthy", "1 if the service answered as it is to after the last swap.", _SERVICE)
LATENCY = Metric("greenroom_service_answer_seconds", "How long its last answer took then.", _SERVICE)
BACKUP = Metric("greenroom_backup_newest_timestamp_seconds", "When the newest backup in the store was taken.")
BYTES = Metric("greenroom_backup_bytes", "The size of the newest backup, encrypted.")
BACKUP_ROWS = Metric("greenroom_backup_rows", "How many rows the newest backup has.")
TESTED = Metric("greenroom_restore_test_timestamp_seconds", "When a backup was last restored to test it.")
TEST_PASSED = Metric("greenroom_restore_test_passed", "1 if that restore gave what was backed up, 0 if not.")
RECOVERY = Metric("greenroom_recovery_seconds", "How long that restore took.")
OBJECTIVE = Metric("greenroom_recovery_objective_seconds", "How long a recovery may take, by the settings.")

_OF_A_JOB = (LAST_SUCCESS, LAST_END, OUTCOME, IN_PART, DURATION, STEP, ROWS)
_OF_STAGING = (AWAY, DRIFT, REHEARSAL, BACKUP, BYTES, BACKUP_ROWS, TESTED, TEST_PASSED, RECOVERY, OBJECTIVE)
_OF_SERVICES = (HEALTHY, LATENCY)
METRICS = (*_OF_A_JOB, *_OF_STAGING, *_OF_SERVICES)
_LASTING = {LAST_SUCCESS.name, ROWS.name}
"""Of a job's numbers, those that a run which has none of its own leaves as they were."""


def measured(record: RunRecord, kept: KeptBackups | None, objective: timedelta, before: Samples) -> Samples:
    """The numbers after a run. What it does not know stays; `kept` is None if the store could not be asked."""
    job = (record.database, record.plain_job)
    staying = {key: value for key, value in before.items() if not _is_past(*key, record)}
    of_staging = {(metric.name, (record.database,)): value for metric, value in _of_staging(record, kept)}
    objectives = {(OBJECTIVE.name, (record.database,)): objective.total_seconds()}
    return staying | dict(_of_job(record, job)) | dict(_of_services(record)) | of_staging | objectives


def _is_past(name: str, labels: Labels, record: RunRecord) -> bool:
    """Whether a number is of what this run measures anew, or, of services, does not ask any more."""
    if name in {metric.name for metric in _OF_SERVICES}:
        return bool(record.health) and labels[0] == record.database
    of_a_job = {metric.name for metric in _OF_A_JOB} - _LASTING
    return name in of_a_job and labels[:2] == (record.database, record.plain_job)


def _of_services(record: RunRecord) -> Iterator[tuple[tuple[str, Labels], float]]:
    for service in record.health:
        labels = (record.database, service.name)
        yield (HEALTHY.name, labels), float(service.well)
        if service.seconds is not None:
            yield (LATENCY.name, labels), service.seconds


def _of_job(record: RunRecord, job: Labels) -> Iterator[tuple[tuple[str, Labels], float]]:
    if record.ending is Ending.DONE:
        yield (LAST_SUCCESS.name, job), record.ended.timestamp()
    yield (LAST_END.name, job), record.ended.timestamp()
    yield (DURATION.name, job), record.seconds
    yield (IN_PART.name, job), float(record.in_part)
    for ending in Ending:
        yield (OUTCOME.name, (*job, str(ending))), float(record.ending is ending)
    for step in record.steps:  # a step that was tried again counts as often as it was carried out, the last time here
        yield (STEP.name, (*job, step.name)), step.seconds
    if record.rows and record.ending is Ending.DONE:
        yield (ROWS.name, job), float(record.rows)


def _of_staging(record: RunRecord, kept: KeptBackups | None) -> Iterator[tuple[Metric, float]]:
    if record.away_seconds is not None:
        yield AWAY, record.away_seconds
    if record.drift is not None:
        yield DRIFT, float(record.drift)
    if record.rehearsal:
        yield REHEARSAL, float(record.rehearsal.promoted)
    if kept and kept.newest:
        yield BACKUP, kept.newest.taken_at.timestamp()
        yield BYTES, float(kept.newest.manifest.cipher_bytes)
        yield BACKUP_ROWS, float(kept.newest.manifest.rows)
    if kept and kept.tested:
        yield TESTED, kept.tested.at.timestamp()
        yield TEST_PASSED, float(kept.tested.passed)
        yield RECOVERY, kept.tested.seconds
