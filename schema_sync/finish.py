"""Finishing a loaded candidate: keys that prove the rows, sequences, grants, views, statistics."""

from collections.abc import Mapping, Sequence

from catalog.model import TableName
from database import finishing
from database.endpoints import Scratch, Staging
from database.grants import AnyGrant, give_grants, mapped, read_grants, withdraw_others
from database.session import seeing_all_rows, writing


def finish(
    candidate: Scratch,
    *,
    revision_tables: Sequence[TableName],
    revisions: Sequence[str],
    views: Sequence[TableName],
) -> None:
    """Set sequences past their columns, write Alembic's revisions, fill materialized views, analyze."""
    with writing(candidate) as connection:
        with seeing_all_rows(connection):
            finishing.set_sequences(connection)
            finishing.write_revisions(connection, revision_tables, revisions)
            finishing.refresh_views(connection, views)
        finishing.analyze(connection)


def give_grants_to(
    candidate: Scratch, staging: Staging, production: Sequence[AnyGrant], roles: Mapping[str, str]
) -> tuple[AnyGrant, ...]:
    """Give the candidate what roles hold on the staging it replaces, and what production's mapped roles hold there.

    Returns the grants that fit nothing in the candidate.
    """
    with writing(staging) as old:
        grants = read_grants(old)
    with writing(candidate) as new:
        return give_grants(new, tuple(dict.fromkeys((*grants, *mapped(production, roles)))))


def level_grants_with(candidate: Scratch, staging: Staging) -> tuple[AnyGrant, ...]:
    """Let roles hold on a cloned candidate what they hold on the staging it replaces, and nothing else.

    Returns the grants that fit nothing in the candidate.
    """
    with writing(staging) as old:
        grants = read_grants(old)
    with writing(candidate) as new:
        withdraw_others(new, grants)
        return give_grants(new, grants)
