"""Promoting a proven candidate to staging, and rolling that back: staging's name never holds anything half done."""

from catalog.errors import Failure, Refusal
from database import swap
from database.endpoints import Scratch, Staging
from database.facts import database_facts
from database.lifecycle import clone, drop, end_sessions, set_comment
from database.marker import Marker, write_marker
from database.properties import give_properties, read_properties
from database.session import Connection
from database.swap import Swapped


def keep_golden(server: Connection, staging: Staging) -> None:
    """Copy the proven candidate before anybody can touch it; the copy becomes the golden with the promotion."""
    drop(server, staging.next_golden)
    end_sessions(server, staging.candidate.database)
    clone(server, staging.next_golden, staging.candidate.database)


def promote(server: Connection, staging: Staging, marker: Marker, *, bound_seconds: float) -> Swapped:
    """Give the candidate staging's owner, settings, grants, limit and marker, then swap it in.

    Raises Failure if staging is gone or the swap is not done within the bound; staging is then as it was.
    """
    facts = database_facts(server, staging.database)
    if facts is None:
        raise Failure(f'"{staging.database}" has disappeared', left=f'"{staging.candidate.database}" is left')
    set_comment(server, staging.candidate.database, write_marker(facts.comment, marker))
    give_properties(server, staging.candidate.database, read_properties(server, facts))
    return swap.promote(staging, bound_seconds=bound_seconds)


def roll_back(server: Connection, staging: Staging, *, bound_seconds: float) -> Swapped:
    """Make the previous database staging again, with its data; what was staging becomes the previous.

    Raises Refusal if no previous database is kept.
    """
    if database_facts(server, staging.previous.database) is None:
        raise Refusal(
            f'there is no "{staging.previous.database}" to roll back to',
            todo="The first promotion keeps one; until then restore a backup: greenroom restore.",
        )
    return swap.roll_back(staging, bound_seconds=bound_seconds)


def clear_leftovers(server: Connection, staging: Staging) -> tuple[str, ...]:
    """Drop what a dead run left beside staging, and say which databases those were; never previous or golden."""
    beside = [staging.beside(role) for role in ("next", "shadow", "goldnext", "oldest", "oldgold", "restoretest")]
    found = [database for database in beside if database_facts(server, database.database)]
    for database in found:
        drop(server, database)
    return tuple(database.database for database in found)


def discard(server: Connection, *databases: Scratch) -> None:
    """Drop databases of ours that have served."""
    for database in databases:
        drop(server, database)
