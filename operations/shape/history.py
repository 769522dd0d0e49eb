"""The steps that take rows from the application's own migrations: reading its Alembic history, and running it."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from catalog.findings import noted
from catalog.model import Catalog, TableKind, TableName
from database.contents.plain_rows import read_rows
from database.endpoints import Scratch
from database.session import Connection, writing
from database.shape.inspection import row_counts
from database.shape.introspect import read_catalog
from database.transactions import seeing_all_rows
from database.wholes.lifecycle import create, drop, maintenance
from factories.given.migrated import MOST_MIGRATED, Fitting, Matched, Ran, fitting, migrated_rows
from factories.given.rows import GivenRows
from factories.given.steadying import has_uuids, steady
from operations.bookkeeping import revision_tables, tool_tables
from operations.run import Run
from operations.settings.settings import Settings
from operations.shape.shaping import Shape
from schema_sync.history import run as running
from schema_sync.history.history import History

CHECK = "alembic"
"""What a finding about the history is called, after its setting."""

_ADVICE = "The plan says of each table where its rows came from (greenroom plan --table NAME)."


def history_of(settings: Settings) -> History | None:
    """The application's Alembic history, None if the settings name none; Refusal if it cannot be read."""
    if settings.alembic is None:
        return None
    named = settings.alembic_python
    python = str(Path(named).expanduser().absolute()) if "/" in named else named or sys.executable
    return running.read_history(settings.alembic, python, settings.alembic_seconds)


def read_history(run: Run) -> None:
    """Read the application's Alembic history from where the settings say; no database is contacted."""
    with run.step("read the Alembic history") as note:
        run.history = history_of(run.settings)
        assert run.history is not None  # the step is for those who have set it
        note.text = f"{len(run.history.revisions)} revisions in {run.history.config}"


def run_history(run: Run, shape: Shape) -> tuple[GivenRows, ...]:
    """Run the history in a scratch database, to where the shape stands, and give the rows that it leaves there.

    It is run twice where it may draw uuids by chance, which are told apart by that.
    """
    assert run.history is not None  # it was read first of all
    with run.step("run the Alembic history") as note:
        to = run.history.target(shape.revisions)
        left = _run(run, run.history, to, shape.catalog)
        given, twice = left.given, has_uuids(left.given)
        if twice:
            again = _run(run, run.history, to, shape.catalog)
            given = steady(given, again.given, left.history.by_name)
        _tell(run, shape.revisions, left.fitting)
        rows = sum(len(item.rows) for item in given)
        note.text = (
            f"{rows} rows of {len(given)} tables, at {' and '.join(to)}{'' if shape.revisions else ', its head'}"
        )
        note.text += "; run twice, to tell which of its uuids are drawn by chance" if twice else ""
        return given


@dataclass(frozen=True, slots=True)
class _Left:
    """What a history has left in its database: its shape, the rows that are given, and what of them fits."""

    history: Catalog
    given: tuple[GivenRows, ...]
    fitting: Fitting


def _run(run: Run, history: History, to: tuple[str, ...], schema: Catalog) -> _Left:
    """Run the history in a database made for it, and dropped when its rows are read."""
    scratch = run.staging.history
    with maintenance(run.staging) as server:
        drop(server, scratch)
        create(server, scratch, run.staging.database)
        began = datetime.now(UTC)
        kept = running.run_history(history, to, scratch, run.settings.alembic_seconds)
        left = _read(scratch, schema, kept, Ran(to, began, datetime.now(UTC)))
        drop(server, scratch)
        return left


def _read(scratch: Scratch, schema: Catalog, kept: TableName, ran: Ran) -> _Left:
    """What is in the scratch database; `kept` is the table of its revisions."""
    with writing(scratch) as connection:
        history = read_catalog(connection)
        tools = {kept, *revision_tables(schema), *tool_tables(schema), *tool_tables(history)}
        with seeing_all_rows(connection):
            counts = row_counts(connection, [t.name for t in history.tables if t.kind is not TableKind.FOREIGN])
            found = fitting(schema, history, counts, tools)
            given = [_given(connection, matched, ran) for matched in found.matched]
    return _Left(history, tuple(item for item in given if item.columns), found)


def _given(connection: Connection, matched: Matched, ran: Ran) -> GivenRows:
    whose = "the database in which migrations inserted them"
    return migrated_rows(matched, read_rows(connection, matched.table, matched.columns, MOST_MIGRATED, whose), ran)


def _tell(run: Run, stands_at: Sequence[str], fits: Fitting) -> None:
    """Say what did not fit, and that the revision had to be guessed, if it had."""
    guessed = "the revision of the database whose shape is copied is not known: the history was run to its head"
    clauses = (*fits.apart, *(() if stands_at else (guessed,)))
    run.story.findings.extend(noted(CHECK, clause, _ADVICE) for clause in clauses)
