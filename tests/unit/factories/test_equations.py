"""Equations in conditions, solved for the columns in them."""

import pytest

from factories.conditions.equations import days_after, equations, field_equations


@pytest.mark.parametrize(
    ("condition", "solutions"),
    [
        ("(total = (net + tax))", {"total": "(net) + (tax)", "net": "(total) - (tax)", "tax": "(total) - (net)"}),
        ("((a - b) = c)", {"a": "(b) + (c)", "b": "(a) - (c)", "c": "(a) - (b)"}),
        ("(amount = (quantity * price))", {"amount": "(quantity * price)"}),
        ("(abs((paid - due)) < 0.01)", {"paid": "(due)", "due": "(paid)"}),
        ("(note = 'x'::text)", {}),
        ("(a > b)", {}),
    ],
)
def test_each_plain_term_of_a_sum_is_solved_for(condition: str, solutions: dict[str, str]) -> None:
    """A column that stands by itself in an equation equals the rest; a constant is no solution."""
    assert dict(equations(condition)) == solutions


def test_a_day_that_is_so_many_days_after_another_is_told() -> None:
    """`due_on = issued_on + 30` says it of both days, the other way round for the second."""
    assert list(days_after("(due_on = (issued_on + 30))")) == [
        ("due_on", "issued_on", 30),
        ("issued_on", "due_on", -30),
    ]
    assert list(days_after("(total = (net + tax))")) == []


def test_a_field_that_equals_something_is_put_into_its_column() -> None:
    """At any depth; a constant is no solution, nor is a column by itself."""
    assert field_equations("(((band).low).currency = currency)") == (
        (
            "band",
            ("low", "currency"),
            "jsonb_populate_record(band, jsonb_build_object('low', jsonb_build_object('currency', (currency))))",
        ),
    )
    assert field_equations("((band).n = 5) AND (a = b)") == ()
