"""Keeping what is found of a backup: each finding is an object of its own."""

from datetime import UTC, datetime, timedelta

import pytest

from backups.layout import signature_name
from backups.proof import Proof, ProofKind, read_proof
from backups.record import record
from backups.signing import SigningKey
from backups.stores import Taken, get
from backups.stores.memory import MemoryStore

PROOF = Proof("20261122T020000Z-3f9c2a", ProofKind.CHECK, datetime(2026, 11, 22, 3, 0, 0, 250, UTC), 1.0, ())


def test_proofs_of_one_second_are_all_kept() -> None:
    """Each later one is dated a second after the one before, and can be read back under the name it has."""
    store, key = MemoryStore(), SigningKey.new()
    kept = [record(store, PROOF, key) for _ in range(3)]
    assert [proof.at - PROOF.at for proof in kept] == [timedelta(seconds=n) for n in range(3)]
    assert [read_proof(get(store, proof.name), proof.name) for proof in kept] == kept
    assert len(list(store.objects())) == 6


def test_a_signature_that_was_left_alone_is_no_hindrance() -> None:
    """A process that died between signature and proof costs the next proof a second."""
    store, key = MemoryStore(), SigningKey.new()
    name = record(store, PROOF, key).name
    store.delete(name)
    assert record(store, PROOF, key).name != name
    assert signature_name(name) in {stored.name for stored in store.objects()}


def test_more_of_one_second_than_anybody_makes_are_refused() -> None:
    """The dates would have nothing to do with the time any more."""
    store = MemoryStore()
    for _ in range(10):
        record(store, PROOF)
    with pytest.raises(Taken):
        record(store, PROOF)
