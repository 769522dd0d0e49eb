"""Keeping what is said of a backup beside it: its manifest, and what was found out later; signed, if there is a key."""

from backups.layout import signature_name
from backups.proof import Proof, proof_json
from backups.signing import SigningKey
from backups.stores import Store, put


def record(store: Store, proof: Proof, signing_key: SigningKey | None = None) -> None:
    """Store the proof; raises Taken if one of the same kind and second is there already."""
    put_signed(store, proof.name, proof_json(proof), signing_key)


def put_signed(store: Store, name: str, data: bytes, signing_key: SigningKey | None) -> None:
    """Store an object after its signature, so that it is never there without one; raises Taken if it is in use."""
    if signing_key:
        put(store, signature_name(name), signing_key.sign(data))
    put(store, name, data)
