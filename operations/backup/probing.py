"""What the stores really enforce, found out by trying; the one question of the doctor's that writes."""

from datetime import UTC, datetime

from backups.stores import Store
from backups.stores.retrying import RetryingStore
from catalog.errors import GreenroomError
from catalog.findings import Finding, noted, refused
from operations.backup.stores import stores_of
from operations.settings.settings import Settings


def probe_stores(settings: Settings) -> tuple[Finding, ...]:
    """What each store enforces, a bucket's by trying; raises nothing for what it finds."""
    try:
        stores = stores_of(settings)
    except GreenroomError:
        return ()  # the doctor's question about the store has said why
    return tuple(finding for store in stores for finding in _probe(store))


def _probe(store: Store) -> tuple[Finding, ...]:
    if not isinstance(store, RetryingStore):
        return (noted("store-probe", f"{store.place} is a folder: who may write there may delete and change backups"),)
    from backups.stores.probe import probe  # it needs boto3, which takes a third of a second, and so only a bucket's
    from backups.stores.s3 import S3Store

    assert isinstance(store.inner, S3Store)  # nothing else is opened with patience
    try:
        return probe(store.inner, datetime.now(UTC))
    except GreenroomError as error:
        return (refused("store-probe", f"{error.what}: {error.why}", error.todo),)
