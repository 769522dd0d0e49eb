"""Backups are listed, held, let go and copied with nothing lost: on a real store in memory, with no database."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from backups.check import check_sealed
from backups.cipher import Damaged
from backups.copying import copy
from backups.hold import Hold, hold_json, read_hold
from backups.holding import put_on_hold, release
from backups.layout import archive_name, hold_name, manifest_name, proof_name, roles_name
from backups.listing import list_backups
from backups.manifest import DOCUMENT, FORMAT, manifest_json
from backups.proof import TAKEN_BACK, Backup, Proof, ProofKind
from backups.prune import prune
from backups.record import record, record_unless_gone
from backups.retention import Decision, Judgement, Policy, decide
from backups.signing import SigningKey
from backups.stores import Denied, Store, Stored, get, put
from backups.stores.memory import MemoryStore
from catalog.errors import Failure, Refusal
from tests.unit.backups.test_retention import DAY, backup

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
ARCHIVE = b"age-encryption.org/v1\n" + bytes(range(256)) * 20
ROLES = b"age-encryption.org/v1\nroles"


def shelve(store: Store, age: timedelta, token: int = 0) -> Backup:
    """A backup in the store whose archive is only bytes."""
    template = backup(age, token=token)
    manifest = replace(
        template.manifest,
        format=FORMAT,
        cipher_bytes=len(ARCHIVE),
        cipher_sha256=hashlib.sha256(ARCHIVE).hexdigest(),
        roles_bytes=len(ROLES),
        roles_sha256=hashlib.sha256(ROLES).hexdigest(),
        content_hashes=(),
        sequences=(),
        holds="",
        copy_of="",
        large_objects=0,
        large_objects_hash="0" * 32,
        document=DOCUMENT,
        materialized_views=(),
        sign_in=(),
        inherited_columns=(),
    )
    put(store, archive_name(manifest.id), ARCHIVE)
    put(store, roles_name(manifest.id), ROLES)
    put(store, manifest_name(manifest.id), manifest_json(manifest))
    return replace(template, manifest=manifest)


def store_of(*ages: int) -> tuple[MemoryStore, list[Backup]]:
    """A store with a backup of each age in days, each taken in at its time."""
    moment = [NOW]
    store = MemoryStore(lambda: moment[0])
    found = []
    for token, age in enumerate(ages):
        moment[0] = NOW - age * DAY
        found.append(shelve(store, age * DAY, token))
    moment[0] = NOW
    return store, found


def pruned(store: Store) -> tuple[tuple[str, ...], tuple[str, ...]]:
    listing = list_backups(store)
    done = prune(store, decide(listing.backups, Policy(), NOW), listing.unfinished, Policy(), NOW)
    return done.backups, done.leftovers


def a_hold(item: Backup) -> Hold:
    return Hold(item.id, NOW, None, "an audit", "anna")


def test_a_hold_keeps_a_backup_until_it_is_released() -> None:
    """It is listed with the backup; released, the next prune takes backup and all."""
    store, (_, old) = store_of(0, 9)
    put_on_hold(store, a_hold(old))
    assert list_backups(store).backups[1].hold == a_hold(old)
    assert pruned(store) == ((), ())
    release(store, old.id)
    assert pruned(store) == ((old.id,), ())
    assert list(store.objects(old.id)) == []


@pytest.mark.parametrize("spoil", ["an audit", "2026-11-22", "anna", "move"])
def test_a_hold_that_was_changed_keeps_all_the_same(spoil: str) -> None:
    """Its reason, its time, who it is by, or another backup's in its place: told, and the backup stays."""
    store, (newest, old) = store_of(0, 9)
    put_on_hold(store, a_hold(old))
    text = get(store, hold_name(old.id))
    store.delete(hold_name(old.id))
    changed = hold_json(a_hold(newest)) if spoil == "move" else text.replace(spoil.encode(), spoil[:-1].encode() + b"9")
    put(store, hold_name(old.id), changed)
    listing = list_backups(store)
    assert [broken.name for broken in listing.broken] == [hold_name(old.id)]
    assert pruned(store) == ((), ())


def test_a_hold_of_before_has_no_sum() -> None:
    """It is read as it was."""
    fields = json.loads(hold_json(a_hold(backup(DAY))))
    assert len(fields.pop("sha256")) == 64
    assert read_hold(json.dumps(fields).encode(), backup(DAY).id) == a_hold(backup(DAY))


def test_a_hold_is_neither_overwritten_nor_released_twice() -> None:
    """Each refusal says what to do."""
    store, (only,) = store_of(0)
    with pytest.raises(Refusal, match="is not on hold in memory"):
        release(store, only.id)
    put_on_hold(store, a_hold(only))
    with pytest.raises(Refusal, match="is on hold already") as caught:
        put_on_hold(store, a_hold(only))
    assert f"greenroom backups release {only.id}" in caught.value.todo


def test_a_hold_that_comes_while_pruning_still_counts() -> None:
    """Between the decision and the deletion somebody may have spoken."""
    store, (_, old) = store_of(0, 9)
    listing = list_backups(store)
    decision = decide(listing.backups, Policy(), NOW)
    put_on_hold(store, a_hold(old))
    done = prune(store, decision, listing.unfinished, Policy(), NOW)
    assert (done.backups, done.held) == ((), (old.id,))


def test_a_hold_that_is_over_goes_with_its_backup() -> None:
    """Not if it was renewed while pruning."""
    store, (_, old) = store_of(0, 9)
    over = replace(a_hold(old), until=NOW - DAY)
    put_on_hold(store, over)
    listing = list_backups(store)
    release(store, old.id)
    put_on_hold(store, a_hold(old))
    done = prune(store, decide(listing.backups, Policy(), NOW), listing.unfinished, Policy(), NOW)
    assert (done.backups, done.held) == ((), (old.id,))
    release(store, old.id)
    put_on_hold(store, over)
    assert pruned(store) == ((old.id,), ())
    assert list(store.objects(old.id)) == []


@pytest.mark.parametrize("age", [0, 9])
@pytest.mark.parametrize("spoil", [hold_name, lambda name: f"{name}/proofs/20261122T010000Z-check.json"])
def test_what_cannot_be_read_beside_a_backup_keeps_it(age: int, spoil: Callable[[str], str]) -> None:
    """It is told of, and the backup still counts and stays: the object may be a hold, or the only proof."""
    store, (item, _) = store_of(age, 0)
    put(store, spoil(item.id), b'{"cut')
    listing = list_backups(store)
    assert item.id in {found.id for found in listing.backups}
    assert [broken.name for broken in listing.broken] == [spoil(item.id)]
    assert pruned(store) == ((), ())


def test_a_proof_that_is_gone_is_missed_by_its_signature() -> None:
    """It is told of; the backup counts, and its age decides."""
    store, (item,) = store_of(0)
    record(store, Proof(item.id, ProofKind.CHECK, NOW, 1.0, ()), SigningKey.new())
    store.delete(proof_name(item.id, ProofKind.CHECK, NOW))
    listing = list_backups(store)
    assert [broken.reason for broken in listing.broken] == ["it is gone: only its signature is left"]
    assert listing.backups[0].unread == ()


class Unwilling(MemoryStore):
    """A store whose key may not delete."""

    def delete(self, name: str) -> None:
        raise Denied("cannot delete", why="AccessDenied")


def test_a_key_that_may_not_delete_harms_nothing() -> None:
    """The sentence says so, and every backup is as whole as before."""
    store, (_, old) = store_of(0, 9)
    store.__class__ = Unwilling
    with pytest.raises(Denied, match=f"cannot let go of {old.id}: AccessDenied"):
        pruned(store)
    assert len(list_backups(store).backups) == 2


def test_a_backup_is_copied_whole_and_counts_only_then() -> None:
    """Manifest last; its hold goes along, its proofs do not, as they are about the other store."""
    source, (item,) = store_of(0)
    record(source, Proof(item.id, ProofKind.CHECK, NOW, 1.0, ()))
    put_on_hold(source, a_hold(item))
    target = MemoryStore()
    copy(item, source, target)
    (arrived,) = list_backups(target).backups
    assert (arrived.manifest, arrived.hold, arrived.proofs) == (item.manifest, a_hold(item), ())
    copy(item, source, target)
    assert len(list(target.objects())) == 4


def test_a_copy_that_broke_off_goes_on() -> None:
    """What is there already is read once more before the manifest makes it count."""
    source, (item,) = store_of(0)
    target = MemoryStore()
    put(target, archive_name(item.id), ARCHIVE)
    copy(item, source, target)
    assert len(list_backups(target).backups) == 1
    spoiled = MemoryStore()
    put(spoiled, archive_name(item.id), ARCHIVE[:-1] + b"?")
    with pytest.raises(Damaged, match="in memory is not the one the manifest describes"):
        copy(item, source, spoiled)
    assert list_backups(spoiled).backups == ()


def test_damage_is_not_copied() -> None:
    """An archive that is not what its manifest says makes no second one."""
    source, (item,) = store_of(0)
    source.delete(archive_name(item.id))
    put(source, archive_name(item.id), ARCHIVE[:-1] + b"?")
    target = MemoryStore()
    with pytest.raises(Damaged, match="is not the one the manifest describes"):
        copy(item, source, target)
    assert list_backups(target).backups == ()


def test_without_an_identity_the_encrypted_bytes_are_checked() -> None:
    """Length, hash and the mark of age, of archive and roles; what is inside is not known."""
    store, (item,) = store_of(0)
    assert check_sealed(item.manifest, store, now=NOW).passed
    for name, data, told in (
        (archive_name(item.id), ARCHIVE[:-1], "has another size"),
        (archive_name(item.id), ARCHIVE[:-1] + b"?", "is not the one the manifest describes"),
        (archive_name(item.id), b"?" + ARCHIVE[1:], "is not encrypted with age"),
        (roles_name(item.id), ROLES[:-1], "the roles are not those"),
    ):
        whole = get(store, name)
        store.delete(name)
        put(store, name, data)
        (finding,) = check_sealed(item.manifest, store, now=NOW).findings
        assert told in finding
        store.delete(name)
        put(store, name, whole)


def test_a_passing_check_of_less_does_not_clear_a_backup() -> None:
    """What a check found inside is not undone by its encrypted bytes being as they were."""
    (item,) = store_of(0)[1]
    wrong = Proof(item.id, ProofKind.CHECK, NOW, 1.0, ("wrong",))
    for kind, later, damaged in ((ProofKind.SEALED, 1, True), (ProofKind.CHECK, 1, False), (ProofKind.CHECK, -1, True)):
        other = Proof(item.id, kind, NOW + later * DAY, 1.0, ())
        assert replace(item, proofs=(wrong, other)).damaged is damaged


def test_a_prune_cut_short_goes_on_next_time() -> None:
    """Killed after any deletion, nothing counts that lacks something, and the next prune takes the rest."""

    class Mortal(MemoryStore):
        left = 0

        def delete(self, name: str) -> None:
            if not self.left:
                raise Failure("killed")
            self.left -= 1
            super().delete(name)

    for deletions in range(3):
        store, (_, old) = store_of(0, 9)
        store.__class__ = Mortal
        store.left = deletions  # type: ignore[attr-defined]  # it is a Mortal now
        with pytest.raises(Failure, match="cannot let go of"):
            pruned(store)
        listing = list_backups(store)
        assert listing.broken == ()
        assert len(listing.backups) == (2 if deletions == 0 else 1)
        store.__class__ = MemoryStore
        pruned(store)
        assert list(store.objects(old.id)) == []


def test_a_manifest_that_got_lost_is_missed() -> None:
    """A proof that passed says that it was there: told, and nothing of the backup goes as if it had never been one."""
    store, (new, item) = store_of(0, 9)
    for kind, findings in ((ProofKind.READ_BACK, ()), (ProofKind.CHECK, ("a byte",))):
        record(store, Proof(item.id, kind, NOW, 1.0, findings))
    store.delete(manifest_name(item.id))
    listing = list_backups(store)
    assert ([one.id for one in listing.backups], listing.unfinished) == ([new.id], ())
    (lost,) = listing.broken
    assert (lost.name, lost.reason) == (
        manifest_name(item.id),
        "it is gone, and a proof beside it says that it was there",
    )
    with_other_keys = list_backups(store, [SigningKey.new().verify_key])
    assert (lost in with_other_keys.broken, with_other_keys.unfinished) == (True, ())
    there = list(store.objects(item.id))
    assert pruned(store) == ((), ())
    assert list(store.objects(item.id)) == there


def test_a_proven_backup_that_is_half_let_go_is_none_that_got_lost() -> None:
    """What vouches for it goes before its manifest, and what speaks against it after: the next prune takes the rest."""
    store, (_, item) = store_of(0, 9)
    for kind, findings in ((ProofKind.READ_BACK, ()), (ProofKind.CHECK, ("a byte",))):
        record(store, Proof(item.id, kind, NOW, 1.0, findings))
    gone: list[str] = []
    whole = store.delete

    def dies(name: str) -> None:
        if len(gone) == 3:
            raise Failure("killed")
        gone.append(name)
        whole(name)

    store.delete = dies  # type: ignore[method-assign]  # this one is killed
    with pytest.raises(Failure, match="cannot let go of"):
        pruned(store)
    assert [name.rpartition("/")[2].rpartition("Z-")[2] for name in gone] == [
        "read-back.json",
        "read-back.json.sig",
        "manifest.json",
    ]
    store.delete = whole  # type: ignore[method-assign]
    assert list_backups(store).broken == ()
    pruned(store)
    left = [one.name.partition("Z-")[2].rpartition("Z-")[2] for one in store.objects(item.id)]
    assert left == ["check.json"]  # it is younger than a day


@pytest.mark.parametrize("name", [archive_name, roles_name])
def test_what_is_damaged_is_not_copied(name: Callable[[str], str]) -> None:
    """Neither an archive nor roles that are not what the manifest says make a backup in the other store."""
    source, (item,) = store_of(0)
    source.delete(name(item.id))
    put(source, name(item.id), (ARCHIVE if name is archive_name else ROLES)[:-1] + b"?")
    target = MemoryStore()
    with pytest.raises(Damaged, match=f"{name(item.id)} in memory is not the one the manifest describes"):
        copy(item, source, target)
    assert list_backups(target).backups == ()


class MeanwhileStore(MemoryStore):
    """A store in which something else happens once: right before an object is deleted, or after it was looked at."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        super().__init__(clock)
        self.before_deleting: dict[str, Callable[[], object]] = {}
        self.after_looking: dict[str, Callable[[], object]] = {}

    def delete(self, name: str) -> None:
        self.before_deleting.pop(name, int)()
        super().delete(name)

    def head(self, name: str) -> Stored:
        found = super().head(name)
        self.after_looking.pop(name, int)()
        return found


def test_a_proof_that_comes_while_its_backup_goes_is_let_go_with_it() -> None:
    """It is stored right before the manifest is deleted: what was listed before that does not name it."""
    store = MeanwhileStore(lambda: NOW)
    old = shelve(store, 30 * DAY)
    late = Proof(old.id, ProofKind.CHECK, NOW, 1.0, ())
    store.before_deleting[manifest_name(old.id)] = lambda: record(store, late)
    decision = Decision((Judgement(old, keep=False, reasons=("old",)),))
    assert prune(store, decision, (), Policy(), NOW).backups == (old.id,)
    assert list(store.objects()) == []


@pytest.mark.parametrize("key", [None, SigningKey.new()])
def test_a_proof_that_comes_after_its_backup_went_is_taken_back(key: SigningKey | None) -> None:
    """Its manifest is there when it is looked for and gone a moment later: nothing says that it got lost."""
    moment = [NOW]
    store = MeanwhileStore(lambda: moment[0])
    old = shelve(store, 30 * DAY)

    def let_go() -> None:
        for item in list(store.objects(f"{old.id}/")):
            store.delete(item.name)

    store.after_looking[manifest_name(old.id)] = let_go
    assert record_unless_gone(store, Proof(old.id, ProofKind.CHECK, NOW, 1.0, ()), key) is None
    keys = [key.verify_key] if key else []
    listing = list_backups(store, keys)
    assert (listing.backups, listing.broken) == ((), ())
    assert len(listing.unfinished) == (4 if key else 2)
    moment[0] = NOW + 2 * DAY
    prune(store, decide((), Policy(), moment[0]), listing.unfinished, Policy(), moment[0])
    assert list(store.objects()) == []


def test_a_proof_is_taken_back_by_one_that_counts_alone() -> None:
    """Where proofs are signed, nobody without a key has what is left of a backup cleared away."""
    store, (old,) = store_of(30)
    record(store, Proof(old.id, ProofKind.CHECK, NOW, 1.0, ()))
    record(store, Proof(old.id, ProofKind.CHECK, NOW, 1.0, (TAKEN_BACK,)))
    store.delete(manifest_name(old.id))
    assert list_backups(store).broken == ()
    assert "it is gone" in list_backups(store, [SigningKey.new().verify_key]).broken[0].reason


def test_what_was_proven_before_is_not_taken_back() -> None:
    """Retention lets such proofs go before the manifest: where one is there, somebody else deleted that."""
    store = MeanwhileStore(lambda: NOW)
    old = shelve(store, 30 * DAY)
    record(store, Proof(old.id, ProofKind.CHECK, NOW - DAY, 2.0, ()))
    store.after_looking[manifest_name(old.id)] = lambda: store.delete(manifest_name(old.id))
    assert record_unless_gone(store, Proof(old.id, ProofKind.CHECK, NOW, 1.0, ())) is None
    assert "it is gone" in list_backups(store).broken[0].reason
