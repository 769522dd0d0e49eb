"""From an archive in the store to a backup that counts: read back, signed, and its manifest stored last."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Self

from backups.cipher import Damaged, Identity
from backups.fetch import fetch_archive, fetch_roles
from backups.layout import archive_name, manifest_name
from backups.manifest import Manifest, manifest_json
from backups.proof import Proof, ProofKind
from backups.record import put_signed, record
from backups.signing import SigningKey
from backups.stores import Missing, Store
from backups.stores.mirrored import MirroredStore
from backups.streams import Meter, Progress, silent
from catalog.errors import Failure


@dataclass(frozen=True, slots=True)
class Vouching:
    """What vouches for a backup beside its hashes: a signature, if there is a key, and being read back at once.

    `reading_back` is told how many clear bytes of it were read.
    """

    signing_key: SigningKey | None = None
    read_back: bool = True
    reading_back: Progress = silent


@dataclass(frozen=True, slots=True)
class OneTimeKey:
    """A key to read one backup back with: in memory, in no file, named in no manifest, and then forgotten."""

    identity: Identity

    @classmethod
    def new(cls) -> Self:
        """A new one."""
        return cls(Identity.new())


def commit(store: Store, manifest: Manifest, once: OneTimeKey | None, vouching: Vouching) -> None:
    """Make what was stored a backup: its manifest is stored when the store has given the archive back unchanged.

    Raises Failure, with no manifest stored, if the store gives back anything else. The archive is not deleted if the
    manifest cannot be stored, as it may have arrived all the same. Of several stores one is read, and the proof is kept
    there alone; one that gives back anything else is lost, and the next is read. Raises Failure as well if the proof
    cannot be kept; the backup counts then.
    """
    read, proof = _proven(store, manifest, once, vouching.reading_back) if once else (store, None)
    with _not_counting(store, manifest):
        put_signed(store, manifest_name(manifest.id), manifest_json(manifest), vouching.signing_key)
    if proof and read is _read_of(store):  # else it was lost with the manifest, and has no backup to prove
        with _counting(manifest):
            record(read, proof, vouching.signing_key)


def greenroom_version() -> str:
    """The version of this software, for the manifest."""
    try:
        return version("greenroom")
    except PackageNotFoundError:
        return "unreleased"


def _read_of(store: Store) -> Store:
    return store.first if isinstance(store, MirroredStore) else store


def _proven(store: Store, manifest: Manifest, once: OneTimeKey, progress: Progress) -> tuple[Store, Proof]:
    """The store that was read, and the proof."""
    if isinstance(store, MirroredStore):
        return store.ask_one(lambda one: _read_back(one, manifest, once, progress))
    return store, _read_back(store, manifest, once, progress)


def _read_back(store: Store, manifest: Manifest, once: OneTimeKey, progress: Progress) -> Proof:
    """The proof that all of it can be read, decrypted and decompressed, and is what was sent."""
    started = time.monotonic()
    left = f"{archive_name(manifest.id)} is there and does not count; pruning clears it away after a day"
    try:
        fetch_archive(manifest, store, [once.identity], Meter(hashing=False), progress=progress)
        fetch_roles(manifest, store, [once.identity], Meter(hashing=False))
    except (Damaged, Missing) as error:
        raise Failure(
            f"{store.place} does not give back what was just stored there",
            why=f"{error.what}: {error.why}" if error.why else error.what,
            left=left,
            todo="Run again, and look at the store: rely on no backup in it before its next check.",
        ) from None
    except Failure as error:
        todo = f"{error.todo} Where this host may write and not read, set GREENROOM_READ_BACK=false.".strip()
        raise Failure(error.what, why=error.why, left=left, todo=todo) from error
    seconds = round(time.monotonic() - started, 3)
    return Proof(manifest.id, ProofKind.READ_BACK, datetime.now(UTC).replace(microsecond=0), seconds, ())


@contextmanager
def _not_counting(store: Store, manifest: Manifest) -> Iterator[None]:
    try:
        yield
    except Failure as error:
        left = f"{archive_name(manifest.id)} is in {store.place} and does not count; pruning clears it away after a day"
        raise Failure(error.what, why=error.why, left=left, todo=error.todo) from error


@contextmanager
def _counting(manifest: Manifest) -> Iterator[None]:
    try:
        yield
    except Failure as error:
        left = f"{manifest.id} is a backup all the same; nothing beside it says that it was read back"
        raise Failure(error.what, why=error.why, left=left, todo=error.todo) from error
