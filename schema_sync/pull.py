"""Pulling the snapshot: a database's shape into one archive, in seconds, and nothing else."""

import shutil
from datetime import datetime
from pathlib import Path

from catalog.errors import Failure
from database import programs
from database.endpoints import Production, Scratch, Staging
from database.programs import Programs
from database.rights.grants import read_grants
from database.session import reading
from database.shape.source import read_notes
from schema_sync.blanking import blank
from schema_sync.snapshot import Snapshot
from schema_sync.snapshots import describe, private

_SECONDS = 600.0
"""A shape takes seconds; all the while its locks are held."""


def pull(source: Production | Staging | Scratch, tools: Programs, archive: Path, now: datetime) -> Snapshot:
    """Take a snapshot into the file `archive`, readable by this user alone; leaves no file if it fails.

    Raises Failure if the source cannot be reached or pg_dump fails.
    """
    with reading(source) as connection:
        notes, grants = read_notes(connection), read_grants(connection, everyones=True)
    _dump(tools, source, archive)
    snapshot = Snapshot(
        archive=archive,
        source=str(source),
        server_version=notes.server_version,
        archive_major=tools.major,
        taken_at=now,
        policy_roles=notes.policy_roles,
        surroundings=notes.surroundings,
        revisions=notes.revisions,
        has_public=notes.has_public,
        grants=grants,
        invalid=notes.invalid,
        unfilled=notes.unfilled,
    )
    describe(snapshot)
    return snapshot


def _dump(tools: Programs, source: Production | Staging | Scratch, archive: Path) -> None:
    archive.parent.mkdir(parents=True, exist_ok=True)
    unfinished = archive.with_suffix(".unfinished")
    try:
        with (
            programs.streaming(programs.schema_dump_command(tools, source), _SECONDS) as stream,
            open(unfinished, "wb", opener=private) as file,
        ):
            shutil.copyfileobj(stream, file)
        blank(unfinished, tools)
        unfinished.replace(archive)
    except Failure as failure:
        raise _locked_out(source, failure) or failure from None
    finally:
        unfinished.unlink(missing_ok=True)


def _locked_out(source: Production | Staging | Scratch, failure: Failure) -> Failure | None:
    """The failure in plain words, if pg_dump waited for a lock longer than it may: its own speak of a statement."""
    if "LOCK TABLE" not in failure.why or "timeout" not in failure.why:
        return None
    return Failure(
        f"pg_dump did not get its lock on every table of {source} within ten seconds",
        why="somebody holds one of them, as a migration or VACUUM FULL does",
        todo="It waits no longer, since others queue up behind whoever waits. Run again when that is over.",
    )
