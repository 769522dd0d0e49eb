"""The steps of a reseed from the golden: look at it, clone it, prove the clone."""

from catalog.compare import compare
from catalog.errors import Failure
from catalog.findings import refuse_unless_good
from database.endpoints import Staging
from database.facts import DatabaseFacts, database_facts
from database.session import Connection, reading
from database.shape.introspect import read_catalog
from database.wholes.lifecycle import exclusive, maintenance
from database.wholes.marker import read_marker
from operations.access import plan_access, tell_access
from operations.guarding import look_at_staging
from operations.run import Run
from schema_sync import cloning, finish
from schema_sync import golden as deciding
from schema_sync.golden import Golden

PATIENCE_SECONDS = 300  # for whoever clones the golden already: each takes seconds, and one waits for the other


def look_at_golden(run: Run) -> Golden:
    """The golden, if it is as its run left it and fits the staging there is; Refusal if not, or if there is none."""
    with run.step("look at the golden") as note:
        place = run.staging.golden
        with maintenance(run.staging) as server:
            marker = deciding.marker_of(database_facts(server, place.database), place.database, place.user)
            staging = _facts(run.staging)
        with exclusive(place, run.who, patience=PATIENCE_SECONDS, waiting=run.watcher.waiting):
            golden = Golden(marker, cloning.contents(place))
        with reading(run.staging) as connection:
            shape = read_catalog(connection)
        findings = deciding.belongs(golden, read_marker(staging.comment), shape)
        run.story.findings.extend(findings)
        refuse_unless_good(findings)
        run.story.changes = compare(shape, golden.contents.catalog)
        run.story.facts.append(("Rows", golden.told))
        note.text = f"rows come {golden.told}"
        return golden


def clone_golden(run: Run) -> None:
    """Make the spare the candidate, or copy the golden if it cannot be; with staging's owner; safe to run twice."""
    with run.step("clone the golden") as note:
        owner, run.story.building = _facts(run.staging).owner, True
        lock = exclusive(run.staging.golden, run.who, patience=PATIENCE_SECONDS, waiting=run.watcher.waiting)
        with lock as server:
            way = _take_or_clone(run, server, owner)
            cloned = database_facts(server, run.staging.candidate.database)
        note.text = f"{(cloned.size if cloned else 0) >> 20} MiB, {way}"


def _take_or_clone(run: Run, server: Connection, owner: str) -> str:
    if not (why := cloning.take_spare(server, run.staging, owner=owner)):
        return "the spare that was kept ready"
    passed_over = database_facts(server, run.staging.spare.database) is not None
    cloning.let_go_of_spare(server, run.staging)
    way = cloning.clone_golden(server, run.staging, run.staging.candidate, owner=owner)
    return f"{way}; the spare was passed over: {why}" if passed_over else str(way)


def verify_clone(run: Run, golden: Golden) -> None:
    """Judge the clone by the golden; raises Failure, with staging untouched, unless every check passes."""
    with run.step("verify") as note:
        findings = deciding.verdict(cloning.contents(run.staging.candidate), golden.contents)
        run.story.findings.extend(findings)
        if bad := [finding for finding in findings if not finding.good]:
            raise Failure("the candidate did not pass", why="; ".join(map(str, bad)), todo=bad[0].todo)
        note.text = f"{len(findings)} checks passed"


def level_grants(run: Run) -> None:
    """Let roles hold on the clone what they hold on the staging it replaces, and nothing else."""
    with run.step("give grants") as note:
        candidate, access = run.staging.candidate, plan_access(run, run.staging, run.staging.golden)
        lost = finish.level_grants_with(candidate, run.staging, access.roles)
        tell_access(run, access, *finish.give_access_to(candidate, access))
        note.text = f"{len(lost)} grants no longer fit" if lost else "as on staging"


def _facts(staging: Staging) -> DatabaseFacts:
    return look_at_staging(staging).database
