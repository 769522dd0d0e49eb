"""The steps around backups: take, choose, test, restore; those that keep them are in keeping_backups."""

from datetime import UTC, datetime

from backups.cipher import Identity, read_identity_file
from backups.listing import list_backups
from backups.manifest import Manifest
from backups.proof import Backup, Proof
from backups.record import record
from backups.restore import Destination, Restored, restore
from backups.restore_test import compare, restore_test
from backups.stores.mirrored import MirroredStore
from backups.take import take
from catalog.errors import Failure, Refusal
from catalog.findings import noted, passed, refused
from database.endpoints import Scratch
from database.programs import for_dump, for_restore
from operations.guarding import look_at_staging
from operations.run import Run
from operations.settings import Settings
from operations.stores import judge_copies, store_of, store_to_write


def identities_of(settings: Settings) -> tuple[Identity, ...]:
    """The identities that open backups; Refusal if no file is named or it cannot be used."""
    if settings.identity_file is None:
        raise Refusal(
            "no identity file is set, and a backup opens only with its identity",
            todo="Point GREENROOM_IDENTITY_FILE at the file that age-keygen wrote (docs/runbook.md).",
        )
    return read_identity_file(settings.identity_file)


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


def take_backup(run: Run) -> Manifest:
    """Dump staging, encrypt it, store it, and then say that it is there."""
    with run.step("back up staging") as note:
        major, store = look_at_staging(run.staging).server.major, store_to_write(run.settings)
        manifest = take(
            run.staging,
            store,
            run.settings.backup_recipients(),
            programs=for_dump(major, run.settings.pg_bin),
            now=datetime.now(UTC),
            progress=lambda done: run.watcher.progress(f"{done >> 20} MiB"),
        )
        note.text = f"{manifest.id}, {manifest.rows} rows, {manifest.cipher_bytes >> 10} KiB encrypted"
        run.story.facts.append(("Backup", f"{manifest.id} in {store.place}"))
        if isinstance(store, MirroredStore):
            run.story.findings.extend(judge_copies(manifest.id, store))
        return manifest


def choose(run: Run, name: str) -> Backup:
    """The backup of that name, or staging's newest if none is given."""
    with run.step("choose the backup") as note:
        listing = list_backups(store_of(run.settings))
        backup = listing.find(name, database="" if name else run.staging.database)
        note.text = f"{backup.id}, taken {backup.taken_at:%Y-%m-%d %H:%M} UTC"
        return backup


def try_restore(run: Run, backup: Backup) -> Proof:
    """Restore into a scratch database, compare with the manifest, drop it, and keep the proof beside the backup."""
    with run.step("restore and compare") as note:
        store = store_of(run.settings)
        proof = restore_test(
            backup.manifest,
            store,
            identities_of(run.settings),
            _destination(run, backup.manifest, run.staging.beside("restoretest")),
            now=datetime.now(UTC),
            progress=lambda done: run.watcher.progress(f"{done >> 20} MiB"),
        )
        record(store, proof)
        _judge(run, backup, proof)
        note.text = f"{backup.manifest.rows} rows came back in {proof.seconds:.1f} s"
        return proof


def _judge(run: Run, backup: Backup, proof: Proof) -> None:
    if not proof.passed:
        found = "; ".join(proof.findings)
        run.story.findings.append(refused("restore-test", f"{backup.id} does not restore as it was: {found}"))
        raise Failure(f"the backup {backup.id} failed its restore test", why=found, todo="Take a new backup now.")
    what = f"{backup.id} restores, and equals its manifest in {len(backup.manifest.row_counts)} tables"
    run.story.findings.append(passed("restore-test", what))
    took = f"recovery took {proof.seconds:.1f} s of the {run.settings.recovery_hours:g} hours allowed"
    slow = not proof.within(run.settings.recovery_objective())
    run.story.findings.append(noted("recovery-time", took, "Find out why.") if slow else passed("recovery-time", took))
    run.story.facts.append(("Recovery time", f"{proof.seconds:.1f} s"))


def restore_candidate(run: Run, backup: Backup) -> Restored:
    """Restore a backup into the candidate and compare it with its manifest; staging is not touched."""
    with run.step("restore into the candidate") as note:
        candidate, run.story.building = run.staging.candidate, True
        restored = restore(
            backup.manifest,
            store_of(run.settings),
            identities_of(run.settings),
            _destination(run, backup.manifest, candidate),
            progress=lambda done: run.watcher.progress(f"{done >> 20} MiB"),
        )
        if wrong := compare(backup.manifest, candidate):
            raise Failure(f"the backup {backup.id} did not come back as it was", why="; ".join(wrong))
        note.text = f"{backup.manifest.rows} rows in {restored.seconds:.1f} s"
        run.story.facts.append(("Recovery time", f"{restored.seconds:.1f} s"))
        return restored


def _destination(run: Run, manifest: Manifest, into: Scratch) -> Destination:
    staging = look_at_staging(run.staging)
    programs = for_restore(staging.server.major, manifest.pg_dump_major, run.settings.pg_bin)
    return Destination(into, run.staging.database, programs, owner=staging.database.owner)
