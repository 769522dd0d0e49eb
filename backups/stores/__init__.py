"""Where backups are kept: one protocol, a store in a bucket, in a folder, and in memory."""

from backups.stores.opening import open_store
from backups.stores.store import Missing, Store, Stored, Taken, get, put

__all__ = ["Missing", "Store", "Stored", "Taken", "get", "open_store", "put"]
