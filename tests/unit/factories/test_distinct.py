"""Columns in which no two rows may be alike."""

from catalog.model import Column, DataType
from factories.conditions.hints import Hints
from factories.deriving.distinct import distinct
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
