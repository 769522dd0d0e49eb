"""Encrypting a kept backup anew, to the keys of today: a copy beside it, under a name of its own."""

import io
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

from backups.archive import Measures, seal
from backups.cipher import Identity, Recipient
from backups.commit import Vouching, commit, greenroom_version
from backups.fetch import fetch, fetch_roles
from backups.manifest import Manifest
from backups.new_backup import NewBackup, Sealed
from backups.stores import Store
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
    new = NewBackup.begin(store, manifest.taken_at, recipients, read_back=vouching.read_back)
    with new.archive(2 * manifest.cipher_bytes) as sink, _opened(manifest, store, identities) as source:
        measures = seal(source, sink, new.sealed_to, progress=progress)
    copy = _described(new, manifest, measures, _roles_anew(new, manifest, identities))
    commit(store, copy, new.once, vouching)
    return copy


def _roles_anew(new: NewBackup, of: Manifest, identities: Sequence[Identity]) -> Sealed | None:
    """The roles for the new recipients; a backup of format 1 has none."""
    if of.roles_sha256 is None:
        return None
    clear = io.BytesIO()
    fetch_roles(of, new.store, identities, clear)
    return new.store_roles(clear.getvalue())


def _described(new: NewBackup, of: Manifest, measures: Measures, roles: Sealed | None) -> Manifest:
    """The old manifest with what is another's in the copy: its name, its encrypted bytes, and who opens them."""
    return replace(
        of,
        id=new.id,
        compressed_bytes=measures.compressed_bytes,
        cipher_bytes=measures.cipher_bytes,
        cipher_sha256=measures.cipher_sha256,
        recipients=new.recipient_keys,
        greenroom_version=greenroom_version(),
        roles_bytes=roles.size if roles else None,
        roles_sha256=roles.sha256 if roles else None,
        copy_of=of.id,
    )


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
