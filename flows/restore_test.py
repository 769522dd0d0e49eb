"""Every month: the proof that a backup restores, and how long that takes.

guard → choose the backup → restore and compare
"""

from prefect import flow
from prefect.client.schemas.objects import State

from flows.carrying import under_prefect
from operations import jobs


@flow(name="restore-test", timeout_seconds=4 * 3600, validate_parameters=True)
def restore_test(backup: str = "") -> State[None]:
    """Restore a backup into a scratch database, compare it with its manifest, measure the recovery time, drop it.

    Args:
        backup: A backup's name; empty means staging's newest.
    """
    return under_prefect("restore-test", lambda run, do: jobs.restore_test(run, do, backup))
