"""Of two errors one after the other, the first is told first."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from backups.cipher import Damaged
from backups.commit import OneTimeKey
from backups.restore import Destination, dropped_on_failure
from backups.restore_test import restore_test
from backups.stores.memory import MemoryStore
from catalog.errors import Failure
from database.endpoints import Scratch
from database.programs import for_any_archive
from tests.unit.backups.test_commit import sent

NOWHERE = Scratch.parse("postgresql://postgres@127.0.0.1:1/half_restored")  # nobody listens there


def test_a_drop_that_fails_too_does_not_hide_what_broke_first() -> None:
    """The first error's sentence and kind, and at its end what is left and why."""
    with pytest.raises(Failure, match="pg_restore ended with exit code 1") as caught, dropped_on_failure(NOWHERE):
        raise Damaged("pg_restore ended with exit code 1", why="no space left on device", todo="Make room.")
    assert type(caught.value) is Damaged
    assert (caught.value.why, caught.value.todo) == ("no space left on device", "Make room.")
    assert caught.value.left.startswith('"half_restored" is left, as it could not be dropped (')
    assert "127.0.0.1" in caught.value.left


def test_an_interruption_stays_one() -> None:
    """It is raised as it is, with a note of what is left."""
    with pytest.raises(KeyboardInterrupt) as caught, dropped_on_failure(NOWHERE):
        raise KeyboardInterrupt
    assert '"half_restored" is left' in caught.value.__notes__[0]


def test_what_a_restore_test_found_is_told_although_the_database_stays() -> None:
    """Damage is in the proof, which is kept like any other; beside it stands what is left."""
    store, once = MemoryStore(), OneTimeKey.new()
    manifest = replace(sent(store, once), recipients=(once.identity.recipient.key,), cipher_bytes=7)
    into = Destination(NOWHERE, "postgres", for_any_archive())
    tested = restore_test(manifest, store, [once.identity], into, now=datetime.now(UTC))
    (found,) = tested.proof.findings
    assert found.startswith(f"the backup {manifest.id} is damaged: the archive has another size: ")
    assert tested.left.startswith('"half_restored" is left, as it could not be dropped (')
