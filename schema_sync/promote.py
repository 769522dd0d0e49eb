"""Promoting a proven candidate to staging, and rolling that back: staging's name never holds anything half done."""

from dataclasses import dataclass, replace

from catalog.errors import Failure, Refusal
from database.endpoints import BESIDE, Staging
from database.facts import database_facts
from database.keeping.loading import take_back
from database.rights.access import AccessPlan
from database.rights.giving_access import give_access, open_database
from database.session import Connection, writing
from database.wholes import swap
from database.wholes.lifecycle import clone, drop, drop_at_once, end_sessions, if_free, set_comment
from database.wholes.marker import GOLDEN, Marker, read_marker, write_marker
from database.wholes.properties import Properties, give_properties, read_properties
from database.wholes.swap import Swapped
from schema_sync.cloning import let_go_of_spare

NO_ACCESS = AccessPlan()
"""Nobody has a level of access, and nobody had one."""


@dataclass(frozen=True, slots=True)
class Promoted:
    """A swap, and the statements for what our role had no right to carry over."""

    swapped: Swapped
    lost: tuple[str, ...]


def keep_golden(server: Connection, staging: Staging) -> None:
    """Copy the proven candidate before anybody can touch it; the copy becomes the golden with the promotion.

    The spare is dropped first: a copy of the golden that is about to be replaced, and the copy has its room.
    """
    drop(server, staging.next_golden)
    let_go_of_spare(server, staging)
    candidate = database_facts(server, staging.candidate.database)
    end_sessions(server, [candidate.oid] if candidate else [])
    clone(server, staging.next_golden, staging.candidate.database)


def promote(
    server: Connection,
    staging: Staging,
    marker: Marker,
    *,
    bound_seconds: float,
    golden: bool = True,
    access: AccessPlan = NO_ACCESS,
) -> Promoted:
    """Give the candidate staging's settings, grants, limit and marker, its copy the golden's marker, then swap both in.

    The candidate is opened to the levels of access.

    Without `golden`, the golden there is stays the golden. Raises Failure if staging is gone or the swap is not done
    within the bound; staging is then as it was.
    """
    facts = database_facts(server, staging.database)
    if facts is None:
        raise Failure(f'"{staging.database}" has disappeared', todo="Find out who dropped or renamed it.")
    if read_marker(facts.comment) is None:  # whatever bears the name by now, it is not what the guards saw
        todo = "Find out who replaced it, or took its marker away."
        raise Failure(f'"{staging.database}" does not carry the staging marker any more', todo=todo)
    candidate, marker = staging.candidate.database, replace(marker, access=_told(access))
    set_comment(server, candidate, write_marker(facts.comment, marker))
    lost = give_properties(server, candidate, _without(read_properties(server, facts), access))
    kept_out = open_database(server, candidate, access)
    if golden and database_facts(server, staging.next_golden.database):
        set_comment(server, staging.next_golden.database, write_marker("", marker, GOLDEN))
    swapped = swap.promote(staging, bound_seconds=bound_seconds, golden=golden)
    return Promoted(swapped, (*lost, *kept_out))


def roll_back(
    server: Connection, staging: Staging, *, bound_seconds: float, access: AccessPlan = NO_ACCESS
) -> Promoted:
    """Make the previous database staging again, with its data; what was staging becomes the previous.

    It is opened to the levels of access as they are now. Raises Refusal if no previous database is kept.
    """
    previous = database_facts(server, staging.previous.database)
    if previous is None:
        raise Refusal(
            f'there is no "{staging.previous.database}" to roll back to',
            todo="The first promotion keeps one; until then restore a backup: greenroom restore.",
        )
    lost: tuple[str, ...] = ()
    if access.roles:
        with writing(staging.previous, built_in_names=True) as connection:
            lost = give_access(connection, access)
        marker = read_marker(previous.comment) or Marker()
        set_comment(server, previous.name, write_marker(previous.comment, replace(marker, access=_told(access))))
        lost += open_database(server, previous.name, access)
    return Promoted(swap.roll_back(staging, bound_seconds=bound_seconds), lost)


def _told(access: AccessPlan) -> tuple[str, ...]:
    return tuple(map(str, access.holders))


def _without(properties: Properties, access: AccessPlan) -> Properties:
    """The properties less the grants to roles whose rights the levels decide."""
    if properties.grants is None:
        return properties
    kept = tuple(grant for grant in properties.grants if grant.public or grant.role not in access.roles)
    return replace(properties, grants=kept)


def clear_leftovers(server: Connection, staging: Staging, *, candidate: bool = True) -> tuple[str, ...]:
    """Drop what a dead run left beside staging, and say which databases those were; never those it keeps.

    Without `candidate` that stays, for a run that may go on with it. So does a preview that is being made right now.
    """
    kept = _KEPT if candidate else (*_KEPT, "next")
    with if_free(server, staging.golden) as free:
        kept = kept if free else (*kept, "newpreview")
        beside = [staging.beside(role) for role in BESIDE if role not in kept]
        found = [database for database in beside if database_facts(server, database.database)]
        drop_at_once(staging, found)
    return tuple(database.database for database in found)


def take_back_aside(server: Connection, staging: Staging) -> None:
    """Take out what was set aside by runs that ended unpromoted, also dead ones; drop its database if nothing is left.

    A run that was promoted stands in staging's marker, or in the previous one's, until two others have been.
    """
    if database_facts(server, staging.aside.database) is None:
        return
    names = (staging.database, staging.previous.database)
    found = [database_facts(server, name) for name in names]
    markers = [read_marker(facts.comment) for facts in found if facts]
    with writing(staging.aside) as aside:
        empty = take_back(aside, {marker.run for marker in markers if marker})
    if empty:
        drop(server, staging.aside)


def names_of_others(server: Connection, staging: Staging) -> tuple[str, ...]:
    """Databases that bear the names we use beside staging, and are not ours: no marked previous stands among them.

    Raises Refusal if one of our names would be longer than PostgreSQL keeps.
    """
    beside = [staging.beside(role).database for role in BESIDE]
    previous = database_facts(server, staging.previous.database)
    if previous and read_marker(previous.comment):
        return ()
    return tuple(name for name in beside if database_facts(server, name))


_KEPT = ("prev", "golden", "spare", "aside")  # what a run leaves on purpose
