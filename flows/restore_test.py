"""Every month: the proof that a backup restores, and how long that takes.

guard → choose the backups → restore and compare, each
"""

from prefect import flow
from prefect.client.schemas.objects import State

from flows.carrying import under_prefect
from operations.backup import backup_jobs


@flow(name="restore-test", timeout_seconds=4 * 3600, validate_parameters=True)
def restore_test(backup: str = "") -> State[None]:
    """Restore backups into a scratch database, compare them with their manifests, measure the recovery time, drop it.

    Args:
        backup: A backup's name; empty means staging's newest, and of the older ones the one least lately tested.
    """
    return under_prefect("restore-test", lambda run, do: backup_jobs.restore_test(run, do, backup))
