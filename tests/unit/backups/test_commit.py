"""From objects in a store to a backup that counts, and its proof: on real stores in memory, with no database."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest

from backups.archive import seal
from backups.cipher import encrypt
from backups.commit import OneTimeKey, Vouching, commit
from backups.layout import archive_name, roles_name
from backups.listing import list_backups
from backups.manifest import DOCUMENT, Manifest
from backups.proof import ProofKind
from backups.stores import Store, get, put
from backups.stores.drafts import Draft
from backups.stores.memory import MemoryStore
from backups.stores.mirrored import MirroredStore
from catalog.errors import Failure
from tests.unit.backups.test_retention import backup


def sent(store: Store, once: OneTimeKey) -> Manifest:
    """A small backup whose objects are in the store, and not yet its manifest."""
    template, recipients = backup(timedelta()).manifest, [once.identity.recipient]
    archive, roles = io.BytesIO(), io.BytesIO()
    measures = seal(io.BytesIO(b"rows"), archive, recipients)
    sealed = encrypt(io.BytesIO(b"roles"), roles, recipients)
    put(store, archive_name(template.id), archive.getvalue())
    put(store, roles_name(template.id), roles.getvalue())
    return replace(
        template,
        format=2,
        clear_bytes=measures.clear_bytes,
        cipher_bytes=measures.cipher_bytes,
        clear_sha256=measures.clear_sha256,
        cipher_sha256=measures.cipher_sha256,
        roles_bytes=sealed.size,
        roles_sha256=sealed.sha256,
        content_hashes=(),
        sequences=(),
        holds="",
        copy_of="",
        large_objects=0,
        large_objects_hash="0" * 32,
        document=DOCUMENT,
        materialized_views=(),
        sign_in=(),
        inherited_columns=(),
    )


class Unproven(MemoryStore):
    """A store that takes no proof."""

    def draft(self, name: str, *, expected: int = 0) -> Draft:
        if "/proofs/" in name:
            raise Failure("it is full")
        return super().draft(name, expected=expected)


def test_the_proof_of_a_read_back_lies_where_it_was_read() -> None:
    """Of two stores both have the backup, and nothing is said of the bytes of the one that nobody has read."""
    first, second = MemoryStore(), MemoryStore()
    store, once = MirroredStore([first, second]), OneTimeKey.new()
    manifest = sent(store, once)
    spoil(second, archive_name(manifest.id))
    commit(store, manifest, once, Vouching())
    assert [proof.kind for proof in list_backups(first).find().proofs] == [ProofKind.READ_BACK]
    assert list_backups(second).find().proofs == ()
    assert store.lost == ()


def spoil(store: Store, name: str) -> None:
    """As if the store had lost the object's last byte and made one up."""
    spoiled = get(store, name)[:-1] + b"?"
    store.delete(name)
    put(store, name, spoiled)


def test_a_store_that_does_not_give_a_backup_back_is_lost_and_the_other_is_read() -> None:
    """The backup counts where it was read, there alone; only where no store gives it back is there none."""
    first, second = MemoryStore(), MemoryStore()
    store, once = MirroredStore([first, second]), OneTimeKey.new()
    manifest = sent(store, once)
    spoil(first, archive_name(manifest.id))
    commit(store, manifest, once, Vouching())
    assert [lost.error.what for lost in store.lost] == ["memory does not give back what was just stored there"]
    assert list_backups(first).backups == ()
    assert [proof.kind for proof in list_backups(second).find().proofs] == [ProofKind.READ_BACK]


def test_where_no_store_gives_a_backup_back_there_is_none() -> None:
    """The last one's sentence says so."""
    stores = MemoryStore(), MemoryStore()
    store, once = MirroredStore(stores), OneTimeKey.new()
    manifest = sent(store, once)
    for one in stores:
        spoil(one, archive_name(manifest.id))
    with pytest.raises(Failure, match="does not give back what was just stored there"):
        commit(store, manifest, once, Vouching())
    assert [list_backups(one).backups for one in stores] == [(), ()]


def test_a_backup_whose_proof_cannot_be_kept_counts_and_says_so() -> None:
    """The run has failed, and its sentence does not say that there is no backup."""
    store, once = Unproven(), OneTimeKey.new()
    manifest = sent(store, once)
    with pytest.raises(Failure, match="it is full") as caught:
        commit(store, manifest, once, Vouching())
    assert caught.value.left.startswith(f"{manifest.id} is a backup all the same")
    assert list_backups(store).find().manifest == manifest
