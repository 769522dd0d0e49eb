"""Gathering the facts and asking every guard; reads only."""

from collections.abc import Collection
from dataclasses import dataclass

from catalog.errors import Failure, Refusal
from catalog.findings import Finding
from database import guards
from database.endpoints import Production, Staging
from database.facts import DatabaseFacts, ProductionFacts, ServerFacts, database_facts, production_facts, server_facts
from database.lifecycle import maintenance
from database.session import reading

_COPIES = 3  # staging, the candidate and its golden copy


@dataclass(frozen=True, slots=True)
class StagingFacts:
    """The staging server and the database on it."""

    server: ServerFacts
    database: DatabaseFacts


def look_at_staging(staging: Staging) -> StagingFacts:
    """What the staging server says of itself and of staging.

    Raises Refusal if it cannot be reached or has no such database.
    """
    try:
        with maintenance(staging) as connection:
            server = server_facts(connection, staging)
            database = database_facts(connection, staging.database)
    except Failure as failure:
        raise Refusal(failure.what, why=failure.why, todo=failure.todo) from failure
    if database is None:
        todo = f'Create it and mark it: greenroom mark-staging --database "{staging.database}" --create'
        raise Refusal(f'there is no database "{staging.database}" on {staging.host}:{staging.port}', todo=todo)
    return StagingFacts(server, database)


def look_at_production(production: Production) -> ProductionFacts:
    """What production's catalog says of the database and of what our role may do; Refusal if it is out of reach."""
    try:
        with reading(production) as connection:
            return production_facts(connection, production)
    except Failure as failure:
        raise Refusal(failure.what, why=failure.why, todo=failure.todo) from failure


def judge_staging(facts: StagingFacts, allow: Collection[str]) -> tuple[Finding, ...]:
    """The guards that concern staging alone."""
    return (
        guards.marked(facts.database),
        guards.replaceable(facts.database),
        guards.encrypted(facts.server, "staging", allow),
        guards.primary(facts.server),
        guards.may_create(facts.server),
        guards.enough_disk(facts.server, facts.database.size * _COPIES),
    )


def judge_production(production: ProductionFacts, staging: StagingFacts, allow: Collection[str]) -> tuple[Finding, ...]:
    """The guards that concern production, and production beside staging."""
    return (
        guards.not_same_database(production, staging.server, staging.database),
        guards.production_not_marked(production),
        guards.not_same_server(production, staging.server, allow),
        guards.read_only(production),
        guards.cannot_read_rows(production, allow),
        guards.encrypted(production.server, "production", allow),
        guards.versions_fit(production.server, staging.server),
    )
