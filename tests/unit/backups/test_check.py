"""A check says what is wrong with a backup in its proof, and fails only where nothing is known of the backup."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backups.check import check
from backups.commit import OneTimeKey
from backups.manifest import Manifest
from backups.stores.memory import MemoryStore
from catalog.errors import Failure
from database.programs import Programs, for_any_archive
from tests.unit.backups.test_commit import sent

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


@pytest.fixture
def shelf() -> tuple[MemoryStore, OneTimeKey, Manifest]:
    """A backup of what is no archive of pg_dump, whose hashes are right."""
    store, once = MemoryStore(), OneTimeKey.new()
    manifest = sent(store, once)
    return store, once, replace(manifest, recipients=(once.identity.recipient.key,))


def test_what_pg_restore_does_not_accept_is_a_failed_proof(shelf: tuple[MemoryStore, OneTimeKey, Manifest]) -> None:
    """With its own words; whoever checks several goes on to the next."""
    store, once, manifest = shelf
    proof = check(manifest, store, [once.identity], programs=for_any_archive(), now=NOW)
    (found,) = proof.findings
    assert found.startswith("pg_restore does not accept the archive: pg_restore: error: ")


@pytest.mark.parametrize("line", ["kill -KILL $$", "exit 127"])
def test_a_pg_restore_that_is_killed_or_does_not_start_proves_nothing(
    shelf: tuple[MemoryStore, OneTimeKey, Manifest], line: str, tmp_path: Path
) -> None:
    """A machine without memory or a library is no reason to call a backup damaged."""
    store, once, manifest = shelf
    (tmp_path / "pg_restore").write_text(f"#!/bin/sh\ncat > /dev/null; {line}\n", encoding="utf-8")
    (tmp_path / "pg_restore").chmod(0o755)
    with pytest.raises(Failure, match="pg_restore ended with"):
        check(manifest, store, [once.identity], programs=Programs(tmp_path, 18, "a test"), now=NOW)
