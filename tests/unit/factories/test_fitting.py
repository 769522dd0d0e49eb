"""Values in the column's own type, however they are kept on the way."""

from dataclasses import replace
from decimal import Decimal

import numpy
import pyarrow
import pytest

from catalog.model import Column, DataType
from database.copy.encoding import low_words
from factories.values.coded import Pieces, array, joined
from factories.values.fitting import decimals, fitted
from tests.unit.factories.tables import rows, table

VARCHAR = DataType("character varying(6)", "varchar", length=6)


def test_texts_in_pieces_are_cut_where_they_may_be_too_long() -> None:
    """And stay in pieces where none is."""
    short, long = joined("é", pyarrow.array(["abcd", ""])), joined("é", pyarrow.array(["abcdefg", ""]))
    assert isinstance(fitted(short, VARCHAR, 0), Pieces)
    assert array(fitted(short, VARCHAR, 0)).to_pylist() == ["éabcd", "é"]
    assert array(fitted(long, VARCHAR, 0)).to_pylist() == ["éabcde", "é"]


def test_whole_numbers_that_are_too_large_are_refused_and_not_cut() -> None:
    """Those that fit come in the column's own width, NULL among them or not."""
    small = DataType("smallint", "int2")
    for numbers in ([1, -(2**15), 2**15 - 1], [1, None]):
        found = array(fitted(pyarrow.array(numbers), small, 0))
        assert found.type == pyarrow.int16()
        assert found.to_pylist() == numbers
    with pytest.raises(pyarrow.ArrowInvalid):
        fitted(pyarrow.array([2**15]), small, 0)


def test_decimals_keep_their_value_in_a_narrower_type_or_are_refused() -> None:
    """Of the same scale, without a look at each."""
    narrow = DataType("numeric(4,2)", "numeric", precision=4, scale=2)
    found = array(fitted(decimals(numpy.array([-9999, 0, 9999]), 20, 2), narrow, 0))
    assert found.type == pyarrow.decimal128(4, 2)
    assert [str(value) for value in found.to_pylist()] == ["-99.99", "0.00", "99.99"]
    with pytest.raises(pyarrow.ArrowInvalid):
        fitted(decimals(numpy.array([10_000]), 20, 2), narrow, 0)


@pytest.mark.parametrize("largest", [0, 2**63 - 1, 2**63, -1, -(2**63), -(2**63) - 1])
def test_decimals_of_64_bits_are_known_from_larger_ones(largest: int) -> None:
    """By their upper halves, whatever the signs."""
    found = pyarrow.array([Decimal(largest), Decimal(largest)], pyarrow.decimal128(38, 0))
    words = low_words(found)
    assert (None if words is None else words.tolist()) == ([largest] * 2 if -(2**63) <= largest < 2**63 else None)


def test_decimals_become_the_doubles_next_to_them() -> None:
    """A price of 69.85 in double precision prints as it was meant, and so does one in real."""
    prices = decimals(numpy.array([6985, 328, 7, 1_000_001]), 20, 2)
    found = array(fitted(prices, DataType("double precision", "float8"), 0))
    assert found.to_pylist() == [69.85, 3.28, 0.07, 10000.01]
    assert array(fitted(prices, DataType("real", "float4"), 0)).type == pyarrow.float32()


def test_decimals_that_are_told_as_texts_are_rounded_to_the_places_there_are() -> None:
    """A latitude has two of them where the column has two."""
    rough = DataType("numeric(12,2)", "numeric", precision=12, scale=2)
    found = array(fitted(pyarrow.array(["57.7089", "-0.126", None]), rough, 0)).to_pylist()
    assert [str(value) for value in found] == ["57.71", "-0.13", "None"]


@pytest.mark.parametrize(("name", "most"), [("score", "9.9"), ("rssi", "9.9"), ("balance", "9.9")])
def test_a_number_that_is_usually_larger_than_its_type_takes_is_within_it(name: str, most: str) -> None:
    """A score of 40 to 100 in a `numeric(2,1)` is one up to 9.9, and not below zero."""
    narrow = DataType("numeric(2,1)", "numeric", precision=2, scale=1)
    scores = table("reviews", "id:i")
    scores = replace(scores, columns=(*scores.columns, Column(name, narrow, 2, not_null=True)))
    found = [Decimal(str(row[name])) for row in rows(scores)]
    assert max(found) <= Decimal(most)
    assert min(found) >= (-Decimal(most) if name == "rssi" else 0)
