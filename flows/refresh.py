"""Every Sunday night: staging rebuilt in production's shape.

    guard → pull the snapshot → restore it into the shadow → read the catalog → draw up the seed plan → back up staging
    → create the candidate and its tables → seed → finish → verify → keep the golden → promote → after the refresh

`operations.jobs.refresh` is that sequence; here each of its steps is a task, and the run ends in artifacts.
"""

from prefect import flow

from flows.carrying import under_prefect
from flows.parameters import Allow, Anchor, Backup, Seed, Strict, Volume
from operations import jobs


@flow(name="refresh-staging", timeout_seconds=4 * 3600, validate_parameters=True)
def refresh_staging(
    seed: Seed = None,
    profile: Volume = None,
    anchor: Anchor = None,
    backup: Backup = True,
    strict: Strict = None,
    allow: Allow = None,
) -> None:
    """Rebuild staging in production's shape, never with its rows, filled with test data; nothing unproven goes live."""
    under_prefect(
        "refresh-staging",
        lambda run, do: jobs.refresh(run, do, run.settings.production(), backup=backup),
        seed=seed,
        profile=profile,
        anchor=anchor,
        strict=strict,
        allow=allow,
    )
