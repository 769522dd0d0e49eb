"""Keeping what a check or a restore test found beside the backup, whose manifest never changes."""

from backups.proof import Proof, proof_json
from backups.stores import Store, put


def record(store: Store, proof: Proof) -> None:
    """Store the proof; raises Taken if one of the same kind and second is there already."""
    put(store, proof.name, proof_json(proof))
