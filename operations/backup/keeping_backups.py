"""The steps that keep what was backed up: let go, hold, check, copy; each in every store there is."""

from collections.abc import Iterator
from datetime import UTC, datetime

from backups.check import check, check_sealed
from backups.copying import copy
from backups.hold import Hold
from backups.holding import put_on_hold, release
from backups.listing import Listing
from backups.proof import Backup, Proof
from backups.prune import prune
from backups.retention import decide
from backups.stores import Denied, Store
from catalog.errors import Failure, Refusal
from catalog.findings import noted, passed, refused
from database.programs import for_reading
from operations.backup.identities import has_identity, identities_of
from operations.backup.proofs import keep_proof
from operations.backup.rate import Rate, in_bytes
from operations.backup.stores import listed, stores_of
from operations.record import COPIES, UNREAD
from operations.report.shelf import let_go
from operations.report.words import plural
from operations.run import Run

_LIST = "To see which there are: greenroom backups list"


def prune_old(run: Run, *, dry: bool = False) -> None:
    """Let go of backups past their retention, with the reason for each; never of the last that is known to restore.

    `dry` only says what would go. A key that may not do so leaves it to another, which is noted; so is one of two
    stores that is out of reach.
    """
    with run.step("prune") as note:
        stores = stores_of(run.settings)
        told = []
        for store in stores:
            try:
                told.append(_prune_one(run, store, dry=dry))
            except Refusal as error:
                if len(stores) == 1:
                    raise
                what = f"nothing was let go in {store.place}: {error.what}"
                run.story.findings.append(noted(COPIES, what, error.todo))
        if not told:
            raise Refusal("none of the stores can be reached", todo="greenroom doctor")
        note.text = "; ".join(told)


def _prune_one(run: Run, store: Store, *, dry: bool) -> str:
    try:
        listing = listed(store, run.settings)
        policy, now = run.settings.retention(), datetime.now(UTC)
        old_reports = 0 if dry else let_go(store, run.settings.report_days)
        decision = decide(listing.backups, policy, store.reach())
        if not dry:
            decision = decision.with_held(prune(store, decision, listing.unfinished, policy, now).held)
    except Denied as error:
        what = f"nothing was let go in {store.place}, as this key may not: {error.what} ({error.why})"
        run.story.findings.append(noted("prune", what, "Let a host whose key may do it: greenroom backups prune."))
        return "left to another key"
    label = f"Retention in {store.place}" if run.settings.second_store else "Retention"
    run.story.facts.extend((label, str(judgement)) for judgement in decision.judgements)
    reports = f", and {plural(old_reports, 'old page')} of reports" if old_reports else ""
    return f"{len(decision.kept)} kept, {len(decision.let_go)} {'to let go' if dry else 'let go'}{reports}"


def hold_backup(run: Run, name: str, reason: str, until: datetime | None) -> None:
    """Keep a backup whatever its age, in every store that has it."""
    with run.step("hold") as note:
        hold = Hold(name, run.started, until, reason, run.operator)
        places = [store for store in stores_of(run.settings) if _has(listed(store, run.settings), name)]
        for store in _some(places, name):
            put_on_hold(store, hold)
        note.text = f"in {' and '.join(store.place for store in places)}, {hold}"


def release_backup(run: Run, name: str) -> None:
    """Let retention decide again about a backup, in every store that holds it."""
    with run.step("release") as note:
        places = [store for store in stores_of(run.settings) if _has(listed(store, run.settings), name)]
        for store in _some(places, name):
            release(store, name)
        note.text = f"in {' and '.join(store.place for store in places)}"


def _has(listing: Listing, name: str) -> bool:
    return name in {item.id for item in listing.backups}


def _some(places: list[Store], name: str) -> list[Store]:
    if not places:
        raise Refusal(f"there is no backup {name}", todo=_LIST)
    return places


def check_backups(run: Run, name: str, *, every: bool) -> str:
    """Re-read backups in each store: the one named, all of this database's, or the newest; keep each proof beside it.

    Raises Failure after the last one if any is damaged. Without an identity what can be known without it is checked,
    and a finding says what was not.
    """
    listings = {store: listed(store, run.settings) for store in stores_of(run.settings)}
    known = {item.id for listing in listings.values() for item in listing.backups}
    known |= {item.name.partition("/")[0] for listing in listings.values() for item in listing.broken}
    if name and name not in known:
        raise Refusal(f"there is no backup {name}", todo=_LIST)
    bad = [found for store in listings for found in _check_in(run, store, listings[store], name, every=every)]
    if bad:
        what, why = ("; ".join(clauses) for clauses in zip(*bad, strict=True))
        raise Failure(what, why=why, todo="Take a new backup now, then look at what changed these.")
    found = [item for item in run.story.findings if item.check == "backup-whole"]
    return f"{len(found)} {'backup is' if len(found) == 1 else 'backups are'} whole"


def _check_in(run: Run, store: Store, listing: Listing, name: str, *, every: bool) -> Iterator[tuple[str, str]]:
    """What is damaged among the backups that are meant, and why; of the newest, also what is newer and cannot be used.

    What it is stands by itself, as a message has that alone: the reason may hold what a program or an object said.
    """
    mine = [item for item in listing.backups if name in ("", item.id)]
    mine = [item for item in mine if name or item.manifest.database == run.staging.database]
    chosen = mine if every else mine[:1]
    since = "" if every or not chosen else chosen[0].id
    for broken in listing.broken:
        if broken.name.startswith(name) and broken.name >= since:
            yield f"{broken.name} in {store.place} cannot be used", broken.reason
    for backup in chosen:
        yield from _check_one(run, store, backup)
    if not chosen:
        what = f"{store.place} has no {'backup ' + name if name else 'backup of this database'} that could be checked"
        run.story.findings.append(noted(COPIES, what, "greenroom backups copy, or take one: greenroom backup"))


def _check_one(run: Run, store: Store, backup: Backup) -> Iterator[tuple[str, str]]:
    with run.step(f"read all of {backup.id}") as note:
        key = run.settings.proof_key()
        proof = _read(run, store, backup)
        keep_proof(run, store, proof, key)
        note.text = f"{store.place}, {in_bytes(backup.manifest.cipher_bytes)} in {proof.seconds:.1f} s"
        if proof.passed:
            run.story.findings.append(passed("backup-whole", f"{backup.id} in {store.place} is as it was stored"))
            return
        run.story.findings.append(refused("backup-whole", f"{backup.id} in {store.place} is not what was stored"))
        yield f"the backup {backup.id} in {store.place} is damaged", "; ".join(proof.findings)


def _read(run: Run, store: Store, backup: Backup) -> Proof:
    manifest = backup.manifest
    if not (has_identity(run.settings) or (run.settings.identity_block and run.secret_block)):
        what = f"of {backup.id} only the encrypted bytes were checked, as no identity is set: nothing was decrypted"
        run.story.findings.append(noted(UNREAD, what, "Set GREENROOM_IDENTITY_FILE to check what is inside, too."))
        rate = Rate(run.watcher.progress, total=manifest.cipher_bytes)
        return check_sealed(manifest, store, now=datetime.now(UTC), progress=rate)
    return check(
        manifest,
        store,
        identities_of(run),
        programs=for_reading(manifest.pg_dump_major, run.settings.pg_bin),
        now=datetime.now(UTC),
        progress=Rate(run.watcher.progress, total=manifest.clear_bytes),
    )


def copy_missing(run: Run) -> str:
    """Copy to each store what another has and it lacks, of what is young enough to be kept, or on hold."""
    stores = stores_of(run.settings)
    if len(stores) == 1:
        raise Refusal("there is no second store to copy to", todo="Set GREENROOM_SECOND_STORE (docs/settings.md).")
    with run.step("copy") as note:
        listings = {store: listed(store, run.settings) for store in stores}
        copied = [name for target in stores for source in stores for name in _copy(run, source, target, listings)]
        note.text = ", ".join(copied) or "each store has what the other has"
    return f"{len(copied)} {'backup was' if len(copied) == 1 else 'backups were'} copied"


def _copy(run: Run, source: Store, target: Store, listings: dict[Store, Listing]) -> Iterator[str]:
    keep = run.settings.retention().keep
    for backup in listings[source].backups:
        wanted = run.started - backup.dated <= keep or (backup.hold and backup.hold.lasts(run.started))
        if wanted and not backup.damaged and not _has(listings[target], backup.id):
            copy(backup, source, target, progress=Rate(run.watcher.progress, total=backup.manifest.cipher_bytes))
            yield f"{backup.id} to {target.place}"
