"""The levels of access to staging: planned from the settings for a database, judged, told in the report."""

from collections.abc import Iterator, Sequence
from contextlib import suppress

from catalog.findings import Finding, noted
from database.endpoints import Endpoint, Scratch, Staging
from database.facts import DatabaseFacts, database_facts
from database.rights.access import AccessPlan, Holder, tell
from database.rights.holders import judge, read_standing
from database.wholes.lifecycle import maintenance
from database.wholes.marker import GOLDEN, STAGING, read_marker
from operations.run import Run
from operations.settings.settings import Settings

_NAMED = 5


def judge_access(settings: Settings, staging: Staging, database: DatabaseFacts) -> tuple[Finding, ...]:
    """What stands in the way of the levels that the settings give; nothing is asked if they give none."""
    if not settings.access:
        return ()
    with maintenance(staging) as server:
        standing = read_standing(server, database.owner, settings.access)
    url = settings.production_database_url
    production_role = Endpoint.parse(url.get_secret_value()).user if url else ""
    return judge(settings.access, standing, production_role)


def plan_access(run: Run, beginning: Staging | Scratch, *others: Scratch) -> AccessPlan:
    """Who is to have which level now, and who had one in the databases that are the beginning and has it no longer.

    The first of them says who the owner is.
    """
    with maintenance(run.staging) as server:
        facts = database_facts(server, beginning.database)
        former = _former(facts, *(database_facts(server, other.database) for other in others))
        if facts is None or not (run.settings.access or former):
            return AccessPlan()
        standing = read_standing(server, facts.owner, (*run.settings.access, *former))
    return standing.plan(run.settings.access, former)


def tell_access(run: Run, plan: AccessPlan, not_done: Sequence[str], open_to_all: Sequence[str] = ()) -> None:
    """Put into the report who has what, who lost it, what could not be given, and what is open to everybody."""
    if plan.roles:
        run.story.facts.append(("Access", tell(plan.holders)))
    run.story.findings.extend(_told(run, plan, not_done))
    if open_to_all:
        more = f" and {len(open_to_all) - _NAMED} more" if open_to_all[_NAMED:] else ""
        what = f"everybody may, whatever their level: {', '.join(open_to_all[:_NAMED])}{more}"
        run.story.findings.append(noted("access", what, "Revoke it FROM PUBLIC on staging; the next refresh follows."))


def _told(run: Run, plan: AccessPlan, not_done: Sequence[str]) -> Iterator[Finding]:
    left_out = [holder for holder in run.settings.access if holder not in plan.holders]
    if left_out:
        what = f"roles that cannot have their level were passed over: {', '.join(holder.role for holder in left_out)}"
        yield noted("access", what, "greenroom doctor says why.")
    if plan.lost:
        yield noted("access", f"lost their level: {tell(plan.lost)}")
    if not_done:
        what = f"{len(not_done)} statements for the levels of access were not ours to run: {not_done[0]}"
        yield noted("access", what, f"Run as a superuser of staging: {'; '.join(not_done)}")


def _former(*found: DatabaseFacts | None) -> tuple[Holder, ...]:
    comments = [facts.comment for facts in found if facts]
    markers = [read_marker(comment, opening) for comment in comments for opening in (STAGING, GOLDEN)]
    return tuple(dict.fromkeys(holder for marker in markers if marker for holder in _holders(marker.access)))


def _holders(told: Sequence[str]) -> Iterator[Holder]:
    for text in told:
        with suppress(ValueError):  # a level of another version, or a comment edited by hand
            yield Holder.parse(text)
