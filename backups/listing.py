"""What backups a store holds, and what in it only looks like one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from backups.hold import Hold, read_hold
from backups.layout import ARCHIVE, archive_name, hold_name, manifest_name, owner
from backups.manifest import Manifest, read_manifest
from backups.proof import Backup, Proof, read_proof
from backups.stores import Missing, Store, Stored, get
from catalog.errors import Failure, Refusal


@dataclass(frozen=True, slots=True)
class Broken:
    """Something that has a manifest and cannot be used; it is reported, and never deleted by us."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What a store holds: backups newest first, broken ones, and objects of backups that were never finished."""

    backups: tuple[Backup, ...]
    broken: tuple[Broken, ...]
    unfinished: tuple[Stored, ...]

    def find(self, name: str = "", *, database: str = "") -> Backup:
        """The backup of that name, or the newest if none is given; of one database alone if it is given.

        Raises Refusal if there is none.
        """
        fitting = [item for item in self.backups if name in ("", item.id) and database in ("", item.manifest.database)]
        if not fitting:
            raise Refusal(
                f"there is no backup {name or 'yet'}" + (f' of "{database}"' if database else ""),
                todo="To see which there are: greenroom backups list",
            )
        return fitting[0]


def list_backups(store: Store) -> Listing:
    """Everything of ours in the store; reads names and manifests, not archives. Raises Failure if it cannot be read."""
    objects: dict[str, list[Stored]] = defaultdict(list)
    for item in store.objects():
        backup = owner(item.name)
        if backup:
            objects[backup].append(item)
    found = [_look(store, backup, objects[backup]) for backup in sorted(objects)]
    backups = [item for item in found if isinstance(item, Backup)]
    return Listing(
        backups=tuple(sorted(backups, key=lambda item: (item.taken_at, item.id), reverse=True)),
        broken=tuple(item for item in found if isinstance(item, Broken)),
        unfinished=tuple(stored for item in found if isinstance(item, tuple) for stored in item),
    )


def _look(store: Store, backup: str, objects: Sequence[Stored]) -> Backup | Broken | tuple[Stored, ...]:
    found = {item.name: item for item in objects}
    if manifest_name(backup) not in found:
        return tuple(objects)
    try:
        texts = {name: get(store, name) for name in found if not name.endswith(ARCHIVE)}
    except Missing as error:  # let go by another run at this moment
        return Broken(backup, error.what)
    try:
        return _parse(backup, texts, found)
    except Failure as error:
        return Broken(backup, f"{error.what}: {error.why}")


def _parse(backup: str, texts: dict[str, bytes], found: dict[str, Stored]) -> Backup:
    manifest = read_manifest(texts[manifest_name(backup)], backup)
    _require_archive(manifest, {name: item.size for name, item in found.items()})
    stored_at = found[manifest_name(backup)].modified
    proofs, holds, unread = list[Proof](), list[Hold](), list[str]()
    for name in sorted(texts.keys() - {manifest_name(backup)}):
        try:
            if name == hold_name(backup):
                holds.append(read_hold(texts[name], backup))
            else:
                proofs.append(read_proof(texts[name], name))
        except Failure as error:  # what lies beside a backup does not make it worthless
            unread.append(f"{error.what}: {error.why}")
    return Backup(manifest, tuple(proofs), stored_at, next(iter(holds), None), tuple(unread))


def _require_archive(manifest: Manifest, sizes: dict[str, int]) -> None:
    size = sizes.get(archive_name(manifest.id))
    if size is None:
        raise Failure(f"the archive of {manifest.id} is gone", why="only its manifest is left")
    if size != manifest.cipher_bytes:
        raise Failure(
            f"the archive of {manifest.id} is damaged", why=f"it has {size} bytes instead of {manifest.cipher_bytes}"
        )
