"""Where backups are kept: one protocol, a store in a bucket, in a folder, and in memory."""

from backups.stores.opening import open_store
from backups.stores.store import Denied, Missing, Store, Stored, Taken, Transient, get, put

__all__ = ["Denied", "Missing", "Store", "Stored", "Taken", "Transient", "get", "open_store", "put"]
