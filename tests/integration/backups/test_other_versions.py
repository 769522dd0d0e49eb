"""A backup of a newer server, where only an older one is left."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from backups.cipher import Identity
from backups.refill import Destination
from backups.restore import restore
from backups.restore_test import restore_test
from backups.stores.memory import MemoryStore
from backups.take import take
from catalog.errors import Failure, Refusal
from database.endpoints import Scratch
from database.facts import database_facts
from database.programs import Programs, for_restore
from database.servers.embedded import EmbeddedServer
from database.session import writing
from database.wholes.lifecycle import drop, maintenance

IDENTITY = Identity.new()
NOW = datetime(2026, 11, 28, 2, tzinfo=UTC)


def test_an_older_server_takes_it_or_says_what_it_lacks(
    staging: Scratch, programs: Programs, servers: Callable[[int, str], EmbeddedServer]
) -> None:
    """Of 18 into 17: every row comes back, and that the schema differs is told, with the versions.

    What the older one does not know ends the restore in its own words, and nothing is left there.
    """
    older, store = servers(17, "staging"), MemoryStore()
    target = older.endpoint.with_database(f"older_{uuid4().hex[:8]}")
    fitting = for_restore(17, programs.major)
    into = Destination(target, "postgres", fitting, jobs=2)
    manifest = take(staging, store, [IDENTITY.recipient], programs=programs, now=NOW)
    assert restore_test(manifest, store, [IDENTITY], into, now=NOW).proof.findings == (
        "the schema is not the one that was dumped: its fingerprint differs"
        " (it was dumped from PostgreSQL 18, and this is 17)",
    )
    with writing(staging) as connection:
        connection.execute("CREATE TABLE of_18 (n int, twice int GENERATED ALWAYS AS (n * 2) VIRTUAL)")
    manifest = take(staging, store, [IDENTITY.recipient], programs=programs, now=NOW)
    with pytest.raises(Failure, match="pg_restore ended with exit code 1") as caught:
        restore(manifest, store, [IDENTITY], into)
    assert "syntax error" in caught.value.why
    assert "nothing is left behind" in str(caught.value)
    with maintenance(target) as connection:
        assert database_facts(connection, target.database) is None
        drop(connection, target)


def test_without_a_program_that_reads_it_nothing_is_begun() -> None:
    """The refusal says what there is, and what to install."""
    with pytest.raises(Refusal, match="reads a version 99 archive and fits PostgreSQL 17") as caught:
        for_restore(17, 99)
    assert "found" in caught.value.why
