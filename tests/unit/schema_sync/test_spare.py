"""Whether a spare may become staging, and whether there should be one."""

from dataclasses import replace

import pytest

from database.facts import DatabaseFacts
from database.wholes.marker import SpareMarker, write_spare
from schema_sync.spare import is_ours, is_wanted, unfit

GOLDEN = SpareMarker("20261122T230000Z-aaaaaa", 17001, 0)
SPARE = DatabaseFacts(
    17002, "app__spare", "owner", 1 << 30, write_spare(GOLDEN), -1, False, 0, 0, 0, acts_as_owner=True, opened=False
)


def test_a_closed_copy_of_the_golden_there_is_may_become_staging() -> None:
    """Nothing speaks against it."""
    assert unfit(SPARE, GOLDEN, "owner") == ""


@pytest.mark.parametrize(
    ("spare", "golden", "why"),
    [
        (replace(SPARE, comment=""), GOLDEN, "it was never finished"),
        (replace(SPARE, comment='[greenroom spare] {"run": "x", "oid": "17001"}'), GOLDEN, "it was never finished"),
        (SPARE, replace(GOLDEN, run="another"), "it is a copy of another golden, of run 20261122T230000Z-aaaaaa"),
        (SPARE, replace(GOLDEN, oid=17003), "it is a copy of another golden, of run 20261122T230000Z-aaaaaa"),
        (SPARE, replace(GOLDEN, written=1), "rows were written in the golden since it was made"),
        (replace(SPARE, opened=True), GOLDEN, "somebody could connect to it"),
        (replace(SPARE, sessions=1), GOLDEN, "somebody could connect to it"),
        (replace(SPARE, connection_limit=-2), GOLDEN, "somebody began to drop it"),
        (replace(SPARE, owner="other"), GOLDEN, 'it belongs to "other"'),
        (replace(SPARE, acts_as_owner=False), GOLDEN, 'it belongs to "owner"'),
    ],
)
def test_any_other_may_not(spare: DatabaseFacts, golden: SpareMarker, why: str) -> None:
    """Each with its reason."""
    assert unfit(spare, golden, "owner") == why


def test_one_that_bears_the_marker_or_was_never_open_is_ours() -> None:
    """A crash leaves one without a marker that nobody could connect to; any other is somebody's."""
    assert is_ours(SPARE)
    assert is_ours(replace(SPARE, comment=""))
    assert is_ours(replace(SPARE, opened=True))
    assert not is_ours(replace(SPARE, opened=True, comment="of the shop"))


def test_one_is_wanted_of_a_golden_that_is_large_enough() -> None:
    """Of none that is not there, and never if the settings say so."""
    golden = replace(SPARE, name="app__golden", size=128 << 20)
    assert is_wanted(golden, 128 << 20)
    assert is_wanted(golden, 0)
    assert not is_wanted(golden, (128 << 20) + 1)
    assert not is_wanted(golden, None)
    assert not is_wanted(None, 0)
