"""Cloning the golden: it stays what it is, and PostgreSQL copies it while nobody is on it.

The spare is a clone that is kept ready, so that a reseed need not wait for one. Nobody can connect to it until it is
taken. It gets its marker when it is whole; so whatever a crash leaves bears no marker, or is no spare any more.
"""

from contextlib import suppress

from catalog.errors import Refusal
from database.endpoints import Scratch, Staging
from database.facts import database_facts
from database.queries import query
from database.session import Connection, DatabaseError, InUse, reading
from database.shape import inspection
from database.shape.introspect import read_catalog
from database.wholes.lifecycle import clone, drop, open_as, sessions_on, set_comment
from database.wholes.marker import GOLDEN, Marker, SpareMarker, read_marker, write_spare
from database.wholes.strategy import Strategy
from schema_sync.golden import Contents
from schema_sync.spare import is_ours, unfit


def contents(at: Scratch) -> Contents:
    """What a golden, or a clone of one, holds; reads the catalog alone, never a row."""
    with reading(at) as connection:
        return Contents(read_catalog(connection), inspection.filled_tables(connection), inspection.outlets(connection))


def clone_golden(server: Connection, staging: Staging, into: Scratch, *, owner: str, closed: bool = False) -> Strategy:
    """Copy the golden into a database of ours, which is dropped first; the caller holds the golden's lock.

    Raises Refusal, naming them, if somebody stays on the golden.
    """
    drop(server, into)
    try:
        return clone(server, into, staging.golden.database, owner=owner, closed=closed)
    except InUse:
        there = "; ".join(sessions_on(server, staging.golden.database)) or "they have left just now"
    raise Refusal(
        f'somebody is on "{staging.golden.database}", and PostgreSQL copies only a database that nobody is on',
        why=there,
        todo="Let them leave, or end their sessions (pg_terminate_backend), and run again.",
    )


def make_spare(server: Connection, staging: Staging, *, owner: str) -> Strategy:
    """Copy the golden into the spare, which is dropped first; the caller holds the golden's lock.

    Raises Refusal, naming them, if somebody stays on the golden.
    """
    marker = _of(server, staging)  # before it is copied: a row that is written meanwhile makes the spare older
    way = clone_golden(server, staging, staging.spare, owner=owner, closed=True)
    set_comment(server, staging.spare.database, write_spare(marker))
    return way


def let_go_of_spare(server: Connection, staging: Staging) -> None:
    """Drop the spare, whose room is needed; one that cannot be dropped stays, which is told when the next is due."""
    with suppress(DatabaseError, Refusal):
        drop_spare(server, staging)


def drop_spare(server: Connection, staging: Staging) -> None:
    """Drop the spare if there is one. Raises Refusal if a database of its name is somebody else's."""
    there = database_facts(server, staging.spare.database)
    if there and not is_ours(there):
        raise Refusal(
            f'"{there.name}" is no spare of ours',
            why="it takes connections, and bears no marker of a spare",
            todo='Rename it, or set spare = "never".',
        )
    drop(server, staging.spare)


def take_spare(server: Connection, staging: Staging, *, owner: str) -> str:
    """Make the spare the candidate, whose name is free; the caller holds staging's lock and the golden's.

    Returns why it was not, as a clause; empty if it was.
    """
    if why := unfit_spare(server, staging, owner=owner):
        return why
    try:
        open_as(server, staging.spare, staging.candidate)
    except InUse:
        return "something holds it open"
    return ""


def unfit_spare(server: Connection, staging: Staging, *, owner: str) -> str:
    """Why the spare may not become a staging of that owner, as a clause; empty if it may."""
    spare = database_facts(server, staging.spare.database)
    return unfit(spare, _of(server, staging), owner) if spare else "there is none"


def _of(server: Connection, staging: Staging) -> SpareMarker:
    """What the marker of a spare says that is made now."""
    facts = database_facts(server, staging.golden.database)
    marker = (facts and read_marker(facts.comment, GOLDEN)) or Marker()
    row = server.execute(query("golden"), {"name": staging.golden.database}).fetchone()
    return SpareMarker(marker.run, *(map(int, row) if row else (0, 0)))
