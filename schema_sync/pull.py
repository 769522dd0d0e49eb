"""Pulling the snapshot: a database's shape into one archive, in seconds, and nothing else."""

import shutil
from datetime import datetime
from pathlib import Path

from database import programs
from database.endpoints import Production, Scratch, Staging
from database.grants import read_grants
from database.programs import Programs
from database.session import reading
from database.source import read_notes
from schema_sync.snapshot import Snapshot
from schema_sync.snapshots import describe, private


def pull(source: Production | Staging | Scratch, tools: Programs, archive: Path, now: datetime) -> Snapshot:
    """Take a snapshot into the file `archive`, readable by this user alone; leaves no file if it fails.

    Raises Failure if the source cannot be reached or pg_dump fails.
    """
    with reading(source) as connection:
        notes, grants = read_notes(connection), read_grants(connection)
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
            programs.streaming(programs.schema_dump_command(tools, source)) as stream,
            open(unfinished, "wb", opener=private) as file,
        ):
            shutil.copyfileobj(stream, file)
        unfinished.replace(archive)
    finally:
        unfinished.unlink(missing_ok=True)
