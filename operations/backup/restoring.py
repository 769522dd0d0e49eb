"""The steps around a backup that is there: chosen, checked, tested, restored, encrypted anew."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from backups.choosing import Wanted
from backups.choosing import choose as chosen
from backups.commit import Vouching
from backups.comparison import not_compared
from backups.holding import put_on_hold
from backups.keyring import not_yet_for
from backups.listing import list_backups
from backups.manifest import Manifest
from backups.proof import Backup, Proof
from backups.reencrypt import reencrypt
from backups.restore import Destination, Restored, restore
from backups.restore_test import Tried, compare, restore_test
from backups.rotation import due
from catalog.errors import Failure, Misuse
from catalog.findings import noted, passed, refuse_unless_good, refused
from database.endpoints import Scratch
from database.facts import server_facts
from database.programs import for_restore
from database.wholes.lifecycle import maintenance
from database.wholes.marker import read_marker
from operations.backup.identities import identities_of
from operations.backup.proofs import keep_proof
from operations.backup.rate import Rate
from operations.backup.recovery import Recovery, judge_age, outgrows, past, told
from operations.backup.stores import store_of
from operations.guarding import judge_scratch_server, look_at_staging
from operations.report import history
from operations.report.words import plural
from operations.run import Run
from operations.settings.settings import Settings

CHECK = "restore-test"
_TESTS_LOOKED_AT = 500


def wanted(
    settings: Settings, name: str = "", at: str = "", database: str = "", *, before_refresh: bool = False
) -> Wanted:
    """Which backup somebody means; Refusal if that is said in more than one way, or the time is none."""
    marker = read_marker(look_at_staging(settings.staging()).database.comment) if before_refresh else None
    return Wanted(name, _moment(at), (marker.run if marker else "") if before_refresh else None, database)


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Misuse(f'"{text}" is not a time with its zone', todo="Give one such as 2026-11-22T12:00:00Z.")
    return moment


def choose(run: Run, wanted: Wanted) -> Backup:
    """The backup that is meant, staging's newest if nothing says which."""
    with run.step("choose the backup") as note:
        listing = list_backups(store_of(run.settings), run.settings.verify_keys)
        backup = chosen(listing, wanted, run.staging.database)
        if wanted == Wanted(database=wanted.database):  # the newest, and nobody said which
            run.story.findings += judge_age(backup, datetime.now(UTC), run.settings.retention().every)
        note.text = f"{backup.id}, taken {backup.taken_at:%Y-%m-%d %H:%M} UTC"
        return backup


def guard_scratch_server(run: Run, at: Scratch) -> None:
    """Ask whether another server may be used to try backups on, before anything is made there; Refusal if not."""
    with run.step("guard the server to try it on") as note:
        findings = judge_scratch_server(run.settings, at)
        run.story.findings.extend(findings)
        refuse_unless_good(findings)
        note.text = str(at)


def choose_due(run: Run, name: str = "") -> tuple[Backup, ...]:
    """The backup of that name, of any database, or those whose turn it is to be tested: the newest and an older one."""
    with run.step("choose the backups") as note:
        listing = list_backups(store_of(run.settings), run.settings.verify_keys)
        newest = listing.find(name) if name else chosen(listing, Wanted(), run.staging.database)
        if not name:
            run.story.findings += judge_age(newest, datetime.now(UTC), run.settings.retention().every)
        series = [backup for backup in listing.backups if backup.manifest.database == newest.manifest.database]
        found = (newest,) if name else due(series)
        note.text = ", ".join(backup.id for backup in found)
        return found


def try_restore(run: Run, backup: Backup) -> Proof:
    """Restore into a scratch database, compare with the manifest, drop it, and keep the proof beside the backup."""
    with run.step("restore and compare") as note:
        store, key = store_of(run.settings), run.settings.proof_key()
        tested = restore_test(
            backup.manifest,
            store,
            identities_of(run),
            _where_to_test(run, backup.manifest),
            now=datetime.now(UTC),
            progress=Rate(run.watcher.progress, total=backup.manifest.clear_bytes),
            probe=run.settings.probe_query,
        )
        keep_proof(run, store, tested.proof, key)
        judge(run, backup, tested)
        note.text = f"{backup.manifest.rows} rows came back in {tested.proof.seconds:.1f} s"
        return tested.proof


def judge(run: Run, backup: Backup, tested: Tried) -> None:
    """Tell what was found, with what is left of the scratch database; Failure for either."""
    proof = tested.proof
    if not proof.passed:
        found = "; ".join(proof.findings)
        run.story.findings.append(refused(CHECK, f"{backup.id} does not restore as it was: {found}"))
        what, todo = f"the backup {backup.id} failed its restore test", "Take a new backup now."
        raise Failure(what, why=found, left=tested.left, todo=todo)
    run.story.findings.append(passed(CHECK, f"{backup.id} restores, and equals its manifest in {_extent(backup)}"))
    _note_what_is_no_loss(run, backup, tested.notes)
    _judge_time(run, Recovery(proof.at, proof.seconds, backup.manifest.clear_bytes))
    if tested.left:
        todo = "Nobody needs it: drop it by hand if the server is short of room."
        raise Failure(f"{backup.id} restores, but the scratch database was not dropped", left=tested.left, todo=todo)


def _extent(backup: Backup) -> str:
    """What a restored database was compared in, beside sequences and large objects."""
    manifest = backup.manifest
    tables, views = len(manifest.row_counts), len(manifest.materialized_views or ())
    people = ", ".join(row.address for row in manifest.sign_in or ())
    return (
        plural(tables, "table")
        + (f" and {plural(views, 'materialized view')}" if views else "")
        + (f"; one can sign in as {people}" if people else "")
    )


def _note_what_is_no_loss(run: Run, backup: Backup, notes: Iterable[str]) -> None:
    run.story.findings.extend(noted(CHECK, f"of {backup.id}: {text}") for text in notes)
    for text in not_compared(backup.manifest):
        run.story.findings.append(noted(CHECK, f"of {backup.id} was not compared: {text}"))


def _judge_time(run: Run, recovery: Recovery) -> None:
    objective = run.settings.recovery_objective()
    earlier = past(history(run.settings.home / "reports", newest=_TESTS_LOOKED_AT).records)
    text = told(recovery, earlier, objective)
    slow = recovery.seconds > objective.total_seconds()
    run.story.findings.append(noted("recovery-time", text, "Find out why.") if slow else passed("recovery-time", text))
    if outgrows(recovery, earlier, objective):
        what = "within a year, growing on as it did, staging takes longer to come back than recovery_hours allows"
        run.story.findings.append(noted("recovery-growth", what, "Give the restore more jobs, or staging fewer rows."))
    run.story.facts.append(recovery.fact)


def restore_candidate(run: Run, backup: Backup) -> Restored:
    """Restore a backup into the candidate and compare it with its manifest; staging is not touched."""
    with run.step("restore into the candidate") as note:
        candidate, run.story.building = run.staging.candidate, True
        restored = restore(
            backup.manifest,
            store_of(run.settings),
            identities_of(run),
            _destination(run, backup.manifest, candidate),
            progress=Rate(run.watcher.progress, total=backup.manifest.clear_bytes),
        )
        comparison = compare(backup.manifest, candidate)
        if comparison.findings:
            raise Failure(f"the backup {backup.id} did not come back as it was", why="; ".join(comparison.findings))
        _note_what_is_no_loss(run, backup, comparison.notes)
        note.text = f"{backup.manifest.rows} rows in {restored.seconds:.1f} s"
        run.story.facts.append(Recovery(run.started, restored.seconds, backup.manifest.clear_bytes).fact)
        return restored


def choose_for_keys(run: Run, name: str) -> tuple[Backup, ...]:
    """The backup of that name or, without one, every backup of staging that the keys of today do not all open."""
    with run.step("choose the backups") as note:
        listing = list_backups(store_of(run.settings), run.settings.verify_keys)
        series = [backup for backup in listing.backups if backup.manifest.database == run.staging.database]
        found = (listing.find(name),) if name else not_yet_for(series, run.settings.backup_recipients())
        note.text = ", ".join(backup.id for backup in found) or "all are encrypted to the keys of today"
        return found


def reencrypt_backup(run: Run, backup: Backup) -> Manifest:
    """Store a copy of a backup that the keys of today open; the old one stays until retention lets it go.

    A hold of the old one is the copy's as well.
    """
    with run.step("encrypt anew") as note:
        copy = reencrypt(
            backup.manifest,
            store_of(run.settings),
            identities_of(run),
            run.settings.backup_recipients(),
            progress=Rate(run.watcher.progress, total=backup.manifest.clear_bytes),
            vouching=Vouching(run.settings.signing_key(), run.settings.read_back),
        )
        if backup.hold:  # as long as the old one is kept, so is the copy that stands in for it
            put_on_hold(store_of(run.settings), replace(backup.hold, backup=copy.id))
        note.text = f"{backup.id} is {copy.id} too"
        run.story.facts.append(("Backup", f"{copy.id}, a copy of {backup.id} for the keys of today"))
        return copy


def _where_to_test(run: Run, manifest: Manifest) -> Destination:
    """A scratch database beside staging, or on the server that the settings name for it."""
    scratch, at, settings = run.staging.beside("restoretest"), run.settings.scratch_server(), run.settings
    if at is None:
        return _destination(run, manifest, scratch)
    with maintenance(at) as server:
        major = server_facts(server, at).major
    return Destination(
        at.with_database(scratch.database),
        at.database,
        for_restore(major, manifest.pg_dump_major, settings.pg_bin),
        jobs=settings.restore_jobs,
        clear_folder=settings.clear_folder,
        makes_roles=True,
    )


def _destination(run: Run, manifest: Manifest, into: Scratch) -> Destination:
    staging, settings = look_at_staging(run.staging), run.settings
    programs = for_restore(staging.server.major, manifest.pg_dump_major, settings.pg_bin)
    return Destination(
        into,
        run.staging.database,
        programs,
        owner=staging.database.owner,
        jobs=settings.restore_jobs,
        clear_folder=settings.clear_folder,
    )
