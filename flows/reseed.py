"""On demand, before user acceptance testing: fresh rows in the shape staging has.

guard → pull staging's own snapshot → … the same steps as a refresh … → promote → after the refresh

From the golden: guard → look at the golden → clear leftovers → back up staging → clone the golden → verify
→ give grants → promote → after the refresh → keep a spare

A golden's spare, if there is one, is not copied but renamed, and the next one is made at the end.
"""

from prefect import flow
from prefect.client.schemas.objects import State

from flows.carrying import under_prefect
from flows.parameters import Anchor, KeepRows, Scenario, Seed, Strict, Volume
from operations import jobs
from operations.run import Do, Run
from schema_sync.golden import refuse_choices


@flow(name="reseed-staging", timeout_seconds=4 * 3600, validate_parameters=True)
def reseed_staging(
    from_golden: bool = False,
    scenario: Scenario = None,
    seed: Seed = None,
    profile: Volume = None,
    anchor: Anchor = None,
    backup: bool = True,
    keep_rows: KeepRows = False,
    strict: Strict = None,
) -> State[None]:
    """Rebuild staging in the shape it has, with fresh test data; production is not asked for its shape.

    Args:
        from_golden: Copy the golden, what was promoted last, instead of seeding; takes seconds, and leaves no choice
            of seed, profile, anchor and strict.
        scenario: A named set of rows for acceptance testing: one of ours, or of your own folder; what else is asked
            for here goes before it.
        seed: The same seed gives the same rows.
        profile: How many rows: smoke (tens), uat (thousands) or load (millions).
        anchor: The moment at which analytics end, with its time zone; empty means the run's own moment.
        backup: Back staging up before it is replaced.
        keep_rows: Carry all rows over from the staging that is replaced; without it, those of the settings' `keep`.
        strict: Refuse if a table cannot be seeded, instead of leaving it empty.
    """
    asked = {"scenario": scenario, "seed": seed, "profile": profile, "anchor": anchor, "strict": strict}

    def work(run: Run, do: Do) -> str:
        if not from_golden:
            return jobs.reseed(run, do, backup=backup)
        refuse_choices(asked)
        return jobs.reseed_from_golden(run, do, backup=backup)

    return under_prefect(
        "reseed-staging",
        work,
        seeds=not from_golden,
        scenario=scenario,
        seed=seed,
        profile=profile,
        anchor=anchor,
        strict=strict,
        keep=["*"] if keep_rows else None,
    )
