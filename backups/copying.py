"""Copying a backup from one store to another, still encrypted, so that either can be lost."""

import hashlib

from backups.cipher import Damaged
from backups.layout import PROOFS, archive_name, manifest_name, owner, roles_name
from backups.proof import Backup
from backups.stores import Missing, Store
from backups.streams import Progress, silent

_BLOCK = 1 << 20


def copy(backup: Backup, source: Store, target: Store, *, progress: Progress = silent) -> None:
    """Store in `target` what makes the backup, the manifest last; its proofs are about `source` and stay there.

    Safe to run twice. Raises Damaged, with nothing that counts in `target`, if archive or roles are not what the
    manifest says.
    """
    names = [item.name for item in source.objects(f"{backup.id}/") if owner(item.name) == backup.id]
    wanted = [name for name in names if f"/{PROOFS}" not in name and name != manifest_name(backup.id)]
    hashes = {
        archive_name(backup.id): backup.manifest.cipher_sha256,
        roles_name(backup.id): backup.manifest.roles_sha256 or "",
    }
    for name in (*wanted, manifest_name(backup.id)):
        expected = hashes.get(name, "")
        if _lacks(target, name):
            _carry(name, source, target, expected, progress)
        elif expected:
            _require(name, target, expected)


def _lacks(target: Store, name: str) -> bool:
    try:
        target.head(name)
    except Missing:
        return True
    return False


def _carry(name: str, source: Store, target: Store, expected: str, progress: Progress) -> None:
    digest, done = hashlib.sha256(), 0
    size = source.head(name).size
    with source.reading(name) as stream, target.writing(name, expected=size) as sink:
        while block := stream.read(_BLOCK):
            digest.update(block)
            sink.write(block)
            progress(done := done + len(block))
        if expected and digest.hexdigest() != expected:
            raise _damaged(name, source)


def _require(name: str, target: Store, expected: str) -> None:
    """What an earlier attempt left must be whole, before a manifest makes it count."""
    digest = hashlib.sha256()
    with target.reading(name) as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    if digest.hexdigest() != expected:
        raise _damaged(name, target)


def _damaged(name: str, store: Store) -> Damaged:
    return Damaged(
        f"{name} in {store.place} is not the one the manifest describes",
        why="the SHA-256 of its bytes differs",
        todo="Check it, and take a new backup: greenroom backups check",
    )
