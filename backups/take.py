"""Taking a backup: dump, compress, encrypt, store, and only then say that it is there."""

import secrets
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version

from backups.archive import Measures, seal
from backups.cipher import Recipient
from backups.layout import archive_name, backup_id, manifest_name
from backups.manifest import FORMAT, Manifest, manifest_json
from backups.settled import settled_fingerprint
from backups.stores import Store, put
from backups.streams import Progress, silent
from catalog.errors import Failure
from catalog.fingerprint import fingerprint
from database.endpoints import Scratch, Staging
from database.exported import Exported, exported
from database.programs import Programs, dump_command, streaming


def take(
    source: Staging | Scratch,
    store: Store,
    recipients: Sequence[Recipient],
    *,
    programs: Programs,
    now: datetime,
    progress: Progress = silent,
) -> Manifest:
    """Back up a database and give the manifest, which is stored last and makes the backup count.

    Nothing is written to disk in the clear and nothing is overwritten. Raises Refusal if the store cannot be
    reached, Failure if the dump, the encryption or the store breaks; neither leaves anything that counts as a backup.
    """
    store.reach()
    started = time.monotonic()
    backup = backup_id(now, secrets.token_hex(3))
    with exported(source) as held:
        measures = _store_archive(source, store, backup, recipients, programs, held, progress)
    manifest = Manifest(
        format=FORMAT,
        id=backup,
        database=source.database,
        taken_at=now.astimezone(UTC).replace(microsecond=0),
        seconds=round(time.monotonic() - started, 3),
        clear_bytes=measures.clear_bytes,
        compressed_bytes=measures.compressed_bytes,
        cipher_bytes=measures.cipher_bytes,
        clear_sha256=measures.clear_sha256,
        cipher_sha256=measures.cipher_sha256,
        recipients=tuple(recipient.key for recipient in recipients),
        schema_fingerprint=fingerprint(held.contents.catalog),
        settled_fingerprint=settled_fingerprint(held.contents.catalog),
        row_counts=held.contents.row_counts,
        server_version=held.server_version,
        pg_dump_major=programs.major,
        greenroom_version=_greenroom_version(),
    )
    _commit(store, manifest)
    return manifest


def _store_archive(
    source: Staging | Scratch,
    store: Store,
    backup: str,
    recipients: Sequence[Recipient],
    programs: Programs,
    held: Exported,
    progress: Progress,
) -> Measures:
    """Stream the dump into the store; the program's exit is known before the store is told that the object is whole."""
    command = dump_command(programs, source, f"--snapshot={held.snapshot}")
    with store.writing(archive_name(backup), expected=held.size) as sink, streaming(command) as dump:
        return seal(dump, sink, recipients, progress=progress)


def _commit(store: Store, manifest: Manifest) -> None:
    """Store the manifest; the archive is not deleted if that fails, as the manifest may have arrived all the same."""
    try:
        put(store, manifest_name(manifest.id), manifest_json(manifest))
    except Failure as error:
        left = f"{archive_name(manifest.id)} is in {store.place} and does not count; pruning clears it away after a day"
        raise Failure(error.what, why=error.why, left=left, todo=error.todo) from error


def _greenroom_version() -> str:
    try:
        return version("greenroom")
    except PackageNotFoundError:
        return "unreleased"
