"""The steps of taking backups and letting them go."""

from datetime import UTC, datetime
from pathlib import Path

from backups.commit import Vouching
from backups.listing import list_backups
from backups.manifest import Manifest
from backups.prune import Pruned, prune
from backups.retention import decide
from backups.stores import Store
from backups.stores.opening import open_store
from backups.take import take
from catalog.findings import noted
from database.programs import for_dump
from operations.guarding import look_at_staging
from operations.rate import Rate, in_bytes
from operations.run import Run
from operations.settings import Settings


def store_of(settings: Settings, *, make: bool = True) -> Store:
    """The store the settings name; a folder inside our own home is made if it is not there yet."""
    if make and is_ours_to_make(settings):
        Path(settings.store).mkdir(mode=0o700, parents=True, exist_ok=True)
    return open_store(settings.store)


def is_ours_to_make(settings: Settings) -> bool:
    """Whether the store is a folder inside our own home that is not there yet."""
    place = Path(settings.store)
    return place.is_relative_to(settings.home) and not place.exists()


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
        staging, store = look_at_staging(run.staging), store_of(run.settings)
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
        run.story.facts.append(("Backup", f"{manifest.id} in {store.place}"))
        return manifest


def _vouching(run: Run) -> Vouching:
    reading_back = Rate(run.watcher.progress, doing="reading back")
    return Vouching(run.settings.signing_key(), run.settings.read_back, reading_back)


def prune_old(run: Run) -> Pruned:
    """Let go of backups past their retention, with the reason for each; never of the last that is known to restore."""
    with run.step("prune") as note:
        store, now = store_of(run.settings), datetime.now(UTC)
        policy = run.settings.retention()
        listing = list_backups(store, run.settings.verify_keys)
        decision = decide(listing.backups, policy, now)
        pruned = prune(store, decision, listing.unfinished, policy, now)
        run.story.facts.extend(("Retention", str(judgement)) for judgement in decision.judgements)
        note.text = f"{len(decision.kept)} kept, {len(pruned.backups)} let go"
        return pruned
