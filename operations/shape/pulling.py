"""The step that takes the shape from where it is, and what is kept and told of it."""

from dataclasses import replace
from pathlib import Path

from catalog.errors import Refusal
from catalog.findings import noted
from operations.run import Run
from operations.shape.sources import bench_for, crosses, revisions_said, snapshots_of
from schema_sync import snapshots
from schema_sync.blanking import can_blank
from schema_sync.snapshot import Snapshot
from schema_sync.sources.source import LiveDatabase, Source


def pull_snapshot(run: Run, source: Source) -> Snapshot:
    """Take the shape from where it is into one archive: no row, no statistics; let go of snapshots that are old."""
    with run.step("pull the snapshot") as note:
        snapshot = _at_revision(run, source.snapshot(bench_for(run)), source)
        gone = snapshots.prune(snapshots_of(run.settings), run.settings.snapshot_rule(), run.started, run.id)
        _tell_source(run, snapshot, source)
        _tell_unblanked(run, snapshot)
        note.text = f"{_kibibytes(snapshot.archive)} KiB by pg_dump {snapshot.archive_major}"
        if gone:
            note.text += f"; {len(gone)} old snapshots let go of"
        return snapshot


def _at_revision(run: Run, snapshot: Snapshot, source: Source) -> Snapshot:
    """The snapshot at the revision that the settings say, where its own is not known; Refusal if it is another."""
    said = revisions_said(run.settings, run.history)
    if not said or not crosses(source):
        return snapshot
    if snapshot.revisions and set(snapshot.revisions) != set(said):
        raise Refusal(
            f"{source} is at Alembic's revision {' and '.join(snapshot.revisions)}",
            why=f"the setting `revision` says {' and '.join(said)}",
            todo="Take `revision` (or --revision) back: it is for a shape that does not know its own.",
        )
    return replace(snapshot, revisions=said)


def _tell_source(run: Run, snapshot: Snapshot, source: Source) -> None:
    """Say where the shape came from, what stayed there, and what is not known of it."""
    if isinstance(source, LiveDatabase):
        return
    run.story.facts.append(("Shape", f"{source}, kept as snapshot:{run.id}"))
    if not snapshot.revisions:
        todo = "Say it: --revision NAME. Or stamp it before staging's next migration: alembic stamp REVISION."
        what = f"Alembic's revision is not known from {source}: staging's alembic_version, if there is one, is empty"
        run.story.findings.append(noted("revision", what, todo))


def _tell_unblanked(run: Run, snapshot: Snapshot) -> None:
    if not can_blank(snapshot.archive):
        what = (
            f"{snapshot.archive.name} is of a version whose layout is not known here: what never crosses is not blanked"
            " in the kept copy"
        )
        todo = "Passwords of user mappings may be in it: keep it to yourself, and take the next version of Greenroom."
        run.story.findings.append(noted("blanked", what, todo))


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
