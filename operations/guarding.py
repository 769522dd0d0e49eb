"""Gathering the facts and asking every guard; reads only."""

from collections.abc import Collection
from dataclasses import dataclass

from catalog.errors import Failure, Refusal
from catalog.findings import Finding, noted, passed
from database import guards
from database.attempts import try_to_read
from database.endpoints import BESIDE, Production, Scratch, Staging
from database.facts import (
    DatabaseFacts,
    Held,
    ProductionFacts,
    ServerFacts,
    database_facts,
    databases_of_others,
    held_databases,
    production_facts,
    server_facts,
)
from database.programs import for_dump, for_restore
from database.session import reading
from database.shape.surroundings import fits, read_offer, read_surroundings
from database.wholes.lifecycle import maintenance
from database.wholes.marker import Marker, read_marker
from operations.settings.settings import Settings


@dataclass(frozen=True, slots=True)
class StagingFacts:
    """The staging server, the database on it, what holds that or one beside it, and the bytes of the golden's spare.

    `others` are those beside it, but for the spare, that belong to a role which ours may not act as, each with that.
    """

    server: ServerFacts
    database: DatabaseFacts
    held: tuple[Held, ...]
    spare: int = 0
    others: tuple[tuple[str, str], ...] = ()


def staging_marker(staging: Staging) -> Marker:
    """What the marker of the database that is staging now says; nothing if it has none, or there is no database."""
    with maintenance(staging) as server:
        facts = database_facts(server, staging.database)
    return (facts and read_marker(facts.comment)) or Marker()


def look_at_staging(staging: Staging) -> StagingFacts:
    """What the staging server says of itself and of staging.

    Raises Refusal if it cannot be reached, has no such database, or if no database can be named beside it.
    """
    names = [staging.database, *(staging.beside(role).database for role in BESIDE)]
    try:
        with maintenance(staging) as connection:
            server = server_facts(connection, staging)
            database = database_facts(connection, staging.database)
            held = held_databases(connection, names)
            spare = database_facts(connection, staging.spare.database)
            others = databases_of_others(connection, [name for name in names[1:] if name != staging.spare.database])
    except Failure as failure:
        raise Refusal(failure.what, why=failure.why, todo=failure.todo) from failure
    if database is None:
        todo = f'Create it and mark it: greenroom mark-staging --database "{staging.database}" --create'
        raise Refusal(f'there is no database "{staging.database}" on {staging.host}:{staging.port}', todo=todo)
    return StagingFacts(server, database, held, spare.size if spare else 0, others)


def look_at_production(production: Production) -> ProductionFacts:
    """What production's catalog says of the database and of what our role may do; Refusal if it is out of reach."""
    try:
        with reading(production) as connection:
            return production_facts(connection, production)
    except Failure as failure:
        raise Refusal(failure.what, why=failure.why, todo=failure.todo) from failure


def judge_staging(
    facts: StagingFacts, allow: Collection[str], *, builds: int = 2, keeps_spare: bool = False
) -> tuple[Finding, ...]:
    """The guards that concern staging alone; `builds` is how many databases of its size are built beside it.

    The spare's room is theirs, unless the job `keeps_spare`.
    """
    findings = (
        guards.replaceable(facts.database),
        guards.marked(facts.database),
        guards.encrypted(facts.server, "staging", allow),
        guards.direct(facts.server, "staging"),
        guards.primary(facts.server),
    )
    if not builds:
        return findings
    room = 0 if keeps_spare else facts.spare
    return (
        *findings,
        guards.let_go(facts.held),
        *((guards.ours_beside(facts.server, facts.others),) if builds > 1 else ()),
        guards.may_create(facts.server),
        guards.acts_as_owner(facts.server, facts.database),
        guards.enough_disk(facts.server, max(0, facts.database.size * builds - room)),
    )


def judge_apart(settings: Settings, staging: StagingFacts) -> tuple[Finding, ...]:
    """The guards that keep staging apart from production, for jobs that ask production nothing else.

    Where production is out of reach from here, that is noted.
    """
    if settings.production_database_url is None:
        return ()
    try:
        production = look_at_production(settings.production())
    except Refusal as refusal:
        return (noted("same-database", f"production could not be asked whether it is staging: {refusal.what}"),)
    return (
        guards.not_same_database(production, staging.server, staging.database),
        guards.production_not_marked(production),
    )


def judge_scratch_server(settings: Settings, at: Scratch) -> tuple[Finding, ...]:
    """The guard that keeps production apart from the server on which backups are tried; noted if it is out of reach."""
    if settings.production_database_url is None:
        return ()
    try:
        production = look_at_production(settings.production())
    except Refusal as refusal:
        what = f"production could not be asked whether backups are tried on its server: {refusal.what}"
        return (noted("scratch-server", what),)
    with maintenance(at) as connection:
        return (guards.not_tried_on_production(production, server_facts(connection, at)),)


def judge_production(production: ProductionFacts, staging: StagingFacts, allow: Collection[str]) -> tuple[Finding, ...]:
    """The guards that concern production, and production beside staging."""
    return (
        guards.not_same_database(production, staging.server, staging.database),
        guards.production_not_marked(production),
        guards.not_same_server(production, staging.server, allow),
        guards.read_only(production),
        guards.direct(production.server, "production"),
        guards.cannot_read_rows(production, allow),
        guards.lockable(production),
        guards.encrypted(production.server, "production", allow),
        guards.versions_fit(production.server.major, staging.server.major),
    )


def judge_attempts(settings: Settings, production: ProductionFacts) -> tuple[Finding, ...]:
    """Whether a SELECT on production fails that has to; none is tried as a role that could read by its privileges."""
    if not guards.cannot_read_rows(production, ()).good:
        return ()
    with reading(settings.production()) as connection:
        return (guards.denied_rows(try_to_read(connection), production.server.role),)


def judge_without_production(settings: Settings, staging: StagingFacts) -> tuple[Finding, ...]:
    """What can still be asked of production where its shape comes from elsewhere, and what cannot."""
    if settings.production_database_url is not None:
        return judge_apart(settings, staging)
    what = "PRODUCTION_DATABASE_URL is not set: that staging is no production rests on the marker alone"
    return (noted("same-database", what),)


def judge_surroundings(settings: Settings, staging: Staging) -> tuple[Finding, ...]:
    """What production's schema stands on, beside what staging's server offers; asked of both, changing neither."""
    with reading(settings.production()) as connection:
        needed = read_surroundings(connection)
    with maintenance(staging) as server:
        return fits(needed, read_offer(server, staging.database), settings.skip_extensions)


def programs_fit(settings: Settings, source_major: int, staging_major: int) -> Finding:
    """The programs that dump the source and restore into staging; raises Refusal if none fit."""
    dump = for_dump(source_major, settings.pg_bin)
    restore = for_restore(staging_major, dump.major, settings.pg_bin)
    return passed("programs", f"{dump} dumps, pg_restore {restore.major} ({restore.origin}) restores")
