"""Columns in which no two rows may be alike."""

from catalog.model import Column, DataType
from factories.conditions.hints import Hints
from factories.deriving.distinct import distinct
from factories.values.numbers import DistinctDecimal
from factories.values.texts import Tagged


def test_a_short_user_name_that_is_unique_has_no_blank() -> None:
    """Its number follows an underscore; a short name of a thing has it after a blank."""
    separators = {}
    for name in ("username", "label"):
        found = distinct(Column(name, DataType("varchar(20)", "varchar", length=20), 1), Hints())
        assert found is not None
        assert isinstance(found.recipe, Tagged)
        separators[name] = found.recipe.separator
    assert separators == {"username": "_", "label": " "}


def test_exact_numbers_begin_again_once_all_are_taken() -> None:
    """A number of one place between bounds is told apart as often as there are such numbers, and never too long."""
    kind = DataType("numeric(2,1)", "numeric", precision=2, scale=1)
    open_end = distinct(Column("share", kind, 1), Hints())
    within = distinct(Column("share", kind, 1), Hints(low="0", low_open=True, high="0.5"))
    assert open_end is not None
    assert within is not None
    assert (open_end.capacity, within.capacity) == (99, 5)
    assert within.recipe == DistinctDecimal(1, 1, 5)
