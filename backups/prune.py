"""Letting go of what the retention decision names, and of what died half way."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from backups.hold import Hold, read_hold
from backups.layout import hold_name, manifest_name, owner, signature_name
from backups.proof import Backup
from backups.retention import Decision, Policy, clocks_agree
from backups.stores import Denied, Store, Stored, get
from catalog.errors import Failure, Refusal


@dataclass(frozen=True, slots=True)
class Pruned:
    """What is gone: backups let go, by name, and leftovers of unfinished ones, by object.

    `held` are backups that were put on hold after the decision, and are still there.
    """

    backups: tuple[str, ...]
    leftovers: tuple[str, ...]
    held: tuple[str, ...] = ()


def prune(store: Store, decision: Decision, unfinished: Iterable[Stored], policy: Policy, now: datetime) -> Pruned:
    """Carry out a decision; safe to run twice, and never touches an object that is not ours.

    Raises Refusal, with nothing deleted, if this machine's clock and the store's disagree: then no age is known.
    Raises Failure, naming the backup it stopped at, if the store will not delete.
    """
    store_now = store.reach()
    if not clocks_agree(now, store_now, policy):
        raise Refusal(
            "this machine's clock cannot be trusted to say which backups are old",
            why=f"it says {now:%Y-%m-%d %H:%M %Z}, and {store.place} says {store_now:%Y-%m-%d %H:%M %Z}",
            todo="Set the clock, then run again; until then every backup is kept.",
        )
    gone = {backup.id: _let_go(store, backup) for backup in decision.let_go}
    dead = store_now - policy.unfinished
    leftovers = tuple(_clear(store, item) for item in unfinished if item.modified < dead)
    return Pruned(
        tuple(backup for backup, done in gone.items() if done),
        leftovers + store.abandon(dead, lambda name: owner(name) is not None),
        tuple(backup for backup, done in gone.items() if not done),
    )


def _let_go(store: Store, backup: Backup) -> bool:
    """Whether it is gone: not if it was put on hold meanwhile.

    The manifest before the archive: whatever happens next, what remains is a leftover and not a backup that lacks its
    archive. Before that the proofs that it passed, by which a manifest that got lost is missed; those that speak
    against it stay as long as it counts.
    """
    if hold_name(backup.id) in _names(store, backup.id) and not _is_known(store, backup.id, backup.hold):
        return False
    with _going(backup.id):
        for name in (*_vouching(backup), manifest_name(backup.id)):
            store.delete(name)
        for name in _names(store, backup.id):  # as they are by now: a proof may have come beside it a moment ago
            store.delete(name)
    return True


def _names(store: Store, backup: str) -> list[str]:
    return [item.name for item in store.objects(f"{backup}/") if owner(item.name) == backup]


def _vouching(backup: Backup) -> Iterator[str]:
    for proof in backup.proofs:
        if proof.passed:
            yield proof.name
            yield signature_name(proof.name)


def _is_known(store: Store, backup: str, known: Hold | None) -> bool:
    """Whether its hold is the one that the decision knew, and found to be over."""
    try:
        return known is not None and read_hold(get(store, hold_name(backup)), backup) == known
    except Failure:
        return False  # somebody is at it right now: the next decision sees what is there then


@contextmanager
def _going(backup: str) -> Iterator[None]:
    try:
        yield
    except Denied as error:
        raise Denied(f"cannot let go of {backup}", why=error.why or error.what, todo=error.todo) from error
    except Failure as error:
        left = f"the backup {backup} may be half deleted and no longer counts; the next prune finishes it"
        why = error.why or error.what
        raise Failure(f"cannot let go of {backup}", why=why, left=left, todo=error.todo) from error


def _clear(store: Store, item: Stored) -> str:
    store.delete(item.name)
    return item.name
