"""A proof is kept where it would count; one that would not is told instead, as it would only look like damage."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import cast

import pytest

from backups.proof import Proof, ProofKind
from backups.signing import SigningKey
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
    store, findings = MemoryStore(), list[SimpleNamespace]()
    settings = SimpleNamespace(verify_keys=(OURS.verify_key,))
    run = SimpleNamespace(settings=settings, story=SimpleNamespace(findings=findings))
    keep_proof(cast("Run", run), store, PROOF, key)
    assert len(list(store.objects())) == kept
    assert [finding.what.rpartition(", and ")[2] for finding in findings] == ([told] if told else [])
