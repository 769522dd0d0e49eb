"""On demand, before user acceptance testing: fresh rows in the shape staging has.

guard → pull staging's own snapshot → … the same steps as a refresh … → promote → after the refresh
"""

from prefect import flow

from flows.carrying import under_prefect
from flows.parameters import Anchor, Backup, Seed, Strict, Volume
from operations import jobs


@flow(name="reseed-staging", timeout_seconds=4 * 3600, validate_parameters=True)
def reseed_staging(
    seed: Seed = None,
    profile: Volume = None,
    anchor: Anchor = None,
    backup: Backup = True,
    strict: Strict = None,
) -> None:
    """Rebuild staging in the shape it has, with fresh test data; production is not asked for anything."""
    under_prefect(
        "reseed-staging",
        lambda run, do: jobs.reseed(run, do, backup=backup),
        seed=seed,
        profile=profile,
        anchor=anchor,
        strict=strict,
    )
