"""Retention decides with reasons, and never lets go of what may be needed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backups.hold import Hold
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


def daily(days: int = 8, *, after: timedelta = timedelta()) -> list[Backup]:
    """A series that goes on: one backup a day, the newest of this moment."""
    return [backup(after + n * DAY, token=0xFFFF00 + n) for n in range(days)]


def held(item: Backup, until: datetime | None = None) -> Backup:
    return replace(item, hold=Hold(item.id, NOW - DAY, until, "the audit asks for it", "anna"))


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
        mine = [item for item in of(database, shelf) if not item.damaged]
        tested = newest([item for item in mine if item.passed(ProofKind.RESTORE_TEST)])
        checked = newest([item for item in mine if item.passed(ProofKind.CHECK)])
        proven = tested or checked
        assert proven is None or proven in kept


@given(distinct)
def test_the_newest_that_nothing_is_known_against_stays(shelf: list[Backup]) -> None:
    """If the newest turns out to be damaged, the one before it is what there is."""
    sound = newest([item for item in dated(of("app", shelf)) if not item.damaged])
    assert sound is None or sound in decide(shelf, POLICY, NOW).kept


@given(distinct, st.integers(0, 8), st.integers(0, 8))
def test_the_last_backup_of_each_week_and_month_stays(shelf: list[Backup], weekly: int, monthly: int) -> None:
    """For as many weeks and months, of those that have a backup, as the policy says; nothing else changes."""
    mine = dated(of("app", shelf))
    policy = Policy(weekly=weekly, monthly=monthly)
    kept = decide(mine, policy, NOW).kept
    weeks = {item.taken_at.isocalendar()[:2] for item in mine}
    months = {(item.taken_at.year, item.taken_at.month) for item in mine}
    assert {item.taken_at.isocalendar()[:2] for item in kept} >= set(sorted(weeks, reverse=True)[:weekly])
    assert {(item.taken_at.year, item.taken_at.month) for item in kept} >= set(sorted(months, reverse=True)[:monthly])
    assert len(kept) - len(decide(mine, POLICY, NOW).kept) <= weekly + monthly
    assert set(ids(kept)) >= set(ids(decide(mine, POLICY, NOW).kept))


@given(distinct, st.sets(st.integers(0, 11)))
def test_what_is_on_hold_stays(shelf: list[Backup], which: set[int]) -> None:
    """Whatever its age, and whatever is known against it."""
    mixed = [held(item) if number in which else item for number, item in enumerate(shelf)]
    assert {item.id for item in mixed if item.hold} <= set(ids(decide(mixed, POLICY, NOW).kept))


@given(distinct, st.integers(0, 11))
def test_the_younger_of_two_dates_counts(shelf: list[Backup], which: int) -> None:
    """What the store took in within the policy is kept, though our clock dated it years back."""
    mixed = [replace(item, stored_at=NOW - DAY) if n == which else item for n, item in enumerate(shelf)]
    assert all(item.stored_at is None for item in decide(mixed, POLICY, NOW).let_go)


@given(distinct)
def test_nothing_within_the_policy_is_let_go(shelf: list[Backup]) -> None:
    """A backup that is let go is older than the policy says, by a clock that had seen it made."""
    for item in decide(shelf, POLICY, NOW).let_go:
        assert NOW - item.taken_at > POLICY.keep


@given(distinct)
def test_an_old_backup_stays_only_for_a_special_reason(shelf: list[Backup]) -> None:
    """Where backups go on being made, no old one of a database is kept but the newest proven."""
    mine = [*dated(of("app", shelf)), *daily()]
    kept = decide(mine, POLICY, NOW).kept
    assert len([item for item in kept if NOW - item.taken_at > POLICY.keep]) <= 1


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
    asked = held(backup(25 * DAY), NOW + DAY)
    shelf = [ahead, today, *daily(after=DAY), tested, asked, backup(30 * DAY, proofs=CHECKED)]
    decision = decide(shelf, Policy(weekly=4), NOW)
    assert reasons(decision, ahead) == ("dated 3 days in the future: a clock was wrong, so its age is unknown",)
    assert reasons(decision, today) == ("1 hour old, kept for 7 days", "the newest one", "the last of its week")
    assert reasons(decision, tested) == ("the newest one that passed a restore test", "the last of its week")
    assert reasons(decision, asked) == (
        "on hold until 2026-11-23 02:00 UTC, by anna: the audit asks for it", "the last of its week",
    )  # fmt: skip
    assert ids(decision.let_go) == [ids(daily(after=DAY))[-1], backup(30 * DAY).id]


def test_what_the_store_took_in_lately_is_young() -> None:
    """Though this machine's clock, when it was taken, was more than a year behind."""
    behind = replace(backup(400 * DAY), stored_at=NOW - DAY)
    assert decide([*daily(), behind], POLICY, NOW).let_go == ()
    assert decide([*daily(), replace(behind, stored_at=NOW - 8 * DAY)], POLICY, NOW).let_go != ()


def test_weeks_and_months_are_counted_back_from_now() -> None:
    """Those without a backup do not count; of each the last one stays, the last that is not damaged if there is one."""
    bad = backup(30 * DAY, token=1, proofs=((ProofKind.CHECK, False),))  # October's last
    october, older, september = backup(40 * DAY), backup(45 * DAY), backup(80 * DAY)
    shelf = [*daily(), bad, october, older, september]
    assert ids(decide(shelf, Policy(monthly=2), NOW).let_go) == ids([bad, older, september])
    assert ids(decide(shelf, Policy(monthly=3), NOW).let_go) == ids([bad, older])
    assert ids(decide(shelf, Policy(weekly=3), NOW).let_go) == ids([october, older, september])


@pytest.mark.parametrize("token", [1, 3])
def test_what_was_encrypted_anew_stays_in_place_of_the_old(token: int) -> None:
    """Whatever its name sorts by: once both are past their days, the key of today is the one that opens the month."""
    old = replace(backup(60 * DAY, token=2), stored_at=NOW - 60 * DAY)
    copy = replace(backup(60 * DAY, token=token), stored_at=NOW - 9 * DAY)
    kept = decide([*daily(), old, copy], replace(POLICY, monthly=6), NOW).kept
    assert copy in kept
    assert old not in kept


def anew(item: Backup, when: timedelta) -> Backup:
    """A copy of it for other keys, made so long ago."""
    manifest = replace(item.manifest, id=f"{item.id[:-6]}000001", copy_of=item.id)
    return replace(item, manifest=manifest, stored_at=NOW - when)


def test_encrypting_anew_neither_hides_that_backups_fail_nor_looks_like_a_gap() -> None:
    """A copy is made today of what was dumped long ago."""
    shelf = daily(10)
    assert ids(decide([*shelf, anew(backup(40 * DAY), DAY)], POLICY, NOW).let_go) == ids(shelf[8:])
    late = daily(10, after=3 * DAY)
    (why,) = reasons(decide([*late, anew(late[0], DAY)], POLICY, NOW), late[9])
    assert why == "no good backup was taken for 2 days: nothing is let go until one is"


def test_a_hold_that_is_over_keeps_nothing() -> None:
    """Until its last moment it does."""
    over, on = held(backup(20 * DAY), NOW - timedelta(seconds=1)), held(backup(21 * DAY), NOW)
    assert decide([*daily(), over, on], POLICY, NOW).let_go == (over,)


def test_a_check_counts_only_where_no_restore_test_passed() -> None:
    """A newer checked backup does not displace an older one that really restored."""
    restored, checked = backup(30 * DAY, proofs=TESTED), backup(20 * DAY, proofs=CHECKED)
    assert ids(decide([*daily(), checked, restored], POLICY, NOW).let_go) == [checked.id]
    assert ids(decide([*daily(), checked, backup(30 * DAY)], POLICY, NOW).let_go) == [restored.id]


@pytest.mark.parametrize("later", ProofKind)
def test_a_backup_found_damaged_later_is_not_proven(later: ProofKind) -> None:
    """A pass that a later test or check contradicts protects nothing."""
    doubted = backup(30 * DAY, proofs=((ProofKind.RESTORE_TEST, True), (later, False)))
    assert ids(decide([*daily(), doubted], POLICY, NOW).let_go) == [doubted.id]


def test_a_backup_with_something_unreadable_beside_it_stays() -> None:
    """It may be a hold, or the only proof."""
    odd = replace(backup(20 * DAY), unread=("hold.json cannot be read: it is cut off",))
    (reason,) = reasons(decide([*daily(), odd], POLICY, NOW), odd)
    assert reason == "something beside it cannot be read, so it is kept (hold.json cannot be read: it is cut off)"


def test_a_stalled_series_says_so() -> None:
    """When backups stop, or all that were made lately are damaged, old ones are kept and the reason names it."""
    bad = backup(DAY, proofs=((ProofKind.CHECK, False),))
    for shelf in ([backup(3 * DAY), backup(8 * DAY)], [bad, backup(3 * DAY), backup(8 * DAY)]):
        why = reasons(decide(shelf, POLICY, NOW), shelf[-1])
        assert why == ("no good backup was taken for 2 days: nothing is let go until one is",)


def test_after_a_gap_nothing_is_let_go_until_the_week_is_full_again() -> None:
    """Backups had stopped, or a clock jumped ahead by weeks: what was before may be all there is."""
    before = [backup(n * DAY, token=n) for n in range(30, 40)]
    decision = decide([*daily(3), *before], POLICY, NOW)
    assert decision.let_go == ()
    assert reasons(decision, before[0]) == (
        "none was taken for 28 days before 2026-11-20, or a clock jumped: "
        "nothing is let go until those since reach back 7 days",
    )
    assert decide([*daily(8), *before], POLICY, NOW).let_go == tuple(before)


@pytest.mark.parametrize("since", [0, 1, 3, 7])
def test_one_backup_a_week_is_no_failure_if_it_is_known_to_be_enough(since: int) -> None:
    """On any day of the week, with fewer days to keep than lie between two; unless it is known, all stay."""
    shelf = [backup((since + 7 * n) * DAY) for n in range(4)]
    weekly = Policy(keep=3 * DAY, every=timedelta(hours=170))
    assert ids(decide(shelf, weekly, NOW).let_go) == ids(shelf[1:])
    assert decide(shelf, replace(weekly, every=timedelta(hours=25)), NOW).let_go == ()


def test_a_week_that_is_missed_is_a_failure() -> None:
    """While none is taken, and for as long as is kept after one was."""
    weekly = Policy(keep=3 * DAY, every=timedelta(hours=170))
    late = [backup((8 + 7 * n) * DAY) for n in range(4)]
    assert reasons(decide(late, weekly, NOW), late[-1]) == (
        "no good backup was taken for 7 days: nothing is let go until one is",
    )
    assert decide([backup(DAY), *late], weekly, NOW).let_go == tuple(late)
    assert decide([backup(DAY), *late[1:]], weekly, NOW).let_go == ()


def test_clocks_agree_within_minutes() -> None:
    """A machine some seconds off is trusted; one an hour off, ahead or behind, is not."""
    assert clocks_agree(NOW, NOW + timedelta(seconds=30), POLICY)
    assert not clocks_agree(NOW, NOW + timedelta(hours=1), POLICY)
    assert not clocks_agree(NOW, NOW - timedelta(hours=1), POLICY)
