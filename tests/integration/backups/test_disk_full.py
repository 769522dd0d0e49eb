"""The disk of the staging server is full in the middle of a restore: staging is what it was, and nothing is left."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

import pytest

from backups.cipher import Identity
from backups.refill import Destination
from backups.restore import restore
from backups.restore_test import compare, restore_test
from backups.stores.memory import MemoryStore
from backups.take import take
from catalog.errors import Failure
from database.embedded import EmbeddedServer
from database.endpoints import Scratch
from database.facts import database_facts
from database.lifecycle import drop, maintenance
from database.programs import Programs
from database.session import writing

IDENTITY = Identity.new()
NOW = datetime(2026, 11, 28, 2, tzinfo=UTC)


@pytest.fixture
def cramped(server: EmbeddedServer, spare: Scratch) -> Iterator[Scratch]:
    """A staging of some 25 MB in a tablespace of 32 MB, where a restore of it goes too."""
    place, name = Path(mkdtemp(dir=server.data.parent)), f"cramped_{uuid4().hex[:8]}"
    staging = server.endpoint.with_database(name)
    mount, umount = shutil.which("mount"), shutil.which("umount")
    options = ["-t", "tmpfs", "-o", "size=32m", "tmpfs", str(place)]
    if os.geteuid() != 0 or not mount or not umount or subprocess.run([mount, *options], check=False).returncode:
        place.rmdir()
        pytest.skip("only root can mount a file system of a small size, and not in every container")
    try:
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
    finally:
        subprocess.run([umount, "--lazy", str(place)], check=True)
        place.rmdir()


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
    assert compare(manifest, cramped) == ()
