"""From a setting to a store."""

from pathlib import Path

from backups.stores.folder import FolderStore
from backups.stores.location import parse_bucket
from backups.stores.retrying import PATIENT, Patience, RetryingStore
from backups.stores.store import Store
from catalog.errors import Refusal


def open_store(place: str, *, lock_days: int = 7, patience: Patience = PATIENT) -> Store:
    """The store at `s3://bucket/prefix?options` or in a folder, patient with errors that pass; nothing is asked yet.

    `lock_days` is how long objects are locked where the place asks for a lock and does not say how long. Raises
    Refusal if it names no store.
    """
    if "://" not in place:
        return _folder(place.strip())
    try:
        bucket = parse_bucket(place)
    except ValueError as error:
        raise Refusal(f'"{_shown(place)}" is not a place for backups', why=f"it {error}", todo=_SHAPE) from None
    from backups.stores.s3 import connect  # boto3 takes a third of a second to import, and a folder needs none of it

    return RetryingStore(connect(bucket, lock_days), patience)


def _folder(path: str) -> Store:
    if not path:
        raise Refusal("no place for backups is set", todo=_SHAPE)
    return FolderStore(Path(path).expanduser().absolute())


def _shown(place: str) -> str:
    """The place without what may be credentials."""
    return place.strip().partition("?")[0].rpartition("@")[2]


_SHAPE = "Set GREENROOM_STORE to s3://bucket/prefix or to a folder (docs/settings.md)."
