"""A backup counts when the store has given it back, and where keys verify, only what was signed counts."""

import io
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from backups.check import check
from backups.cipher import Identity, decrypt
from backups.commit import Vouching
from backups.layout import archive_name, manifest_name, roles_name, signature_name
from backups.listing import list_backups
from backups.manifest import Manifest, manifest_json
from backups.proof import Proof, ProofKind, proof_json
from backups.record import record
from backups.reencrypt import reencrypt
from backups.refill import Destination
from backups.restore import restore
from backups.restore_test import compare, restore_test
from backups.signing import SigningKey, VerifyKey
from backups.stores import Store, get, put
from backups.stores.memory import MemoryStore
from backups.take import take
from catalog.errors import Failure, Refusal
from database.contents.exported import column_hashes
from database.endpoints import Scratch
from database.programs import Programs
from database.session import writing

OPERATIONS, OFFLINE, NEXT = (Identity.new() for _ in range(3))
RECIPIENTS = (OPERATIONS.recipient, OFFLINE.recipient)
KEY = SigningKey.new()
SIGNED = Vouching(KEY)
NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)


def back_up(source: Scratch, store: Store, programs: Programs, vouching: Vouching = SIGNED) -> Manifest:
    return take(source, store, RECIPIENTS, programs=programs, now=NOW, vouching=vouching)


def change(store: Store, name: str, data: bytes) -> None:
    store.delete(name)
    put(store, name, data)


def reasons(store: Store) -> list[str]:
    return [broken.reason for broken in list_backups(store, [KEY.verify_key]).broken]


class Altering(MemoryStore):
    """A store that says "done" and keeps something else of objects that end in `end`."""

    def __init__(self, end: str, alter: Callable[[bytes], bytes]) -> None:
        super().__init__()
        self._end, self._alter = end, alter

    def writing(self, name: str, *, expected: int = 0):  # type: ignore[no-untyped-def]  # the base's own type
        return super().writing(name, expected=expected)

    def reading(self, name: str, *, start: int = 0):  # type: ignore[no-untyped-def]  # the base's own type
        if name.endswith(self._end):
            data, modified = self._objects[name]
            self._objects[name] = (self._alter(data), modified)
        return super().reading(name, start=start)


def flip(data: bytes) -> bytes:
    return data[:-9] + bytes([data[-9] ^ 1]) + data[-8:]


@pytest.mark.parametrize("end", ["archive.pgdump.zst.age", "roles.sql.age"])
@pytest.mark.parametrize("alter", [flip, lambda data: data[: len(data) // 2]], ids=["flipped", "cut"])
def test_what_the_store_does_not_give_back_never_counts(
    staging: Scratch, programs: Programs, end: str, alter: Callable[[bytes], bytes]
) -> None:
    """Found out at once, with no private key on this host: there is no manifest, and the sentence says what is left."""
    store = Altering(end, alter)
    with pytest.raises(Failure, match="memory does not give back what was just stored there") as caught:
        back_up(staging, store, programs)
    assert "does not count" in caught.value.left
    assert list_backups(store).backups == ()


def test_the_read_back_is_a_proof_and_its_key_is_nobodys(staging: Scratch, programs: Programs) -> None:
    """The archive has one stanza more than the manifest has recipients; the proof lies beside it, signed."""
    store = MemoryStore()
    manifest = back_up(staging, store, programs)
    header = get(store, archive_name(manifest.id)).partition(b"\n---")[0]
    assert header.count(b"-> X25519 ") == 3
    assert manifest.recipients == tuple(recipient.key for recipient in RECIPIENTS)
    listing = list_backups(store, [KEY.verify_key])
    assert [proof.kind for proof in listing.find().proofs] == [ProofKind.READ_BACK]
    assert listing.broken == ()


def test_without_reading_back_nothing_is_read(staging: Scratch, programs: Programs) -> None:
    """For a host that may write and not read."""
    store = Altering("", lambda data: pytest.fail("the store was read"))
    manifest = back_up(staging, store, programs, Vouching(read_back=False))
    assert store.head(archive_name(manifest.id)).size == manifest.cipher_bytes
    assert not any("proofs" in item.name for item in store.objects())


def test_only_what_was_signed_counts(staging: Scratch, programs: Programs) -> None:
    """A backup without signature, a changed manifest, one signed by somebody else: each is told, and none counts."""
    store = MemoryStore()
    unsigned = back_up(staging, store, programs, Vouching(read_back=False))
    assert reasons(store)[0].startswith(f"{manifest_name(unsigned.id)} is not signed")
    assert list_backups(store).backups[0].manifest == unsigned
    put(store, signature_name(manifest_name(unsigned.id)), SigningKey.new().sign(manifest_json(unsigned)))
    assert reasons(store)[0].startswith(f"{manifest_name(unsigned.id)} cannot be trusted")
    manifest = back_up(staging, store, programs)
    fewer = replace(manifest, row_counts=(("public.users", 1),))
    change(store, manifest_name(manifest.id), manifest_json(fewer))
    assert list_backups(store, [KEY.verify_key]).backups == ()


def test_a_forger_who_can_write_to_the_store_gets_nowhere(staging: Scratch, programs: Programs) -> None:
    """Archive and manifest exchanged together, a signature moved with them, a good proof copied: all are found out."""
    store = MemoryStore()
    good, forged = back_up(staging, store, programs), back_up(staging, store, programs, Vouching(read_back=False))
    change(store, archive_name(good.id), get(store, archive_name(forged.id)))
    change(store, manifest_name(good.id), manifest_json(replace(forged, id=good.id)))
    assert list_backups(store, [KEY.verify_key]).backups == ()
    store = MemoryStore()
    first, second = back_up(staging, store, programs), back_up(staging, store, programs)
    for name in (manifest_name(second.id), signature_name(manifest_name(second.id))):
        change(store, name, get(store, name.replace(second.id, first.id)))
    assert f"it is the manifest of {first.id}" in reasons(store)[0]


def test_a_proof_that_cannot_be_trusted_takes_nothing_but_itself(staging: Scratch, programs: Programs) -> None:
    """An unsigned one, and a signed one copied from another backup: the backup counts, and is not proven by them."""
    store = MemoryStore()
    first, second = back_up(staging, store, programs), back_up(staging, store, programs)
    passed = Proof(first.id, ProofKind.RESTORE_TEST, NOW, 1.0, ())
    record(store, passed, KEY)
    for name in (passed.name, signature_name(passed.name)):
        put(store, name.replace(first.id, second.id), get(store, name))
    unsigned = Proof(second.id, ProofKind.CHECK, NOW, 1.0, ())
    put(store, unsigned.name, proof_json(unsigned))
    listing = list_backups(store, [KEY.verify_key])
    assert {item.id: item.passed(ProofKind.RESTORE_TEST) for item in listing.backups} == {
        first.id: True,
        second.id: False,
    }
    assert not listing.find(second.id).passed(ProofKind.CHECK)
    assert sorted(broken.reason.partition(":")[0].split("/")[-1] for broken in listing.broken) == [
        "20261122T020000Z-check.json is not signed",
        "20261122T020000Z-restore-test.json cannot be trusted",
    ]


def test_a_checkers_key_signs_no_backup_that_counts(staging: Scratch, programs: Programs) -> None:
    """Its proof of ours counts; a backup that it signs is told, and does not."""
    store, checker = MemoryStore(), SigningKey.new()
    ours, theirs = back_up(staging, store, programs), back_up(staging, store, programs, Vouching(checker))
    record(store, Proof(ours.id, ProofKind.RESTORE_TEST, NOW, 1.0, ()), checker)
    keys = [KEY.verify_key, VerifyKey.parse(f"proofs:{checker.verify_key}")]
    listing = list_backups(store, keys)
    assert [item.id for item in listing.backups] == [ours.id]
    assert listing.find(ours.id).passed(ProofKind.RESTORE_TEST)
    assert [broken.name for broken in listing.broken] == [theirs.id]


def test_roles_are_stored_encrypted_and_without_passwords(staging: Scratch, programs: Programs) -> None:
    """Who is granted something, who is a member of what, what the database sets; nothing of it in the clear."""
    store = MemoryStore()
    with writing(staging) as connection:
        connection.execute(_ROLES)
        connection.execute(f"ALTER DATABASE {staging.database} SET work_mem = '12MB'")
    manifest = back_up(staging, store, programs)
    clear = io.BytesIO()
    decrypt(io.BytesIO(get(store, roles_name(manifest.id))), clear, [OFFLINE])
    told = clear.getvalue().decode()
    for line in (
        "CREATE ROLE vouched_reader WITH NOLOGIN",
        "GRANT vouched_reader TO vouched_login",
        "ALTER DATABASE :\"DBNAME\" SET work_mem TO '12MB'",
    ):
        assert line in told
    assert "hush-hush" not in told
    assert "SCRAM" not in told
    assert all(b"vouched_reader" not in get(store, item.name) for item in store.objects())


_ROLES = """
DO $$ BEGIN
    CREATE ROLE vouched_reader; CREATE ROLE vouched_login LOGIN PASSWORD 'hush-hush';
    GRANT vouched_reader TO vouched_login;
EXCEPTION WHEN duplicate_object THEN NULL; END $$;
GRANT SELECT ON users TO vouched_login;
"""


@pytest.fixture
def many(staging: Scratch) -> Scratch:
    """More tables than 256 KiB of table of contents name."""
    with writing(staging) as connection:
        connection.execute(
            "DO $$ BEGIN FOR n IN 1..260 LOOP"
            " EXECUTE format('CREATE TABLE t%s (id int PRIMARY KEY, v text CHECK (v <> %L))', n, repeat('x', 600));"
            " EXECUTE format('INSERT INTO t%s VALUES (1, %L)', n, n); END LOOP; END $$"
        )
    return staging


@pytest.mark.parametrize("way", ["stream", "file"])
def test_several_sessions_restore_the_same(
    many: Scratch, spare: Scratch, programs: Programs, tmp_path: Path, way: str
) -> None:
    """From the stream, with a table of contents of some size, and from a clear file that leaves nothing behind."""
    store = MemoryStore()
    manifest = back_up(many, store, programs)
    into = Destination(spare, many.database, programs, jobs=2, clear_folder=tmp_path if way == "file" else None)
    restore(manifest, store, [OFFLINE], into)
    assert compare(manifest, spare).findings == ()
    assert list(tmp_path.iterdir()) == []


def test_a_clear_folder_without_room_is_told(
    staging: Scratch, spare: Scratch, programs: Programs, tmp_path: Path
) -> None:
    """The sentence says how much it takes, and that none is needed without it."""
    store = MemoryStore()
    manifest = back_up(staging, store, programs)
    into = Destination(spare, staging.database, programs, jobs=2, clear_folder=tmp_path / "absent")
    with pytest.raises(Failure, match="the clear archive does not fit into") as caught:
        restore(manifest, store, [OFFLINE], into)
    assert str(manifest.clear_bytes) in caught.value.todo


def test_a_restore_test_asks_the_operators_own_question(staging: Scratch, spare: Scratch, programs: Programs) -> None:
    """A row is an answer; no row, or an error, is a finding."""
    store = MemoryStore()
    manifest = back_up(staging, store, programs)
    into = Destination(spare, staging.database, programs)
    for probe, findings in (
        ("SELECT FROM users WHERE email = 'user7@example.com'", ()),
        ("SELECT FROM users WHERE email = 'nobody@example.com'", ("the probe query gave no row",)),
        ("DELETE FROM users", ("the probe query failed: cannot execute DELETE in a read-only transaction",)),
    ):
        assert restore_test(manifest, store, [OFFLINE], into, now=NOW, probe=probe).proof.findings == findings


def test_a_backup_of_format_1_is_restored_as_before(staging: Scratch, spare: Scratch, programs: Programs) -> None:
    """It has no hashes, sequences or roles; what it has is compared."""
    store = MemoryStore()
    manifest = replace(
        back_up(staging, store, programs),
        format=1,
        content_hashes=None,
        sequences=None,
        roles_bytes=None,
        roles_sha256=None,
        holds=None,
        copy_of=None,
        large_objects=None,
        large_objects_hash=None,
        document=None,
        materialized_views=None,
        sign_in=None,
        inherited_columns=None,
    )
    into = Destination(spare, staging.database, programs)
    assert restore_test(manifest, store, [OFFLINE], into, now=NOW).proof.findings == ()


def test_a_backup_of_format_2_is_compared_in_its_own_way(staging: Scratch, spare: Scratch, programs: Programs) -> None:
    """By the hashes of columns that the server works out; of large objects it says nothing. A wrong hash is found."""
    store = MemoryStore()
    hashes = column_hashes(staging)
    latest = replace(back_up(staging, store, programs), large_objects=None, large_objects_hash=None, document=None)
    latest = replace(latest, materialized_views=None, sign_in=None, inherited_columns=None)
    manifest = replace(latest, format=2, content_hashes=hashes)
    into = Destination(spare, staging.database, programs)
    assert restore_test(manifest, store, [OFFLINE], into, now=NOW).proof.findings == ()
    (title, _), *others = hashes
    wrong = replace(manifest, content_hashes=((title, "0" * 31 + "1"), *others))
    (found,) = restore_test(wrong, store, [OFFLINE], into, now=NOW).proof.findings
    assert found.startswith(f"{title} holds other rows")


def test_a_backup_is_encrypted_anew_to_the_keys_of_today(staging: Scratch, spare: Scratch, programs: Programs) -> None:
    """The copy opens with the new key alone, holds the same, and says of what it is a copy; the old one stays."""
    store = MemoryStore()
    old = back_up(staging, store, programs)
    with pytest.raises(Refusal, match="does not open the backup"):
        reencrypt(old, store, [NEXT], [NEXT.recipient], vouching=SIGNED)
    copy = reencrypt(old, store, [OFFLINE], [NEXT.recipient], vouching=SIGNED)
    assert (copy.copy_of, copy.taken_at, copy.clear_sha256) == (old.id, old.taken_at, old.clear_sha256)
    listing = list_backups(store, [KEY.verify_key])
    assert {item.id for item in listing.backups} == {old.id, copy.id}
    assert listing.find(copy.id).manifest == copy
    with pytest.raises(Refusal, match="does not open the backup"):
        restore(copy, store, [OFFLINE], Destination(spare, staging.database, programs))
    assert restore_test(copy, store, [NEXT], Destination(spare, staging.database, programs), now=NOW).proof.passed


def test_a_damaged_backup_is_not_encrypted_anew(staging: Scratch, programs: Programs) -> None:
    """There is no copy that counts."""
    store = MemoryStore()
    old = back_up(staging, store, programs)
    change(store, archive_name(old.id), flip(get(store, archive_name(old.id))))
    with pytest.raises(Failure, match=f"the backup {old.id} is damaged"):
        reencrypt(old, store, [OFFLINE], [NEXT.recipient], vouching=SIGNED)
    assert [item.id for item in list_backups(store).backups] == [old.id]


@pytest.mark.parametrize("end", ["archive.pgdump.zst.age", "roles.sql.age", "manifest.json", "manifest.json.sig"])
def test_damage_anywhere_in_any_object_is_found(staging: Scratch, programs: Programs, end: str) -> None:
    """A bit flipped or the rest cut off, wherever it is: the backup no longer counts, or its check does not pass."""
    store, generator = MemoryStore(), random.Random(end)
    manifest = back_up(staging, store, programs)
    name = f"{manifest.id}/{end}"
    whole = get(store, name)
    for _ in range(12):
        position = generator.randrange(len(whole))
        flipped = whole[:position] + bytes([whole[position] ^ 1 << generator.randrange(8)]) + whole[position + 1 :]
        for bad in (flipped, whole[:position]):
            change(store, name, bad)
            listed = list_backups(store, [KEY.verify_key]).backups
            passed = [check(one.manifest, store, [OFFLINE], programs=programs, now=NOW).passed for one in listed]
            assert passed in ([], [False])
    change(store, name, whole)
    assert check(manifest, store, [OFFLINE], programs=programs, now=NOW).passed


class WriteOnly(MemoryStore):
    """A store that lets us write and not read."""

    def reading(self, name: str, *, start: int = 0):  # type: ignore[no-untyped-def]  # the base's own type
        raise Failure(f"cannot read {name} in memory", why="AccessDenied", todo="Check the key.")


def test_a_store_that_may_not_be_read_is_told(staging: Scratch, programs: Programs) -> None:
    """The sentence says what is left, and how to do without reading back."""
    store = WriteOnly()
    with pytest.raises(Failure, match="AccessDenied") as caught:
        back_up(staging, store, programs)
    assert "does not count" in caught.value.left
    assert caught.value.todo.endswith("Where this host may write and not read, set GREENROOM_READ_BACK=false.")
    assert not any(item.name.endswith("manifest.json") for item in store.objects())
