"""Which expressions of indexes may be an error for some row, so that PostgreSQL is asked about them."""

import pytest

from factories.conditions.failing import may_fail


@pytest.mark.parametrize(
    ("expression", "answer"),
    [
        ("lower((email)::text)", False),
        ("COALESCE(parent_id, '-1'::integer)", False),
        ("((name)::text || ' '::text) || city", False),
        ("to_tsvector('english'::regconfig, body)", False),
        ("(data ->> 'id'::text)", False),
        ("((data ->> 'id'::text))::integer", True),
        ("split_part(path, '/'::text, 2)::integer", True),
        ("public.share(part, whole)", True),
        ("total / pieces", True),
    ],
)
def test_an_expression_may_fail_or_never_does(expression: str, answer: bool) -> None:
    """Casts of a column to another type than text, calls and operators that not every value suits may fail."""
    assert may_fail(expression) is answer
