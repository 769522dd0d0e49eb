"""Keeping what was found of a backup beside it, where it would count and this key may."""

from backups.proof import Proof
from backups.record import record_unless_gone
from backups.signing import SigningKey, vouches_for_proofs
from backups.stores import Denied, Store
from catalog.findings import noted
from operations.run import Run


def keep_proof(run: Run, store: Store, proof: Proof, key: SigningKey | None) -> None:
    """Keep the proof beside the backup; one that would not count, or that may not be kept, is told and not kept."""
    keys = run.settings.verify_keys
    if keys and (key is None or not vouches_for_proofs(keys, key)):
        todo = "Set GREENROOM_SIGNING_KEY_FILE here too, if this machine's word is to count, and its key a verify key."
        lacking = "no signing key is set" if key is None else "the signing key is none of the verify keys'"
        what = f"the proof of {proof.backup} is in this report alone: only signed ones count, and {lacking}"
        run.story.findings.append(noted("proof", what, todo))
        return
    try:
        if record_unless_gone(store, proof, key) is None:
            what = f"the proof of {proof.backup} is in this report alone: its manifest went while it was read"
            todo = "Retention let it go, or somebody did: greenroom backups list."
            run.story.findings.append(noted("proof", what, todo))
    except Denied as error:
        what = f"the proof of {proof.backup} is in this report alone: this key may not write it ({error.why})"
        run.story.findings.append(noted("proof", what, "Give it the right: greenroom backups policy --for reader."))
