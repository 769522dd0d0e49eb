"""A backup is taken, listed, checked, restored, tested, and let go, on a real server and in every store."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from backups.check import check
from backups.cipher import Identity
from backups.commit import Vouching
from backups.layout import archive_name, manifest_name
from backups.listing import list_backups
from backups.manifest import Manifest
from backups.proof import ProofKind
from backups.prune import prune
from backups.record import record
from backups.restore import Destination, restore
from backups.restore_test import compare, restore_test
from backups.retention import Policy, decide
from backups.stores import Store, get, put
from backups.stores.memory import MemoryStore
from backups.take import take
from catalog.errors import Refusal
from database.endpoints import Scratch
from database.facts import database_facts
from database.programs import Programs, for_dump
from database.servers.embedded import EmbeddedServer
from database.session import writing
from database.wholes.lifecycle import drop, maintenance

OPERATIONS, OFFLINE, STRANGER = (Identity.new() for _ in range(3))
RECIPIENTS = (OPERATIONS.recipient, OFFLINE.recipient)
CANARY = "canary-4711-in-the-clear"
IN_MEMORY = pytest.mark.parametrize("store", ["memory"], indirect=True)
ON_S3 = pytest.mark.parametrize("store", ["s3"], indirect=True)


def now() -> datetime:
    return datetime.now(UTC)


def back_up(source: Scratch, store: Store, programs: Programs, at: datetime | None = None) -> Manifest:
    return take(source, store, RECIPIENTS, programs=programs, now=at or now())


def exists(database: Scratch) -> bool:
    with maintenance(database) as server:
        return database_facts(server, database.database) is not None


def test_a_backup_comes_back_as_it_was(staging: Scratch, spare: Scratch, store: Store, programs: Programs) -> None:
    """Taken into every store and restored with either identity: same tables, same rows, same schema, same sequence."""
    manifest = back_up(staging, store, programs)
    restored = restore(manifest, store, [OFFLINE], Destination(spare, staging.database, programs))
    assert restored.seconds > 0
    assert compare(manifest, spare).findings == ()
    with writing(staging) as before, writing(spare) as after:
        for question in (
            "SELECT md5(string_agg(u::text, ',' ORDER BY id)) FROM users u",
            'SELECT * FROM "Odd Schema"."Odd.Table" ORDER BY 1',
            "SELECT count(*), max(day) FROM daily",
            "SELECT nextval('users_id_seq')",
        ):
            assert before.execute(question).fetchall() == after.execute(question).fetchall()
        assert after.execute("SELECT FROM pg_stats WHERE tablename = 'users'").fetchone() is not None  # analyzed


def test_every_supported_version_passes_a_restore_test(staging_on_any: Scratch, any_server: EmbeddedServer) -> None:
    """Taken and restored with the programs of the server's own major version."""
    store, fitting = MemoryStore(), for_dump(any_server.installation.major)
    manifest = back_up(staging_on_any, store, fitting)
    into = Destination(staging_on_any.with_database("restored"), staging_on_any.database, fitting)
    assert restore_test(manifest, store, [OPERATIONS], into, now=now()).proof.findings == ()
    assert manifest.server_version // 10_000 == fitting.major == any_server.installation.major


def test_rows_that_a_restore_deals_anew_are_counted_together(
    staging_on_any: Scratch, any_server: EmbeddedServer
) -> None:
    """Partitions by hash of an enum: no row is missed, and one that is lost or another is found all the same."""
    with writing(staging_on_any) as connection:
        connection.execute("CREATE TYPE mood AS ENUM ('calm', 'glad', 'sad', 'tired', 'wild')")
        connection.execute("CREATE TABLE days (mood mood, day int) PARTITION BY HASH (mood)")
        for rest in range(3):
            connection.execute(
                f"CREATE TABLE days_{rest} PARTITION OF days FOR VALUES WITH (MODULUS 3, REMAINDER {rest})"
            )
        connection.execute(
            "INSERT INTO days SELECT m, d FROM unnest(enum_range(NULL::mood)) m, generate_series(1, 9) d"
        )
    store, fitting = MemoryStore(), for_dump(any_server.installation.major)
    manifest = back_up(staging_on_any, store, fitting)
    into = Destination(staging_on_any.with_database("restored"), staging_on_any.database, fitting)
    restore(manifest, store, [OFFLINE], into)
    assert compare(manifest, into.database).findings == ()
    with writing(into.database) as connection:
        connection.execute("UPDATE days SET day = 10 WHERE mood = 'sad' AND day = 9")
        assert compare(manifest, into.database).findings == (
            "public.days holds other rows than were dumped: the hash of its contents differs",
        )
        connection.execute("DELETE FROM days WHERE day = 10")
    assert compare(manifest, into.database).findings == ("public.days holds 44 rows instead of 45",)
    with maintenance(into.database) as server:
        drop(server, into.database)


@ON_S3
def test_the_manifest_tells_what_was_dumped(staging: Scratch, store: Store, programs: Programs) -> None:
    """Counts by table, leaf partitions by themselves, sizes as they lie in the store, versions, public keys only."""
    manifest = back_up(staging, store, programs)
    assert manifest.row_counts == (
        ('"Odd Schema"."Odd.Table"', 2),
        ("public.empty", 0),
        ("public.events_2026_10", 287),
        ("public.events_2026_11", 413),
        ("public.users", 500),
    )
    assert store.head(archive_name(manifest.id)).size == manifest.cipher_bytes
    assert manifest.clear_bytes > manifest.compressed_bytes
    assert manifest.server_version // 10_000 == manifest.pg_dump_major == programs.major
    text = get(store, manifest_name(manifest.id)).decode()
    assert staging.host not in text
    assert staging.password not in text
    assert "SECRET" not in text


def test_nothing_lies_in_the_store_in_the_clear(staging: Scratch, programs: Programs) -> None:
    """A string that every reader of the database sees is in no object."""
    store = MemoryStore()
    with writing(staging) as connection:
        connection.execute("UPDATE users SET email = %s WHERE id = 1", (CANARY,))
    back_up(staging, store, programs)
    assert all(CANARY.encode() not in get(store, item.name) for item in store.objects())


def test_rows_written_meanwhile_are_not_half_in_it(staging: Scratch, spare: Scratch, programs: Programs) -> None:
    """Counts and archive are of one instant: what is inserted while the dump runs is in neither."""
    store = MemoryStore()
    inserted: list[int] = []

    def insert(_: int) -> None:
        if len(inserted) < 20:
            with writing(staging) as connection:
                connection.execute('INSERT INTO "empty" DEFAULT VALUES')
            inserted.append(1)

    manifest = take(staging, store, RECIPIENTS, programs=programs, now=now(), progress=insert)
    assert inserted
    assert dict(manifest.row_counts)["public.empty"] == 0
    proof = restore_test(manifest, store, [OPERATIONS], Destination(spare, staging.database, programs), now=now()).proof
    assert proof.findings == ()


def test_a_backup_that_is_whole_passes_its_check_and_restore_test(
    staging: Scratch, spare: Scratch, store: Store, programs: Programs
) -> None:
    """Both proofs find nothing, are kept beside the backup, and the scratch database is gone."""
    manifest = back_up(staging, store, programs)
    checked = check(manifest, store, [OPERATIONS], programs=programs, now=now())
    tested = restore_test(
        manifest, store, [OPERATIONS], Destination(spare, staging.database, programs), now=now()
    ).proof
    for proof in (checked, tested):
        assert proof.findings == ()
        record(store, proof)
    assert not exists(spare)
    backup = list_backups(store).find()
    assert backup.manifest == manifest
    assert {proof.kind: proof for proof in backup.proofs if proof.kind is not ProofKind.READ_BACK} == {
        ProofKind.CHECK: checked,
        ProofKind.RESTORE_TEST: tested,
    }
    assert backup.passed(ProofKind.READ_BACK)
    assert backup.passed(ProofKind.RESTORE_TEST)


def test_progress_is_told_in_bytes(staging: Scratch, spare: Scratch, programs: Programs) -> None:
    """Taking and restoring both end at the size of the clear archive."""
    store, there, back = MemoryStore(), [0], [0]
    manifest = take(staging, store, RECIPIENTS, programs=programs, now=now(), progress=there.append)
    restore(manifest, store, [OFFLINE], Destination(spare, staging.database, programs), progress=back.append)
    assert there[-1] == back[-1] == manifest.clear_bytes
    assert there == sorted(there)


@IN_MEMORY
def test_the_newest_backup_is_found_first(staging: Scratch, store: Store, programs: Programs) -> None:
    """The listing is newest first; a backup can be asked for by name; what is not there is refused in words."""
    older = back_up(staging, store, programs, now() - timedelta(hours=2))
    newer = back_up(staging, store, programs)
    listing = list_backups(store)
    assert [item.manifest for item in listing.backups] == [newer, older]
    assert (listing.broken, listing.unfinished) == ((), ())
    assert listing.find().manifest == newer
    assert listing.find(older.id).manifest == older
    with pytest.raises(Refusal, match="there is no backup 20200101T000000Z-aaaaaa"):
        listing.find("20200101T000000Z-aaaaaa")
    with pytest.raises(Refusal, match='there is no backup yet of "other"'):
        listing.find(database="other")


def test_pruning_lets_go_of_what_was_decided_and_of_nothing_else(
    staging: Scratch, store: Store, programs: Programs
) -> None:
    """The old backup goes with its proofs; the new one, and a stranger's objects, stay."""
    old = back_up(staging, store, programs, now() - timedelta(days=9))
    record(store, check(old, store, [OFFLINE], programs=programs, now=now() - timedelta(days=9)))
    new = back_up(staging, store, programs)
    record(store, check(new, store, [OFFLINE], programs=programs, now=now()))
    for name in ("notes.txt", f"{old.id}/notes.txt"):
        put(store, name, b"somebody's")
    listing = list_backups(store)
    dated = [replace(item, stored_at=item.taken_at) for item in listing.backups]  # as if it had been there for days
    decision = decide(dated, Policy(), now())
    pruned = prune(store, decision, listing.unfinished, Policy(), now())
    assert (pruned.backups, pruned.leftovers) == ((old.id,), ())
    assert [item.id for item in list_backups(store).backups] == [new.id]
    assert {item.name for item in store.objects() if not item.name.startswith(new.id)} == {
        "notes.txt",
        f"{old.id}/notes.txt",
    }
    again = list_backups(store)
    assert prune(store, decision, again.unfinished, Policy(), now()).leftovers == ()


def test_leftovers_go_only_when_they_are_old(staging: Scratch, store: Store, programs: Programs) -> None:
    """An archive without its manifest may be a backup under way; after a day it is dead."""
    unproven = Vouching(read_back=False)
    manifest = take(staging, store, RECIPIENTS, programs=programs, now=now(), vouching=unproven)
    store.delete(manifest_name(manifest.id))
    listing = list_backups(store)
    left = tuple(item.name for item in listing.unfinished)
    assert archive_name(manifest.id) in left
    nothing = decide(listing.backups, Policy(), now())
    assert prune(store, nothing, listing.unfinished, Policy(), now()).leftovers == ()
    impatient = Policy(unfinished=-timedelta(hours=1))
    assert prune(store, nothing, listing.unfinished, impatient, now()).leftovers == left
    assert list(store.objects()) == []


@ON_S3
def test_a_clock_that_jumped_lets_go_of_nothing(staging: Scratch, store: Store, programs: Programs) -> None:
    """If this machine's clock and the store's disagree, pruning is refused and every object is still there."""
    for days in (9, 8, 0):
        back_up(staging, store, programs, now() - timedelta(days=days))
    before = list(store.objects())
    ahead = now() + timedelta(days=30)
    listing = list_backups(store)
    decision = decide(listing.backups, Policy(), ahead)
    with pytest.raises(Refusal, match="this machine's clock cannot be trusted") as caught:
        prune(store, decision, listing.unfinished, Policy(), ahead)
    assert "Set the clock" in caught.value.todo
    assert list(store.objects()) == before


@IN_MEMORY
def test_another_identity_is_refused_before_anything_happens(
    staging: Scratch, spare: Scratch, store: Store, programs: Programs
) -> None:
    """The refusal names the recipients the backup was made for, and no database is created."""
    manifest = back_up(staging, store, programs)
    with pytest.raises(Refusal, match="does not open the backup") as caught:
        restore(manifest, store, [STRANGER], Destination(spare, staging.database, programs))
    assert OFFLINE.recipient.key in str(caught.value)
    assert STRANGER.secret not in str(caught.value)
    assert not exists(spare)
