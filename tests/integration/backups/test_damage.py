"""Objects that were changed, cut, lost or exchanged in the store: found, told, and never taken for a backup."""

import random
from dataclasses import replace

import pytest

from backups.check import check
from backups.cipher import Damaged
from backups.layout import archive_name, manifest_name
from backups.listing import list_backups
from backups.manifest import Manifest
from backups.prune import prune
from backups.restore import Destination, restore
from backups.restore_test import restore_test
from backups.retention import Policy, decide
from backups.stores import Store, get, put
from backups.stores.memory import MemoryStore
from database.endpoints import Scratch
from database.programs import Programs
from tests.integration.backups.breaking import IDENTITY, IN_MEMORY, ON_S3, SOON, back_up, change, exists, flip, now


def assert_damage_is_found(
    manifest: Manifest, store: Store, spare: Scratch, programs: Programs, like: Scratch, told: str
) -> None:
    """By the check, by the restore test and by the restore, each with the same reason; nothing is left behind."""
    checked = check(manifest, store, [IDENTITY], programs=programs, now=now())
    tested = restore_test(manifest, store, [IDENTITY], Destination(spare, like.database, programs), now=now()).proof
    for proof in (checked, tested):
        assert len(proof.findings) == 1
        assert proof.findings[0].startswith(f"the backup {manifest.id} is damaged: ")
        assert told in proof.findings[0]
    with pytest.raises(Damaged, match=told) as caught:
        restore(manifest, store, [IDENTITY], Destination(spare, like.database, programs))
    assert "nothing is left behind" in str(caught.value)
    assert "Restore another backup" in caught.value.todo
    assert not exists(spare)


@ON_S3
def test_a_flipped_bit_is_found(staging: Scratch, spare: Scratch, store: Store, programs: Programs) -> None:
    """One bit in the archive."""
    manifest = back_up(staging, store, programs)
    change(store, archive_name(manifest.id), flip)
    assert_damage_is_found(manifest, store, spare, programs, staging, "cannot be decrypted")


@ON_S3
def test_a_truncated_archive_is_found(staging: Scratch, spare: Scratch, store: Store, programs: Programs) -> None:
    """Half of the archive; the listing already knows."""
    manifest = back_up(staging, store, programs)
    change(store, archive_name(manifest.id), lambda data: data[: len(data) // 2])
    assert_damage_is_found(manifest, store, spare, programs, staging, "has another size")
    listing = list_backups(store)
    assert listing.backups == ()
    assert "is damaged: it has" in listing.broken[0].reason


@ON_S3
def test_a_missing_archive_is_found(staging: Scratch, spare: Scratch, store: Store, programs: Programs) -> None:
    """A manifest without its archive is not a backup."""
    manifest = back_up(staging, store, programs)
    store.delete(archive_name(manifest.id))
    assert_damage_is_found(manifest, store, spare, programs, staging, "archive.pgdump.zst.age is missing from")
    listing = list_backups(store)
    assert listing.backups == ()
    assert listing.broken[0].reason == f"the archive of {manifest.id} is gone: only its manifest is left"


@ON_S3
def test_a_swapped_archive_is_found(staging: Scratch, spare: Scratch, store: Store, programs: Programs) -> None:
    """Another backup's archive, whole and for the same recipient, is not taken for this one."""
    manifest, other = back_up(staging, store, programs), back_up(staging, store, programs)
    change(store, archive_name(manifest.id), lambda _: get(store, archive_name(other.id)))
    same_size = replace(manifest, cipher_bytes=other.cipher_bytes)  # by chance it may already be
    assert_damage_is_found(same_size, store, spare, programs, staging, "is not the one the manifest describes")


@IN_MEMORY
def test_a_damaged_manifest_is_reported_and_never_deleted(staging: Scratch, store: Store, programs: Programs) -> None:
    """It does not count, hides no other backup, and pruning leaves it for somebody to look at."""
    bad, good = back_up(staging, store, programs), back_up(staging, store, programs)
    change(store, manifest_name(bad.id), lambda data: data[:-40])
    listing = list_backups(store)
    assert [item.id for item in listing.backups] == [good.id]
    assert listing.broken[0].name == bad.id
    assert "manifest.json cannot be read" in listing.broken[0].reason
    pruned = prune(store, decide(listing.backups, Policy(), now()), listing.unfinished, SOON, now())
    assert (pruned.backups, pruned.leftovers) == ((), ())


def test_corruption_at_random_positions_is_always_found(staging: Scratch, programs: Programs) -> None:
    """A bit flipped anywhere in the archive, or the archive cut anywhere: the check never passes."""
    store, generator = MemoryStore(), random.Random(20261122)
    manifest = back_up(staging, store, programs)
    name = archive_name(manifest.id)
    whole = get(store, name)
    for _ in range(15):
        position = generator.randrange(len(whole))
        flipped = whole[:position] + bytes([whole[position] ^ 1 << generator.randrange(8)]) + whole[position + 1 :]
        for bad in (flipped, whole[:position]):
            store.delete(name)
            put(store, name, bad)
            assert not check(manifest, store, [IDENTITY], programs=programs, now=now()).passed


def test_a_manifest_corrupted_anywhere_never_breaks_the_listing(staging: Scratch, programs: Programs) -> None:
    """Whatever bit is flipped, the listing answers; what it still calls a backup has that backup's name."""
    store, generator = MemoryStore(), random.Random(20261123)
    manifest = back_up(staging, store, programs)
    name = manifest_name(manifest.id)
    whole = get(store, name)
    for _ in range(100):
        position = generator.randrange(len(whole))
        store.delete(name)
        flipped = bytes([whole[position] ^ 1 << generator.randrange(8)])
        put(store, name, whole[:position] + flipped + whole[position + 1 :])
        listing = list_backups(store)
        assert [item.id for item in listing.backups] + [item.name for item in listing.broken] == [manifest.id]
