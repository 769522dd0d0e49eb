"""The steps of taking backups; those that look after them are in keeping_backups."""

from datetime import UTC, datetime

from backups.commit import Vouching
from backups.manifest import Manifest
from backups.stores.mirrored import MirroredStore
from backups.take import take
from catalog.findings import noted
from database.programs import for_dump
from operations.backup.rate import Rate, in_bytes
from operations.backup.stores import judge_copies, store_to_write
from operations.guarding import look_at_staging
from operations.run import Run
from operations.settings.settings import Settings


def back_up_before(run: Run) -> None:
    """Back staging up before it is replaced, if keys are set; says so plainly if none are."""
    if run.settings.recipients:
        take_backup(run)
        return
    with run.step("back up staging") as note:
        note.text = "not taken: no recipient is set"
        todo = "Set GREENROOM_RECIPIENTS to back staging up before each refresh (docs/runbook.md)."
        what = "no backup was taken, because no recipient is set; the previous database is kept on the server"
        run.story.findings.append(noted("backup", what, todo))


def require_keys(settings: Settings) -> None:
    """Refuse, before anything changes, keys with which a backup could not be taken, or would not count."""
    settings.backup_recipients()
    settings.signing_key()


def take_backup(run: Run) -> Manifest:
    """Dump staging, encrypt it, store it, read it back, and then say that it is there."""
    with run.step("back up staging") as note:
        staging, store = look_at_staging(run.staging), store_to_write(run.settings)
        manifest = take(
            run.staging,
            store,
            run.settings.backup_recipients(),
            programs=for_dump(staging.server.major, run.settings.pg_bin),
            now=datetime.now(UTC),
            progress=Rate(run.watcher.progress),
            vouching=_vouching(run),
        )
        read_back = ", read back" if run.settings.read_back else ""
        note.text = f"{manifest.id}, {manifest.rows} rows, {in_bytes(manifest.cipher_bytes)} encrypted{read_back}"
        run.story.backup = manifest
        run.story.facts.append(("Backup", f"{manifest.id} in {store.place}"))
        if isinstance(store, MirroredStore):
            run.story.findings.extend(judge_copies(manifest.id, store))
        return manifest


def _vouching(run: Run) -> Vouching:
    reading_back = Rate(run.watcher.progress, doing="reading back")
    return Vouching(run.settings.signing_key(), run.settings.read_back, reading_back)
