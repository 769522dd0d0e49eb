"""What the tests of damage and of faults share: one identity, and what they do to a store."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from backups.cipher import Identity
from backups.manifest import Manifest
from backups.retention import Policy
from backups.stores import Store, get, put
from backups.take import take
from database.endpoints import Scratch
from database.facts import database_facts
from database.programs import Programs
from database.wholes.lifecycle import maintenance

IDENTITY = Identity.new()
SOON = Policy(unfinished=-timedelta(hours=1))
IN_MEMORY = pytest.mark.parametrize("store", ["memory"], indirect=True)
ON_S3 = pytest.mark.parametrize("store", ["s3"], indirect=True)


def now() -> datetime:
    return datetime.now(UTC)


def back_up(source: Scratch, store: Store, programs: Programs) -> Manifest:
    return take(source, store, [IDENTITY.recipient], programs=programs, now=now())


def exists(database: Scratch) -> bool:
    with maintenance(database) as server:
        return database_facts(server, database.database) is not None


def change(store: Store, name: str, edit: Callable[[bytes], bytes]) -> None:
    """Do what only an accident or an adversary does: change an object."""
    data = get(store, name)
    store.delete(name)
    put(store, name, edit(data))


def flip(data: bytes) -> bytes:
    position = len(data) * 2 // 3
    return data[:position] + bytes([data[position] ^ 0x10]) + data[position + 1 :]
