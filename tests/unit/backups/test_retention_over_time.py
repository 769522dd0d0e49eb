"""What is there after weeks of retention: as much as the settings say, and no more."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from backups.proof import Backup
from backups.retention import Policy, decide
from tests.unit.backups.test_retention import DAY, backup

HOUR = timedelta(hours=1)


def kept_after(days: int, policy: Policy, *, every: timedelta = DAY, missed: int = -1) -> list[int]:
    """How many there are after each run: a backup is taken up to half an hour late, and then retention decides."""
    late, kept, counts = random.Random(20261128), list[Backup](), list[int]()
    for number in range(int(days * DAY / every)):
        if number != missed:
            taken = backup(-(number * every + late.random() * HOUR / 2))
            stored_at = taken.taken_at + HOUR / 10
            kept.append(replace(taken, stored_at=stored_at))
            kept = list(decide(kept, policy, stored_at).kept)
            counts.append(len(kept))
    return counts


@pytest.mark.parametrize("days", [1, 2, 3, 7, 30])
def test_a_backup_a_day_leaves_as_many_as_days(days: int) -> None:
    """Or one more, as one may be a few minutes short of its age; so it is also when a day was left out."""
    policy = Policy(keep=days * DAY, every=25 * HOUR)
    assert set(kept_after(100, policy)[60:]) <= {days, days + 1}
    assert set(kept_after(100, policy, missed=50)[60:]) <= {days - 1, days, days + 1}


@pytest.mark.parametrize("days", [1, 2])
def test_a_backup_every_few_days_needs_to_be_said(days: int) -> None:
    """If it is not, each looks like a gap after which nothing goes; if it is, one or two stay."""
    every = 5 * DAY
    assert kept_after(100, Policy(keep=days * DAY, every=25 * HOUR), every=every)[-1] == 20
    said = kept_after(100, Policy(keep=days * DAY, every=every + 2 * HOUR), every=every)
    assert max(said) <= 2
