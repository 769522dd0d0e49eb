"""Finishing a loaded candidate: keys that prove the rows, sequences, grants, views, statistics."""

from collections.abc import Sequence

from catalog.model import TableName
from database import finishing
from database.endpoints import Scratch, Staging
from database.grants import AnyGrant, give_grants, read_grants
from database.session import writing


def finish(candidate: Scratch, *, revisions: Sequence[str], views: Sequence[TableName]) -> None:
    """Set sequences past their columns, write Alembic's revisions, fill materialized views, analyze."""
    with writing(candidate) as connection:
        finishing.set_sequences(connection)
        finishing.write_revisions(connection, revisions)
        finishing.refresh_views(connection, views)
        finishing.analyze(connection)


def mirror_grants(staging: Staging, candidate: Scratch) -> tuple[AnyGrant, ...]:
    """Give the candidate what roles held on the staging it replaces; returns the grants that no longer fit."""
    with writing(staging) as old:
        grants = read_grants(old)
    with writing(candidate) as new:
        return give_grants(new, grants)
