"""Every Sunday night: staging rebuilt in production's shape.

    guard → clear leftovers → drop expired previews → pull the snapshot → restore it into the shadow → read the catalog
    → draw up the seed plan → back up staging → create the candidate and its tables → seed → finish → verify
    → look at the rows → keep the golden → promote → after the refresh

`operations.jobs.refresh` is that sequence; here each of its steps is a task, and the run ends in artifacts. Where the
settings name them, the team's factories and the application's Alembic history are read first of all, and the history is
run before the plan is drawn up; with a key to Clerk, personas are made users there just before that plan. The next
release's migrations are rehearsed after verifying. What follows, before its command, may be to empty Redis, to restart
services and to wait for their health; what can be asked of that is asked first. Last of all, a large golden gets a
spare.
"""

from prefect import flow
from prefect.client.schemas.objects import State

from flows.carrying import under_prefect
from flows.parameters import Allow, Anchor, KeepRows, Scenario, Seed, Shape, Strict, Volume
from operations import jobs


@flow(name="refresh-staging", timeout_seconds=4 * 3600, validate_parameters=True)
def refresh_staging(
    shape: Shape = None,
    scenario: Scenario = None,
    seed: Seed = None,
    profile: Volume = None,
    anchor: Anchor = None,
    backup: bool = True,
    keep_rows: KeepRows = False,
    strict: Strict = None,
    allow: Allow = None,
) -> State[None]:
    """Rebuild staging in production's shape, never with its rows, filled with test data; nothing unproven goes live.

    Args:
        shape: Where the shape comes from: production, a path, s3://bucket/key, alembic:REVISION or snapshot:RUN; empty
            means what the settings say.
        scenario: A named set of rows for acceptance testing: one of ours, or of your own folder; what else is asked
            for here goes before it.
        seed: The same seed gives the same rows.
        profile: How many rows: smoke (tens), uat (thousands) or load (millions).
        anchor: The moment at which analytics end, with its time zone; empty means the run's own moment.
        backup: Back staging up before it is replaced.
        keep_rows: Carry all rows over from the staging that is replaced; without it, those of the settings' `keep`.
        strict: Refuse if a table cannot be seeded, instead of leaving it empty.
        allow: Guards to overrule by name; empty means those of the settings.
    """
    return under_prefect(
        "refresh-staging",
        lambda run, do: jobs.refresh(run, do, backup=backup),
        seeds=True,
        shape=shape,
        scenario=scenario,
        seed=seed,
        profile=profile,
        anchor=anchor,
        strict=strict,
        keep=["*"] if keep_rows else None,
        allow=allow,
    )
