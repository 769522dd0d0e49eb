"""The stores that the settings name: one, or two that each hold every backup."""

from pathlib import Path

from backups.listing import Listing, list_backups
from backups.stores import Store
from backups.stores.mirrored import MirroredStore
from backups.stores.opening import open_store
from catalog.errors import Refusal
from catalog.findings import Finding, noted, passed
from operations.record import COPIES
from operations.settings.settings import Settings

_COPY = "Find out why, then copy what it lacks: greenroom backups copy."


def stores_of(settings: Settings) -> tuple[Store, ...]:
    """Each store by itself, the first one first; Refusal if both are the same."""
    places = [place for place in (settings.store, settings.second_store) if place]
    stores = tuple(open_store(place, lock_days=settings.retention_days) for place in places)
    if len({store.identity for store in stores}) < len(stores):
        todo = "Set GREENROOM_SECOND_STORE to another."
        raise Refusal(f"the second store is the first: {stores[0].place}", todo=todo)
    return stores


def store_of(settings: Settings, *, make: bool = True) -> Store:
    """The first store; a folder inside our own home is made if it is not there yet."""
    if make and is_ours_to_make(settings):
        Path(settings.store).mkdir(mode=0o700, parents=True, exist_ok=True)
    return stores_of(settings)[0]


def store_to_write(settings: Settings) -> Store:
    """The store to back up to: what is written there is in both, if there are two."""
    first = store_of(settings)
    return MirroredStore([first, *stores_of(settings)[1:]]) if settings.second_store else first


def is_ours_to_make(settings: Settings) -> bool:
    """Whether the first store is a folder inside our own home that is not there yet."""
    place = Path(settings.store)
    return place.is_relative_to(settings.home) and not place.exists()


def listed(store: Store, settings: Settings) -> Listing:
    """What the store holds, of what counts by the verify keys; Refusal if it is out of reach."""
    store.reach()
    return list_backups(store, settings.verify_keys)


def judge_copies(backup: str, store: MirroredStore) -> tuple[Finding, ...]:
    """Whether both stores have the backup; a finding for each that has not."""
    if not store.lost:
        return (passed(COPIES, f"{backup} is in {store.place}"),)
    return tuple(
        noted(COPIES, f"{backup} is in {store.place} alone: {lost.error.what} ({lost.error.why})", _COPY)
        for lost in store.lost
    )
