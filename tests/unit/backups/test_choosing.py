"""A backup is pointed at by name, by time, or as the last from before a rebuild; those due for a test come in turn."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from backups.choosing import Wanted, choose
from backups.cipher import Recipient
from backups.keyring import not_yet_for, ring
from backups.listing import Listing
from backups.proof import Backup, Proof, ProofKind
from backups.rotation import due
from catalog.errors import Refusal
from tests.unit.backups.test_manifest import MANIFEST

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def backup(
    days: int, *, holds: str | None = "", tested: int | None = None, keys: str = "age1a", copy: str = ""
) -> Backup:
    """Of so many days ago, tested so many days ago."""
    taken_at = NOON - days * DAY
    name = f"{taken_at:%Y%m%dT%H%M%SZ}-{days:06x}"
    manifest = replace(MANIFEST, id=name, taken_at=taken_at, holds=holds, recipients=tuple(keys.split()), copy_of=copy)
    proofs = () if tested is None else (Proof(name, ProofKind.RESTORE_TEST, NOON - tested * DAY, 1.0, ()),)
    return Backup(manifest, proofs)


KEPT = [
    backup(0, holds="r3"),
    backup(1, holds="r2"),
    backup(2, holds="r2"),
    backup(3, holds="r1"),
    backup(9, holds=None),
]
LISTING = Listing(tuple(KEPT), (), ())


def test_the_newest_is_meant_if_nothing_is_said() -> None:
    """Of this database alone."""
    assert choose(LISTING, Wanted(), "app_staging") is KEPT[0]
    assert choose(LISTING, Wanted(name=KEPT[2].id), "app_staging") is KEPT[2]
    with pytest.raises(Refusal, match='there is no backup yet of "other"'):
        choose(LISTING, Wanted(), "other")


def test_another_databases_backup_is_taken_only_where_that_is_said() -> None:
    """A name is soon copied from the wrong line of a list; the refusal says what to add if it is meant."""
    with pytest.raises(Refusal, match=f'the backup {KEPT[2].id} is of "app_staging", and not of "other"') as caught:
        choose(LISTING, Wanted(name=KEPT[2].id), "other")
    assert caught.value.todo.endswith("--from-database app_staging")
    assert choose(LISTING, Wanted(name=KEPT[2].id, database="app_staging"), "other") is KEPT[2]
    assert choose(LISTING, Wanted(database="app_staging"), "other") is KEPT[0]
    assert choose(LISTING, Wanted(at=NOON - DAY, database="app_staging"), "other") is KEPT[1]


def test_a_time_means_the_newest_from_then_or_before() -> None:
    """To the second; before the first backup there is none."""
    assert choose(LISTING, Wanted(at=NOON - DAY), "app_staging") is KEPT[1]
    assert choose(LISTING, Wanted(at=NOON - DAY - timedelta(seconds=1)), "app_staging") is KEPT[2]
    with pytest.raises(Refusal, match='no backup of "app_staging" is from 2026-11-01 12:00 UTC or before'):
        choose(LISTING, Wanted(at=NOON - 21 * DAY), "app_staging")


def test_before_a_refresh_means_the_newest_of_what_was_there_before() -> None:
    """Told by the run that built what a backup holds, not by clocks; one that does not say is not taken."""
    assert choose(LISTING, Wanted(before="r3"), "app_staging") is KEPT[1]
    assert choose(LISTING, Wanted(before="r9"), "app_staging") is KEPT[0]
    lonely = Listing((KEPT[0], KEPT[4]), (), ())
    with pytest.raises(Refusal, match='no backup of "app_staging" is from before the run r3'):
        choose(lonely, Wanted(before="r3"), "app_staging")


def test_a_backup_is_pointed_at_in_one_way() -> None:
    """Two ways at once could mean two backups."""
    with pytest.raises(Refusal, match="named in more than one way"):
        Wanted(name="x", before="r1")


def test_the_newest_is_tested_each_time_and_the_others_in_turn() -> None:
    """An older one that was never tested goes first, then the one whose test is longest ago."""
    newest, other, third = backup(0, tested=1), backup(1, tested=2), backup(2, tested=9)
    assert due([newest, other, third]) == (newest, third)
    untested = backup(3)
    assert due([newest, other, third, untested]) == (newest, untested)
    assert due([newest]) == (newest,)
    assert due([]) == ()


def test_every_key_is_told_with_what_it_opens() -> None:
    """Those of the settings first; then those that only backups name."""
    one, two = backup(0, keys="age1new age1old"), backup(1, keys="age1old")
    told = ring([one, two], [Recipient("age1new"), Recipient("age1idle")], [Recipient("age1old")])
    assert [(key.recipient, key.current, key.held, key.opens) for key in told] == [
        ("age1new", True, False, (one.id,)),
        ("age1idle", True, False, ()),
        ("age1old", False, True, (one.id, two.id)),
    ]


def test_what_is_encrypted_to_other_keys_is_encrypted_anew_once() -> None:
    """A backup of which there is a copy for the keys of today is done."""
    new = [Recipient("age1new"), Recipient("age1b")]
    old, older = backup(1, keys="age1old age1b"), backup(2, keys="age1old age1b")
    copy = backup(3, keys="age1b age1new", copy=old.id)
    assert not_yet_for([copy, old, older], new) == (older,)
