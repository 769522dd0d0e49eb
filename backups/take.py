"""Taking a backup: dump, compress, encrypt, store, read back, and only then say that it is there."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from backups.archive import Measures, seal
from backups.cipher import Recipient
from backups.commit import Vouching, commit, greenroom_version
from backups.dumped import dumped_content
from backups.manifest import DOCUMENT, FORMAT, Manifest, SignInHash, Span
from backups.new_backup import NewBackup, Sealed
from backups.settled import settled_fingerprint
from backups.stores import Store
from backups.streams import Overheard, Progress, silent
from catalog.fingerprint import fingerprint
from database.contents.archive_content import ArchiveContent
from database.contents.content import Content
from database.contents.exported import Contents, exported, sequence_positions
from database.contents.row_content import PRINTED
from database.endpoints import Scratch, Staging
from database.programs import Programs, dump_command, streaming
from database.rights.roles_sql import roles_sql

_USUAL = Vouching()


@dataclass(frozen=True, slots=True)
class _Dumped:
    """The archive as it went into the store, and what the database held at its instant."""

    measures: Measures
    contents: Contents
    amounts: Content
    sequences: tuple[tuple[str, Span], ...]
    server_version: int
    holds: str


@dataclass(frozen=True, slots=True)
class _Taking:
    """When and of what the backup is taken, how long it took, and by which pg_dump."""

    database: str
    at: datetime
    seconds: float
    pg_dump_major: int


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
    new = NewBackup.begin(store, now, recipients, read_back=vouching.read_back)
    dumped = _store_dump(source, new, programs, progress)
    roles = new.store_roles(roles_sql(source).encode())
    taking = _Taking(source.database, now, round(time.monotonic() - started, 3), programs.major)
    manifest = _manifest(new, taking, dumped, roles)
    commit(store, manifest, new.once, vouching)
    return manifest


def _store_dump(source: Staging | Scratch, new: NewBackup, programs: Programs, progress: Progress) -> _Dumped:
    """Stream the dump into the store; the program's exit is known before the store is told that the object is whole.

    What its rows amount to is added up as they pass; meanwhile the server counts them, in the same snapshot.
    """
    with exported(source) as held:
        before = sequence_positions(source)
        command = dump_command(programs, source.with_server_settings(PRINTED), f"--snapshot={held.snapshot}")
        heard = ArchiveContent()
        with new.archive(held.size) as sink:
            with streaming(command) as dump:
                measures = seal(Overheard(dump, heard.feed), sink, new.sealed_to, progress=progress)
            found = held.contents()  # if that fails, there is no archive
            amounts = dumped_content(heard, found)
    after = dict(sequence_positions(source))
    spans = tuple((name, _span(position, after.get(name, position))) for name, position in before)
    return _Dumped(measures, found, amounts, spans, held.server_version, held.marker.run)


def _span(before: int, after: int) -> Span:
    return min(before, after), max(before, after)


def _manifest(new: NewBackup, taking: _Taking, dumped: _Dumped, roles: Sealed) -> Manifest:
    """All that is known of the backup, in the manifest's order."""
    measures, contents, amounts = dumped.measures, dumped.contents, dumped.amounts
    return Manifest(
        format=FORMAT,
        id=new.id,
        database=taking.database,
        taken_at=taking.at.astimezone(UTC).replace(microsecond=0),
        seconds=taking.seconds,
        clear_bytes=measures.clear_bytes,
        compressed_bytes=measures.compressed_bytes,
        cipher_bytes=measures.cipher_bytes,
        clear_sha256=measures.clear_sha256,
        cipher_sha256=measures.cipher_sha256,
        recipients=new.recipient_keys,
        schema_fingerprint=fingerprint(contents.catalog),
        settled_fingerprint=settled_fingerprint(contents.catalog),
        row_counts=contents.row_counts,
        server_version=dumped.server_version,
        pg_dump_major=taking.pg_dump_major,
        greenroom_version=greenroom_version(),
        content_hashes=tuple((title, amount.digest) for title, amount in amounts.tables),
        sequences=dumped.sequences,
        roles_bytes=roles.size,
        roles_sha256=roles.sha256,
        holds=dumped.holds,
        copy_of="",
        large_objects=amounts.large_objects.count,
        large_objects_hash=amounts.large_objects.digest,
        document=DOCUMENT,
        materialized_views=contents.views,
        sign_in=tuple(SignInHash(*row.sign_in, row.digest) for row in contents.sign_in if row.rows == 1),
        inherited_columns=contents.inherited_columns,
    )
