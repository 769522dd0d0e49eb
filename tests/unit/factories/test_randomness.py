"""Random numbers by name: any row, any order, the same bits on every machine."""

import numpy
from hypothesis import given
from hypothesis import strategies as some

from factories.values import randomness

GOLDEN = [6064447940513726343, 8234356186459555602, 7415717243403532574]


def test_the_bits_of_a_row_never_change() -> None:
    """Golden numbers: a change here changes every value ever seeded."""
    rows = numpy.array([0, 1, 2**40], dtype=numpy.uint64)
    found = randomness.bits(randomness.key(1, "public", "users", "email"), rows)
    assert [int(value) for value in found] == GOLDEN


@given(some.lists(some.integers(0, 2**48 - 1), min_size=1, max_size=50, unique=True), some.integers(0, 2**64 - 1))
def test_scrambled_numbers_stay_distinct(rows: list[int], stream: int) -> None:
    """Scrambling is a bijection of 48 bits."""
    found = randomness.scrambled(stream, numpy.array(rows, dtype=numpy.uint64))
    assert len(set(found.tolist())) == len(rows)
    assert int(found.max()) < 2**48


@given(some.integers(1, 3000), some.integers(0, 2**64 - 1))
def test_a_permutation_hits_every_number_once(size: int, stream: int) -> None:
    """The rows below the size map onto all numbers below it."""
    found = randomness.permuted(stream, numpy.arange(size, dtype=numpy.uint64), size)
    assert sorted(found.tolist()) == list(range(size))


@given(some.integers(1, 2**40), some.integers(0, 2**64 - 1))
def test_drawn_numbers_stay_below_the_bound(bound: int, stream: int) -> None:
    """No draw reaches its bound."""
    random = randomness.bits(stream, numpy.arange(100, dtype=numpy.uint64))
    found = randomness.below(random, bound)
    assert found.min() >= 0
    assert found.max() < bound


def test_streams_do_not_depend_on_each_other() -> None:
    """Two columns of one table, and two turns of one column, share no visible pattern."""
    rows = numpy.arange(20_000, dtype=numpy.uint64)
    one = randomness.unit(randomness.bits(randomness.key(1, "t", "a"), rows))
    other = randomness.unit(randomness.bits(randomness.key(1, "t", "b"), rows))
    turned = randomness.unit(randomness.bits(randomness.key(1, "t", "a"), rows, 1))
    assert abs(float(numpy.corrcoef(one, other)[0, 1])) < 0.03
    assert abs(float(numpy.corrcoef(one, turned)[0, 1])) < 0.03
    assert abs(float(one.mean()) - 0.5) < 0.01


def test_numbers_below_a_bound_are_the_fractions_times_the_bound() -> None:
    """To the last bit, for a bound of all rows and for one of each."""
    random = randomness.bits(randomness.key(7, "t", "c"), numpy.arange(20_000, dtype=numpy.uint64))
    bounds = randomness.below(random, 10**9) + 1
    for bound in (1, 3, 2**53 - 1, bounds):
        assert (randomness.below(random, bound) == (randomness.unit(random) * bound).astype(numpy.int64)).all()


@given(some.integers(1, 2**53))
def test_the_largest_fraction_stays_below_the_bound(bound: int) -> None:
    """Rounding takes it to the number before, so that nothing has to be cut for whole bounds."""
    most = numpy.full(1, 2**64 - 1, dtype=numpy.uint64)
    assert randomness.below(most, bound).tolist() == [bound - 1]
    assert randomness.scaled(randomness.unit(most), bound).tolist() == [bound - 1]


@given(some.integers(1, 2**62), some.integers(1, 20))
def test_bits_of_a_turn_follow_from_those_of_the_first(stream: int, turn: int) -> None:
    """They are the same as when asked for alone."""
    rows = numpy.arange(10, dtype=numpy.uint64)
    first = randomness.begun(stream, randomness.counters(rows))
    assert first.tolist() == randomness.bits(stream, rows).tolist()
    assert randomness.turned(stream, first, turn).tolist() == randomness.bits(stream, rows, turn).tolist()


@given(some.integers(-(2**62), 2**62), some.integers(1, 2**40))
def test_a_remainder_is_what_is_left_of_a_division(number: int, size: int) -> None:
    """Below zero too, as in Python."""
    assert randomness.remainder(numpy.array([number]), size).tolist() == [number % size]
