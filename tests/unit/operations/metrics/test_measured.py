"""What the numbers are after a run."""

from datetime import timedelta

from operations.backup.kept_backups import KeptBackups
from operations.metrics import METRICS, Samples, measured
from operations.record import Ending, HealthRecord, MigrationRecord, RehearsalRecord, StepRecord, TableRecord
from tests.unit.operations.outcomes import NOW, kept, record

HOURS = timedelta(hours=4)


def of(samples: Samples, name: str) -> dict[tuple[str, ...], float]:
    """The values of one metric by its labels, but for the database."""
    assert f"greenroom_{name}" in {metric.name for metric in METRICS}
    return {labels[1:]: value for (metric, labels), value in samples.items() if metric == f"greenroom_{name}"}


def test_a_good_run_is_told_in_full() -> None:
    """When it ended, how, how long it and its steps took, its rows, and how long staging was away."""
    steps = (StepRecord("guard", 0.5, Ending.DONE), StepRecord("seed", 60, Ending.DONE))
    run = record(steps=steps, tables=(TableRecord("users", 7),), away_seconds=0.012, drift=0)
    samples = measured(run, kept(2), HOURS, {})
    assert of(samples, "job_last_success_timestamp_seconds") == {("refresh",): NOW.timestamp()}
    assert of(samples, "job_last_end_timestamp_seconds") == {("refresh",): NOW.timestamp()}
    assert of(samples, "job_last_outcome") == {
        ("refresh", "done"): 1,
        ("refresh", "refused"): 0,
        ("refresh", "failed"): 0,
    }
    assert of(samples, "job_duration_seconds") == {("refresh",): 90}
    assert of(samples, "job_step_duration_seconds") == {("refresh", "guard"): 0.5, ("refresh", "seed"): 60}
    assert of(samples, "job_rows") == {("refresh",): 7}
    assert of(samples, "staging_away_seconds") == {(): 0.012}
    assert of(samples, "drift_items") == {(): 0}


def test_what_the_store_has_is_told() -> None:
    """When the newest backup was taken, its size, its rows; and how the last restore test went."""
    samples = measured(record(), kept(2, passed=False, seconds=61), HOURS, {})
    then = (NOW - timedelta(hours=2)).timestamp()
    assert of(samples, "backup_newest_timestamp_seconds") == {(): then}
    assert (of(samples, "backup_bytes"), of(samples, "backup_rows")) == ({(): 1000}, {(): 7})
    assert of(samples, "restore_test_timestamp_seconds") == {(): then}
    assert (of(samples, "restore_test_passed"), of(samples, "recovery_seconds")) == ({(): 0}, {(): 61})
    assert of(samples, "recovery_objective_seconds") == {(): 14400}


def test_a_bad_run_leaves_the_last_success_and_its_rows() -> None:
    """The last success stays, the outcome changes, and steps that it did not reach are gone."""
    seeded = record(steps=(StepRecord("seed", 60, Ending.DONE),), tables=(TableRecord("t", 7),))
    good = measured(seeded, None, HOURS, {})
    bad = measured(record(ending=Ending.FAILED, steps=(StepRecord("guard", 1, Ending.FAILED),)), None, HOURS, good)
    assert of(bad, "job_last_success_timestamp_seconds") == of(good, "job_last_success_timestamp_seconds") != {}
    assert of(bad, "job_rows") == {("refresh",): 7}
    assert of(bad, "job_last_outcome")["refresh", "failed"] == 1
    assert of(bad, "job_last_outcome")["refresh", "done"] == 0
    assert of(bad, "job_step_duration_seconds") == {("refresh", "guard"): 1}


def test_jobs_and_stagings_do_not_touch_each_other() -> None:
    """What another job or another staging left stays as it was."""
    others = {("greenroom_drift_items", ("other",)): 3.0, ("greenroom_job_duration_seconds", ("other", "refresh")): 5.0}
    before = measured(record("backup"), kept(2), HOURS, others)
    after = measured(record("refresh", drift=1), None, HOURS, before)
    assert {key: value for key, value in after.items() if key in before} == before
    assert after["greenroom_drift_items", ("app",)] == 1


def test_what_a_run_does_not_know_stays() -> None:
    """A store that does not answer, or a job without a swap, leaves the numbers, so that their age shows."""
    before = measured(record(away_seconds=0.5), kept(2), HOURS, {})
    for store in (None, KeptBackups()):
        after = measured(record("drift", drift=2), store, HOURS, before)
        assert of(after, "backup_newest_timestamp_seconds") == of(before, "backup_newest_timestamp_seconds")
        assert of(after, "staging_away_seconds") == {(): 0.5}


def test_a_rehearsal_is_told() -> None:
    """Whether the next release's migrations went well."""
    failed = RehearsalRecord("r", "failed", False, (MigrationRecord("0002", "m", 1, failed="no"),))
    assert of(measured(record(rehearsal=failed), None, HOURS, {}), "rehearsal_passed") == {(): 0}
    well = RehearsalRecord("r", "all went well", True)
    assert of(measured(record(rehearsal=well), None, HOURS, {}), "rehearsal_passed") == {(): 1}


def test_services_are_told_and_forgotten_when_they_are_not_asked_any_more() -> None:
    """One that gave no answer has no time; a run that asks none leaves all as they were."""
    backend = HealthRecord("backend", True, "answers in 20 ms", 0.02)
    first = measured(record(health=(backend, HealthRecord("worker", False, "cannot be reached"))), None, HOURS, {})
    assert of(first, "service_healthy") == {("backend",): 1, ("worker",): 0}
    assert of(first, "service_answer_seconds") == {("backend",): 0.02}
    assert of(measured(record("drift"), None, HOURS, first), "service_healthy") == {("backend",): 1, ("worker",): 0}
    assert of(measured(record(health=(backend,)), None, HOURS, first), "service_healthy") == {("backend",): 1}
