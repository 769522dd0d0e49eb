"""Combinations of parents stay when parents are added, and none comes twice."""

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as some

from factories.keys.fan_out import FanOut
from factories.keys.pairing import combined

KEYS, KINDS = some.integers(0, 2**64 - 1), some.sampled_from(FanOut)


def rows(count: int) -> numpy.ndarray:
    return numpy.arange(count, dtype=numpy.int64)


@given(key=KEYS, sizes=some.lists(some.integers(1, 12), min_size=2, max_size=3), fan_out=KINDS)
def test_every_combination_comes_once(key: int, sizes: list[int], fan_out: FanOut) -> None:
    """As many rows as there are combinations have all of them, each once."""
    total = int(numpy.prod(sizes))
    found = list(zip(*(digit.tolist() for digit in combined(key, rows(total), sizes, fan_out)), strict=True))
    assert sorted(found) == sorted(numpy.ndindex(*sizes))


@given(
    key=KEYS,
    sizes=some.tuples(some.integers(1, 70), some.integers(1, 70)),
    more=some.tuples(some.integers(0, 90), some.integers(0, 90)),
    fan_out=KINDS,
)
def test_a_row_keeps_its_pair_or_moves_to_a_new_parent(
    key: int, sizes: tuple[int, int], more: tuple[int, int], fan_out: FanOut
) -> None:
    """Both tables may grow, as long as no row is beyond the square of the smaller one's rows."""
    numbers = rows(min(300, min(sizes) ** 2))
    grown = (sizes[0] + more[0], sizes[1] + more[1])
    one, other = combined(key, numbers, sizes, fan_out), combined(key, numbers, grown, fan_out)
    kept = (one[0] == other[0]) & (one[1] == other[1])
    assert (kept | (other[0] >= sizes[0]) | (other[1] >= sizes[1])).all()


@given(key=KEYS, size=some.integers(1, 12), more=some.integers(0, 60), first=some.booleans(), fan_out=KINDS)
def test_the_longer_side_may_grow_however_many_rows_there_are(
    key: int, size: int, more: int, first: bool, fan_out: FanOut
) -> None:
    """A few roles and ever more users: each row keeps its pair, or goes to a new user."""
    before: tuple[int, ...] = (20, size)
    after: tuple[int, ...] = (20 + more, size)
    turned = (slice(None), slice(None, None, -1))[first]
    one = combined(key, rows(20 * size), before[turned], fan_out)[turned]
    other = combined(key, rows(20 * size), after[turned], fan_out)[turned]
    assert (((one[0] == other[0]) & (one[1] == other[1])) | (other[0] >= 20)).all()


@pytest.mark.parametrize("fan_out", FanOut)
def test_the_first_parents_have_the_share_that_the_fan_out_says(fan_out: FanOut) -> None:
    """Half of the rows are those of a half, a quarter, or an eighth of the parents, on either side."""
    for digit in combined(7, rows(4000), (800, 4096), fan_out):
        few = int((800 if digit.max() < 800 else 4096) * 0.5**fan_out.power)
        assert numpy.mean(digit < few) == pytest.approx(0.5, abs=0.13)
