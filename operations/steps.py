"""The steps that a refresh and a reseed are made of: each has one effect, tells what it did, and gives a value."""

from collections.abc import Sequence

from catalog.errors import Failure
from catalog.model import TableName
from database.rights.grants import AnyGrant
from database.session import writing
from database.shadow.oracle import ShadowOracle
from database.wholes.ledger import Ledger
from database.wholes.lifecycle import maintenance
from factories.given.keeping import asked_of_seeding, without_kept
from factories.given.rows import GivenRows
from factories.keys.fan_out import FanOut
from factories.plan import Profile, SeedPlan, SeedRequest, draw_up
from factories.seed import Seeded, seed
from factories.written.loading import load_factories
from operations import beginning, resuming, telling
from operations.access import plan_access, tell_access
from operations.bookkeeping import revision_tables, tool_tables
from operations.given import given_rows
from operations.keeping.carrying import Account, Carried
from operations.keeping.steps import Foreseen, expected_rows
from operations.report.figures import tally_constraints
from operations.run import Run
from operations.scenarios.fitting import fitted
from operations.shape.crossing import scope_of
from operations.shape.shaping import Shape, is_stagings_own, roles_of
from schema_sync import build, promote
from schema_sync import finish as finishing
from schema_sync.verify import verify as read_verdict
from schema_sync.verify import verify_constraints

guard = beginning.guard
"""The step that every job begins with."""


def read_factories(run: Run) -> None:
    """Read the team's own factories from where the settings say."""
    with run.step("read the factories") as note:
        run.factories = load_factories(run.settings.factories) if run.settings.factories else ()
        note.text = f"{len(run.factories)} in {run.settings.factories}"


def clear_leftovers(run: Run, *, resume: bool = False) -> None:
    """Drop what a run that died left beside staging; with `resume`, keep a candidate that it left half filled."""
    with run.step("clear leftovers") as note, maintenance(run.staging) as server:
        run.story.unfinished = resuming.unfinished(run) if resume else None
        dropped = promote.clear_leftovers(server, run.staging, candidate=run.story.unfinished is None)
        told = [f"dropped {', '.join(dropped)}"] if dropped else []
        if run.story.unfinished:
            told.append(f'kept "{run.staging.candidate.database}", which a run left half filled')
        note.text = "; ".join(told) or "nothing was left"


def draw_up_plan(
    run: Run, shape: Shape, migrated: tuple[GivenRows, ...] = (), kept: Carried | Foreseen | None = None
) -> SeedPlan:
    """Decide every table's rows and every column's generator; PostgreSQL itself judges them in the shadow.

    `migrated` are the rows of the application's own migrations. Of tables with `kept` rows the plan knows only whom
    others may point at, and fills none of them.
    """
    with run.step("draw up the seed plan") as note:

        def draw() -> SeedPlan:
            catalog, asked = shape.catalog, request(run, shape, migrated)  # anew for each: its anchor may be another
            if kept:
                catalog, asked = asked_of_seeding(catalog, asked, kept.parents)
            with writing(run.staging.shadow) as shadow:
                return draw_up(catalog, asked, ShadowOracle(shadow))

        drawn = resuming.follow(run, shape.catalog, draw)
        plan = without_kept(drawn, {given.table for given in kept.parents}) if kept else drawn
        run.story.tables = telling.tables(plan, shape.catalog, shape.revisions)
        run.story.findings.extend(fitted(run.settings, shape.catalog).findings)
        run.story.findings.extend(telling.left_empty(plan))
        run.story.findings.extend(telling.not_received(plan))
        run.story.findings.extend(telling.passed_over(plan))
        run.story.findings.extend(telling.unmet_names(plan))
        run.story.samples = telling.samples(plan)
        run.story.personas = telling.personas(plan, shape.catalog, run.settings.personas)
        run.story.sign_in = telling.sign_in_rows(plan, shape.catalog)
        run.story.facts.extend(telling.signing_in(run.story.personas))
        note.text = f"{plan.rows} rows in {len(plan.tables)} tables, {len(plan.left_empty)} left empty"
        return plan


def request(run: Run, shape: Shape, migrated: tuple[GivenRows, ...] = ()) -> SeedRequest:
    """What the settings ask of seeding, with the rows they give and those `migrated`.

    The tables of migration tools are not seeded unless the settings ask for it. Raises Refusal for what does not fit.
    """
    settings, catalog = run.settings, shape.catalog
    given = (*given_rows(run, catalog), *migrated)
    tools = tool_tables(catalog).keys() - {rows.table for rows in given}
    told = fitted(settings, catalog)
    rows = {str(name): 0 for name in (*revision_tables(catalog), *tools)} | told.rows
    return SeedRequest(
        seed=settings.seed,
        profile=Profile(settings.profile),
        anchor=run.anchor,
        time_zone=str(settings.time_zone),
        locale=settings.locale,
        fan_out=FanOut(settings.fan_out),
        rows=rows,
        strict=settings.strict,
        given=given,
        exclude=told.exclude,
        factories=run.factories,
        code=next((sources.digest for factory in run.factories if (sources := factory.sources())), ""),
        names=settings.names,
        messy=settings.messy,
        sign_ins=run.sign_ins,
        contents_allowed=settings.contents_allowed,
    )


def build_tables(run: Run, shape: Shape, plan: SeedPlan) -> Ledger:
    """Create the candidate and its tables, without a key, an index or a trigger, and its ledger.

    A candidate that a dead run left half filled by the same plan is taken as it is.
    """
    with run.step("create the candidate and its tables") as note:
        ledger, run.story.building = resuming.ledger_for(run, shape.catalog, plan), True
        note.text = f'"{run.staging.candidate.database}"'
        if run.story.unfinished == ledger:
            note.text += " is the one that a run left half filled"
        else:
            _build_candidate(run, shape)
            resuming.begin_ledger(run, ledger)
        run.story.unfinished = None
        return ledger


def turn_shadow(run: Run) -> None:
    """Make the shadow the candidate, its keys included: they have no row to prove. Safe to run twice."""
    with run.step("create the candidate") as note, maintenance(run.staging) as server:
        run.story.unfinished, run.story.building = None, True
        build.turn_into(server, run.staging.shadow, run.staging.candidate)
        note.text = f'"{run.staging.candidate.database}" is the shadow: no table gets a row'


def build_for_kept_rows(run: Run, shape: Shape) -> None:
    """Create the candidate and its tables for rows of staging to be carried into, before there is a plan."""
    with run.step("create the candidate and its tables") as note:
        run.story.building = True
        _build_candidate(run, shape)
        note.text = f'"{run.staging.candidate.database}"'


def _build_candidate(run: Run, shape: Shape) -> None:
    with maintenance(run.staging) as server:
        build.build_empty(server, shape.blueprint, run.staging.candidate, run.staging.database)
    build.build_tables(shape.blueprint, run.staging.candidate)


def open_ledger(run: Run, shape: Shape, plan: SeedPlan) -> Ledger:
    """Open the ledger of a candidate that rows have been carried into; no other run goes on with it."""
    ledger = resuming.ledger_for(run, shape.catalog, plan)
    resuming.begin_ledger(run, ledger)
    return ledger


def seed_rows(run: Run, plan: SeedPlan, ledger: Ledger) -> Seeded:
    """Load by COPY the chunks of rows that are not in yet, several at once; safe to run twice."""
    with run.step("seed") as note:
        resuming.end_others(run)
        loaded = 0

        def tell(table: TableName, rows: int) -> None:
            nonlocal loaded
            loaded += rows
            run.watcher.progress(f"{loaded:,} of {plan.rows:,} rows ({table})")

        seeded = seed(
            plan,
            run.staging.candidate,
            digest=ledger.digest,
            workers=run.settings.workers,
            spread=run.spread,
            progress=tell,
        )
        note.text = f"{seeded.total} rows, {telling.rate(seeded)} rows per second{resuming.tell(run, seeded)}"
        return seeded


def finish(run: Run, shape: Shape, *, rows: bool = True) -> None:
    """Build indexes, keys, triggers and policies, which proves the rows; then sequences, grants, views, statistics.

    Without `rows` the candidate has the former already, and its policies are mapped: it was the shadow.
    """
    with run.step("finish") as note:
        candidate, snapshot = run.staging.candidate, shape.blueprint.snapshot
        if rows:
            resuming.end_ledger(run)
            build.build_keys(shape.blueprint, candidate)
        unfilled = finishing.finish(
            candidate,
            revision_tables=revision_tables(shape.catalog),
            revisions=shape.revisions,
            views=shape.catalog.materialized_views,
            roles=roles_of(run, snapshot) if rows else {},
            rows=rows,
        )
        run.story.findings.extend(telling.unfilled_views(unfilled))
        lost = give_grants_of(run, () if is_stagings_own(run, snapshot) else snapshot.grants)
        note.text = f"{len(lost)} grants no longer fit" if lost else _finished(rows=rows)


def _finished(*, rows: bool) -> str:
    return "keys, sequences, grants, views, statistics" if rows else "sequences, grants, views; no row to prove"


def verify(run: Run, shape: Shape, plan: SeedPlan, kept: Account | None = None) -> None:
    """Judge the candidate; raises Failure, with staging untouched, unless every check passes."""
    with run.step("verify") as note:
        expected = {table.name: table.rows for table in plan.tables}
        expected = expected_rows(expected, kept) if kept else expected
        expected |= dict.fromkeys(revision_tables(shape.catalog), len(shape.revisions))
        loaded = kept.loaded if kept else {}
        scope = scope_of(run.settings, shape.catalog, plan.request.given, loaded)
        findings = read_verdict(run.staging.candidate, shape.catalog, shape.unproven, expected, scope)
        run.story.findings.extend(findings)
        bad = [finding for finding in findings if not finding.good]
        if bad:
            raise Failure("the candidate did not pass", why="; ".join(map(str, bad)), todo=bad[0].todo)
        run.story.constraints = telling.constraints(verify_constraints(run.staging.candidate, expected))
        run.story.facts.append(("Constraints", tally_constraints(run.story.constraints)))
        note.text = f"{len(findings)} checks passed"


def give_grants(run: Run) -> None:
    """Give a restored candidate what roles hold on the staging it replaces."""
    with run.step("give grants") as note:
        lost = give_grants_of(run, ())
        note.text = f"{len(lost)} grants no longer fit" if lost else "all given"


def give_grants_of(run: Run, production: Sequence[AnyGrant]) -> tuple[AnyGrant, ...]:
    """Give the candidate its grants and levels of access; returns the grants that fit nothing there."""
    candidate, access = run.staging.candidate, plan_access(run, run.staging)
    lost = finishing.give_grants_to(candidate, run.staging, production, dict(run.settings.roles), access.roles)
    run.story.findings.extend(telling.lost_grants(lost))
    tell_access(run, access, *finishing.give_access_to(candidate, access))
    return lost
