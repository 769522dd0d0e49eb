"""The proof that a backup restores: restore it, compare it with its manifest, ask it something, and drop it again."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from backups.check import finding
from backups.cipher import Damaged, Identity
from backups.comparison import BY_COLUMNS, Comparison, Found, compare_with_manifest
from backups.fetch import require_roles
from backups.manifest import Manifest
from backups.proof import Proof, ProofKind
from backups.restore import Destination, dropped, dropped_on_failure, restore
from backups.stores import Store
from backups.streams import Progress, silent
from catalog.errors import Failure
from database.contents.exported import column_hashes, contents, sequence_positions
from database.contents.row_content import content
from database.endpoints import Scratch
from database.session import DatabaseError, primary_message, reading


@dataclass(frozen=True, slots=True)
class Tried:
    """The proof, what of it is worth a note, and why the scratch database is left: empty if it was dropped."""

    proof: Proof
    notes: tuple[str, ...] = ()
    left: str = ""


def restore_test(
    manifest: Manifest,
    store: Store,
    identities: Sequence[Identity],
    into: Destination,
    *,
    now: datetime,
    progress: Progress = silent,
    probe: str = "",
) -> Tried:
    """Prove that a backup restores; the findings are empty if all came back as it was dumped, and its roles are whole.

    `probe` is a query of the operator's own that has to give a row. The proof's seconds are the recovery time, without
    the comparison. The database is gone afterwards whatever happens. Writes nothing to the store (`record` does).
    Raises as `restore` does, but damage is a finding.
    """
    started = time.monotonic()
    try:
        restored = restore(manifest, store, identities, into, progress=progress)
    except Damaged as error:
        seconds, comparison = round(time.monotonic() - started, 3), Comparison((finding(error),))
    else:
        with dropped_on_failure(into.database):
            seconds, comparison = restored.seconds, compare(manifest, into.database)
            more = (*_probe(into.database, probe), *_roles(manifest, store, identities))
        comparison = Comparison((*comparison.findings, *more), comparison.notes)
    proof = Proof(manifest.id, ProofKind.RESTORE_TEST, now.astimezone(UTC), seconds, comparison.findings)
    return Tried(proof, comparison.notes, left=dropped(into.database))


def compare(manifest: Manifest, restored: Scratch) -> Comparison:
    """What a restored database has that its manifest has not, or the other way round; reads all of it."""
    amounts = content(restored, dict(manifest.inherited_columns or ()))
    if manifest.format == BY_COLUMNS:
        hashes = column_hashes(restored)
    else:
        hashes = tuple((title, amount.digest) for title, amount in amounts.tables)
    held = contents(restored, [row.place for row in manifest.sign_in or ()])
    found = Found(held, sequence_positions(restored), hashes, amounts.large_objects)
    return compare_with_manifest(manifest, found)


def _roles(manifest: Manifest, store: Store, identities: Sequence[Identity]) -> tuple[str, ...]:
    """What is wrong with the roles, which a restore beside staging does not need, and one elsewhere does."""
    try:
        require_roles(manifest, store, identities)
    except Damaged as error:
        return (finding(error),)
    return ()


def _probe(database: Scratch, query: str) -> tuple[str, ...]:
    """What is wrong with the answer to the operator's own question, in a session that may not write."""
    if not query:
        return ()
    try:
        with reading(database, as_application=True) as connection:
            answer = connection.execute(query.encode()).fetchone()
    except (DatabaseError, Failure) as error:
        return (f"the probe query failed: {primary_message(error) or error}",)
    return () if answer is not None else ("the probe query gave no row",)
