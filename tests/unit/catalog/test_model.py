"""What the catalog's values say of themselves."""

from dataclasses import replace

import pytest

from catalog.model import Column, DataType, TypeKind

TEXT = DataType("text", "text")
SURE = DataType("sure", "sure", TypeKind.DOMAIN, element=TEXT, not_null=True)
OVER_SURE = DataType("over_sure", "over_sure", TypeKind.DOMAIN, element=SURE)


@pytest.mark.parametrize(
    ("kind", "not_null", "required"),
    [
        (TEXT, False, False),
        (TEXT, True, True),
        (SURE, False, True),
        (OVER_SURE, False, True),
        (replace(OVER_SURE, element=TEXT), False, False),
        (DataType("sure[]", "_sure", TypeKind.ARRAY, element=SURE), False, False),
    ],
)
def test_a_column_is_required_by_itself_or_by_its_domain(kind: DataType, not_null: bool, required: bool) -> None:
    """A domain over a domain that takes no NULL takes none either; a list of such values may be missing."""
    assert Column("name", kind, 1, not_null=not_null).required is required
