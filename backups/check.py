"""Checking a backup without restoring it: every byte is read, hashed, decrypted, and parsed by `pg_restore`."""

import time
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime

from backups.cipher import Damaged, Identity
from backups.fetch import fetch, require_roles, require_sealed
from backups.manifest import Manifest
from backups.proof import Proof, ProofKind
from backups.stores import Store
from backups.streams import Progress, silent
from database.programs import Command, Complained, Programs, feeding


def check(
    manifest: Manifest,
    store: Store,
    identities: Sequence[Identity],
    *,
    programs: Programs,
    now: datetime,
    progress: Progress = silent,
) -> Proof:
    """Re-read all of a backup; the proof's findings are empty if every byte is as it was and the archive parses.

    Writes nothing, also not the proof (`record` does). Raises Refusal if no identity opens the backup, Failure if the
    store cannot be read or `pg_restore` is killed or does not start.
    """
    started = time.monotonic()
    findings = _findings(manifest, store, identities, programs, progress)
    seconds = round(time.monotonic() - started, 3)
    return Proof(manifest.id, ProofKind.CHECK, now.astimezone(UTC), seconds, findings)


def check_sealed(manifest: Manifest, store: Store, *, now: datetime, progress: Progress = silent) -> Proof:
    """Re-read all of a backup without an identity: its encrypted bytes are those that were stored, and are age's.

    Nothing is decrypted, and so nothing is known of what is inside. Raises as `check` does.
    """
    started = time.monotonic()
    try:
        require_sealed(manifest, store, progress=progress)
        findings: tuple[str, ...] = ()
    except Damaged as error:
        findings = (finding(error),)
    seconds = round(time.monotonic() - started, 3)
    return Proof(manifest.id, ProofKind.SEALED, now.astimezone(UTC), seconds, findings)


def reading_command(programs: Programs) -> Command:
    """pg_restore reading a whole archive from standard input into nothing; its listing alone would verify nothing."""
    return Command((programs.pg_restore, "--file=/dev/null"))


def finding(error: Damaged) -> str:
    """Damage as a line in a proof."""
    return f"{error.what}: {error.why}"


def _findings(
    manifest: Manifest, store: Store, identities: Sequence[Identity], programs: Programs, progress: Progress
) -> tuple[str, ...]:
    try:
        with feeding(reading_command(programs)) as archive, closing(archive):
            fetch(manifest, store, identities, archive, progress=progress)
        require_roles(manifest, store, identities)
    except Damaged as error:
        return (finding(error),)
    except Complained as error:  # age vouches for each byte it got: none changed on the way
        return (f"pg_restore does not accept the archive: {error.why}",)
    return ()
