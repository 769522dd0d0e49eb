"""The step that takes the shape from where it is, and what is kept and told of it."""

from dataclasses import replace
from pathlib import Path

from catalog.findings import noted
from operations.run import Run
from operations.sources import bench_for, snapshots_of
from schema_sync import snapshots
from schema_sync.snapshot import Snapshot
from schema_sync.sources.source import LiveDatabase, Source


def pull_snapshot(run: Run, source: Source) -> Snapshot:
    """Take the shape from where it is into one archive: no row, no statistics; let go of snapshots that are old."""
    with run.step("pull the snapshot") as note:
        snapshot = source.snapshot(bench_for(run))
        gone = snapshots.prune(snapshots_of(run.settings), run.settings.snapshot_rule(), run.started, run.id)
        _tell_source(run, snapshot, source)
        note.text = f"{_kibibytes(snapshot.archive)} KiB by pg_dump {snapshot.archive_major}"
        if gone:
            note.text += f"; {len(gone)} old snapshots let go of"
        return snapshot


def _tell_source(run: Run, snapshot: Snapshot, source: Source) -> None:
    """Say where the shape came from, what stayed there, and what is not known of it."""
    if isinstance(source, LiveDatabase):
        return
    run.story.facts.append(("Shape", f"{source}, kept as snapshot:{run.id}"))
    if not snapshot.revisions:
        todo = "Stamp it before staging's next migration: alembic stamp REVISION."
        what = f"Alembic's revision is not known from {source}: staging's alembic_version, if there is one, is empty"
        run.story.findings.append(noted("revision", what, todo))


def _kibibytes(archive: Path) -> int:
    files = archive.iterdir() if archive.is_dir() else (archive,)
    return sum(file.stat().st_size for file in files) >> 10


def keep_fingerprint(run: Run, snapshot: Snapshot, found: str) -> None:
    """Keep the schema's fingerprint with the snapshot; say so if an earlier run saw another one in the same archive."""
    if snapshot.fingerprint not in ("", found):
        what = (
            f"the schema has fingerprint {found[:12]}; the run that kept the snapshot saw {snapshot.fingerprint[:12]}"
        )
        run.story.findings.append(noted("fingerprint", what, "Staging's server may have another version since."))
    if snapshot.archive.stem == run.id:  # drift may be told of what another run has kept, and changes nothing there
        snapshots.describe(replace(snapshot, fingerprint=found))
