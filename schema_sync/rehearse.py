"""Rehearsing a release: on a copy of the proven candidate, which takes the candidate's place only if all went well."""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from catalog.errors import Failure, Refusal
from catalog.model import Catalog, TableKind, TableName
from database.endpoints import Scratch, Staging
from database.facts import DatabaseFacts, database_facts
from database.finishing import analyze
from database.session import Connection, writing
from database.shape import inspection
from database.shape.introspect import read_catalog
from database.transactions import seeing_all_rows
from database.watching import LockWatch, Relation, relations, rewritten
from database.wholes.lifecycle import clone, drop, end_sessions, rename
from database.wholes.properties import act_as, act_as_oneself, give_properties, read_properties
from schema_sync.cloning import let_go_of_spare
from schema_sync.history import run as running
from schema_sync.history.child import run_command
from schema_sync.history.environment import child_environment
from schema_sync.history.history import Ended, History
from schema_sync.rehearsal import Migrated, Rehearsed, Release, Watched, of_command, of_history
from schema_sync.safety.scan import more_than, scan
from schema_sync.safety.scope import Scope


def make_stage(server: Connection, staging: Staging) -> Scratch:
    """Copy the candidate; whoever signs in to the copy as we do acts as its owner, under staging's own settings."""
    stage, facts = staging.rehearsal, _facts(server, staging.candidate.database)
    drop(server, stage)
    let_go_of_spare(server, staging)  # a copy of the golden that is about to be replaced
    end_sessions(server, [facts.oid])
    clone(server, stage, staging.candidate.database, owner=facts.owner)
    properties = read_properties(server, _facts(server, staging.database))
    give_properties(server, stage.database, replace(properties, grants=(), connection_limit=-1))
    if facts.owner != stage.user:
        act_as(server, stage, facts.owner)
    return stage


def take_the_stage(server: Connection, staging: Staging) -> None:
    """Let the migrated copy take the candidate's place."""
    stage = staging.rehearsal
    act_as_oneself(server, stage)
    end_sessions(server, [_facts(server, stage.database).oid])
    drop(server, staging.candidate)
    rename(server, stage, staging.candidate)


def rehearse(release: Release, history: History | None, stage: Scratch, seconds: float) -> Rehearsed:
    """Run the release's migrations in the copy, watched; what went wrong is told in the value, and not raised.

    An interruption ends them, and goes on its way.
    """
    if release.command:
        ended, watched = _watched(stage, lambda: _run_command(release, stage, seconds))
        return of_command(release, ended, watched, seconds)
    assert history is not None  # there is a release of it
    try:
        ended, watched = _watched(stage, lambda: running.run_on(history, release.to, stage, seconds))
    except (Refusal, Failure) as wrong:
        return Rehearsed((), wrong)
    return of_history(history, ended, watched, stage.database, seconds)


def look(stage: Scratch, before: Scratch, scope: Scope, *, kept: bool) -> tuple[Catalog, Migrated]:
    """The shape of the migrated copy, and what there is to judge of it beside the candidate that it was made of."""
    with writing(before) as connection:
        unproven, counts = set(inspection.unproven(connection)), _rows(connection)
        with seeing_all_rows(connection):
            held = scan(connection, scope)
    with writing(stage) as connection:
        catalog = read_catalog(connection)
        if outlets := inspection.outlets(connection):  # a foreign table is not to be read, wherever it leads
            return catalog, Migrated(outlets)
        analyze(connection)
        with seeing_all_rows(connection):
            contents = more_than(held, scan(connection, scope))
        left = tuple(item for item in inspection.unproven(connection) if item not in unproven)
        return catalog, Migrated((), contents, left, counts, _rows(connection), kept)


def _rows(connection: Connection) -> Mapping[TableName, int]:
    tables = [table.name for table in read_catalog(connection).tables if table.kind is not TableKind.FOREIGN]
    with seeing_all_rows(connection):
        return inspection.row_counts(connection, tables)


def _watched(stage: Scratch, act: Callable[[], Ended]) -> tuple[Ended, Watched]:
    """How it ended, and what was seen of the tables meanwhile."""
    before, began = _relations(stage), time.time()
    with LockWatch(stage) as watch:
        ended = act()
    done, after = time.time(), _relations(stage)
    names = {**after, **before}
    return ended, Watched(names, watch.seen, began, done, rewritten(before, after), after.keys() - before.keys())


def _run_command(release: Release, stage: Scratch, seconds: float) -> Ended:
    environment = child_environment(os.environ, stage)
    try:
        return run_command(release.command, environment, seconds, stage.password)
    except OSError as error:
        return Ended(None, 127, f"it cannot be started: {error.strerror}")


def _relations(stage: Scratch) -> dict[int, Relation]:
    with writing(stage) as connection:
        return relations(connection)


def _facts(server: Connection, name: str) -> DatabaseFacts:
    found = database_facts(server, name)
    if found is None:
        raise Failure(f'"{name}" has disappeared', todo="Find out who dropped or renamed it.")
    return found
