"""Finishing a loaded candidate: keys that prove the rows, sequences, grants, views, statistics."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from catalog.model import TableName
from database import finishing
from database.endpoints import Scratch, Staging
from database.rights.access import AccessPlan, open_to_all
from database.rights.carried_grants import closed_in, closed_later, mapped, on_new, without
from database.rights.giving_access import give_access
from database.rights.grants import AnyGrant, give_grants, read_grantables, read_grants, read_owner, withdraw_others
from database.rights.policies import map_policies
from database.session import reading, writing
from database.transactions import seeing_all_rows


def finish(
    candidate: Scratch,
    *,
    revision_tables: Sequence[TableName],
    revisions: Sequence[str],
    views: Sequence[TableName],
    roles: Mapping[str, str] = MappingProxyType({}),
    rows: bool = True,
) -> tuple[finishing.Unfilled, ...]:
    """Set sequences past their columns, write Alembic's revisions, fill materialized views, analyze.

    Policies come to hold for the roles of staging that `roles` maps production's to. Without `rows` nothing is
    analyzed: for a table that was never looked at, PostgreSQL plans as if it were soon to have some. Gives the views
    that stay unfilled.
    """
    with writing(candidate) as connection:
        map_policies(connection, roles)
        with seeing_all_rows(connection):
            finishing.set_sequences(connection)
            finishing.write_revisions(connection, revision_tables, revisions)
            unfilled = finishing.refresh_views(connection, views)
        if rows:
            finishing.analyze(connection)
    return unfilled


def give_grants_to(
    candidate: Scratch,
    staging: Staging,
    production: Sequence[AnyGrant],
    roles: Mapping[str, str],
    apart: Collection[str] = (),
) -> tuple[AnyGrant, ...]:
    """Give the candidate what roles hold on the staging it replaces, and what production's mapped roles hold there.

    Objects that are new are open as staging's default privileges say, and closed to PUBLIC where production's are.
    What is created later is open as staging's default privileges say, and as production's say of mapped roles.
    The roles `apart` are given nothing. Returns the grants that fit nothing in the candidate.
    """
    with reading(staging) as old:
        before, grants = read_grantables(old), read_grants(old)
    with writing(candidate, built_in_names=True) as new:
        things = read_grantables(new)
        owner = read_owner(new)
        new_ones = (*closed_in(things, before, production), *on_new(things, before, grants))
        theirs = (*closed_later(production, roles, owner), *mapped(production, roles, owner))
        wanted = dict.fromkeys((*grants, *new_ones, *theirs))
        return give_grants(new, without(wanted, apart))


def give_access_to(candidate: Scratch, plan: AccessPlan) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the levels of access in a candidate that has its grants.

    Returns the statements that could not be carried out, and what everybody may that a reader should not.
    """
    if not plan.roles:
        return (), ()
    with writing(candidate, built_in_names=True) as connection:
        return give_access(connection, plan), open_to_all(read_grants(connection))


def level_grants_with(candidate: Scratch, staging: Staging, apart: Collection[str] = ()) -> tuple[AnyGrant, ...]:
    """Let roles hold on a cloned candidate what they hold on the staging it replaces, and nothing else.

    The roles `apart` are given nothing. Returns the grants that fit nothing in the candidate.
    """
    with reading(staging) as old:
        grants = read_grants(old)
    with writing(candidate, built_in_names=True) as new:
        kept = tuple(without(grants, apart))
        withdraw_others(new, kept)
        return give_grants(new, kept)
