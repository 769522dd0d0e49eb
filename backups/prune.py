"""Letting go of what the retention decision names, and of what died half way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from backups.layout import hold_name, manifest_name, owner
from backups.retention import Decision, Policy, clocks_agree
from backups.stores import Denied, Store, Stored
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
    gone = {backup.id: _let_go(store, backup.id) for backup in decision.let_go}
    dead = store_now - policy.unfinished
    leftovers = tuple(_clear(store, item) for item in unfinished if item.modified < dead)
    return Pruned(
        tuple(backup for backup, done in gone.items() if done),
        leftovers + store.abandon(dead, lambda name: owner(name) is not None),
        tuple(backup for backup, done in gone.items() if not done),
    )


def _let_go(store: Store, backup: str) -> bool:
    """Whether it is gone: not if it was put on hold meanwhile.

    The manifest first: whatever happens next, what remains is a leftover and not a backup that lacks its archive.
    """
    names = [item.name for item in store.objects(f"{backup}/") if owner(item.name) == backup]
    if hold_name(backup) in names:
        return False
    try:
        store.delete(manifest_name(backup))
    except Denied as error:
        raise Denied(f"cannot let go of {backup}", why=error.why or error.what, todo=error.todo) from error
    except Failure as error:
        raise _half(backup, error) from error
    for name in names:
        try:
            store.delete(name)
        except Failure as error:
            raise _half(backup, error) from error
    return True


def _half(backup: str, error: Failure) -> Failure:
    left = f"the backup {backup} may be half deleted and no longer counts; the next prune finishes it"
    return Failure(f"cannot let go of {backup}", why=error.why or error.what, left=left, todo=error.todo)


def _clear(store: Store, item: Stored) -> str:
    store.delete(item.name)
    return item.name
