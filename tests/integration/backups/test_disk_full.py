"""A full disk, the staging server's or the backup folder's: what was there stays, and nothing is left of the rest."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

import pytest

from backups.check import check
from backups.cipher import Identity
from backups.listing import list_backups
from backups.refill import Destination
from backups.restore import restore
from backups.restore_test import compare, restore_test
from backups.stores.folder import FolderStore
from backups.stores.memory import MemoryStore
from backups.take import take
from catalog.errors import Failure
from database.endpoints import Scratch
from database.facts import database_facts
from database.programs import Programs
from database.servers.embedded import EmbeddedServer
from database.session import writing
from database.wholes.lifecycle import drop, maintenance

IDENTITY = Identity.new()
NOW = datetime(2026, 11, 28, 2, tzinfo=UTC)


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[Path]:
    """A file system of that size; skips the test where none can be mounted."""
    mount, umount = shutil.which("mount"), shutil.which("umount")
    options = ["-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    if os.geteuid() != 0 or not mount or not umount or subprocess.run([mount, *options], check=False).returncode:
        place.rmdir()
        pytest.skip("only root can mount a file system of a small size, and not in every container")
    try:
        yield place
    finally:
        subprocess.run([umount, "--lazy", str(place)], check=True)
        place.rmdir()


@pytest.fixture
def cramped(server: EmbeddedServer, spare: Scratch) -> Iterator[Scratch]:
    """A staging of some 25 MB in a tablespace of 32 MB, where a restore of it goes too."""
    name = f"cramped_{uuid4().hex[:8]}"
    staging = server.endpoint.with_database(name)
    with small_disk(Path(mkdtemp(dir=server.data.parent)), "32m") as place:
        status = server.data.stat()
        os.chown(place, status.st_uid, status.st_gid)
        with maintenance(staging) as connection:
            connection.execute(f"CREATE TABLESPACE {name} LOCATION '{place}'".encode())
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 TABLESPACE {name}".encode())
        with writing(staging) as connection:
            connection.execute(
                "CREATE TABLE bulk AS SELECT n, sha512(n::text::bytea) FROM generate_series(1, 170000) n"
            )
            connection.execute("CHECKPOINT")
        yield staging
        with maintenance(staging) as connection:
            drop(connection, spare)
            drop(connection, staging)
            connection.execute(f"DROP TABLESPACE {name}".encode())


def test_a_full_disk_ends_the_restore_and_nothing_else(cramped: Scratch, spare: Scratch, programs: Programs) -> None:
    """The sentence says that there is no room and what to do; the database is gone, its room is free again."""
    store = MemoryStore()
    manifest = take(cramped, store, [IDENTITY.recipient], programs=programs, now=NOW)
    into = Destination(spare, cramped.database, programs, jobs=2)
    for act in (
        lambda: restore(manifest, store, [IDENTITY], into),
        lambda: restore_test(manifest, store, [IDENTITY], into, now=NOW),
    ):
        with pytest.raises(Failure, match="pg_restore ended with exit code 1") as caught:
            act()
        assert "No space left on device" in caught.value.why
        assert "Make room" in caught.value.todo
        assert "nothing is left behind" in str(caught.value)
        with maintenance(cramped) as connection:
            assert database_facts(connection, spare.database) is None
    assert compare(manifest, cramped).findings == ()


def test_a_full_backup_folder_ends_the_backup_and_harms_no_other(
    staging: Scratch, programs: Programs, tmp_path: Path
) -> None:
    """The sentence says where there is no room; what was written of it is gone, and the backup from before is whole."""
    (tmp_path / "small").mkdir()
    with small_disk(tmp_path / "small", "2m") as place:
        store = FolderStore(place)
        manifest = take(staging, store, [IDENTITY.recipient], programs=programs, now=NOW)
        with writing(staging) as connection:
            connection.execute("CREATE TABLE bulk AS SELECT n, sha512(n::text::bytea) FROM generate_series(1, 60000) n")
        with pytest.raises(Failure, match="cannot write to the backup folder") as caught:
            take(staging, store, [IDENTITY.recipient], programs=programs, now=NOW)
        assert "No space left on device" in caught.value.why
        assert f"df -h {place}" in caught.value.todo
        assert [item.id for item in list_backups(store).backups] == [manifest.id]
        assert list((place / ".unfinished").iterdir()) == []
        assert check(manifest, store, [IDENTITY], programs=programs, now=NOW).passed
