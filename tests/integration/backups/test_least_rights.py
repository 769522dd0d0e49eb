"""The policies that we print, in force on a real server: each key can do its work, and nothing that it should not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from botocore.exceptions import ClientError

from backups.check import check
from backups.cipher import Identity
from backups.commit import Vouching
from backups.hold import Hold
from backups.holding import put_on_hold, release
from backups.layout import archive_name, manifest_name
from backups.listing import list_backups
from backups.proof import ProofKind
from backups.prune import prune
from backups.record import record
from backups.retention import Policy, decide
from backups.stores import Denied, Store, Taken, get, open_store, put
from backups.stores.probe import probe
from backups.stores.retrying import RetryingStore
from backups.stores.s3 import S3Store
from backups.take import take
from catalog.errors import Failure
from catalog.findings import Finding, Outcome
from database.endpoints import Scratch
from database.programs import Programs
from operations.audit import AuditLine, AuditTrail
from operations.audit.copies import copy, verify
from operations.backup.keeping_backups import prune_old
from operations.record import Ending, RunRecord
from operations.report import write
from operations.report.shelf import shelve
from operations.run import Run
from operations.settings.settings import load
from tests.integration.backups.conftest import GuardedStore, as_role

IDENTITY = Identity.new()


def now() -> datetime:
    return datetime.now(UTC)


class Keys:
    """The same prefix, seen with each role's key."""

    def __init__(self, guarded: GuardedStore, monkeypatch: pytest.MonkeyPatch, prefix: str = "") -> None:
        self._place = guarded.place(prefix=prefix or f"team/{uuid4().hex}")
        self._patch = monkeypatch

    def place(self, role: str) -> str:
        """Where it is, with that key in boto3's variables."""
        as_role(self._patch, role)
        return self._place

    def of(self, role: str) -> Store:
        """The store, with that key."""
        return open_store(self.place(role))


@pytest.fixture
def keys(guarded: GuardedStore, monkeypatch: pytest.MonkeyPatch) -> Keys:
    return Keys(guarded, monkeypatch)


def s3(store: Store) -> S3Store:
    assert isinstance(store, RetryingStore)
    assert isinstance(store.inner, S3Store)
    return store.inner


def test_a_writer_backs_up_and_can_neither_see_nor_harm_what_is_there(
    keys: Keys, staging: Scratch, programs: Programs
) -> None:
    """A key that may only write takes a whole backup; listing, reading and deleting are denied in a sentence."""
    writer = keys.of("writer")
    unproven = Vouching(read_back=False)
    manifest = take(staging, writer, [IDENTITY.recipient], programs=programs, now=now(), vouching=unproven)
    assert [item.id for item in list_backups(keys.of("admin")).backups] == [manifest.id]
    writer = keys.of("writer")
    for act in (
        lambda: list(writer.objects()),
        lambda: get(writer, manifest_name(manifest.id)),
        lambda: writer.head(manifest_name(manifest.id)),
        lambda: writer.delete(manifest_name(manifest.id)),
    ):
        with pytest.raises(Denied) as caught:
            act()
        assert "does not let this key do that" in caught.value.todo


def test_a_writer_that_may_read_proves_each_backup_at_once(keys: Keys, staging: Scratch, programs: Programs) -> None:
    """With --read-back it may read what lies there, and still neither list nor delete."""
    manifest = take(staging, keys.of("prover"), [IDENTITY.recipient], programs=programs, now=now())
    (backup,) = list_backups(keys.of("admin")).backups
    assert backup.passed(ProofKind.READ_BACK)
    with pytest.raises(Denied):
        keys.of("prover").delete(archive_name(manifest.id))


def test_a_writer_without_reading_cannot_prove_and_is_told(keys: Keys, staging: Scratch, programs: Programs) -> None:
    """It fails, as nothing that was not read back counts where reading back was asked for."""
    with pytest.raises(Failure, match=r"cannot read .*: AccessDenied"):
        take(staging, keys.of("writer"), [IDENTITY.recipient], programs=programs, now=now())


def test_a_reader_checks_and_keeps_the_proof(keys: Keys, staging: Scratch, programs: Programs) -> None:
    """And cannot delete, nor write anything but proofs."""
    manifest = take(staging, keys.of("prover"), [IDENTITY.recipient], programs=programs, now=now())
    reader = keys.of("reader")
    (backup,) = list_backups(reader).backups
    record(reader, check(backup.manifest, reader, [IDENTITY], programs=programs, now=now()))
    assert list_backups(reader).backups[0].passed(ProofKind.CHECK)
    with pytest.raises(Denied):
        reader.delete(manifest_name(manifest.id))
    with pytest.raises(Denied):
        put(reader, "another", b"x")


@pytest.mark.parametrize("role", ["writer", "reader", "pruner"])
def test_every_key_copies_the_audit_trail_and_harms_no_copy(
    role: str, guarded: GuardedStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whatever its host is for, it adds the lines of each run; a copy it neither replaces nor deletes."""
    keys, trail = Keys(guarded, monkeypatch, prefix="team"), AuditTrail(tmp_path / "audit.jsonl")
    for _ in range(2):
        trail.append(AuditLine(now(), "run-1", role, "app", "run", "begin"))
        assert copy(trail, keys.of(role)) == 1
    found = verify(trail, keys.of("reader"))
    assert (found.wrong, found.copied) == ((), 2)
    first = f"audit/{found.chain.name}/0000000001-0000000001.jsonl"
    store = keys.of(role)
    with pytest.raises((Denied, Taken)):
        put(store, first, b"x")
    with pytest.raises(Denied):
        store.delete(first)


@pytest.mark.parametrize("role", ["writer", "reader", "pruner"])
def test_every_key_leaves_its_report_and_the_pruner_lets_old_ones_go(
    role: str, guarded: GuardedStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A report is put there by whoever ran, replaced by nobody, and deleted by the pruner alone."""
    keys, page = Keys(guarded, monkeypatch, prefix="team"), f"reports/by-{role}.html"
    ran = RunRecord(f"by-{role}", "backup", "app", now(), now(), Ending.DONE, "done")
    write(ran, tmp_path)
    store = keys.of(role)
    shelve(ran, tmp_path, [store])
    with pytest.raises((Denied, Taken)):
        put(store, page, b"x")
    if role == "pruner":
        store.delete(page)
    else:
        with pytest.raises(Denied):
            store.delete(page)
    assert (page in [item.name for item in keys.of("admin").objects("reports/")]) is (role != "pruner")


def test_a_pruner_lets_go_and_reads_no_archive(keys: Keys, staging: Scratch, programs: Programs) -> None:
    """It holds and releases, too; what is past its retention goes, and of a dead upload the parts."""
    old = take(staging, keys.of("prover"), [IDENTITY.recipient], programs=programs, now=now() - timedelta(days=9))
    new = take(staging, keys.of("prover"), [IDENTITY.recipient], programs=programs, now=now())
    pruner = keys.of("pruner")
    with pytest.raises(Denied):
        get(pruner, archive_name(old.id))
    put_on_hold(pruner, Hold(old.id, now(), None, "an audit", "anna"))

    def pruned() -> tuple[str, ...]:
        listing = list_backups(pruner)
        dated = [replace(item, stored_at=item.taken_at) for item in listing.backups]
        return prune(pruner, decide(dated, Policy(), now()), listing.unfinished, Policy(), now()).backups

    assert pruned() == ()
    release(pruner, old.id)
    assert pruned() == (old.id,)
    assert [item.name for item in keys.of("admin").objects(old.id)] == []
    assert [item.id for item in list_backups(pruner).backups] == [new.id]


def test_a_writer_leaves_letting_go_to_another(keys: Keys, tmp_path: Path) -> None:
    """The run goes on and says so: on that host nothing can be let go, and nothing needs to be."""
    place = keys.place("writer")
    settings = load(store=place, home=str(tmp_path), staging_database_url="postgresql://owner@localhost/app")
    run = Run("backup", settings, settings.staging())
    prune_old(run)
    (finding,) = run.story.findings
    assert finding.outcome is Outcome.NOTED
    assert "as this key may not: cannot list s3://guarded/team/" in finding.what
    assert run.story.steps[0].note == "left to another key"


def test_no_key_reaches_beyond_its_prefix(guarded: GuardedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another team's backups in the same bucket are none of its business."""
    put(open_store(guarded.place(prefix=f"others/{uuid4().hex}")), "a", b"x")
    for role in ("writer", "prover", "reader", "pruner"):
        as_role(monkeypatch, role)
        beyond = open_store(guarded.place(prefix="others"))
        with pytest.raises(Denied):
            list(beyond.objects())
        with pytest.raises(Denied):
            put(beyond, "b", b"x")


def outcomes(findings: tuple[Finding, ...]) -> dict[str, Outcome]:
    return {item.check: item.outcome for item in findings}


def test_the_probe_finds_out_what_a_store_enforces(guarded: GuardedStore) -> None:
    """Conditional writes, checksums and clock of a plain bucket; it leaves nothing."""
    store = s3(open_store(guarded.place(prefix=f"team/{uuid4().hex}")))
    findings = probe(store, now())
    found = outcomes(findings)
    assert [name for name, outcome in found.items() if outcome is Outcome.PASSED] == [
        "store-clock", "store-conditional", "store-checksums",
    ]  # fmt: skip
    assert found["store-rights"] is found["store-lock"] is found["store-versions"] is Outcome.NOTED
    assert list(store.objects()) == []
    assert outcomes(probe(store, now() + timedelta(hours=1)))["store-clock"] is Outcome.NOTED


def test_the_probe_of_a_writer_finds_no_right_too_many(keys: Keys) -> None:
    """It says what the key may, and what it may not ask; one object stays, however often one asks."""
    for _ in range(2):
        findings = probe(s3(keys.of("writer")), now())
    assert findings[-1].outcome is Outcome.PASSED
    assert findings[-1].what.startswith("this key may write, and may not list or read or delete; one object is left")
    assert len(list(keys.of("admin").objects())) == 1


def test_the_probe_of_a_reader_says_that_it_may_not_write(keys: Keys) -> None:
    """What only writing would show is not asked."""
    findings = probe(s3(keys.of("reader")), now())
    assert findings[-1].what == "this key may list and read, and may not write or delete"
    assert "store-conditional" not in outcomes(findings)


def test_a_locked_backup_outlives_its_deletion(guarded: GuardedStore) -> None:
    """With lock=compliance small and large objects are locked; a delete hides them, and the version stays."""
    place = guarded.place(bucket="locked", prefix=f"team/{uuid4().hex}", lock="compliance", lock_days="3")
    store = s3(open_store(place))
    for name, size in (("small", 10), ("large", 8 * 1024 * 1024 + 1)):
        with store.writing(name) as sink:
            sink.write(b"x" * size)
            sink.write(b"x")
        answer = store.client.head_object(Bucket="locked", Key=store.key(name))
        assert answer["ObjectLockMode"] == "COMPLIANCE"
        assert timedelta(days=2) < answer["ObjectLockRetainUntilDate"] - now() <= timedelta(days=3)
        store.delete(name)
        key, version = store.key(name), answer["VersionId"]
        with pytest.raises(ClientError, match="AccessDenied"):
            store.client.delete_object(Bucket="locked", Key=key, VersionId=version)
        kept = store.client.get_object(Bucket="locked", Key=key, VersionId=version)
        assert kept["ContentLength"] == size + 1
    assert outcomes(probe(store, now()))["store-lock"] is Outcome.PASSED


def test_a_lock_that_the_bucket_does_not_have_is_refused(guarded: GuardedStore) -> None:
    """The probe says so; a write fails in a sentence rather than storing something unlocked."""
    store = open_store(guarded.place(prefix=f"team/{uuid4().hex}", lock="governance"))
    assert outcomes(probe(s3(store), now()))["store-lock"] is Outcome.REFUSED
    with pytest.raises(Failure, match="cannot write a in"):
        put(store, "a", b"x")
    assert list(store.objects()) == []


def test_the_service_is_asked_to_encrypt(guarded: GuardedStore) -> None:
    """With encryption=AES256 each object is under the service's own key as well."""
    store = s3(open_store(guarded.place(prefix=f"team/{uuid4().hex}", encryption="AES256")))
    put(store, "a", b"x")
    assert store.client.head_object(Bucket="guarded", Key=store.key("a"))["ServerSideEncryption"] == "AES256"
    assert get(store, "a") == b"x"
