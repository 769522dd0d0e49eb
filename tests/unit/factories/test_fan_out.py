"""How children are spread over parents."""

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.keys.fan_out import FanOut, chosen, dealt

ROWS = numpy.arange(4000, dtype=numpy.uint64)
KINDS = pytest.mark.parametrize("fan_out", FanOut)


@given(st.integers(0, 2**64 - 1), st.integers(1, 500), st.integers(0, 500), st.sampled_from(FanOut))
def test_a_child_keeps_its_parent_or_moves_to_a_new_one(key: int, size: int, more: int, fan_out: FanOut) -> None:
    """When parents are added, no child moves from one old parent to another."""
    rows = ROWS[:300]
    before, after = chosen(key, rows, size, fan_out), chosen(key, rows, size + more, fan_out)
    assert ((before >= 0) & (before < size)).all()
    assert ((after == before) | (after >= size)).all()


@KINDS
def test_the_first_parents_have_the_share_of_children_that_the_name_promises(fan_out: FanOut) -> None:
    """Half of the children belong to a half, a quarter, or an eighth of the parents."""
    size = 800
    few = int(size * 0.5**fan_out.power)
    assert numpy.mean(chosen(7, ROWS, size, fan_out) < few) == pytest.approx(0.5, abs=0.03)


@KINDS
@given(size=st.integers(1, 300))
def test_rows_are_dealt_so_that_no_pair_comes_twice(fan_out: FanOut, size: int) -> None:
    """Each row has a parent and a number within it, counted up from 0 without a gap, and no two rows have both."""
    parents, places = dealt(ROWS[:2000].astype(numpy.int64), size, fan_out)
    pairs = list(zip(parents.tolist(), places.tolist(), strict=True))
    known = set(pairs)
    assert len(known) == len(pairs)
    assert all(0 <= parent < size for parent, _ in pairs)
    assert all(place == 0 or (parent, place - 1) in known for parent, place in pairs[:200])


def test_dealing_is_uneven_unless_it_is_to_be_even() -> None:
    """With as many rows as parents, some parents have several and many have none; evenly, each has one."""
    rows = numpy.arange(64, dtype=numpy.int64)
    assert numpy.bincount(dealt(rows, 64, FanOut.EVEN)[0]).tolist() == [1] * 64
    uneven = numpy.bincount(dealt(rows, 64, FanOut.SKEWED)[0], minlength=64)
    assert uneven.max() == 4
    assert (uneven == 0).sum() > 20


@KINDS
@given(size=st.integers(1, 300), more=st.integers(0, 700))
def test_each_parent_has_one_where_that_is_asked(fan_out: FanOut, size: int, more: int) -> None:
    """An order has a line; what more there are is dealt unevenly, counted up without a gap."""
    parents, places = dealt(ROWS[: size + more].astype(numpy.int64), size, fan_out, each=True)
    known = set(zip(parents.tolist(), places.tolist(), strict=True))
    assert len(known) == size + more
    assert {parent for parent, place in known if place == 0} == set(range(size))
    assert all(place == 0 or (parent, place - 1) in known for parent, place in known)
