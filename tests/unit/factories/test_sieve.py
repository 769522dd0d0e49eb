"""A sieve: row n is the n-th number that passed, and more rows only extend it."""

import numpy
from hypothesis import given
from hypothesis import strategies as st

from factories.proof.sieve import Sieve, batches

KEPT = st.lists(st.integers(0, 2000), unique=True, min_size=1, max_size=60).map(sorted)


def numbers(kept: list[int], rows: list[int]) -> list[int]:
    sieve = Sieve(numpy.array(kept, dtype=numpy.int64), 1)
    return [int(number) for number in sieve.numbers(numpy.array(rows, dtype=numpy.uint64))]


@given(KEPT)
def test_row_n_is_the_nth_number_that_passed(kept: list[int]) -> None:
    """Rows are the kept numbers in their order; rows beyond, which are only tried, go on after the last."""
    size = len(kept)
    assert numbers(kept, list(range(size))) == kept
    assert numbers(kept, [size, size + 5]) == [kept[-1] + 1, kept[-1] + 6]


def test_an_empty_sieve_gives_every_number_its_own() -> None:
    """Before anything has passed, numbers are looked at as they are."""
    assert numbers([], [0, 7]) == [0, 7]


@given(KEPT, st.integers(1, 600))
def test_a_number_may_point_at_rows_before_its_batch_only(kept: list[int], first: int) -> None:
    """What a number may point at depends on earlier batches alone, whatever else its own batch keeps."""
    whole = Sieve(numpy.array(kept, dtype=numpy.int64), first)
    for start, stop in batches(first, kept[-1] + 1):
        earlier = [number for number in kept if number < start]
        asked = numpy.arange(start, stop, dtype=numpy.int64)
        assert set(whole.before(asked).tolist()) == {len(earlier)}
        assert set(Sieve(numpy.array(earlier, dtype=numpy.int64), first).before(asked).tolist()) == {len(earlier)}


def test_batches_double() -> None:
    """The first batch is as large as asked; each further one ends at twice the end of the one before."""
    assert list(batches(2, 16)) == [(0, 2), (2, 4), (4, 8), (8, 16)]
