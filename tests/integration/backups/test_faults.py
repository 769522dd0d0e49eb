"""Whatever breaks: the right sentence, no half backup that counts as one, and nothing left in the database."""

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from backups.layout import archive_name, roles_name
from backups.listing import list_backups
from backups.proof import ProofKind
from backups.prune import prune
from backups.restore import Destination, restore
from backups.restore_test import compare, restore_test
from backups.retention import Policy, decide
from backups.stores import Store, open_store
from backups.stores.memory import MemoryStore
from backups.take import take
from catalog.errors import Failure, Refusal
from database.endpoints import Scratch
from database.programs import Programs
from database.session import writing
from tests.integration.backups.breaking import IDENTITY, ON_S3, SOON, back_up, change, exists, flip, now


@pytest.fixture
def bulky(staging: Scratch) -> Scratch:
    """Some megabytes that do not compress, so that a dump takes long enough to be interrupted."""
    with writing(staging) as connection:
        connection.execute("CREATE TABLE bulk AS SELECT n, sha512(n::text::bytea) FROM generate_series(1, 60000) n")
    return staging


def test_a_killed_dump_leaves_nothing(bulky: Scratch, store: Store, programs: Programs, tmp_path: Path) -> None:
    """pg_dump dies with half its output written: a sentence, and not an object in the store."""
    fake = tmp_path / "bin"
    fake.mkdir()
    (fake / "pg_dump").write_text(f'#!/bin/sh\n{programs.pg_dump} "$@" | head -c 2000000\nkill -9 $$\n')
    (fake / "pg_dump").chmod(0o700)
    with pytest.raises(Failure, match="pg_dump ended with signal 9") as caught:
        back_up(bulky, store, replace(programs, folder=fake))
    assert "nothing is left behind" in str(caught.value)
    assert list(store.objects()) == []
    assert store.abandon(now() + timedelta(days=1), lambda name: True) == ()


@ON_S3
def test_a_server_that_ends_the_dump_is_quoted(bulky: Scratch, store: Store, programs: Programs) -> None:
    """When the server ends pg_dump's session, its last words are in the sentence, and nothing is in the store."""

    def end_dump(size: int) -> None:
        with writing(bulky) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND query LIKE 'COPY %'"
            )

    with pytest.raises(Failure, match="pg_dump ended with exit code 1") as caught:
        take(bulky, store, [IDENTITY.recipient], programs=programs, now=now(), progress=end_dump)
    assert "COPY public.bulk" in caught.value.why
    assert list(store.objects()) == []


def test_a_failing_restore_drops_the_database(staging: Scratch, spare: Scratch, programs: Programs) -> None:
    """What pg_restore says is in the sentence; the half-filled database is gone."""
    store = MemoryStore()
    with writing(staging) as connection:
        connection.execute(
            "CREATE FUNCTION never(int) RETURNS bool LANGUAGE plpgsql IMMUTABLE"
            " AS $$ BEGIN RETURN current_database() NOT LIKE 'spare%'; END $$"
        )
        connection.execute("ALTER TABLE users ADD CHECK (never(id))")
    manifest = back_up(staging, store, programs)
    with pytest.raises(Failure, match="pg_restore ended with exit code 1") as caught:
        restore(manifest, store, [IDENTITY], Destination(spare, staging.database, programs))
    assert "violates check constraint" in caught.value.why
    assert not exists(spare)


def test_row_security_makes_a_failure_and_not_a_smaller_backup(staging: Scratch, programs: Programs) -> None:
    """A role that policies bind is told so, instead of counting and dumping what they let through."""
    with writing(staging) as connection:
        connection.execute("ALTER TABLE users ENABLE ROW LEVEL SECURITY")
        connection.execute("ALTER TABLE users FORCE ROW LEVEL SECURITY")
        connection.execute(
            "DO $$ BEGIN CREATE ROLE bound_by_policies LOGIN PASSWORD 'only-for-this-test';"
            " EXCEPTION WHEN duplicate_object THEN NULL; END $$"
        )
        connection.execute('GRANT USAGE ON SCHEMA public, "Odd Schema" TO bound_by_policies')
        connection.execute('GRANT SELECT ON ALL TABLES IN SCHEMA public, "Odd Schema" TO bound_by_policies')
    bound = replace(staging, user="bound_by_policies", password="only-for-this-test")
    store = MemoryStore()
    with pytest.raises(Failure, match="cannot read all of") as caught:
        back_up(bound, store, programs)
    assert "users" in caught.value.why
    assert list(store.objects()) == []


class Full(MemoryStore):
    """A store that takes the archive and then no more."""

    def writing(self, name: str, *, expected: int = 0):  # type: ignore[no-untyped-def]  # the base's own type
        if name.endswith("manifest.json"):
            raise Failure("cannot write to the store", why="it is full")
        return super().writing(name, expected=expected)


def test_an_archive_whose_manifest_cannot_be_stored_does_not_count(staging: Scratch, programs: Programs) -> None:
    """The sentence names what is left; the listing does not take it for a backup; pruning clears it away."""
    store = Full()
    with pytest.raises(Failure, match="cannot write to the store: it is full") as caught:
        back_up(staging, store, programs)
    assert "archive.pgdump.zst.age is in memory and does not count" in caught.value.left
    listing = list_backups(store)
    assert listing.backups == ()
    assert len(listing.unfinished) == 2  # the archive, and the roles
    prune(store, decide((), Policy(), now()), listing.unfinished, SOON, now())
    assert list(store.objects()) == []


class Stubborn(MemoryStore):
    """A store that lets manifests go and keeps archives."""

    def delete(self, name: str) -> None:
        if "archive" in name:
            raise Failure("cannot delete", why="a lock holds it")
        super().delete(name)


def test_a_backup_half_let_go_does_not_count(staging: Scratch, programs: Programs) -> None:
    """The manifest goes first, so that what remains is a leftover and never a backup without its archive."""
    store = Stubborn()
    manifests = [
        take(staging, store, [IDENTITY.recipient], programs=programs, now=now() - timedelta(days=days))
        for days in (9, 0)
    ]
    listing = list_backups(store)
    dated = [replace(item, stored_at=item.taken_at) for item in listing.backups]  # as if it had been there for days
    with pytest.raises(Failure, match=f"cannot let go of {manifests[0].id}: a lock holds it") as caught:
        prune(store, decide(dated, Policy(), now()), listing.unfinished, Policy(), now())
    assert "the next prune finishes it" in caught.value.left
    after = list_backups(store)
    assert [item.id for item in after.backups] == [manifests[1].id]
    assert archive_name(manifests[0].id) in [item.name for item in after.unfinished]
    assert after.broken == ()


def test_a_missing_store_is_refused_before_the_dump_begins(
    staging: Scratch, programs: Programs, tmp_path: Path
) -> None:
    """The refusal comes at once, not after hours of dumping."""
    with pytest.raises(Refusal, match="does not exist"):
        back_up(staging, open_store(str(tmp_path / "absent")), programs)


def test_what_differs_from_the_manifest_is_said(staging: Scratch, programs: Programs) -> None:
    """A row too few, a table gone, a table too many, a constraint changed: a line each."""
    manifest = back_up(staging, MemoryStore(), programs)
    with writing(staging) as connection:
        connection.execute("DELETE FROM events WHERE at < '2026-10-21'")
        connection.execute('DROP TABLE "empty"')
        connection.execute("CREATE TABLE extra ()")
        connection.execute("UPDATE users SET email = 'somebody@example.com' WHERE id = 7")
        connection.execute("SELECT setval('users_id_seq', 900)")
        connection.execute("SELECT lo_put(777001, 0, 'A')")
    assert compare(manifest, staging).findings == (
        "public.empty is missing",
        "public.extra was not in the dump",
        "public.events_2026_10 holds 264 rows instead of 287",
        "public.users holds other rows than were dumped: the hash of its contents differs",
        "the large objects are not those that were dumped: the hash of their contents differs",
        "the sequence public.empty_id_seq is missing",
        "the sequence public.users_id_seq gives 901 next instead of 501",
        "the schema is not the one that was dumped: its fingerprint differs",
    )


_TAKE_AND_DIE = """
import os, sys
from datetime import UTC, datetime
from backups.cipher import Recipient
from backups.commit import Vouching
from backups.stores import open_store
from backups.take import take
from database.endpoints import Scratch
from database.programs import for_dump

def die(size: int) -> None:
    if size > int(sys.argv[4]):
        os.kill(os.getpid(), 9)

def go_on(size: int) -> None:
    pass

source, recipient = Scratch.parse(sys.argv[1]), Recipient.parse(sys.argv[2])
dumping, reading_back = (die, go_on) if sys.argv[5] == "dumping" else (go_on, die)
take(source, open_store(sys.argv[3]), [recipient], programs=for_dump(18), now=datetime.now(UTC), progress=dumping,
     vouching=Vouching(reading_back=reading_back))
"""


@pytest.mark.parametrize("after", [0, 3_000_000])
@pytest.mark.parametrize("kind", ["folder", "s3"])
def test_a_killed_backup_never_counts(bulky: Scratch, tmp_path: Path, s3_location: str, kind: str, after: int) -> None:
    """kill -9 of the whole process in the middle: the listing stays empty and pruning finds whatever it left."""
    location = str(tmp_path) if kind == "folder" else s3_location
    arguments = [bulky.url, IDENTITY.recipient.key, location, str(after), "dumping"]
    done = subprocess.run([sys.executable, "-c", _TAKE_AND_DIE, *arguments], capture_output=True, check=False)
    assert done.returncode == -9, done.stderr
    store = open_store(location)
    listing = list_backups(store)
    assert (listing.backups, listing.broken, listing.unfinished) == ((), (), ())
    prune(store, decide((), Policy(), now()), (), SOON, now())
    assert store.abandon(now() + timedelta(days=1), lambda name: True) == ()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_backup_killed_while_it_is_read_back_does_not_count(bulky: Scratch, s3_location: str) -> None:
    """The archive is whole and has no manifest yet: it is a leftover, which pruning clears away."""
    arguments = [bulky.url, IDENTITY.recipient.key, s3_location, "1000000", "reading back"]
    done = subprocess.run([sys.executable, "-c", _TAKE_AND_DIE, *arguments], capture_output=True, check=False)
    assert done.returncode == -9, done.stderr
    store = open_store(s3_location)
    listing = list_backups(store)
    assert (listing.backups, listing.broken, len(listing.unfinished)) == ((), (), 2)
    prune(store, decide((), Policy(), now()), listing.unfinished, SOON, now())
    assert list(store.objects()) == []


@pytest.mark.parametrize("name", [archive_name, roles_name])
def test_a_failed_restore_test_is_a_proof_too(
    staging: Scratch, spare: Scratch, programs: Programs, name: Callable[[str], str]
) -> None:
    """It says when, how long and what, of the roles as well, though nothing else needs them beside staging."""
    store = MemoryStore()
    manifest = back_up(staging, store, programs)
    change(store, name(manifest.id), flip)
    tested = restore_test(manifest, store, [IDENTITY], Destination(spare, staging.database, programs), now=now())
    assert (tested.proof.kind, tested.left) == (ProofKind.RESTORE_TEST, "")
    (found,) = tested.proof.findings
    assert found.startswith(f"the backup {manifest.id} is damaged: ")
    assert tested.proof.seconds > 0


def test_a_connection_lost_after_all_was_read_does_no_harm(bulky: Scratch, spare: Scratch, programs: Programs) -> None:
    """The snapshot is pg_dump's own once it has joined: our session may be cut off when it has hashed all rows."""
    store = MemoryStore()
    cut: list[object] = []
    enough = time.monotonic() + 120

    def cut_off(size: int) -> None:
        while size > 1_000_000 and not cut:  # the dump waits for us
            assert time.monotonic() < enough, "what the session asks last is another question by now"
            with writing(bulky) as connection:
                cut.extend(connection.execute(_CUT_OFF_IDLE).fetchall())

    manifest = take(bulky, store, [IDENTITY.recipient], programs=programs, now=now(), progress=cut_off)
    assert len(cut) == 1
    into = Destination(spare, bulky.database, programs)
    assert restore_test(manifest, store, [IDENTITY], into, now=now()).proof.passed


_CUT_OFF_IDLE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
 WHERE datname = current_database() AND state = 'idle in transaction' AND query LIKE 'RELEASE %'
   AND pid <> pg_backend_pid()
"""
