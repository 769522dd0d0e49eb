"""Keeping what is said of a backup beside it: its manifest, and what was found out later; signed, if there is a key."""

from dataclasses import replace
from datetime import timedelta

from backups.layout import manifest_name, signature_name
from backups.proof import TAKEN_BACK, Proof, proof_json
from backups.signing import SigningKey
from backups.stores import Missing, Store, Taken, put

_MOST = 10  # proofs of one kind within a second


def record(store: Store, proof: Proof, signing_key: SigningKey | None = None) -> Proof:
    """Store the proof, and return it as stored: dated a second later for each of its kind that has its second already.

    Raises Taken if there are too many of those.
    """
    for seconds in range(_MOST):
        dated = replace(proof, at=proof.at + timedelta(seconds=seconds))
        try:
            put_signed(store, dated.name, proof_json(dated), signing_key)
        except Taken:
            if seconds + 1 == _MOST:
                raise
        else:
            break
    return dated


def record_unless_gone(store: Store, proof: Proof, signing_key: SigningKey | None = None) -> Proof | None:
    """Store the proof of a backup that is still there; None if it was let go, and then nothing is left that misses it.

    A prune clears away what stands beside the manifest that it has deleted. A proof that comes a moment later is taken
    back by another, as the key that may write a proof may not delete one; with a day's age both are cleared away.
    """
    if _is_gone(store, proof.backup):
        return None
    kept = record(store, proof, signing_key)
    if not _is_gone(store, proof.backup):
        return kept
    record(store, replace(kept, findings=(TAKEN_BACK,)), signing_key)
    return None


def _is_gone(store: Store, backup: str) -> bool:
    try:
        store.head(manifest_name(backup))
    except Missing:
        return True
    return False


def put_signed(store: Store, name: str, data: bytes, signing_key: SigningKey | None) -> None:
    """Store an object after its signature, so that it is never there without one; raises Taken if it is in use."""
    if signing_key:
        put(store, signature_name(name), signing_key.sign(data))
    put(store, name, data)
