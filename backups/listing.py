"""What backups a store holds, and what in it only looks like one."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from backups.hold import Hold, read_hold
from backups.layout import (
    ARCHIVE,
    MANIFEST,
    PROOFS,
    ROLES,
    SIGNATURE,
    archive_name,
    hold_name,
    manifest_name,
    owner,
    signature_name,
)
from backups.manifest import Manifest, read_manifest
from backups.proof import TAKEN_BACK, Backup, Proof, read_proof
from backups.signing import VerifyKey, require_signed
from backups.stores import Missing, Store, Stored, get
from catalog.errors import Failure, Refusal

_LARGEST_PROOF = 4 * 1024 * 1024  # a finding for each of ten thousand tables; holds and signatures are smaller


@dataclass(frozen=True, slots=True)
class Broken:
    """A backup, or something beside one, that cannot be used; it is reported, and never deleted by us."""

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


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the objects of one name amount to."""

    backup: Backup | None = None
    broken: tuple[Broken, ...] = ()
    unfinished: tuple[Stored, ...] = ()


def list_backups(store: Store, verify_keys: Sequence[VerifyKey] = ()) -> Listing:
    """Everything of ours in the store; reads names, manifests and proofs, not archives.

    If there are verify keys, a manifest or proof that none of them signed is broken: it does not count. Raises Failure
    if the store cannot be read.
    """
    objects: dict[str, list[Stored]] = defaultdict(list)
    for item in store.objects():
        backup = owner(item.name)
        if backup:
            objects[backup].append(item)
    found = [_look(store, backup, objects[backup], verify_keys) for backup in sorted(objects)]
    backups = [item.backup for item in found if item.backup]
    return Listing(
        backups=tuple(sorted(backups, key=lambda item: item.order, reverse=True)),
        broken=tuple(broken for item in found for broken in item.broken),
        unfinished=tuple(stored for item in found for stored in item.unfinished),
    )


def _look(store: Store, backup: str, objects: Sequence[Stored], keys: Sequence[VerifyKey]) -> _Seen:
    found = {item.name: item for item in objects}
    if manifest_name(backup) not in found:
        return _without_manifest(store, backup, objects, keys)
    try:
        passed_over = (ARCHIVE, ROLES) if keys else (ARCHIVE, ROLES, SIGNATURE)
        texts = {name: _text(store, name) for name in found if not name.endswith(passed_over)}
    except Missing as error:  # let go by another run at this moment
        return _Seen(broken=(Broken(backup, error.what),))
    try:
        manifest = read_manifest(_signed(manifest_name(backup), texts, keys), backup)
        _require_archive(manifest, {name: item.size for name, item in found.items()})
    except Failure as error:
        return _Seen(broken=(_broken(backup, error),))
    proofs, broken = _proofs(texts, keys)
    hold, odd = _hold(backup, texts)
    unread = tuple(f"{item.name}: {item.reason}" for item in (*broken, *odd))
    stored_at = found[manifest_name(backup)].modified
    return _Seen(Backup(manifest, proofs, stored_at, hold, unread), (*broken, *odd, *_bereft(found)))


def _without_manifest(store: Store, backup: str, objects: Sequence[Stored], keys: Sequence[VerifyKey]) -> _Seen:
    """Something unfinished or half let go; or a backup that lost its manifest, as neither has a proof that passed.

    Any proof is enough, signed or not: it makes nothing count, and only keeps what is there from being cleared away.
    Taken back it is by one alone that counts and says the same but for that: what was proven before stands.
    """
    try:
        texts = {item.name: _text(store, item.name) for item in objects if f"/{PROOFS}" in item.name}
    except Missing:  # cleared away by another run at this moment
        return _Seen()
    taken_back = [proof for proof in _proofs(texts, keys)[0] if TAKEN_BACK in proof.findings]
    passed = [proof for proof in _proofs(texts, ())[0] if proof.passed]
    if any(all(replace(back, at=proof.at, findings=()) != proof for back in taken_back) for proof in passed):
        return _Seen(
            broken=(Broken(manifest_name(backup), "it is gone, and a proof beside it says that it was there"),)
        )
    return _Seen(unfinished=tuple(objects))


def _text(store: Store, name: str) -> bytes:
    """What an object says; of one that somebody made too large for its kind the beginning, which cannot be read."""
    return get(store, name) if name.endswith(MANIFEST) else get(store, name, most=_LARGEST_PROOF)


def _bereft(found: Mapping[str, Stored]) -> Iterator[Broken]:
    """Proofs that are gone while their signature is there."""
    for name in sorted(found):
        if name.endswith(SIGNATURE) and name.removesuffix(SIGNATURE) not in found:
            yield Broken(name.removesuffix(SIGNATURE), "it is gone: only its signature is left")


def _hold(backup: str, texts: Mapping[str, bytes]) -> tuple[Hold | None, tuple[Broken, ...]]:
    """Its hold, if there is one, or why it cannot be read."""
    if hold_name(backup) not in texts:
        return None, ()
    try:
        return read_hold(texts[hold_name(backup)], backup), ()
    except Failure as error:
        return None, (_broken(hold_name(backup), error),)


def _proofs(texts: Mapping[str, bytes], keys: Sequence[VerifyKey]) -> tuple[tuple[Proof, ...], tuple[Broken, ...]]:
    """The proofs that can be read, and the others, which take nothing from the backup but themselves."""
    proofs, broken = [], []
    for name in sorted(texts):
        if f"/{PROOFS}" in name and not name.endswith(SIGNATURE):
            try:
                proofs.append(read_proof(_signed(name, texts, keys, proof=True), name))
            except Failure as error:
                broken.append(_broken(name, error))
    return tuple(proofs), tuple(broken)


def _signed(name: str, texts: Mapping[str, bytes], keys: Sequence[VerifyKey], *, proof: bool = False) -> bytes:
    require_signed(name, texts[name], texts.get(signature_name(name)), keys, proof=proof)
    return texts[name]


def _broken(name: str, error: Failure) -> Broken:
    return Broken(name, f"{error.what}: {error.why}")


def _require_archive(manifest: Manifest, sizes: dict[str, int]) -> None:
    size = sizes.get(archive_name(manifest.id))
    if size is None:
        raise Failure(f"the archive of {manifest.id} is gone", why="only its manifest is left")
    if size != manifest.cipher_bytes:
        raise Failure(
            f"the archive of {manifest.id} is damaged", why=f"it has {size} bytes instead of {manifest.cipher_bytes}"
        )
