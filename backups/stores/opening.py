"""From a setting to a store."""

from pathlib import Path

from backups.stores.folder import FolderStore
from backups.stores.store import Store
from catalog.errors import Refusal


def open_store(location: str) -> Store:
    """The store at `s3://bucket/prefix` or in a folder; nothing is asked of it yet.

    Raises Refusal if the location names neither.
    """
    scheme, separator, rest = location.strip().partition("://")
    if not separator:
        return _folder(scheme)
    bucket, _, prefix = rest.partition("/")
    if scheme != "s3" or not bucket:
        raise Refusal(f'"{location}" is not a place for backups', todo=_SHAPE)
    from backups.stores.s3 import connect  # boto3 takes a third of a second to import, and a folder needs none of it

    return connect(bucket, prefix)


def _folder(path: str) -> Store:
    if not path:
        raise Refusal("no place for backups is set", todo=_SHAPE)
    return FolderStore(Path(path).expanduser().absolute())


_SHAPE = "Set GREENROOM_STORE to s3://bucket/prefix or to a folder (docs/settings.md)."
