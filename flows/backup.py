"""Every day: staging backed up, encrypted, and backups past their retention let go.

guard → back up staging → prune
"""

from prefect import flow
from prefect.client.schemas.objects import State

from flows.carrying import under_prefect
from operations.backup import backup_jobs


@flow(name="back-up-staging", timeout_seconds=4 * 3600)
def back_up_staging() -> State[None]:
    """Back staging up to the store, encrypted, and let go of what is older than the retention."""
    return under_prefect("back-up-staging", backup_jobs.back_up, whole=True)
