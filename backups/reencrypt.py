"""Encrypting a kept backup anew, to the keys of today: a copy beside it, under a name of its own."""

import io
import os
import secrets
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

from backups.archive import seal
from backups.cipher import Identity, Recipient, encrypt
from backups.commit import OneTimeKey, Vouching, commit, greenroom_version
from backups.fetch import fetch, fetch_roles
from backups.layout import archive_name, backup_id, roles_name
from backups.manifest import Manifest
from backups.stores import Store, put
from backups.streams import Progress, Reader, silent


def reencrypt(
    manifest: Manifest,
    store: Store,
    identities: Sequence[Identity],
    recipients: Sequence[Recipient],
    *,
    progress: Progress = silent,
    vouching: Vouching,
) -> Manifest:
    """Store a copy of a backup that these recipients open, and give its manifest; the old one stays as it is.

    It has the moment of the old one, so that retention judges both alike. The clear bytes pass through memory alone.
    Raises Refusal if no identity opens the old one, Damaged if it is not what was stored: then no copy counts.
    """
    backup = backup_id(manifest.taken_at, secrets.token_hex(3))
    once = OneTimeKey.new() if vouching.read_back else None
    sealing = (*recipients, once.identity.recipient) if once else tuple(recipients)
    writing = store.writing(archive_name(backup), expected=2 * manifest.cipher_bytes)
    with writing as sink, _opened(manifest, store, identities) as source:
        measures = seal(source, sink, sealing, progress=progress)
    copy = replace(
        manifest,
        id=backup,
        compressed_bytes=measures.compressed_bytes,
        cipher_bytes=measures.cipher_bytes,
        cipher_sha256=measures.cipher_sha256,
        recipients=tuple(recipient.key for recipient in recipients),
        greenroom_version=greenroom_version(),
        copy_of=manifest.id,
    )
    if manifest.roles_sha256 is not None:
        copy = _with_roles(copy, manifest, store, identities, sealing)
    commit(store, copy, once, vouching)
    return copy


def _with_roles(
    copy: Manifest, of: Manifest, store: Store, identities: Sequence[Identity], recipients: Sequence[Recipient]
) -> Manifest:
    clear, cipher = io.BytesIO(), io.BytesIO()
    fetch_roles(of, store, identities, clear)
    clear.seek(0)
    sealed = encrypt(clear, cipher, recipients)
    put(store, roles_name(copy.id), cipher.getvalue())
    return replace(copy, roles_bytes=sealed.size, roles_sha256=sealed.sha256)


@contextmanager
def _opened(manifest: Manifest, store: Store, identities: Sequence[Identity]) -> Iterator[Reader]:
    """The clear archive as a stream, through a pipe; on leaving, raises if it was not what had been stored."""
    out, into = os.pipe()
    with ThreadPoolExecutor(1, thread_name_prefix="opening") as aside, os.fdopen(out, "rb", buffering=0) as source:

        def fill() -> None:
            with os.fdopen(into, "wb", buffering=0) as sink:
                fetch(manifest, store, identities, _All(sink))

        filling = aside.submit(fill)
        try:
            yield source
        finally:
            source.close()  # if the reader gave up, the writer hears of it and ends
            if (error := filling.exception()) and not isinstance(error, BrokenPipeError):
                raise error


class _All:
    """Writes all of what it is given into a pipe, which takes as much at a time as it has room for."""

    def __init__(self, sink: io.RawIOBase) -> None:
        self._sink = sink

    def write(self, data: bytes) -> int:
        """Take the bytes."""
        rest = memoryview(data)
        while rest:
            rest = rest[self._sink.write(rest) or 0 :]
        return len(data)
