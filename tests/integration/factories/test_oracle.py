"""What PostgreSQL says of values, asked through the oracle."""

from collections.abc import Iterator

import pytest

from catalog.model import DataType
from database.endpoints import Scratch
from database.session import writing
from database.shadow.oracle import Question, ShadowOracle

INTEGER = DataType("integer", "int4")
TEXT = DataType("text", "text")


@pytest.fixture
def oracle(scratch_on_any: Scratch) -> Iterator[ShadowOracle]:
    with writing(scratch_on_any) as connection:
        yield ShadowOracle(connection)


def test_true_and_null_are_accepted_and_false_is_not(oracle: ShadowOracle) -> None:
    """A CHECK takes a row for which it is true or NULL."""
    question = Question("n > 3", (("n", INTEGER),))
    assert oracle.accepts(question, [("4",), ("3",), (None,)]) == (True, False, True)


def test_a_value_that_is_none_counts_as_rejected_and_spoils_no_other(oracle: ShadowOracle) -> None:
    """A text that is no integer, and a division by zero, are each turned down alone."""
    question = Question("10 / n > 0", (("n", INTEGER),))
    assert oracle.accepts(question, [("1",), ("one",), ("0",), ("5",)]) == (True, False, False, True)


def test_generated_columns_are_computed(oracle: ShadowOracle) -> None:
    """An expression may name a generated column; its own SQL is used for it."""
    question = Question("total < 10", (("a", INTEGER), ("b", INTEGER)), (("total", "a * b"),))
    assert oracle.accepts(question, [("2", "3"), ("5", "5")]) == (True, False)


def test_an_expression_is_evaluated(oracle: ShadowOracle) -> None:
    """The value of an expression comes back as text, NULL where it fails."""
    question = Question("upper(word) || '%'", (("word", TEXT),))
    assert oracle.values(question, [("a",), (None,)]) == ("A%", None)


def test_awkward_column_names_are_no_trouble(oracle: ShadowOracle) -> None:
    """Names with quotes, percent signs and braces arrive as they are."""
    name = 'a"b%s{c}'
    question = Question('"a""b%s{c}" = 1', ((name, INTEGER),))
    assert oracle.accepts(question, [("1",), ("2",)]) == (True, False)
