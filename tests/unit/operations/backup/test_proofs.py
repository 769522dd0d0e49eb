"""A proof is kept where it would count; one that would not is told instead, as it would only look like damage."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

import pytest

from backups.layout import manifest_name
from backups.proof import Proof, ProofKind
from backups.signing import SigningKey
from backups.stores import put
from backups.stores.memory import MemoryStore
from operations.backup.proofs import keep_proof
from operations.run import Run

OURS, ANOTHER = SigningKey.new(), SigningKey.new()
PROOF = Proof("20261122T020000Z-3f9c2a", ProofKind.CHECK, datetime(2026, 11, 22, 3, tzinfo=UTC), 1.0, ())


@pytest.mark.parametrize(
    ("key", "kept", "told"),
    [
        (OURS, 2, ""),
        (ANOTHER, 0, "the signing key is none of the verify keys'"),
        (None, 0, "no signing key is set"),
    ],
)
def test_a_proof_that_would_not_count_is_told_and_not_kept(key: SigningKey | None, kept: int, told: str) -> None:
    """Signed by nobody, or by a key that the settings do not accept, it could not be read, and hold the backup."""
    store = MemoryStore()
    put(store, manifest_name(PROOF.backup), b"{}")
    findings = kept_by(store, key)
    assert len(list(store.objects())) == 1 + kept
    assert [finding.rpartition(", and ")[2] for finding in findings] == ([told] if told else [])


def test_a_proof_of_what_was_let_go_meanwhile_is_not_kept() -> None:
    """A backup may reach its age while it is read: its proof would tell for ever of a manifest that got lost."""
    store = MemoryStore()
    (told,) = kept_by(store, OURS)
    assert "its manifest went while it was read" in told
    assert list(store.objects()) == []


def kept_by(store: MemoryStore, key: SigningKey | None) -> list[str]:
    """What is found while the proof is kept."""
    findings = list[SimpleNamespace]()
    settings = SimpleNamespace(verify_keys=(OURS.verify_key,))
    run = SimpleNamespace(settings=settings, story=SimpleNamespace(findings=findings))
    keep_proof(cast("Run", run), store, PROOF, key)
    return [finding.what for finding in findings]
