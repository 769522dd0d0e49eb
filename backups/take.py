"""Taking a backup: dump, compress, encrypt, store, read back, and only then say that it is there."""

import io
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from backups.archive import Measures, seal
from backups.cipher import Recipient, encrypt
from backups.commit import OneTimeKey, Place, Vouching, commit, greenroom_version
from backups.dumped import dumped_content
from backups.layout import backup_id, roles_name
from backups.manifest import DOCUMENT, FORMAT, Manifest, Span
from backups.settled import settled_fingerprint
from backups.stores import Store, put
from backups.streams import Overheard, Progress, silent
from catalog.fingerprint import fingerprint
from database.archive_content import ArchiveContent
from database.content import Content
from database.endpoints import Scratch, Staging
from database.exported import Contents, exported, sequence_positions
from database.marker import read_marker
from database.programs import Programs, dump_command, streaming
from database.roles_sql import roles_sql
from database.row_content import PRINTED

_USUAL = Vouching()


@dataclass(frozen=True, slots=True)
class _Archive:
    """The archive as it went into the store, and what the database held at its instant."""

    measures: Measures
    contents: Contents
    amounts: Content
    sequences: tuple[tuple[str, Span], ...]
    server_version: int
    holds: str


@dataclass(frozen=True, slots=True)
class _Sealed:
    """A small object as it lies in the store, encrypted: its size in bytes and its SHA-256."""

    size: int
    sha256: str


def take(
    source: Staging | Scratch,
    store: Store,
    recipients: Sequence[Recipient],
    *,
    programs: Programs,
    now: datetime,
    progress: Progress = silent,
    vouching: Vouching = _USUAL,
) -> Manifest:
    """Back up a database and give the manifest, which is stored last and makes the backup count.

    Nothing is written to disk in the clear and nothing is overwritten. Raises Refusal if the store cannot be
    reached, Failure if the dump, the encryption or the store breaks, or the store does not give back what it was
    given; neither leaves anything that counts as a backup, but for a proof that cannot be kept (`commit`).
    """
    store.reach()
    started = time.monotonic()
    backup = backup_id(now, secrets.token_hex(3))
    once = OneTimeKey.new() if vouching.read_back else None
    sealing = (*recipients, once.identity.recipient) if once else tuple(recipients)
    archive = _store_archive(source, Place(store, backup), sealing, programs, progress)
    roles = _store_roles(source, Place(store, backup), sealing)
    seconds = round(time.monotonic() - started, 3)
    manifest = Manifest(
        format=FORMAT,
        id=backup,
        database=source.database,
        taken_at=now.astimezone(UTC).replace(microsecond=0),
        seconds=seconds,
        clear_bytes=archive.measures.clear_bytes,
        compressed_bytes=archive.measures.compressed_bytes,
        cipher_bytes=archive.measures.cipher_bytes,
        clear_sha256=archive.measures.clear_sha256,
        cipher_sha256=archive.measures.cipher_sha256,
        recipients=tuple(recipient.key for recipient in recipients),
        schema_fingerprint=fingerprint(archive.contents.catalog),
        settled_fingerprint=settled_fingerprint(archive.contents.catalog),
        row_counts=archive.contents.row_counts,
        content_hashes=tuple((title, amount.digest) for title, amount in archive.amounts.tables),
        sequences=archive.sequences,
        roles_bytes=roles.size,
        roles_sha256=roles.sha256,
        holds=archive.holds,
        copy_of="",
        large_objects=archive.amounts.large_objects.count,
        large_objects_hash=archive.amounts.large_objects.digest,
        document=DOCUMENT,
        server_version=archive.server_version,
        pg_dump_major=programs.major,
        greenroom_version=greenroom_version(),
    )
    commit(store, manifest, once, vouching)
    return manifest


def _store_archive(
    source: Staging | Scratch, place: Place, recipients: Sequence[Recipient], programs: Programs, progress: Progress
) -> _Archive:
    """Stream the dump into the store; the program's exit is known before the store is told that the object is whole.

    What its rows amount to is added up as they pass; meanwhile the server counts them, in the same snapshot.
    """
    with exported(source) as held:
        before = sequence_positions(source)
        command = dump_command(programs, source.with_server_settings(PRINTED), f"--snapshot={held.snapshot}")
        heard = ArchiveContent()
        with place.writing(held.size) as sink:
            with streaming(command) as dump:
                measures = seal(Overheard(dump, heard.feed), sink, recipients, progress=progress)
            found = held.contents()  # if that fails, there is no archive
            amounts = dumped_content(heard, found)
    after = dict(sequence_positions(source))
    spans = tuple((name, _span(position, after.get(name, position))) for name, position in before)
    marker = read_marker(held.comment)
    return _Archive(measures, found, amounts, spans, held.server_version, marker.run if marker else "")


def _span(before: int, after: int) -> Span:
    return min(before, after), max(before, after)


def _store_roles(source: Staging | Scratch, place: Place, recipients: Sequence[Recipient]) -> _Sealed:
    """The SQL of roles and grants, encrypted as the archive is: a setting of a role may be a secret."""
    sink = io.BytesIO()
    sealed = encrypt(io.BytesIO(roles_sql(source).encode()), sink, recipients)
    put(place.store, roles_name(place.backup), sink.getvalue())
    return _Sealed(sealed.size, sealed.sha256)
