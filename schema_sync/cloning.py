"""Cloning the golden: it stays what it is, and PostgreSQL copies it while nobody is on it."""

from catalog.errors import Refusal
from database.endpoints import Scratch, Staging
from database.session import Connection, InUse, reading
from database.shape import inspection
from database.shape.introspect import read_catalog
from database.wholes.lifecycle import clone, drop, sessions_on
from database.wholes.strategy import Strategy
from schema_sync.golden import Contents


def contents(at: Scratch) -> Contents:
    """What a golden, or a clone of one, holds; reads the catalog alone, never a row."""
    with reading(at) as connection:
        return Contents(read_catalog(connection), inspection.filled_tables(connection), inspection.outlets(connection))


def clone_golden(server: Connection, staging: Staging, into: Scratch, *, owner: str) -> Strategy:
    """Copy the golden into a database of ours, which is dropped first; the caller holds the golden's lock.

    Raises Refusal, naming them, if somebody stays on the golden.
    """
    drop(server, into)
    try:
        return clone(server, into, staging.golden.database, owner=owner)
    except InUse:
        there = "; ".join(sessions_on(server, staging.golden.database)) or "they have left just now"
    raise Refusal(
        f'somebody is on "{staging.golden.database}", and PostgreSQL copies only a database that nobody is on',
        why=there,
        todo="Let them leave, or end their sessions (pg_terminate_backend), and run again.",
    )
