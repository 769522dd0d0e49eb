"""The proof that a backup restores: restore it, compare it with its manifest, and drop it again."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime

from backups.check import finding
from backups.cipher import Damaged, Identity
from backups.manifest import Manifest
from backups.proof import Proof, ProofKind
from backups.restore import Destination, compare_with_manifest, restore
from backups.stores import Store
from backups.streams import Progress, silent
from database.exported import contents
from database.lifecycle import drop, maintenance


def restore_test(
    manifest: Manifest,
    store: Store,
    identities: Sequence[Identity],
    into: Destination,
    *,
    now: datetime,
    progress: Progress = silent,
) -> Proof:
    """Prove that a backup restores; the findings are empty if what came back is what was dumped.

    The proof's seconds are the recovery time, without the comparison. The database is gone afterwards whatever happens.
    Writes nothing to the store (`record` does). Raises as `restore` does, but damage is a finding.
    """
    started = time.monotonic()
    try:
        restored = restore(manifest, store, identities, into, progress=progress)
        seconds, findings = restored.seconds, compare_with_manifest(manifest, contents(into.database))
    except Damaged as error:
        seconds, findings = round(time.monotonic() - started, 3), (finding(error),)
    finally:
        with maintenance(into.database) as server:
            drop(server, into.database)
    return Proof(manifest.id, ProofKind.RESTORE_TEST, now.astimezone(UTC), seconds, findings)
