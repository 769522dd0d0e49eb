"""Going on where a run died while seeding: the candidate it left half filled, and whether that is what is wanted."""

from collections.abc import Callable
from datetime import datetime, timedelta

from catalog.errors import GreenroomError
from catalog.findings import noted
from catalog.fingerprint import fingerprint
from catalog.model import Catalog
from database.facts import database_facts
from database.session import DatabaseError, reading, writing
from database.wholes.ledger import Ledger, close_ledger, open_ledger, read_ledger
from database.wholes.lifecycle import end_sessions, maintenance
from factories.digests import plan_digest
from factories.plan import SeedPlan
from factories.seed import Seeded
from operations.run import Run

STILL_FRESH = timedelta(hours=24)


def unfinished(run: Run) -> Ledger | None:
    """The ledger of the candidate that a dead run left half filled, if its history ends when this run's may end."""
    candidate = run.staging.candidate
    with maintenance(run.staging) as server:
        if database_facts(server, candidate.database) is None:
            return None
    try:
        with reading(candidate) as connection:
            found = read_ledger(connection)
    except (GreenroomError, DatabaseError):  # half created, or half dropped
        return None
    return found if found and ends_well(found.anchor, run.settings.anchor, run.started) else None


def ends_well(anchor: datetime, asked: datetime | None, now: datetime) -> bool:
    """Whether history that ends at the anchor is what is asked for: that moment or, if none is, one not a day ago."""
    return anchor == asked if asked else timedelta() <= now - anchor <= STILL_FRESH


def follow(run: Run, catalog: Catalog, draw: Callable[[], SeedPlan]) -> SeedPlan:
    """The plan of the run that died, if this run's is the same but for the moment; else this run's own.

    `draw` draws up a plan for the run's anchor.
    """
    if run.story.unfinished:
        run.story.anchor = run.story.unfinished.anchor
        plan = draw()
        if ledger_for(run, catalog, plan) == run.story.unfinished:
            return plan
        run.story.anchor = None
    return draw()


def ledger_for(run: Run, catalog: Catalog, plan: SeedPlan) -> Ledger:
    """The ledger of a candidate that is filled by this plan."""
    return Ledger(plan_digest(plan, fingerprint(catalog)), run.anchor)


def begin_ledger(run: Run, ledger: Ledger) -> None:
    """Open the candidate's ledger: from here on it is worth going on with."""
    with writing(run.staging.candidate) as connection:
        open_ledger(connection, ledger)


def end_ledger(run: Run) -> None:
    """Close the candidate's ledger: from here on nobody loads into it, and it is no longer worth going on with."""
    with writing(run.staging.candidate) as connection:
        close_ledger(connection)


def end_others(run: Run) -> None:
    """End whoever is on the candidate: workers of a dead run, or of a try that was given up."""
    with maintenance(run.staging) as server:
        candidate = database_facts(server, run.staging.candidate.database)
        end_sessions(server, [candidate.oid] if candidate else [])


def tell(run: Run, seeded: Seeded) -> str:
    """What a resumed run says of itself, in its report and as a clause; nothing if it began afresh."""
    if not seeded.before:
        return ""
    told = f"{len(seeded.before)} of {seeded.chunks} chunks were already in"
    run.story.facts.append(("Resumed", told))
    if run.settings.anchor is None:
        what = f"seeded history ends at {run.anchor:%Y-%m-%d %H:%M:%S} UTC, when the run began that died while seeding"
        run.story.findings.append(noted("resumed", what, "To have it end at another moment: --anchor TIME."))
    return f"; resumed: {told}"
