"""Retention decides with reasons, and never lets go of what may be needed."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from backups.layout import backup_id
from backups.manifest import FORMAT, Manifest
from backups.proof import Backup, Proof, ProofKind
from backups.retention import Decision, Policy, clocks_agree, decide

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
POLICY = Policy()
DAY = timedelta(days=1)


def backup(
    age: timedelta, *, token: int = 0, proofs: Sequence[tuple[ProofKind, bool]] = (), database: str = "app"
) -> Backup:
    taken_at = NOW - age
    name = backup_id(taken_at, f"{token:06x}")
    manifest = Manifest(
        format=FORMAT,
        id=name,
        database=database,
        taken_at=taken_at,
        seconds=1.0,
        clear_bytes=1,
        compressed_bytes=1,
        cipher_bytes=1,
        clear_sha256="0" * 64,
        cipher_sha256="0" * 64,
        recipients=("age1",),
        schema_fingerprint="0" * 64,
        settled_fingerprint="0" * 64,
        row_counts=(),
        server_version=180006,
        pg_dump_major=18,
        greenroom_version="0",
    )
    found = {True: (), False: ("wrong",)}
    return Backup(
        manifest,
        tuple(Proof(name, kind, NOW + n * DAY, 1.0, found[good]) for n, (kind, good) in enumerate(proofs)),
    )


def ids(backups: Sequence[Backup]) -> list[str]:
    return [item.id for item in backups]


def reasons(decision: Decision, item: Backup) -> tuple[str, ...]:
    return next(judgement.reasons for judgement in decision.judgements if judgement.backup is item)


TESTED = ((ProofKind.RESTORE_TEST, True),)
CHECKED = ((ProofKind.CHECK, True),)
proofs = st.lists(st.tuples(st.sampled_from(ProofKind), st.booleans()), max_size=3)
ages = st.timedeltas(min_value=-40 * DAY, max_value=400 * DAY)
shelves = st.lists(st.builds(backup, ages, proofs=proofs, database=st.sampled_from(["app", "shop"])), max_size=12)


def numbered(shelf: Sequence[Backup]) -> list[Backup]:
    return [
        backup(
            NOW - item.taken_at,
            token=number,
            proofs=[(proof.kind, proof.passed) for proof in item.proofs],
            database=item.manifest.database,
        )
        for number, item in enumerate(shelf)
    ]


distinct = shelves.map(numbered)


def of(database: str, shelf: Sequence[Backup]) -> list[Backup]:
    return [item for item in shelf if item.manifest.database == database]


def dated(shelf: Sequence[Backup]) -> list[Backup]:
    return [item for item in shelf if item.taken_at <= NOW + POLICY.skew]


def newest(shelf: Sequence[Backup]) -> Backup | None:
    return max(shelf, key=lambda item: (item.taken_at, item.id), default=None)


@given(distinct)
def test_every_backup_is_judged_once_and_with_a_reason(shelf: list[Backup]) -> None:
    """Nothing is forgotten and nothing is decided without saying why."""
    decision = decide(shelf, POLICY, NOW)
    assert sorted(ids(decision.kept + decision.let_go)) == sorted(ids(shelf))
    assert all(judgement.reasons and all(judgement.reasons) for judgement in decision.judgements)


@given(distinct)
def test_the_newest_backup_of_each_database_stays(shelf: list[Backup]) -> None:
    """However old it is, the newest backup is kept, and so is the newest whose date can be believed."""
    kept = decide(shelf, POLICY, NOW).kept
    for database in ("app", "shop"):
        for last in (newest(of(database, shelf)), newest(dated(of(database, shelf)))):
            assert last is None or last in kept


@given(distinct)
def test_the_newest_proven_backup_of_each_database_stays(shelf: list[Backup]) -> None:
    """The newest that passed a restore test is kept or, where none did, the newest that passed a check."""
    kept = decide(shelf, POLICY, NOW).kept
    for database in ("app", "shop"):
        mine = of(database, shelf)
        tested = newest([item for item in mine if item.passed(ProofKind.RESTORE_TEST)])
        checked = newest([item for item in mine if item.passed(ProofKind.CHECK)])
        proven = tested or checked
        assert proven is None or proven in kept


@given(distinct)
def test_nothing_within_the_policy_is_let_go(shelf: list[Backup]) -> None:
    """A backup that is let go is older than the policy says, by a clock that had seen it made."""
    for item in decide(shelf, POLICY, NOW).let_go:
        assert NOW - item.taken_at > POLICY.keep


@given(distinct)
def test_an_old_backup_stays_only_for_a_special_reason(shelf: list[Backup]) -> None:
    """Where backups go on being made, at most two old ones a database are kept: the newest proven, and the newest."""
    kept = decide(shelf, POLICY, NOW).kept
    for database in ("app", "shop"):
        mine = dated(of(database, shelf))
        fresh = [item for item in mine if NOW - item.taken_at <= POLICY.keep]
        old = [item for item in mine if item not in fresh and item in kept]
        assert not fresh or len(old) <= 1


@given(distinct)
def test_the_order_of_the_listing_does_not_matter(shelf: list[Backup]) -> None:
    """The same backups in another order are judged the same."""
    other = sorted(shelf, key=lambda item: item.manifest.id[-6:], reverse=True)
    assert decide(other, POLICY, NOW) == decide(shelf, POLICY, NOW)


@given(distinct)
def test_deciding_again_after_letting_go_lets_go_of_nothing(shelf: list[Backup]) -> None:
    """One decision is enough: what it keeps, the next one keeps."""
    kept = decide(shelf, POLICY, NOW).kept
    assert decide(kept, POLICY, NOW).let_go == ()


@given(distinct)
def test_while_no_backups_are_made_nothing_is_let_go(shelf: list[Backup]) -> None:
    """When the newest backup is older than the policy, or the clock jumped ahead by a year, all are kept."""
    stale = [item for item in shelf if NOW - item.taken_at > POLICY.keep]
    assert decide(stale, POLICY, NOW).let_go == ()
    assert decide(dated(shelf), POLICY, NOW + timedelta(days=365)).let_go == ()


def test_a_week_of_daily_backups_is_kept() -> None:
    """Of ten daily backups, the eight that are at most seven days old stay and two go, each with its age."""
    shelf = [backup(n * DAY, token=n) for n in range(10)]
    decision = decide(shelf, POLICY, NOW)
    assert ids(decision.kept) == ids(shelf[:8])
    assert [str(judgement) for judgement in decision.judgements][-2:] == [
        f"let go {shelf[8].id}: 8 days old, kept for 7 days",
        f"let go {shelf[9].id}: 9 days old, kept for 7 days",
    ]


def test_the_reasons_are_sentences_an_operator_understands() -> None:
    """Every rule says in words why it kept a backup."""
    ahead, today, tested = backup(-3 * DAY), backup(timedelta(hours=1)), backup(20 * DAY, proofs=TESTED)
    decision = decide([ahead, today, tested, backup(30 * DAY, proofs=CHECKED)], POLICY, NOW)
    assert reasons(decision, ahead) == ("dated 3 days in the future: a clock was wrong, so its age is unknown",)
    assert reasons(decision, today) == ("1 hour old, kept for 7 days", "the newest one")
    assert reasons(decision, tested) == ("the newest one that passed a restore test",)
    assert ids(decision.let_go) == [backup(30 * DAY).id]


def test_a_check_counts_only_where_no_restore_test_passed() -> None:
    """A newer checked backup does not displace an older one that really restored."""
    restored, checked = backup(30 * DAY, proofs=TESTED), backup(20 * DAY, proofs=CHECKED)
    assert ids(decide([backup(DAY), checked, restored], POLICY, NOW).let_go) == [checked.id]
    assert ids(decide([backup(DAY), checked, backup(30 * DAY)], POLICY, NOW).let_go) == [restored.id]


def test_a_backup_whose_last_restore_test_failed_is_not_proven() -> None:
    """A pass that a later test contradicts protects nothing."""
    doubted = backup(30 * DAY, proofs=((ProofKind.RESTORE_TEST, True), (ProofKind.RESTORE_TEST, False)))
    assert ids(decide([backup(DAY), doubted], POLICY, NOW).let_go) == [doubted.id]


def test_a_stalled_series_says_so() -> None:
    """When backups stop, old ones are kept and the reason names it."""
    shelf = [backup(9 * DAY), backup(20 * DAY)]
    decision = decide(shelf, POLICY, NOW)
    assert reasons(decision, shelf[1]) == ("no backup was taken for 7 days: nothing is let go until one is",)


def test_clocks_agree_within_minutes() -> None:
    """A machine some seconds off is trusted; one an hour off, ahead or behind, is not."""
    assert clocks_agree(NOW, NOW + timedelta(seconds=30), POLICY)
    assert not clocks_agree(NOW, NOW + timedelta(hours=1), POLICY)
    assert not clocks_agree(NOW, NOW - timedelta(hours=1), POLICY)
