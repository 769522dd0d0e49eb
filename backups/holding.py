"""Putting a backup on hold, and letting it go again; the hold is an object of its own beside it."""

from backups.hold import Hold, hold_json
from backups.layout import hold_name
from backups.stores import Missing, Store, Taken, put
from catalog.errors import Refusal


def put_on_hold(store: Store, hold: Hold) -> None:
    """Keep a backup whatever its age; Refusal if it is on hold already, for nothing is ever overwritten."""
    try:
        put(store, hold.name, hold_json(hold))
    except Taken:
        raise Refusal(
            f"the backup {hold.backup} is on hold already, in {store.place}",
            todo=f"To change its hold, release it first: greenroom backups release {hold.backup}",
        ) from None


def release(store: Store, backup: str) -> None:
    """Let retention decide again; Refusal if the backup is not on hold."""
    try:
        store.head(hold_name(backup))
    except Missing:
        raise Refusal(f"the backup {backup} is not on hold in {store.place}", todo="greenroom backups list") from None
    store.delete(hold_name(backup))
