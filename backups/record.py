"""Keeping what is said of a backup beside it: its manifest, and what was found out later; signed, if there is a key."""

from dataclasses import replace
from datetime import timedelta

from backups.layout import signature_name
from backups.proof import Proof, proof_json
from backups.signing import SigningKey
from backups.stores import Store, Taken, put

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


def put_signed(store: Store, name: str, data: bytes, signing_key: SigningKey | None) -> None:
    """Store an object after its signature, so that it is never there without one; raises Taken if it is in use."""
    if signing_key:
        put(store, signature_name(name), signing_key.sign(data))
    put(store, name, data)
